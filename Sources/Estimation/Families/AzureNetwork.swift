import CostModel

/// Addresses, balancers, gateways, names.
enum AzureNetwork {
    static let models: [PriceModel] = [
        PriceModel("azurerm_public_ip") { draft throws(EstimateObstacle) in
            let arguments = draft.arguments
            let method = (try arguments.text("allocation_method") ?? "Static").lowercased()
            let tier = (try arguments.text("sku_tier") ?? "Regional").lowercased()
            // Those of the basic SKU, which is over since September 2025, stand apart in one region.
            let isBasic = (try arguments.text("sku") ?? "Standard").lowercased() == "basic"
            var price = draft.published("IP address (\(method), \(tier))")
            if method == "static", tier == "regional", draft.region == "westus" {
                price.query.attributes["address"] = [isBasic ? "example_withBasicSku" : "example"]
            }
            draft.hourly("address", price, note: isBasic && draft.region != "westus" ? "at the price of the standard SKU" : nil)
        },
        PriceModel("azurerm_public_ip_prefix") { draft throws(EstimateObstacle) in
            let length = try draft.arguments.number("prefix_length")?.whole ?? 28
            guard (20...31).contains(length) else { throw .notPriced("a prefix of length \(length) is not priced") }
            draft.hourly("addresses", count: FixedDecimal(1 << (32 - Int(length))), draft.published("IP prefix"))
        },
        PriceModel("azurerm_nat_gateway") { draft throws(EstimateObstacle) in
            draft.hourly("gateway", draft.published("NAT gateway"))
            draft.usage("data processed", "GB", key: "monthly_data_processed_gb", draft.published("Data processed", units: ["GB"]))
        },
        PriceModel("azurerm_lb") { draft throws(EstimateObstacle) in
            guard try draft.arguments.text("sku") ?? "Standard" != "Basic" else { return }
            draft.usage("data processed", "GB", key: "monthly_data_processed_gb", draft.published("Data processed", units: ["GB"]))
        },
        .each("azurerm_lb_rule", "azurerm_lb_outbound_rule", hour: [("rule", "Rule usage")]),
        PriceModel("azurerm_application_gateway") { draft throws(EstimateObstacle) in
            guard let sku = try draft.arguments.block("sku") else { throw .unknown("the code does not say 'sku'") }
            let name = try sku.needed("name")
            guard name == "Standard_v2" || name == "WAF_v2" else { throw .notPriced("no price is known for '\(name)'") }
            let isWAF = name == "WAF_v2"
            draft.hourly("gateway", draft.published(isWAF ? "Gateway usage (WAF v2)" : "Gateway usage (basic v2)"))
            let stated = draft.value("monthly_v2_capacity_units")
            if let units = try stated ?| draft.arguments.block("autoscale_configuration")?.number("min_capacity") ?| sku.number("capacity")
            {
                draft.hourly(
                    "capacity units", count: units,
                    draft.published(isWAF ? "V2 capacity units (WAF)" : "V2 capacity units (basic)", units: ["CU"]))
            }
        },
        PriceModel("azurerm_firewall") { draft throws(EstimateObstacle) in
            let tier = try draft.arguments.text("sku_tier") ?? "Standard"
            let isHub = try draft.arguments.text("sku_name") == "AZFW_Hub"
            let label = isHub ? (tier == "Premium" ? "Premium Secured Virtual Hub" : "\(tier) Secure Virtual Hub") : tier
            draft.hourly("deployment", draft.published("Deployment (\(label))"))
            draft.usage("data processed", "GB", key: "monthly_data_processed_gb", draft.published("Data processed", units: ["GB"]))
        },
        PriceModel("azurerm_bastion_host") { draft throws(EstimateObstacle) in
            draft.hourly("host", draft.published("Bastion host"))
            guard let amount = draft.value("monthly_outbound_data_gb") else { return }
            func published(_ step: String) -> PricedPart.Option { draft.published("Outbound data transfer (\(step))", units: ["GB"]) }
            draft.steps(
                "data transfer out", "GB", amount: amount,
                [
                    (10_240, [published("first 10TB")]), (51_200, [published("next 40TB")]), (153_600, [published("next 100TB")]),
                    (nil, [published("next 350TB")]),
                ])
        },
        PriceModel("azurerm_virtual_network_gateway") { draft throws(EstimateObstacle) in
            guard try draft.arguments.text("type") != "ExpressRoute" else {
                throw .notPriced("no price is known for gateways of ExpressRoute")
            }
            draft.hourly("gateway", draft.published("VPN gateway (\(try draft.arguments.needed("sku")))"))
        },
        PriceModel("azurerm_private_endpoint") { draft throws(EstimateObstacle) in
            draft.hourly("endpoint", draft.published("Private endpoint"))
            for (name, label) in [("inbound", "Inbound"), ("outbound", "Outbound")] {
                func published(_ step: String) -> PricedPart.Option { draft.published("\(label) data processed (\(step))", units: ["GB"]) }
                draft.steps(
                    "\(name) data processed", "GB", amount: draft.amount("monthly_\(name)_data_processed_gb"),
                    [(1_048_576, [published("first 1PB")]), (5_242_880, [published("next 4PB")]), (nil, [published("over 5PB")])])
            }
        },
        .each("azurerm_private_dns_zone", "azurerm_dns_zone", region: "westeurope", month: [("hosted zone", "Hosted zone")]),
        PriceModel(
            "azurerm_dns_a_record", "azurerm_dns_aaaa_record", "azurerm_dns_caa_record", "azurerm_dns_cname_record",
            "azurerm_dns_mx_record",
            "azurerm_dns_ns_record", "azurerm_dns_ptr_record", "azurerm_dns_srv_record", "azurerm_dns_txt_record",
            "azurerm_private_dns_a_record", "azurerm_private_dns_aaaa_record", "azurerm_private_dns_cname_record",
            "azurerm_private_dns_mx_record", "azurerm_private_dns_ptr_record", "azurerm_private_dns_srv_record",
            "azurerm_private_dns_txt_record", region: "westeurope"
        ) { draft throws(EstimateObstacle) in draft.queries("queries", key: "monthly_queries", "DNS queries") },
        .each("azurerm_private_dns_resolver_inbound_endpoint", month: [("endpoint", "Inbound endpoint")]),
        .each("azurerm_private_dns_resolver_outbound_endpoint", month: [("endpoint", "Outbound endpoint")]),
        .each("azurerm_virtual_hub", hour: [("deployment", "Deployment")]),
        .each("azurerm_vpn_gateway_connection", hour: [("connection", "S2S Connections")]),
        PriceModel("azurerm_vpn_gateway") { draft throws(EstimateObstacle) in
            let units = try draft.arguments.number("scale_unit") ?? FixedDecimal(1)
            draft.monthly("scale units", units, "scale unit", draft.published("S2S scale units (500 Mbps)", units: ["scale units"]))
        },
        .each("azurerm_network_ddos_protection_plan", hour: [("plan", "DDoS Protection Plan")]),
        PriceModel("azurerm_traffic_manager_profile", region: "westeurope") { draft throws(EstimateObstacle) in
            draft.queries("queries", key: "monthly_dns_queries", "DNS queries")
        },
    ]
}
