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
            if let iops = try arguments.number("provisioned_iops"), type == "pd-extreme" {
                var option = draft.published("Provisioned IOPS", units: ["IOPS"], type: "google_compute_disk")
                option.query.attributes["address"] = ["extreme_default"]
                draft.monthly("IOPS", iops, "IOPS-month", option)
            }
        },
        .usage("google_compute_snapshot", parts: [("storage", "Storage", "GB-month", "storage_gb", 1)]),
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
            name, size.times(count), "GB-month",
            price("Compute Engine", type, ["dimension": ["storage"], "replication": [replication]], units: ["GB-month"]), apart: apart)
    }

    /// The hour of a machine type. What Google takes off by itself for machines that run all month is not taken off here.
    mutating func machineType(_ text: String, isSpot: Bool, count: FixedDecimal, name: String) throws(EstimateObstacle) {
        let type = GoogleCompute.diskType(text)
        guard !type.contains("custom") else { throw .notPriced("custom machine types are not priced") }
        let hasSustainedUse = ["n1-", "n2-", "n2d-", "c2-", "m1-", "m2-"].contains { type.hasPrefix($0) }
        hourly(
            name, count: count,
            price("Compute Engine", type, ["os": ["Linux"], "purchase": [isSpot ? "spot" : "on-demand"]]),
            note: hasSustainedUse && !isSpot ? "before the sustained-use discount, which Google takes off by itself" : nil)
    }

    mutating func machine(_ arguments: Arguments, count: FixedDecimal) throws(EstimateObstacle) {
        let scheduling = try arguments.block("scheduling")
        let model = try scheduling?.text("provisioning_model")
        let isPreemptible = try scheduling?.flag("preemptible") ?? false
        let isSpot = model == "SPOT" || isPreemptible
        try machineType(arguments.needed("machine_type"), isSpot: isSpot, count: count, name: "instance")
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
            let type = GoogleCompute.diskType(try block.text("disk_type") ?? "pd-standard")
            if let size = try block.number("disk_size_gb") {
                disk("disk \(type)", type, size, count: count)
            } else {
                monthly("disk \(type)", nil, "GB-month", note: "its size is that of the image, which the code does not say", apart: true)
            }
        }
        let scratch = try arguments.blocks("scratch_disk").count
        if scratch > 0 { disk("local SSD", "pd-local", FixedDecimal(375 * scratch), count: count) }
        for card in try arguments.blocks("guest_accelerator") {
            unpriced("GPU", "hour", because: "no price is known for '\(try card.text("type") ?? "")' in every region")
        }
        let addresses = try arguments.blocks("network_interface").count { $0.has("access_config") }
        if addresses > 0 {
            hourly(
                "external address", count: FixedDecimal(addresses).times(count), price("Networking", "external-ip", ["state": ["vm"]]),
                apart: true)
        }
    }
}
