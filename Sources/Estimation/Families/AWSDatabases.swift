import CostModel

/// Databases of RDS and Aurora, DocumentDB, Neptune, DynamoDB, Redshift and migration instances.
enum AWSDatabases {
    static let models: [PriceModel] = [
        PriceModel("aws_db_instance") { draft throws(EstimateObstacle) in try draft.addDatabase() },
        PriceModel("aws_rds_cluster_instance") { draft throws(EstimateObstacle) in
            let cluster = draft.other("cluster_identifier").map { Arguments($0.attributes) }
            guard let engine = try draft.arguments.text("engine") ?| cluster?.text("engine") else {
                throw .unknown("the code does not say 'engine', and its cluster is not in this code")
            }
            let storage = try cluster?.text("storage_type") == "aurora-iopt1" ? "aurora-iopt1" : "aurora"
            let type = try draft.arguments.needed("instance_class")
            if type == "db.serverless" {
                let label = storage == "aurora" ? "Aurora serverless v2" : "Aurora serverless v2 (I/O-optimized)"
                draft.usage(
                    "serverless v2", "ACU-hour", amount: draft.amount("capacity_units_per_hr", factor: PriceDraft.hoursPerMonth),
                    draft.price("AmazonRDS", "ServerlessV2Usage", ["engine": [engine]], units: ["ACU-hour"]),
                    draft.published(label, units: ["ACU-hours"]))
                return
            }
            draft.hourly(
                "instance",
                draft.price(
                    "AmazonRDS", type,
                    ["engine": [engine], "deployment": ["Single-AZ"], "storage_type": [storage, storage == "aurora" ? nil : storage]]),
                note: cluster == nil ? "taken for standard storage: its cluster is not in this code" : nil)
            try draft.extendedSupport(
                engine, version: draft.arguments.text("engine_version") ?| cluster?.text("engine_version"), class: type,
                isEnabled: draft.wantsExtendedSupport(cluster))
        },
        PriceModel("aws_rds_cluster") { draft throws(EstimateObstacle) in
            let arguments = draft.arguments
            if let type = try arguments.text("db_cluster_instance_class") {
                throw .notPriced("no price is known for clusters of \(type) with readable standbys")
            }
            let isOptimised = try arguments.text("storage_type") == "aurora-iopt1"
            if try arguments.text("engine_mode") == "serverless" {
                draft.usage(
                    "serverless", "ACU-hour", amount: draft.amount("capacity_units_per_hr", factor: PriceDraft.hoursPerMonth),
                    draft.published("Aurora serverless", units: ["ACU-hours"]))
            }
            draft.usage(
                "storage", "GB-month", key: "storage_gb",
                draft.published(isOptimised ? "Storage (I/O-optimized)" : "Storage", units: ["GB-month"]))
            if !isOptimised {
                // A month's seconds of reads and writes, in millions.
                let calls = [draft.value("write_requests_per_sec"), draft.value("read_requests_per_sec")].compactMap(\.self)
                let seconds = FixedDecimal(730 * 3600).scaled(by: 1, over: 1_000_000)
                draft.usage(
                    "I/O requests", "1M requests", amount: calls.isEmpty ? nil : calls.reduce(.zero, +).multiplied(by: seconds),
                    draft.published("I/O requests", units: ["1M requests"]))
            }
            draft.usage(
                "backup storage", "GB-month", key: "backup_snapshot_size_gb", draft.published("Backup storage", units: ["GB-month"]))
        },
        PriceModel("aws_docdb_cluster_instance", "aws_neptune_cluster_instance") { draft throws(EstimateObstacle) in
            let type = try draft.arguments.needed("instance_class")
            draft.hourly("instance", draft.published("Database instance (on-demand, \(type))"))
        },
        PriceModel("aws_docdb_cluster", "aws_neptune_cluster") { draft throws(EstimateObstacle) in
            draft.usage("storage", "GB-month", key: "storage_gb", draft.published("Storage", units: ["GB-month"]))
            draft.usage(
                "I/O requests", "1M requests", key: "monthly_io_requests", per: 1_000_000,
                draft.published("I/O requests", units: ["1M requests", "1M request"]))
            draft.usage("backup storage", "GB-month", key: "backup_storage_gb", draft.published("Backup storage", units: ["GB-month"]))
        },
        PriceModel("aws_dynamodb_table") { draft throws(EstimateObstacle) in
            let arguments = draft.arguments
            if try arguments.text("billing_mode") == "PAY_PER_REQUEST" {
                for (name, label, unit) in [("write", "Write request unit (WRU)", "WRUs"), ("read", "Read request unit (RRU)", "RRUs")] {
                    var published = draft.published(label, units: [unit])
                    published.factor = FixedDecimal(1_000_000)
                    draft.usage(
                        "\(name) requests", "million requests", key: "monthly_\(name)_request_units", per: 1_000_000,
                        draft.price("AmazonDynamoDB", "on-demand", ["dimension": [name]], units: ["million requests"]), published)
                }
            } else {
                let blocks = try [arguments] + arguments.blocks("global_secondary_index")
                var (reads, writes) = (FixedDecimal.zero, FixedDecimal.zero)
                for block in blocks {
                    reads += try block.number("read_capacity") ?? .zero
                    writes += try block.number("write_capacity") ?? .zero
                }
                // Published estimates have the price of a month.
                var (read, write) = (
                    draft.published("Read capacity unit (RCU, autoscaling)", units: ["RCU"]),
                    draft.published("Write capacity unit (WCU, autoscaling)", units: ["WCU"])
                )
                read.factor = FixedDecimal(1).scaled(by: 1, over: 730)
                write.factor = read.factor
                draft.hourly(
                    "read capacity", count: reads,
                    draft.price("AmazonDynamoDB", "provisioned", ["dimension": ["rcu"]], units: ["RCU-hour"]), read)
                draft.hourly(
                    "write capacity", count: writes,
                    draft.price("AmazonDynamoDB", "provisioned", ["dimension": ["wcu"]], units: ["WCU-hour"]), write)
                // Each copy writes as much, at the price of its region.
                for replica in try arguments.blocks("replica") {
                    let place = try replica.needed("region_name")
                    var copy = draft.published("Replicated write capacity unit (rWCU)", units: ["rWCU"])
                    copy.query.attributes["in"] = ["Global table (\(place))"]
                    copy.factor = read.factor
                    draft.hourly(
                        "write capacity in \(place)", count: writes,
                        draft.price("AmazonDynamoDB", "provisioned", ["dimension": ["wcu"]], units: ["WCU-hour"], region: place), copy)
                }
            }
            draft.usage("storage", "GB-month", key: "storage_gb", draft.published("Data storage", units: ["GB-month"]))
            if try arguments.block("point_in_time_recovery")?.flag("enabled") == true {
                draft.usage(
                    "backups", "GB-month", key: "pitr_backup_storage_gb",
                    draft.published("Point-In-Time Recovery (PITR) backup storage", units: ["GB-month"]))
            }
            for (name, unit, key, label, units) in [
                ("backups on demand", "GB-month", "on_demand_backup_storage_gb", "On-demand backup storage", "GB-month"),
                ("data restored", "GB", "monthly_data_restored_gb", "Table data restored", "GB"),
                ("stream reads", "request", "monthly_streams_read_request_units", "Streams read request unit (sRRU)", "sRRUs"),
            ] where draft.value(key) != nil { draft.usage(name, unit, key: key, draft.published(label, units: [units])) }
        },
        PriceModel("aws_redshift_cluster") { draft throws(EstimateObstacle) in
            let type = try draft.arguments.needed("node_type")
            let count = try draft.arguments.number("number_of_nodes") ?? FixedDecimal(1)
            draft.hourly("nodes", count: count, draft.published("Cluster usage (on-demand, \(type))"))
            func backup(_ label: String) -> PricedPart.Option { draft.published("Backup storage (\(label))", units: ["GB-month"]) }
            draft.steps(
                "backup storage", "GB-month", amount: draft.amount("backup_storage_gb"),
                [(51_200, [backup("first 50 TB")]), (512_000, [backup("next 450 TB")]), (nil, [backup("over 500 TB")])])
            if type.hasPrefix("ra3") {
                draft.usage(
                    "managed storage", "GB-month", key: "managed_storage_gb",
                    draft.published("Managed storage (\(type))", units: ["GB-month"]))
            }
        },
    ]
}

extension PriceDraft {
    /// By the names of Terraform, those of the list.
    private static let engines = [
        "mysql": "mysql", "mariadb": "mariadb", "postgres": "postgres", "aurora": "aurora-mysql", "aurora-mysql": "aurora-mysql",
        "aurora-postgresql": "aurora-postgresql",
    ]

    /// What a replica takes from its source, the source says: engine, class and size.
    private func inherited(_ name: String) throws(EstimateObstacle) -> String? {
        if let text = try arguments.text(name) { return text }
        guard let source = other("replicate_source_db") else { return nil }
        return try Arguments(source.attributes).text(name)
    }

    /// One instance of RDS. A second one in another zone doubles its storage too: the list has prices for both of them together.
    fileprivate mutating func addDatabase() throws(EstimateObstacle) {
        guard let type = try inherited("instance_class") else { throw .unknown("the code does not say 'instance_class'") }
        guard let engine = try inherited("engine") else { throw .unknown("the code does not say 'engine'") }
        let isDouble = try arguments.flag("multi_az") ?? false
        let deployment = isDouble ? "Multi-AZ" : "Single-AZ"
        var attributes: [String: [String?]] = ["engine": [Self.engines[engine] ?? engine], "deployment": [deployment]]
        if engine.hasPrefix("oracle") || engine.hasPrefix("sqlserver") {
            let license = try inherited("license_model") ?? (engine.hasPrefix("sqlserver") ? "license-included" : nil)
            guard let license else { throw .unknown("the code does not say 'license_model'") }
            attributes["license_model"] = [license]
        }
        if engine.hasPrefix("aurora") { attributes["storage_type"] = ["aurora", nil] }
        hourly("instance", price("AmazonRDS", type, attributes))
        try extendedSupport(engine, version: inherited("engine_version"), class: type, isEnabled: wantsExtendedSupport(arguments))
        guard !engine.hasPrefix("aurora") else { return }
        try addStorage(engine: engine, isDouble: isDouble)
        if try arguments.flag("performance_insights_enabled") == true,
            let days = try arguments.number("performance_insights_retention_period"),
            days > FixedDecimal(7)
        {
            monthly(
                "Performance Insights", FixedDecimal(1), "vCPU-month",
                published("Performance Insights Long Term Retention (\(type))", units: ["vCPU-month"]),
                note: "for one vCPU: how many the class has is not in the list")
        }
        let keepsBackups = try (arguments.number("backup_retention_period") ?? .zero) > .zero
        if keepsBackups || value("additional_backup_storage_gb") != nil {
            usage(
                "backup storage", "GB-month", key: "additional_backup_storage_gb",
                price(
                    "AmazonRDS", "ChargedBackupUsage", ["engine": [Self.engines[engine] ?? engine], "deployment": ["Single-AZ"]],
                    units: ["GB-month"]), published("Additional backup storage", units: ["GB-month"]))
        }
    }

    private mutating func addStorage(engine: String, isDouble: Bool) throws(EstimateObstacle) {
        let stated = try inherited("allocated_storage")
        let iops = try inherited("iops").flatMap { FixedDecimal(exactly: $0) }
        let type = try inherited("storage_type") ?? (iops == nil ? "gp2" : "io1")
        guard let stated else {
            if arguments.has("snapshot_identifier") || arguments.has("restore_to_point_in_time") {
                monthly("storage", nil, "GB-month", note: "its size is that of what it is restored from")
                return
            }
            throw .unknown("the code does not say 'allocated_storage'")
        }
        let size = try Arguments(["allocated_storage": ResourceAttribute(.string(stated))]).number("allocated_storage") ?? .zero
        let storage = RDSStorage(type: type, engine: engine, isDouble: isDouble, draft: self)
        guard let storage else { throw .notPriced("storage of type '\(type)' is not priced") }
        monthly("storage \(type)", size, "GB-month", storage.gigabyte.0, storage.gigabyte.1)
        switch type {
        case "io1", "io2":
            guard let iops else { throw .unknown("the code does not say 'iops'") }
            monthly("IOPS", iops, "IOPS-month", storage.iops.0, storage.iops.1)
        case "gp3":
            // From 400 GB on more is included; SQL Server has one measure for all sizes.
            let isLarge = size >= FixedDecimal(engine.hasPrefix("oracle") ? 200 : 400) && !engine.hasPrefix("sqlserver")
            let extra = (iops ?? .zero) - FixedDecimal(isLarge ? 12_000 : 3_000)
            if extra > .zero { monthly("IOPS", extra, "IOPS-month", storage.iops.0, storage.iops.1) }
            let throughput = (try arguments.number("storage_throughput") ?? .zero) - FixedDecimal(isLarge ? 500 : 125)
            if throughput > .zero { monthly("throughput", throughput, "MBps-month", storage.throughput) }
        case "standard":
            usage(
                "I/O requests", "1M requests", key: "monthly_standard_io_requests", per: 1_000_000,
                published("I/O requests", units: ["1M requests"]))
        default: break
        }
    }
}

/// How the list calls the storage of a database.
private struct RDSStorage {
    var gigabyte: (PricedPart.Option, PricedPart.Option)
    var iops: (PricedPart.Option, PricedPart.Option)
    var throughput: PricedPart.Option

    init?(type: String, engine: String, isDouble: Bool, draft: PriceDraft) {
        let names = ["gp2": "GP2-Storage", "gp3": "GP3-Storage", "io1": "PIOPS-Storage", "standard": "StorageUsage"]
        let labels = [
            "gp2": "general purpose SSD, gp2", "gp3": "general purpose SSD, gp3", "io1": "provisioned IOPS SSD, io1",
            "io2": "provisioned IOPS SSD, io2", "standard": "magnetic",
        ]
        guard let label = labels[type] else { return nil }
        let (prefix, deployment) = isDouble ? ("Multi-AZ-", "Multi-AZ") : ("", "Single-AZ")
        let attributes: [String: [String?]] = [
            "engine": [engine.hasPrefix("oracle") ? "oracle" : engine.hasPrefix("sqlserver") ? "sql-server" : engine],
            "deployment": [deployment],
        ]
        func option(_ name: String, _ unit: String) -> PricedPart.Option {
            draft.price("AmazonRDS", prefix + name, attributes, units: [unit])
        }
        // Published estimates have some prices of both zones together, and of others those of one.
        func published(_ label: String, _ unit: String, single: [String?] = [nil], double: [String]? = nil) -> PricedPart.Option {
            var option = draft.published(label, units: [unit], type: "aws_db_instance")
            option.query.attributes["address"] = isDouble ? double ?? single : single
            if isDouble, double == nil { option.factor = FixedDecimal(2) }
            return option
        }
        let addresses: (single: [String?], double: [String]?) =
            switch type {
            case "gp2": (["sqlserver-ee"], ["mysql-multi-az"])
            case "gp3": (["gp3[\"above_high_baseline\"]"], ["gp3[\"multi_az\"]"])
            default: ([nil], nil)
            }
        gigabyte = (
            option(names[type] ?? type, "GB-month"),
            published("Storage (\(label))", "GB-month", single: addresses.single, double: addresses.double)
        )
        iops = (
            option(type == "gp3" ? "GP3-PIOPS" : "PIOPS", "IOPS-month"),
            published(type == "gp3" ? "Provisioned GP3 IOPS (above 3,000)" : "Provisioned IOPS", "IOPS")
        )
        throughput = option("GP3-Throughput", "MBps-month")
    }
}
