import CostModel

/// Plans of App Service, storage accounts, brokers, logs.
enum AzurePlatform {
    static let models: [PriceModel] = [
        PriceModel("azurerm_service_plan") { draft throws(EstimateObstacle) in
            let arguments = draft.arguments
            try draft.plan(
                sku: arguments.needed("sku_name"), system: arguments.text("os_type") == "Windows" ? "Windows" : "Linux",
                count: arguments.number("worker_count") ?? FixedDecimal(1))
        },
        PriceModel("azurerm_app_service_plan") { draft throws(EstimateObstacle) in
            let arguments = draft.arguments
            guard let sku = try arguments.block("sku") else { throw .unknown("the code does not say 'sku'") }
            let kind = try arguments.text("kind")?.lowercased() ?? "windows"
            try draft.plan(
                sku: sku.needed("size"), system: kind == "linux" ? "Linux" : "Windows", count: sku.number("capacity") ?? FixedDecimal(1))
        },
        PriceModel("azurerm_linux_function_app", "azurerm_windows_function_app", "azurerm_function_app") { draft throws(EstimateObstacle) in
            // Whether calls cost is the plan's to say: on others than the consumption plan the plan costs.
            if let plan = draft.other("service_plan_id") ?? draft.other("app_service_plan_id") {
                let arguments = Arguments(plan.attributes)
                let sku = try arguments.text("sku_name") ?| arguments.block("sku")?.text("size") ?? ""
                guard sku == "Y1" else { return }
            }
            draft.usage(
                "executions", "1M requests", key: "monthly_executions", per: 1_000_000,
                draft.published("Executions", units: ["1M requests"]))
            draft.usage("execution time", "GB-second", draft.published("Execution time", units: ["GB-seconds"]))
        },
        PriceModel("azurerm_static_web_app", "azurerm_static_site") { draft throws(EstimateObstacle) in
            guard try draft.arguments.text("sku_tier") ?? "Free" == "Standard" else { return }
            draft.monthly("app", FixedDecimal(1), "month", draft.published("Static Web App (Standard)", units: ["month"]))
        },
        PriceModel("azurerm_storage_account") { draft throws(EstimateObstacle) in
            draft.usage("capacity", "GB-month", key: "storage_gb")
            draft.usage("operations", "10k operations", key: "monthly_write_operations", per: 10_000)
        },
        .usage("azurerm_storage_queue", "azurerm_storage_table", parts: [("capacity", "Capacity", "GB-month", "monthly_storage_gb", 1)]),
        PriceModel("azurerm_storage_share") { draft throws(EstimateObstacle) in draft.usage("capacity", "GB-month", key: "storage_gb") },
        PriceModel("azurerm_servicebus_namespace") { draft throws(EstimateObstacle) in
            switch try draft.arguments.needed("sku") {
            case "Standard": draft.hourly("base charge", draft.published("Base charge"))
            case "Premium":
                let units = try draft.arguments.number("capacity") ?? FixedDecimal(1)
                draft.monthly("messaging units", units, "unit", draft.published("Messaging units", units: ["units"]))
            default: break
            }
            draft.usage("operations", "1M operations", key: "monthly_messaging_operations", per: 1_000_000)
        },
        PriceModel("azurerm_eventhub_namespace") { draft throws(EstimateObstacle) in
            let sku = try draft.arguments.needed("sku")
            let units = [
                "Basic": "throughput units", "Standard": "throughput units", "Premium": "processing units", "Dedicated": "capacity units",
            ]
            guard let unit = units[sku] else { throw .notPriced("no price is known for '\(sku)'") }
            draft.monthly(
                "capacity", try draft.arguments.number("capacity") ?? FixedDecimal(1), String(unit.dropLast()),
                draft.published("Capacity (\(sku))", units: [unit]))
        },
        .usage(
            "azurerm_eventgrid_topic", "azurerm_eventgrid_system_topic",
            parts: [("operations", "Operations", "100k operations", "monthly_operations", 100_000)]),
        PriceModel("azurerm_log_analytics_workspace") { draft throws(EstimateObstacle) in
            draft.usage("data ingested", "GB", key: "monthly_log_data_ingestion_gb", draft.published("Log data ingestion", units: ["GB"]))
            draft.usage("data retained", "GB", key: "monthly_log_data_retention_gb", draft.published("Log data retention", units: ["GB"]))
        },
        .usage("azurerm_application_insights", parts: [("data ingested", "Data ingested", "GB", "monthly_data_ingested_gb", 1)]),
        PriceModel("azurerm_key_vault_managed_hardware_security_module") { draft throws(EstimateObstacle) in
            draft.hourly("HSM pool", draft.published("HSM pools"))
        },
        PriceModel("azurerm_signalr_service") { draft throws(EstimateObstacle) in
            guard let sku = try draft.arguments.block("sku") else { throw .unknown("the code does not say 'sku'") }
            let name = try sku.needed("name")
            guard !name.hasPrefix("Free") else { return }
            draft.monthly(
                "units", try sku.number("capacity") ?? FixedDecimal(1), "unit",
                draft.published("Service usage (\(name.prefix { $0 != "_" }))", units: ["units"]))
        },
        PriceModel("azurerm_api_management") { draft throws(EstimateObstacle) in
            let parts = try draft.arguments.needed("sku_name").split(separator: "_").map(String.init)
            guard parts.count == 2, let count = FixedDecimal(exactly: parts[1]) else { throw .notPriced("'sku_name' is no tier and count") }
            if parts[0] == "Consumption" {
                draft.usage(
                    "calls", "1M calls", key: "monthly_api_calls", per: 1_000_000,
                    draft.published("API management (consumption)", units: ["1M calls"]))
            } else {
                draft.monthly("units", count, "unit", draft.published("API management (\(parts[0].lowercased()))", units: ["units"]))
            }
        },
        PriceModel("azurerm_synapse_sql_pool") { draft throws(EstimateObstacle) in
            draft.hourly("DWU blocks", draft.published("DWU blocks (\(try draft.arguments.needed("sku_name")))"))
        },
    ]
}

extension PriceDraft {
    fileprivate mutating func plan(sku: String, system: String, count: FixedDecimal) throws(EstimateObstacle) {
        // What functions run on is priced by the call, and free plans cost nothing.
        if sku == "Y1" || sku == "F1" { return }
        let meter = price("AppService", "AppService-\(system)-\(sku)-Instance-Hour", units: ["hours"])
        hourly("instances", count: count, meter)
    }
}
