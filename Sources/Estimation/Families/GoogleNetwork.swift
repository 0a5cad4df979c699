import CostModel

/// Addresses, rules, tunnels, names.
enum GoogleNetwork {
    static let models: [PriceModel] = [
        PriceModel("google_compute_address") { draft throws(EstimateObstacle) in
            guard try draft.arguments.text("address_type") ?? "EXTERNAL" == "EXTERNAL" else { return }
            let isUsed = draft.resource.referencedBy.contains { $0.type == "google_compute_instance" }
            draft.hourly(
                "address", draft.price("Networking", "external-ip", ["state": [isUsed ? "vm" : "unused"]]),
                note: isUsed ? nil : "as one that no machine uses")
        },
        PriceModel("google_compute_global_address", region: "us-central1") { draft throws(EstimateObstacle) in
            guard try draft.arguments.text("address_type") ?? "EXTERNAL" == "EXTERNAL" else { return }
            draft.hourly("address", draft.published("IP address (unused)"), note: "as one that no rule uses")
        },
        PriceModel("google_compute_forwarding_rule") { draft throws(EstimateObstacle) in
            draft.hourly("rule", draft.published("Forwarding rules"), note: "the first five of a project cost as much as one")
            draft.usage("ingress", "GB", key: "monthly_ingress_data_gb", draft.published("Ingress data", units: ["GB"]))
        },
        PriceModel("google_compute_global_forwarding_rule", region: "us-central1") { draft throws(EstimateObstacle) in
            draft.hourly("rule", draft.published("Forwarding rules"), note: "the first five of a project cost as much as one")
            draft.usage("ingress", "GB", key: "monthly_ingress_data_gb", draft.published("Ingress data", units: ["GB"]))
        },
        PriceModel("google_compute_router_nat") { draft throws(EstimateObstacle) in
            // More than 32 machines cost as much as 32.
            draft.steps(
                "assigned VMs", "VM-hour", amount: draft.amount("assigned_vms", factor: PriceDraft.hoursPerMonth), free: [1],
                [(32 * 730, [draft.published("Assigned VMs (first 32)", units: ["VM-hours"])]), (nil, [])])
            draft.usage(
                "data processed", "GB", key: "monthly_data_processed_gb",
                draft.price("Networking", "cloud-nat", ["dimension": ["data"]], units: ["GB"]))
        },
        PriceModel("google_compute_vpn_tunnel") { draft throws(EstimateObstacle) in
            draft.hourly("tunnel", draft.price("Networking", "vpn-tunnel"), draft.published("VPN Tunnel"))
        },
        .usage(
            "google_compute_ha_vpn_gateway", "google_compute_vpn_gateway",
            parts: [
                (
                    "egress in the same region", "IPSec traffic within the same region", "GB",
                    "monthly_egress_data_transfer_gb.same_region", 1
                )
            ]),
        .each(
            "google_compute_target_http_proxy", "google_compute_target_https_proxy", "google_compute_target_grpc_proxy",
            "google_compute_target_ssl_proxy", "google_compute_target_tcp_proxy", region: "us-central1", hour: [("proxy", "Proxy instance")]
        ),
        .each("google_compute_region_target_http_proxy", "google_compute_region_target_https_proxy", hour: [("proxy", "Proxy instance")]),
        .each("google_dns_managed_zone", region: "us-central1", month: [("zone", "Managed zone")]),
        .usage("google_dns_record_set", region: "us-central1", parts: [("queries", "Queries", "1M queries", "monthly_queries", 1_000_000)]),
    ]
}
