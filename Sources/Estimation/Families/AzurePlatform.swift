import CostModel

/// Plans of App Service, storage accounts, brokers, logs.
enum AzurePlatform {
    static let models: [PriceModel] = [
        PriceModel("azurerm_service_plan") { draft throws(EstimateObstacle) in
            let arguments = draft.arguments
            try draft.plan(
                sku: arguments.needed("sku_name"), system: arguments.text("os_type") ?? "Linux",
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
            // Memory counts in pieces of 128 MB, an execution at least 100 ms.
            let memory = draft.pieces("memory_mb", of: 128).scaled(by: 128, over: 1024)
            let time = draft.value("execution_duration_ms").map { max($0, FixedDecimal(100)).scaled(by: 1, over: 1000) }
            let isStated = draft.value("memory_mb") != nil
            draft.usage(
                "execution time", "GB-second",
                amount: isStated ? time.flatMap { draft.amount("monthly_executions", factor: memory.multiplied(by: $0)) } : nil,
                draft.published("Execution time", units: ["GB-seconds"]))
        },
        PriceModel("azurerm_static_web_app", "azurerm_static_site") { draft throws(EstimateObstacle) in
            guard try draft.arguments.text("sku_tier") ?| draft.arguments.text("sku_size") ?? "Free" == "Standard" else { return }
            draft.monthly("app", FixedDecimal(1), "month", draft.published("Static Web App (Standard)", units: ["month"]))
        },
        .usage("azurerm_storage_queue", "azurerm_storage_table", parts: [("capacity", "Capacity", "GB-month", "monthly_storage_gb", 1)]),
        PriceModel("azurerm_storage_share") { draft throws(EstimateObstacle) in draft.usage("capacity", "GB-month", key: "storage_gb") },
        PriceModel("azurerm_servicebus_namespace") { draft throws(EstimateObstacle) in
            let sku = try draft.arguments.needed("sku")
            switch sku {
            case "Standard":
                draft.hourly("base charge", draft.published("Base charge"))
                func operations(_ label: String) -> PricedPart.Option {
                    draft.published("Messaging operations (\(label))", units: ["1M operations"])
                }
                draft.steps(
                    "operations", "1M operations",
                    amount: draft.amount("monthly_messaging_operations")?.scaled(by: 1, over: 1_000_000), per: 1_000_000, free: [0],
                    [
                        (13, []), (100, [operations("13M-100M")]), (2_500, [operations("100M-2,500M")]),
                        (nil, [operations("over 2,500M")]),
                    ])
                func connections(_ label: String) -> PricedPart.Option {
                    draft.published("Brokered connections (\(label))", units: ["connections"])
                }
                draft.steps(
                    "brokered connections", "connection", amount: draft.amount("monthly_brokered_connections"), free: [0],
                    [
                        (1_000, []), (100_000, [connections("1K-100K")]), (500_000, [connections("100K-500K")]),
                        (nil, [connections("over 500K")]),
                    ])
            case "Premium":
                let units = try draft.arguments.number("capacity") ?? FixedDecimal(1)
                draft.monthly("messaging units", units, "unit", draft.published("Messaging units", units: ["units"]))
            default:
                draft.usage(
                    "operations", "1M operations", key: "monthly_messaging_operations", per: 1_000_000,
                    draft.published("Messaging operations", units: ["1M operations"]))
            }
        },
        PriceModel("azurerm_eventhub_namespace") { draft throws(EstimateObstacle) in
            let sku = try draft.arguments.needed("sku")
            let units = [
                "Basic": "throughput units", "Standard": "throughput units", "Premium": "processing units", "Dedicated": "capacity units",
            ]
            guard let unit = units[sku] else { throw .notPriced("no price is known for '\(sku)'") }
            if draft.arguments.has("dedicated_cluster_id") {
                return draft.included("capacity", count: FixedDecimal(1), note: "its cluster is paid for")
            }
            draft.monthly(
                "capacity", try draft.arguments.number("capacity") ?? FixedDecimal(1), String(unit.dropLast()),
                draft.published("Capacity (\(sku))", units: [unit]))
        },
        PriceModel("azurerm_eventhub_cluster") { draft throws(EstimateObstacle) in
            let units = try draft.arguments.needed("sku_name").split(separator: "_").last.flatMap { FixedDecimal(exactly: String($0)) }
            guard let units else { throw .notPriced("'sku_name' says no number of capacity units") }
            draft.monthly(
                "capacity", units, "capacity unit",
                draft.published("Capacity (Dedicated)", units: ["capacity units"], type: "azurerm_eventhub_namespace"))
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
        if ["Y1", "F1", "FC1"].contains(sku) { return }
        // By their vCPUs and memory, as functions' plans are.
        let elastic = ["EP1": (1, 7), "EP2": (2, 14), "EP3": (4, 28)]
        if let (cores, halves) = elastic[sku] {
            let type = "azurerm_linux_function_app"
            monthly("vCPUs", count.multiplied(by: FixedDecimal(cores)), "vCPU", published("vCPU (\(sku))", units: ["vCPU"], type: type))
            let memory = FixedDecimal(halves).scaled(by: 1, over: 2)
            monthly("memory", count.multiplied(by: memory), "GB", published("Memory (\(sku))", units: ["GB"], type: type))
            return
        }
        // Containers of Windows cost what Windows does, unless their plan is one of their own.
        let name = system == "WindowsContainer" && !sku.hasPrefix("PC") ? "Windows" : system
        var known = published("Instance usage (\(sku))", type: "azurerm_service_plan")
        known.query.attributes["address"] = [nil]
        hourly("instances", count: count, price("AppService", "AppService-\(name)-\(sku)-Instance-Hour", units: ["hours"]), known)
    }
}
