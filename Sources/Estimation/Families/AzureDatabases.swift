import CostModel

/// Databases: SQL, PostgreSQL, MySQL, Redis, Cosmos DB.
enum AzureDatabases {
    static let models: [PriceModel] = [
        PriceModel("azurerm_mssql_database", "azurerm_sql_database") { draft throws(EstimateObstacle) in
            let arguments = draft.arguments
            if arguments.has("elastic_pool_id") { return }
            guard let sku = try arguments.text("sku_name") ?| arguments.text("requested_service_objective_name") else {
                throw .unknown("the code does not say 'sku_name'")
            }
            if sku.hasPrefix("GP_S_") || sku.hasPrefix("HS_S_") {
                draft.usage(
                    "serverless compute", "vCore-hour", key: "monthly_vcore_hours",
                    draft.published("Compute (serverless, \(sku))", units: ["vCore-hours"]))
            } else if sku.contains("_") {
                draft.hourly("compute", draft.published("Compute (provisioned, \(sku))"))
                if try arguments.flag("zone_redundant") == true {
                    draft.hourly("zone redundancy", draft.published("Zone redundancy (provisioned, \(sku))"))
                }
                if let replicas = try arguments.number("read_replica_count"), replicas > .zero {
                    draft.hourly("read replicas", count: replicas, draft.published("Compute (provisioned, \(sku))"))
                }
                draft.license(sku, arguments: arguments)
                draft.storage(sku, size: try arguments.number("max_size_gb"))
            } else {
                draft.hourly("compute", draft.published("Compute (\(sku))"))
            }
        },
        PriceModel("azurerm_postgresql_flexible_server") { draft throws(EstimateObstacle) in
            try draft.flexible(sizeGB: draft.arguments.number("storage_mb").map { $0.scaled(by: 1, over: 1024) } ?? FixedDecimal(32))
        },
        PriceModel("azurerm_mysql_flexible_server") { draft throws(EstimateObstacle) in
            try draft.flexible(sizeGB: draft.arguments.block("storage")?.number("size_gb") ?? FixedDecimal(20))
        },
        PriceModel("azurerm_postgresql_server", "azurerm_mysql_server", "azurerm_mariadb_server") { draft throws(EstimateObstacle) in
            let arguments = draft.arguments
            draft.hourly("compute", draft.published("Compute (\(try arguments.needed("sku_name")))"))
            let size = try arguments.number("storage_mb") ?? FixedDecimal(5120)
            draft.monthly("storage", size.scaled(by: 1, over: 1024), "GB-month", draft.published("Storage", units: ["GB-month"]))
        },
        PriceModel("azurerm_redis_cache") { draft throws(EstimateObstacle) in
            let arguments = draft.arguments
            let sku = try arguments.needed("sku_name")
            let (family, capacity) = (try arguments.needed("family"), try arguments.needed("capacity"))
            var count = FixedDecimal(1)
            if sku == "Premium" {
                let shards = try arguments.number("shard_count") ?? FixedDecimal(1)
                count = max(FixedDecimal(1), shards).multiplied(
                    by: (try arguments.number("replicas_per_primary") ?| arguments.number("replicas_per_master") ?? FixedDecimal(1))
                        + FixedDecimal(1))
            } else if sku == "Standard" {
                count = FixedDecimal(2)
            }
            draft.monthly(
                "nodes", count, "node", draft.published("Cache usage (\(sku)_\(family)\(capacity))", units: ["nodes"]))
        },
        PriceModel("azurerm_managed_redis") { draft throws(EstimateObstacle) in
            let isDoubled = try draft.arguments.flag("high_availability_enabled") ?? true
            draft.hourly(
                "nodes", count: FixedDecimal(isDoubled ? 2 : 1), draft.published("Cache usage (\(try draft.arguments.needed("sku_name")))"))
        },
        PriceModel("azurerm_cosmosdb_sql_container", "azurerm_cosmosdb_sql_database") { draft throws(EstimateObstacle) in
            let arguments = draft.arguments
            let scaled = try arguments.block("autoscale_settings")?.number("max_throughput")
            if let units = try scaled ?| arguments.number("throughput") {
                let name = scaled == nil ? "CosmosDB-Provisioned-100RU-Hour" : "CosmosDB-Autoscale-100RU-Hour"
                draft.hourly(
                    "throughput (100 RU/s)", count: units.scaled(by: 1, over: 100),
                    draft.meter("CosmosDB", name, units: ["hours"]),
                    note: "for one region: how many there are says the account")
            }
            draft.usage("storage", "GB-month", key: "storage_gb", draft.meter("CosmosDB", "CosmosDB-Storage-GB-Month", units: ["GB-Mo"]))
        },
        .usage("azurerm_cosmosdb_account", parts: [("throughput and storage", "Transactional storage", "GB-month", "storage_gb", 1)]),
    ]
}

extension PriceDraft {
    /// A meter of the retail list, by its name there.
    func meter(_ service: String, _ name: String, units: Set<String>) -> PricedPart.Option { price(service, name, units: units) }

    fileprivate mutating func license(_ sku: String, arguments: Arguments) {
        guard sku.hasPrefix("GP_") || sku.hasPrefix("BC_"), let cores = sku.split(separator: "_").last.flatMap({ Int($0) }) else { return }
        if (try? arguments.text("license_type")) == "BasePrice" { return }
        var option = published("SQL license", units: ["vCore-hours"], type: "azurerm_mssql_database")
        option.query.attributes["address"] = [sku.hasPrefix("BC_") ? "business_critical_m" : "general_purpose_gen_zone"]
        hourly("SQL licence", count: FixedDecimal(cores), option)
    }

    fileprivate mutating func storage(_ sku: String, size: FixedDecimal?) {
        var option = published("Storage", units: ["GB-month"], type: "azurerm_mssql_database")
        let address = sku.hasPrefix("HS_") ? "hyperscale_gen" : sku.hasPrefix("GP_") ? "backup_default" : nil
        guard let address else { return unpriced("storage", "GB-month", because: "no price is known for storage of \(sku)") }
        option.query.attributes["address"] = [address]
        monthly("storage", size ?? FixedDecimal(32), "GB-month", option)
    }

    fileprivate mutating func flexible(sizeGB: FixedDecimal) throws(EstimateObstacle) {
        let sku = try arguments.needed("sku_name")
        // A standby in another zone has compute and storage of its own.
        let count = FixedDecimal(try arguments.count("high_availability") ?? 0 > 0 ? 2 : 1)
        hourly("compute", count: count, published("Compute (\(sku))"))
        monthly("storage", sizeGB.multiplied(by: count), "GB-month", published("Storage", units: ["GB-month"]))
        usage(
            "backup storage", "GB-month", key: "additional_backup_storage_gb", published("Additional backup storage", units: ["GB-month"]))
    }
}
