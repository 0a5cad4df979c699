import CostModel

/// Streams, brokers, workflows and what is computed by jobs.
enum AWSAnalytics {
    static let models: [PriceModel] = [
        PriceModel("aws_msk_cluster") { draft throws(EstimateObstacle) in
            let arguments = draft.arguments
            guard let count = try arguments.number("number_of_broker_nodes"), let group = try arguments.block("broker_node_group_info")
            else {
                throw .unknown("the code does not say 'number_of_broker_nodes' and 'broker_node_group_info'")
            }
            draft.hourly("brokers", count: count, draft.published("Instance (\(try group.needed("instance_type")))"))
            let disk = try group.block("storage_info")?.block("ebs_storage_info")?.number("volume_size") ?| group.number("ebs_volume_size")
            if let disk {
                draft.monthly("storage", disk.multiplied(by: count), "GB-month", draft.published("Storage", units: ["GB-month"]))
            }
        },
        PriceModel("aws_kinesis_stream") { draft throws(EstimateObstacle) in
            let mode = try draft.arguments.block("stream_mode_details")?.text("stream_mode") ?? "PROVISIONED"
            if mode == "ON_DEMAND" {
                draft.hourly("stream", draft.published("ON_DEMAND"))
            } else {
                guard let count = try draft.arguments.number("shard_count") else { throw .unknown("the code does not say 'shard_count'") }
                draft.hourly("shards", count: count, draft.published("PROVISIONED"))
            }
        },
        PriceModel("aws_kinesis_firehose_delivery_stream") { draft throws(EstimateObstacle) in
            func published(_ label: String) -> PricedPart.Option { draft.published("Data ingested (\(label))", units: ["GB"]) }
            draft.steps(
                "data ingested", "GB", amount: draft.amount("monthly_data_ingested_gb"),
                [
                    (512_000, [published("first 500TB")]), (2_048_000, [published("next 1.5PB")]), (5_120_000, [published("next 3PB")]),
                    (nil, []),
                ])
        },
        PriceModel("aws_mwaa_environment") { draft throws(EstimateObstacle) in
            let names = ["mw1.small": "Small", "mw1.medium": "Medium", "mw1.large": "Large"]
            let stated = try draft.arguments.text("environment_class") ?? "mw1.small"
            guard let size = names[stated] else { throw .notPriced("no price is known for '\(stated)'") }
            draft.hourly("environment", draft.published("Environment (\(size))"))
            // One worker and two schedulers belong to it.
            let workers = (try draft.arguments.number("min_workers") ?? FixedDecimal(1)) - FixedDecimal(1)
            if workers > .zero { draft.hourly("further workers", count: workers, draft.published("Worker (\(size))")) }
            draft.usage("meta database", "GB", key: "meta_database_gb", draft.published("Meta database", units: ["GB"]))
        },
        PriceModel("aws_mq_broker") { draft throws(EstimateObstacle) in
            let arguments = draft.arguments
            let engine = try arguments.needed("engine_type")
            let type = try arguments.needed("host_instance_type")
            let mode = (try arguments.text("deployment_mode") ?? "SINGLE_INSTANCE").lowercased()
            draft.hourly("instance", draft.published("Instance usage (\(engine), \(type), \(mode))"))
            draft.usage("storage", "GB-month", key: "storage_size_gb")
        },
        PriceModel("aws_glue_job") { draft throws(EstimateObstacle) in
            let arguments = draft.arguments
            // Ten processing units, unless the code says otherwise.
            let sizes = ["Standard": "1", "G.025X": "0.25", "G.1X": "1", "G.2X": "2", "G.4X": "4", "G.8X": "8"]
            let size = try arguments.text("worker_type").flatMap { sizes[$0] }.flatMap { FixedDecimal(exactly: $0) } ?? FixedDecimal(1)
            let workers = try arguments.number("number_of_workers").map { $0.multiplied(by: size) }
            let units = try arguments.number("max_capacity") ?? workers ?? FixedDecimal(10)
            draft.usage(
                "duration", "hours (1 DPU)", amount: draft.amount("monthly_hours", factor: units),
                draft.published("Duration", units: ["hours (1 DPU)"]))
        },
        .usage(
            "aws_glue_catalog_database",
            parts: [
                ("objects", "Storage", "100k objects", "monthly_objects", 100_000),
                ("requests", "Requests", "1M requests", "monthly_requests", 1_000_000),
            ]),
        PriceModel("aws_codebuild_project") { draft throws(EstimateObstacle) in
            let environment = try draft.arguments.block("environment")
            let size = (try environment?.text("compute_type") ?? "BUILD_GENERAL1_SMALL").lowercased()
                .replacing("build_", with: "").replacing("_", with: ".")
            let system = try environment?.text("type")?.hasPrefix("WINDOWS") == true ? "Windows" : "Linux"
            draft.usage(
                "build time", "minutes", key: "monthly_build_mins", draft.published("\(system) (\(size))", units: ["minutes"]))
        },
        PriceModel("aws_transfer_server") { draft throws(EstimateObstacle) in
            let count = try draft.arguments.count("protocols") ?? 1
            draft.hourly("protocols", count: FixedDecimal(count), draft.published("SFTP protocol enabled"))
            draft.usage("data uploaded", "GB", key: "monthly_data_uploaded_gb", draft.published("Data uploaded", units: ["GB"]))
            draft.usage("data downloaded", "GB", key: "monthly_data_downloaded_gb", draft.published("Data downloaded", units: ["GB"]))
        },
        PriceModel("aws_directory_service_directory") { draft throws(EstimateObstacle) in
            let arguments = draft.arguments
            let kind = try arguments.text("type") ?? "SimpleAD"
            let label =
                switch kind {
                case "MicrosoftAD": "Directory service (Microsoft AD, \(try arguments.text("edition") ?? "Enterprise"))"
                case "ADConnector": "Directory service (AD Connector, \(try arguments.needed("size")))"
                default: "Directory service (Simple AD, \(try arguments.needed("size")))"
                }
            draft.monthly("domain controllers", FixedDecimal(2), "controller", draft.published(label, units: ["controllers"]))
        },
    ]
}
