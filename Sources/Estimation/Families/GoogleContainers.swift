import CostModel

/// Clusters and node pools of GKE, registries.
enum GoogleContainers {
    static let models: [PriceModel] = [
        PriceModel("google_container_cluster") { draft throws(EstimateObstacle) in
            let arguments = draft.arguments
            // The fee is the same everywhere.
            draft.hourly("management fee", draft.published("Cluster management fee", region: "us-central1"))
            if try arguments.flag("enable_autopilot") == true {
                draft.usage("pods", "vCPU")
                return
            }
            guard try arguments.flag("remove_default_node_pool") != true else { return }
            guard !arguments.has("node_pool") else { return try draft.pools(arguments) }
            guard let count = try arguments.number("initial_node_count") else { return }
            try draft.nodes(arguments.block("node_config") ?? Arguments([:]), count: count.multiplied(by: draft.zones(arguments)))
        },
        PriceModel("google_container_node_pool") { draft throws(EstimateObstacle) in
            let arguments = draft.arguments
            let scaling = try arguments.block("autoscaling")
            let expected = draft.value("nodes")
            let stated =
                try expected ?| arguments.number("node_count") ?| arguments.number("initial_node_count")
                ?| scaling?.number("min_node_count")
            guard let count = stated else { throw .unknown("the code does not say 'node_count'") }
            let cluster = draft.other("cluster").map { Arguments($0.attributes) }
            let zones: FixedDecimal
            if let own = try arguments.count("node_locations"), own > 0 {
                zones = FixedDecimal(own)
            } else if let place = try arguments.text("location") ?| cluster?.text("location") {
                zones = try draft.zones(cluster ?? arguments, location: place)
            } else {
                throw .unknown("the code does not say in how many zones it is")
            }
            try draft.nodes(arguments.block("node_config") ?? Arguments([:]), count: count.multiplied(by: zones))
        },
        .usage("google_artifact_registry_repository", parts: [("storage", "Storage", "GB-month", "storage_gb", 1)]),
        PriceModel("google_container_registry") { draft throws(EstimateObstacle) in
            // What is stored lies in a bucket of the same place.
            draft.usage("storage", "GB-month", key: "storage_gb", draft.bucketPrice("STANDARD"))
        },
    ]
}

extension PriceDraft {
    /// A number of nodes is one for each zone: a region has three, unless the code names them.
    fileprivate func zones(_ cluster: Arguments, location: String? = nil) throws(EstimateObstacle) -> FixedDecimal {
        let stated = try cluster.count("node_locations") ?? 0
        guard let place = try location ?| cluster.text("location") else { return FixedDecimal(max(1, stated)) }
        let isZone = place.split(separator: "-").count > 2
        if isZone { return FixedDecimal(1 + stated) }
        return FixedDecimal(stated > 0 ? stated : 3)
    }

    fileprivate mutating func pools(_ cluster: Arguments) throws(EstimateObstacle) {
        for pool in try cluster.blocks("node_pool") {
            guard let count = try pool.number("node_count") ?| pool.number("initial_node_count") else {
                throw .unknown("a node pool does not say 'node_count'")
            }
            try nodes(pool.block("node_config") ?? Arguments([:]), count: count.multiplied(by: zones(cluster)))
        }
    }

    fileprivate mutating func nodes(_ config: Arguments, count: FixedDecimal) throws(EstimateObstacle) {
        let isSpot = try config.flag("spot") ?| config.flag("preemptible") ?? false
        var machine = GoogleMachine(type: GoogleCompute.diskType(try config.text("machine_type") ?? "e2-medium"), isSpot: isSpot)
        if try config.text("image_type")?.uppercased().hasPrefix("WINDOWS") == true { machine.licence = .windows }
        try machineType(machine, count: count, name: "nodes")
        try cards(config.blocks("guest_accelerator"), of: machine, count: count)
        let fast = try config.block("ephemeral_storage_local_ssd_config") ?| config.block("local_nvme_ssd_block_config")
        let scratch = try config.number("local_ssd_count") ?| fast?.number("local_ssd_count") ?? .zero
        if scratch > .zero { disk("local SSD", "pd-local", FixedDecimal(375).multiplied(by: scratch), count: count) }
        let type = try config.text("disk_type") ?? "pd-standard"
        disk("node disks \(type)", type, try config.number("disk_size_gb") ?? FixedDecimal(100), count: count)
    }
}
