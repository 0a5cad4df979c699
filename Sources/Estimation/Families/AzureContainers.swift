import CostModel

/// Clusters of AKS and registries.
enum AzureContainers {
    static let models: [PriceModel] = [
        PriceModel("azurerm_kubernetes_cluster") { draft throws(EstimateObstacle) in
            let arguments = draft.arguments
            let tier = try arguments.text("sku_tier") ?? "Free"
            switch tier {
            case "Free": break
            case "Standard", "Paid": draft.hourly("uptime SLA", draft.published("Uptime SLA"))
            default: draft.unpriced("control plane", "hour", because: "no price is known for the tier '\(tier)'")
            }
            guard let pool = try arguments.block("default_node_pool") else { throw .unknown("the code does not say 'default_node_pool'") }
            try draft.pool(pool, name: "default pool")
        },
        PriceModel("azurerm_kubernetes_cluster_node_pool") { draft throws(EstimateObstacle) in
            try draft.pool(draft.arguments, name: "nodes")
        },
        PriceModel("azurerm_container_registry") { draft throws(EstimateObstacle) in
            let arguments = draft.arguments
            var day = draft.published("Registry usage (\(try arguments.text("sku") ?? "Basic"))", units: ["days"])
            // A month of 730 hours.
            day.factor = FixedDecimal(730).scaled(by: 1, over: 24)
            draft.monthly("registry", FixedDecimal(1), "month", day)
            // Each copy is a registry of its region.
            for copy in try arguments.blocks("georeplications") {
                let place = ResourceRegion.named(try copy.needed("location"))
                day.query.key.region = place
                draft.monthly("registry in \(place)", FixedDecimal(1), "month", day)
            }
            draft.usage(
                "storage over the included", "GB-month", key: "storage_gb", draft.published("Storage (over 10GB)", units: ["GB-month"]))
            if draft.value("monthly_build_vcpu_hrs") != nil {
                draft.usage(
                    "builds", "vCPU-second", amount: draft.amount("monthly_build_vcpu_hrs", factor: FixedDecimal(3600)),
                    draft.published("Build vCPU", units: ["seconds"]))
            }
        },
    ]
}

extension PriceDraft {
    fileprivate mutating func pool(_ pool: Arguments, name: String) throws(EstimateObstacle) {
        let size = try pool.text("vm_size") ?? "Standard_D2s_v3"
        guard pool.has("vm_size") else { throw .unknown("the code does not say 'vm_size'; the service chooses one such as \(size)") }
        let scales = try pool.flag("auto_scaling_enabled") ?| pool.flag("enable_auto_scaling") ?? false
        let fewest = scales ? try pool.number("min_count") : nil
        let stated = value(name == "nodes" ? "nodes" : "default_node_pool.nodes")
        let count = try stated ?| pool.number("node_count") ?? fewest ?? FixedDecimal(1)
        let isWindows = try pool.text("os_sku")?.hasPrefix("Windows") ?? false
        let system = try pool.text("os_type") ?? (isWindows ? "Windows" : "Linux")
        try machine(size: size, system: system, count: count, name: name, pool: pool)
        if try pool.text("os_disk_type") == "Ephemeral" { return }
        try disk("\(name): OS disk", type: "Premium_LRS", size: pool.number("os_disk_size_gb") ?? FixedDecimal(128), count: count)
    }
}
