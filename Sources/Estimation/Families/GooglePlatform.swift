import CostModel

/// Buckets, functions, queues, keys, logs.
enum GooglePlatform {
    static let models: [PriceModel] = [
        PriceModel("google_storage_bucket") { draft throws(EstimateObstacle) in
            let kind = try draft.arguments.text("storage_class") ?? "STANDARD"
            draft.usage("storage", "GB-month", key: "storage_gb", draft.bucketPrice(kind))
            draft.addEgress()
        },
        .usage(
            "google_cloudfunctions_function",
            parts: [
                ("invocations", "Invocations", "invocations", "monthly_function_invocations", 1), ("CPU", "CPU", "GHz-seconds", nil, 1),
            ]),
        .usage(
            "google_cloud_run_v2_service", "google_cloud_run_service",
            parts: [("requests", "Number of requests", "requests", "monthly_requests", 1)]),
        .usage("google_cloud_run_v2_job", parts: [("CPU", "CPU allocation time (tier 2)", "vCPU-seconds", nil, 1)]),
        .usage(
            "google_pubsub_topic", region: "us-central1",
            parts: [("messages", "Message ingestion data", "TiB", "monthly_message_data_tb", 1)]),
        .usage(
            "google_pubsub_subscription", region: "us-central1",
            parts: [("messages", "Message delivery data", "TiB", "monthly_message_data_tb", 1)]),
        .usage("google_bigquery_dataset", parts: [("queries", "Queries (on-demand)", "TB", "monthly_queries_tb", 1)]),
        .usage(
            "google_bigquery_table",
            parts: [("active storage", "Active storage", "GB-month", "monthly_active_storage_gb", 1)]),
        PriceModel("google_kms_crypto_key") { draft throws(EstimateObstacle) in
            let template = try draft.arguments.block("version_template")
            let algorithm = try template?.text("algorithm") ?? "GOOGLE_SYMMETRIC_ENCRYPTION"
            if try template?.text("protection_level") == "HSM" {
                guard algorithm.contains("3072") || algorithm.contains("4096") || algorithm.hasPrefix("EC_") else {
                    throw .notPriced("no price is known for keys of \(algorithm) in hardware")
                }
                draft.steps(
                    "key versions", "month", amount: draft.amount("key_versions"),
                    [
                        (2_000, [draft.published("Key versions (first 2K)", units: ["month"])]),
                        (nil, [draft.published("Key versions (over 2K)", units: ["month"])]),
                    ])
            } else {
                draft.usage("key versions", "month", key: "key_versions", draft.published("Key versions", units: ["month"]))
            }
            draft.usage(
                "operations", "10k operations", key: "monthly_key_operations", per: 10_000,
                draft.published("Operations", units: ["10k operations"]))
        },
        .usage(
            "google_secret_manager_secret", "google_secret_manager_secret_version", region: "us-central1",
            parts: [("access", "Access operations", "10K requests", "monthly_access_operations", 10_000)]),
        .usage(
            "google_logging_project_sink", "google_logging_project_bucket_config", "google_logging_folder_sink",
            "google_logging_organization_sink",
            "google_logging_billing_account_sink", region: "us-central1",
            parts: [("data", "Logging data", "GB", "monthly_logging_data_gb", 1)]),
        PriceModel("google_monitoring_metric_descriptor", region: "us-central1") { draft throws(EstimateObstacle) in
            func listed(_ tier: String) -> PricedPart.Option {
                draft.price("Cloud Monitoring", "metric data", ["tier_mib": [tier]], units: ["MiB"])
            }
            // Below 150 MiB it is free for an account, not for a metric.
            draft.steps(
                "metric data", "MiB", amount: draft.amount("monthly_monitoring_data_mb"),
                [(100_000, [listed("0-100000")]), (250_000, [listed("100000-250000")]), (nil, [listed("250000+")])])
            draft.usage(
                "API calls", "1k calls", key: "monthly_api_calls", per: 1_000, draft.published("API calls", units: ["1k calls"]))
        },
    ]
}

extension PriceDraft {
    /// What leaves a bucket, by where it goes: only where it is said.
    fileprivate mutating func addEgress() {
        for (key, name, place) in [
            ("worldwide", "worldwide", "worldwide"), ("asia", "to Asia", "worldwide"), ("china", "to China", "china"),
            ("australia", "to Australia", "australia"),
        ] {
            guard let amount = value("monthly_egress_data_transfer_gb.\(key)") else { continue }
            func listed(_ tier: String) -> PricedPart.Option {
                price("Networking", "internet egress", ["to": [place], "tier_tb": [tier]], units: ["GB"])
            }
            steps(
                "data transfer \(name)", "GB", amount: amount,
                [(1_024, [listed("0-1")]), (10_240, [listed("1-10")]), (nil, [listed("10+")])])
        }
    }

    /// A gigabyte in a bucket of a storage class, in a region, two of them or a continent.
    func bucketPrice(_ kind: String) -> PricedPart.Option {
        let continents = ["us": "us-multi", "eu": "europe-multi", "asia": "asia-multi"]
        return price(
            "Cloud Storage", kind.uppercased(),
            ["dimension": ["storage"], "location_type": ["region", "dual-region", "multi-region", nil]], units: ["GB-month"],
            region: continents[region] ?? region)
    }
}
