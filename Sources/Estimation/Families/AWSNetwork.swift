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
            let units = kind == "gateway" ? nil : draft.capacityUnits(of: kind)
            if kind == "gateway" {
                draft.usage("capacity units", "LCU-hour", hour)
            } else {
                draft.usage("capacity units", "LCU-hour", amount: units, hour, month)
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
            func listed(_ tiers: [String?]) -> PricedPart.Option {
                draft.price("AmazonVPC", product, ["dimension": ["data"], "tier": tiers], units: ["GB"])
            }
            func published(_ label: String) -> PricedPart.Option { draft.published("Data processed (\(label))", units: ["GB"]) }
            if kind == "Interface" {
                draft.steps(
                    "data processed", "GB", amount: draft.amount("monthly_data_processed_gb"),
                    [
                        (1_048_576, [listed([nil, "first 1 PB"]), published("first 1PB")]),
                        (5_242_880, [listed(["1-5 PB"]), published("next 4PB")]), (nil, [listed(["over 5 PB"]), published("over 5PB")]),
                    ])
            } else {
                draft.usage("data processed", "GB", key: "monthly_data_processed_gb", listed([nil]))
            }
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
                draft.usage("data processed", "GB", key: "monthly_data_processed_gb", draft.published("Data processed", units: ["GB"]))
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
        PriceModel("aws_route53_record", region: "us-east-1") { draft throws(EstimateObstacle) in
            draft.queries("queries", key: "monthly_standard_queries", "Standard queries")
            for (name, key, label) in [
                ("latency-based queries", "monthly_latency_based_queries", "Latency based routing queries"),
                ("geographic queries", "monthly_geo_queries", "Geo DNS queries"),
            ] where draft.value(key) != nil { draft.queries(name, key: key, label) }
        },
        PriceModel("aws_route53_resolver_endpoint") { draft throws(EstimateObstacle) in
            guard let count = try draft.arguments.count("ip_address"), count > 0 else {
                throw .unknown("the code does not say 'ip_address'")
            }
            draft.hourly("addresses", count: FixedDecimal(count), draft.published("Resolver endpoints"))
            draft.queries("queries", key: "monthly_queries", "DNS queries")
        },
        PriceModel("aws_cloudfront_distribution", region: "us-east-1") { draft throws(EstimateObstacle) in draft.addDelivery() },
    ]
}

extension PriceDraft {
    /// Queries, of which those beyond a thousand million cost less.
    mutating func queries(_ name: String, key: String, _ label: String) {
        steps(
            name, "1M queries", amount: amount(key)?.scaled(by: 1, over: 1_000_000), per: 1_000_000,
            [
                (1_000, [published("\(label) (first 1B)", units: ["1M queries"])]),
                (nil, [published("\(label) (over 1B)", units: ["1M queries"])]),
            ])
    }

    /// A balancer's capacity units of a month: of new connections, active ones, bytes and rules the largest counts. Nil: nothing is said of them.
    fileprivate mutating func capacityUnits(of kind: String) -> FixedDecimal? {
        let isApplication = kind == "application"
        // What one unit holds, in a second, a minute, an hour and a second. Network balancers are taken for TCP.
        let holds: [(key: String, one: FixedDecimal)] =
            [
                ("new_connections", FixedDecimal(isApplication ? 25 : 800)),
                ("active_connections", FixedDecimal(isApplication ? 3_000 : 100_000)), ("processed_bytes_gb", Self.hoursPerMonth),
            ] + (isApplication ? [("rule_evaluations", FixedDecimal(1_000))] : [])
        let units = holds.compactMap { key, one in value(key).map { $0.scaled(by: FixedDecimal.unit, over: one.raw) } }
        guard let most = units.max() else { return nil }
        return most.multiplied(by: Self.hoursPerMonth)
    }

    /// What is delivered from edges costs by where the readers are.
    fileprivate mutating func addDelivery() {
        let places = [
            "us": "US, Mexico, Canada", "europe": "Europe, Israel", "south_africa": "South Africa, Kenya, Middle East",
            "south_america": "South America", "japan": "Japan", "australia": "Australia, New Zealand",
            "asia_pacific": "Hong Kong, Philippines, Asia Pacific", "india": "India",
        ]
        var isStated = (data: false, requests: false)
        for (key, place) in places.sorted(by: { $0.key < $1.key }) {
            func option(_ label: String, _ unit: String) -> PricedPart.Option {
                var option = published(label, units: [unit])
                option.query.attributes["in"] = [place]
                return option
            }
            if let out = value("monthly_data_transfer_to_internet_gb.\(key)") {
                isStated.data = true
                let tiers: [(Int?, String)] = [
                    (10_240, "first 10TB"), (51_200, "next 40TB"), (153_600, "next 100TB"), (512_000, "next 350TB"),
                    (1_048_576, "next 524TB"), (5_242_880, "next 4PB"), (nil, "over 5PB"),
                ]
                steps(
                    "\(place): data transfer out", "GB", amount: out,
                    tiers.map { ($0, [option("Data transfer out to internet (\($1))", "GB")]) })
            }
            if value("monthly_data_transfer_to_origin_gb.\(key)") != nil {
                usage(
                    "\(place): to origin", "GB", key: "monthly_data_transfer_to_origin_gb.\(key)",
                    option("Data transfer out to origin", "GB"))
            }
            for kind in ["http", "https"] where value("monthly_\(kind)_requests.\(key)") != nil {
                isStated.requests = true
                usage(
                    "\(place): \(kind.uppercased()) requests", "10k requests", key: "monthly_\(kind)_requests.\(key)", per: 10_000,
                    option("\(kind.uppercased()) requests", "10k requests"))
            }
        }
        if !isStated.data { usage("data transfer out", "GB") }
        if !isStated.requests { usage("requests", "10k requests") }
        if let paths = value("monthly_invalidation_requests") {
            beyond(1_000, "invalidations", "path", amount: paths, published("Invalidation requests (over 1k)", units: ["paths"]))
        }
        for (name, unit, key, scale, label) in [
            ("field-level encryption", "10k requests", "monthly_encryption_requests", 10_000, "Field level encryption requests"),
            ("log lines", "1M lines", "monthly_log_lines", 1_000_000, "Real-time log requests"),
            ("certificates with an address of their own", "certificates", "custom_ssl_certificates", 1, "Dedicated IP custom SSLs"),
        ] where value(key) != nil { usage(name, unit, key: key, per: scale, published(label, units: [unit])) }
    }
}
