import CostModel

/// Cloud SQL and Memorystore.
enum GoogleDatabases {
    static let models: [PriceModel] = [
        PriceModel("google_sql_database_instance") { draft throws(EstimateObstacle) in
            let arguments = draft.arguments
            guard let settings = try arguments.block("settings") else { throw .unknown("the code does not say 'settings'") }
            let tier = try settings.needed("tier")
            let kind = try settings.text("availability_type") == "REGIONAL" ? "regional" : "zonal"
            guard try settings.text("edition") ?? "ENTERPRISE" == "ENTERPRISE" else {
                throw .notPriced("no price is known for this edition")
            }
            guard try arguments.text("database_version")?.hasPrefix("SQLSERVER") != true else {
                throw .notPriced("no price is known for SQL Server with its licence")
            }
            if tier.hasPrefix("db-custom-") {
                let numbers = tier.split(separator: "-").suffix(2).compactMap { Int($0) }
                guard numbers.count == 2 else { throw .notPriced("no price is known for '\(tier)'") }
                draft.hourly("vCPUs", count: FixedDecimal(numbers[0]), draft.published("vCPUs (1, \(kind))"))
                draft.monthly(
                    "memory", FixedDecimal(numbers[1]).scaled(by: 1, over: 1024), "GB",
                    draft.published("Memory (7.5 GB, \(kind))", units: ["GB"]))
            } else {
                draft.hourly("instance", draft.published("SQL instance (\(tier), \(kind))"))
            }
            let disk = (try settings.text("disk_type") ?? "PD_SSD") == "PD_HDD" ? "HDD" : "SSD"
            draft.monthly(
                "storage", try settings.number("disk_size") ?? FixedDecimal(10), "GB-month",
                draft.published("Storage (\(disk), \(kind))", units: ["GB-month"]))
            if try settings.block("backup_configuration")?.flag("enabled") == true {
                draft.usage("backups", "GB-month", key: "backup_storage_gb", draft.published("Backups", units: ["GB-month"]))
            }
        },
        PriceModel("google_redis_instance") { draft throws(EstimateObstacle) in
            guard let size = try draft.arguments.number("memory_size_gb") else { throw .unknown("the code does not say 'memory_size_gb'") }
            let tier = try draft.arguments.text("tier") == "STANDARD_HA" ? "standard" : "basic"
            // The price of a gigabyte falls with the size.
            let bounds = [4, 10, 35, 100]
            let class_ = (bounds.firstIndex { size <= FixedDecimal($0) } ?? bounds.count) + 1
            draft.monthly("memory", size, "GB", draft.published("Redis instance (\(tier), M\(class_))", units: ["GB"]))
        },
        PriceModel("google_redis_cluster") { draft throws(EstimateObstacle) in
            guard let shards = try draft.arguments.number("shard_count") else { throw .unknown("the code does not say 'shard_count'") }
            let type = (try draft.arguments.text("node_type") ?? "REDIS_HIGHMEM_MEDIUM").lowercased()
                .replacing("redis_", with: "").replacing("_", with: " ")
            let replicas = try draft.arguments.number("replica_count") ?? .zero
            draft.hourly("nodes", count: shards.multiplied(by: replicas + FixedDecimal(1)), draft.published("Cluster node (\(type))"))
        },
    ]
}
