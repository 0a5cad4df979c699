import CostModel

/// Buckets, functions, queues, keys, logs.
enum GooglePlatform {
    static let models: [PriceModel] = [
        PriceModel("google_storage_bucket") { draft throws(EstimateObstacle) in
            let kind = try draft.arguments.text("storage_class") ?? "STANDARD"
            draft.usage("storage", "GB-month", key: "storage_gb", draft.bucketPrice(kind))
            for (name, key, label) in [
                ("writes and lists (class A)", "monthly_class_a_operations", "Object adds, bucket/object list (class A)"),
                ("reads (class B)", "monthly_class_b_operations", "Object gets, retrieve bucket/object metadata (class B)"),
            ] where draft.value(key) != nil {
                draft.usage(name, "10k operations", key: key, per: 10_000, draft.publishedPlace(label, "10k operations"))
            }
            if draft.value("monthly_data_retrieval_gb") != nil, kind != "STANDARD" {
                draft.usage(
                    "data retrieval", "GB", key: "monthly_data_retrieval_gb",
                    draft.price(
                        "Cloud Storage", kind.uppercased(), ["dimension": ["retrieval"], "location_type": ["region", nil]], units: ["GB"]))
            }
            draft.addEgress()
        },
        PriceModel("google_cloudfunctions_function") { draft throws(EstimateObstacle) in
            let memory = try draft.arguments.number("available_memory_mb") ?? FixedDecimal(256)
            // A function has the more of a processor the more memory it has, in MHz.
            let speeds = [128: 200, 256: 400, 512: 800, 1024: 1400, 2048: 2400, 4096: 4800, 8192: 4800]
            let speed = memory.whole.flatMap { speeds[Int($0)] }
            draft.usage(
                "invocations", "invocations", key: "monthly_function_invocations", draft.published("Invocations", units: ["invocations"]))
            // Time counts in pieces of 100 ms.
            let isStated = draft.value("request_duration_ms") != nil
            let seconds = draft.pieces("request_duration_ms", of: 100).scaled(by: 1, over: 10)
            let calls = isStated ? draft.amount("monthly_function_invocations", factor: seconds) : nil
            draft.usage(
                "CPU", "GHz-seconds", amount: calls.flatMap { calls in speed.map { calls.scaled(by: Int128($0), over: 1000) } },
                draft.published("CPU", units: ["GHz-seconds"]))
            draft.usage(
                "memory", "GB-seconds", amount: calls?.multiplied(by: memory).scaled(by: 1, over: 1024),
                draft.published("Memory", units: ["GB-seconds"]))
            if draft.value("monthly_outbound_data_gb") != nil {
                draft.usage(
                    "data transfer out", "GB", key: "monthly_outbound_data_gb", draft.published("Outbound data transfer", units: ["GB"]))
            }
        },
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
        PriceModel("google_secret_manager_secret", "google_secret_manager_secret_version", region: "us-central1") {
            draft throws(EstimateObstacle) in
            let secret = "google_secret_manager_secret"
            let versions = draft.published("Active secret versions", units: ["versions"], type: secret)
            if draft.resource.type == secret {
                if draft.value("active_secret_versions") != nil {
                    draft.usage("active versions", "version", key: "active_secret_versions", versions)
                }
                if draft.value("monthly_rotation_notifications") != nil {
                    draft.usage(
                        "rotations", "rotation", key: "monthly_rotation_notifications",
                        draft.published("Rotation notifications", units: ["rotations"]))
                }
            } else {
                draft.monthly("active version", FixedDecimal(1), "version", versions)
            }
            draft.usage(
                "access", "10K requests", key: "monthly_access_operations", per: 10_000,
                draft.published("Access operations", units: ["10K requests"], type: secret))
        },
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
    /// What was published for a place that is a continent, or for the region.
    fileprivate func publishedPlace(_ label: String, _ unit: String) -> PricedPart.Option {
        published(label, units: [unit], region: ["us", "eu", "asia"].contains(region) ? region.uppercased() : region)
    }

    /// What leaves a bucket, by where it goes: only where it is said.
    fileprivate mutating func addEgress() {
        for (key, name, place, label) in [
            ("worldwide", "worldwide", "worldwide", "worldwide excluding Asia, Australia"),
            ("asia", "to Asia", "worldwide", "Asia excluding China, but including Hong Kong"),
            ("china", "to China", "china", "China excluding Hong Kong"), ("australia", "to Australia", "australia", "Australia"),
        ] {
            guard let amount = value("monthly_egress_data_transfer_gb.\(key)") else { continue }
            func options(_ tier: String, _ step: String) -> [PricedPart.Option] {
                [
                    price("Networking", "internet egress", ["to": [place], "tier_tb": [tier]], units: ["GB"]),
                    publishedPlace("Data transfer to \(label) (\(step))", "GB"),
                ]
            }
            steps(
                "data transfer \(name)", "GB", amount: amount,
                [(1_024, options("0-1", "first 1TB")), (10_240, options("1-10", "next 9TB")), (nil, options("10+", "over 10TB"))])
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
