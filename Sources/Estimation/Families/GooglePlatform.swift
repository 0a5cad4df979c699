import CostModel

/// Buckets, functions, queues, keys, logs.
enum GooglePlatform {
    static let models: [PriceModel] = [
        PriceModel("google_storage_bucket") { draft throws(EstimateObstacle) in
            let kind = try draft.arguments.text("storage_class") ?? "STANDARD"
            draft.usage("storage", "GB-month", key: "storage_gb", draft.bucketPrice(kind))
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
        .usage(
            "google_kms_crypto_key",
            parts: [
                ("key versions", "Key versions", "month", "key_versions", 1),
                ("operations", "Operations", "10k operations", "monthly_key_operations", 10_000),
            ]),
        .usage(
            "google_secret_manager_secret", "google_secret_manager_secret_version", region: "us-central1",
            parts: [("access", "Access operations", "10K requests", "monthly_access_operations", 10_000)]),
        .usage(
            "google_logging_project_sink", "google_logging_project_bucket_config", "google_logging_folder_sink",
            "google_logging_organization_sink",
            "google_logging_billing_account_sink", region: "us-central1",
            parts: [("data", "Logging data", "GB", "monthly_logging_data_gb", 1)]),
        .usage(
            "google_monitoring_metric_descriptor", region: "us-central1",
            parts: [("API calls", "API calls", "1k calls", "monthly_api_calls", 1_000)]),
    ]
}

extension PriceDraft {
    /// A gigabyte in a bucket of a storage class, in a region, two of them or a continent.
    func bucketPrice(_ kind: String) -> PricedPart.Option {
        let continents = ["us": "us-multi", "eu": "europe-multi", "asia": "asia-multi"]
        return price(
            "Cloud Storage", kind.uppercased(),
            ["dimension": ["storage"], "location_type": ["region", "dual-region", "multi-region", nil]], units: ["GB-month"],
            region: continents[region] ?? region)
    }
}
