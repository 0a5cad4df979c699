import CostModel

/// Machines of Compute Engine, groups of them, and disks.
enum GoogleCompute {
    static let models: [PriceModel] = [
        PriceModel("google_compute_instance") { draft throws(EstimateObstacle) in
            try draft.machine(draft.arguments, count: FixedDecimal(1))
        },
        PriceModel("google_compute_instance_template", "google_compute_region_instance_template") { _ throws(EstimateObstacle) in },
        PriceModel("google_compute_instance_group_manager", "google_compute_region_instance_group_manager") {
            draft throws(EstimateObstacle) in
            guard let count = try draft.arguments.number("target_size") else { throw .unknown("the code does not say 'target_size'") }
            guard let version = try draft.arguments.block("version"),
                let template = draft.other("instance_template", in: version)
            else { throw .unknown("its instance template is not in this code") }
            try draft.machine(Arguments(template.attributes), count: count)
        },
        PriceModel("google_compute_disk", "google_compute_region_disk") { draft throws(EstimateObstacle) in
            let arguments = draft.arguments
            let type = diskType(try arguments.text("type") ?? "pd-standard")
            let presets = ["pd-standard": 500, "pd-extreme": 1000, "hyperdisk-extreme": 1000]
            let size: FixedDecimal
            if let stated = try arguments.number("size") {
                size = stated
            } else if arguments.has("image") || arguments.has("snapshot") || arguments.has("source_disk") {
                throw .unknown("its size is that of what it is made from")
            } else {
                size = FixedDecimal(presets[type] ?? 100)
            }
            draft.disk(
                "storage \(type)", type, size, replication: draft.resource.type.contains("region") ? "regional" : "zonal", apart: false)
            if let example = ["pd-extreme": "extreme_default", "hyperdisk-extreme": "hyperdisk_default"][type] {
                var option = draft.published("Provisioned IOPS", units: ["IOPS"], type: "google_compute_disk")
                option.query.attributes["address"] = [example]
                let iops = try arguments.number("provisioned_iops")
                draft.monthly(
                    "IOPS", iops, "IOPS-month", option, note: iops == nil ? "how many there are the service decides, and each costs" : nil)
            }
        },
        PriceModel("google_compute_snapshot") { draft throws(EstimateObstacle) in
            draft.usage(
                "storage", "GB-month", key: "storage_gb",
                draft.price("Compute Engine", "pd-snapshot", ["dimension": ["storage"]], units: ["GB-month"]),
                draft.published("Storage", units: ["GB-month"]))
        },
        .usage("google_compute_image", "google_compute_machine_image", parts: [("storage", "Storage", "GB-month", "storage_gb", 1)]),
    ]

    /// Code may name a type by its address: `projects/p/zones/z/diskTypes/pd-ssd`.
    static func diskType(_ text: String) -> String { text.split(separator: "/").last.map(String.init) ?? text }
}

extension PriceDraft {
    mutating func disk(
        _ name: String, _ type: String, _ size: FixedDecimal, count: FixedDecimal = FixedDecimal(1), replication: String = "zonal",
        apart: Bool = true
    ) {
        monthly(
            name, size.multiplied(by: count), "GB-month",
            price("Compute Engine", type, ["dimension": ["storage"], "replication": [replication]], units: ["GB-month"]), apart: apart)
    }

    mutating func machine(_ arguments: Arguments, count: FixedDecimal) throws(EstimateObstacle) {
        let scheduling = try arguments.block("scheduling")
        let model = try scheduling?.text("provisioning_model")
        let isPreemptible = try scheduling?.flag("preemptible") ?? false
        var machine = GoogleMachine(
            type: GoogleCompute.diskType(try arguments.needed("machine_type")), isSpot: model == "SPOT" || isPreemptible)
        try machine.readImage(arguments)
        try machineType(machine, count: count, name: "instance")
        if machine.hasSQLServer {
            unpriced("SQL Server licence", "hour", because: "no list has prices of SQL Server on Google's machines")
        }
        try cards(arguments.blocks("guest_accelerator"), of: machine, count: count)
        if let boot = try arguments.block("boot_disk") {
            if let made = try boot.block("initialize_params") {
                let type = GoogleCompute.diskType(try made.text("type") ?? "pd-standard")
                if let size = try made.number("size") {
                    disk("boot disk \(type)", type, size, count: count)
                } else {
                    monthly(
                        "boot disk \(type)", nil, "GB-month",
                        note: "its size is that of the image, commonly 10 GB, which the code does not say", apart: true)
                }
            }
        }
        for block in try arguments.blocks("disk") {
            // A template's disk without a size is as large as its image.
            let named = GoogleCompute.diskType(try block.text("disk_type") ?? "pd-standard")
            let type = named == "local-ssd" ? "pd-local" : named
            if let size = try block.number("disk_size_gb") {
                disk("disk \(type)", type, size, count: count)
            } else {
                monthly("disk \(type)", nil, "GB-month", note: "its size is that of the image, which the code does not say", apart: true)
            }
        }
        let scratch = try arguments.blocks("scratch_disk").count
        if scratch > 0 { disk("local SSD", "pd-local", FixedDecimal(375 * scratch), count: count) }
        let addresses = try arguments.blocks("network_interface").count { $0.has("access_config") }
        if addresses > 0 {
            hourly(
                "external address", count: FixedDecimal(addresses).multiplied(by: count),
                price("Networking", "external-ip", ["state": ["vm"]]),
                apart: true)
        }
    }
}
