import CostModel

/// Gateways, balancers, endpoints, names.
enum AWSNetwork {
    static let models: [PriceModel] = [
        PriceModel("aws_nat_gateway") { draft throws(EstimateObstacle) in
            draft.hourly("gateway", draft.price("AmazonVPC", "nat-gateway", ["dimension": ["hour"]]), draft.published("NAT gateway"))
            draft.usage(
                "data processed", "GB", key: "monthly_data_processed_gb",
                draft.price("AmazonVPC", "nat-gateway", ["dimension": ["data"]], units: ["GB"]),
                draft.published("Data processed", units: ["GB"]))
        },
        PriceModel("aws_lb", "aws_alb") { draft throws(EstimateObstacle) in
            let kind = try draft.arguments.text("load_balancer_type") ?? "application"
            let labels = [
                "application": "Application load balancer", "network": "Network load balancer", "gateway": "Gateway load balancer",
            ]
            guard let label = labels[kind] else { throw .notPriced("load balancers of type '\(kind)' are not priced") }
            draft.hourly(
                "load balancer", draft.price("AWSELB", kind, ["dimension": ["hour"]]), draft.published(label),
                draft.published(label, type: "aws_lb"))
            // A published estimate has the price of a month, by the address of its example.
            var month = draft.published("Load balancer capacity units", units: ["LCU"], type: "aws_lb")
            month.query.attributes["address"] = [kind == "application" ? "lb1" : "example"]
            month.factor = FixedDecimal(1).scaled(by: 1, over: 730)
            let hour = draft.price("AWSELB", kind, ["dimension": ["lcu"]], units: ["LCU-hour"])
            if kind == "gateway" {
                draft.usage("capacity units", "LCU-hour", hour)
            } else {
                draft.usage("capacity units", "LCU-hour", hour, month)
            }
        },
        PriceModel("aws_elb") { draft throws(EstimateObstacle) in
            draft.hourly(
                "load balancer", draft.price("AWSELB", "classic", ["dimension": ["hour"]]), draft.published("Classic load balancer"))
            draft.usage(
                "data processed", "GB", key: "monthly_data_processed_gb",
                draft.price("AWSELB", "classic", ["dimension": ["data"]], units: ["GB"]), draft.published("Data processed", units: ["GB"]))
        },
        PriceModel("aws_vpc_endpoint") { draft throws(EstimateObstacle) in
            let kind = try draft.arguments.text("vpc_endpoint_type") ?? "Gateway"
            guard kind != "Gateway" else { return }
            guard let zones = try draft.arguments.count("subnet_ids"), zones > 0 else {
                throw .unknown("the code does not say 'subnet_ids', and each zone costs")
            }
            let product = kind == "Interface" ? "vpc-endpoint-interface" : "vpc-endpoint-gwlb"
            draft.hourly(
                "endpoint", count: FixedDecimal(zones),
                draft.price("AmazonVPC", product, ["dimension": ["hour"], "per": ["availability zone"]]),
                draft.published("Endpoint (\(kind))"))
            draft.usage(
                "data processed", "GB", key: "monthly_data_processed_gb",
                draft.price("AmazonVPC", product, ["dimension": ["data"], "tier": [nil, "first 1 PB"]], units: ["GB"]))
        },
        PriceModel("aws_ec2_transit_gateway_vpc_attachment", "aws_ec2_transit_gateway_peering_attachment") {
            draft throws(EstimateObstacle) in
            draft.hourly("attachment", draft.published("Transit gateway attachment"))
            if draft.resource.type == "aws_ec2_transit_gateway_vpc_attachment" {
                draft.usage("data processed", "GB", key: "monthly_data_processed_gb", draft.published("Data processed", units: ["GB"]))
            }
        },
        PriceModel("aws_vpn_connection") { draft throws(EstimateObstacle) in
            draft.hourly("connection", draft.published("VPN connection"))
            if draft.arguments.has("transit_gateway_id") {
                draft.hourly("transit gateway attachment", draft.published("Transit gateway attachment"))
            }
        },
        .each("aws_ec2_client_vpn_network_association", hour: [("association", "Endpoint association")]),
        .each("aws_ec2_traffic_mirror_session", hour: [("session", "Traffic mirror")]),
        .each("aws_globalaccelerator_accelerator", region: "us-east-1", hour: [("fixed fee", "Fixed fee")]),
        PriceModel("aws_networkfirewall_firewall") { draft throws(EstimateObstacle) in
            guard let zones = try draft.arguments.count("subnet_mapping"), zones > 0 else {
                throw .unknown("the code does not say 'subnet_mapping'")
            }
            draft.hourly("endpoints", count: FixedDecimal(zones), draft.published("Network Firewall Endpoint"))
            draft.usage("data processed", "GB", key: "monthly_data_processed_gb", draft.published("Data Processed", units: ["GB"]))
        },
        .each("aws_route53_zone", region: "us-east-1", month: [("hosted zone", "Hosted zone")]),
        .usage(
            "aws_route53_record", region: "us-east-1",
            parts: [("queries", "Standard queries (first 1B)", "1M queries", "monthly_standard_queries", 1_000_000)]),
        PriceModel("aws_route53_resolver_endpoint") { draft throws(EstimateObstacle) in
            guard let count = try draft.arguments.count("ip_address"), count > 0 else {
                throw .unknown("the code does not say 'ip_address'")
            }
            draft.hourly("addresses", count: FixedDecimal(count), draft.published("Resolver endpoints"))
        },
        PriceModel("aws_cloudfront_distribution", region: "us-east-1") { draft throws(EstimateObstacle) in
            // What it costs depends on where its readers are.
            draft.usage("data transfer out", "GB")
            draft.usage("requests", "10k requests")
        },
    ]
}
