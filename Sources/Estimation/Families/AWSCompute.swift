import CostModel

/// Machines of EC2, by themselves, by templates and in groups, and what they store on.
enum AWSCompute {
    static let models: [PriceModel] = [
        PriceModel("aws_instance") { draft throws(EstimateObstacle) in
            let template = try template(of: draft.arguments, in: draft)
            let machine = try Machine(draft.arguments, template: template)
            try draft.add(machine, count: FixedDecimal(1))
        },
        PriceModel("aws_spot_instance_request") { draft throws(EstimateObstacle) in
            let machine = try Machine(draft.arguments, template: nil)
            try draft.add(machine, count: FixedDecimal(1), isSpot: true)
        },
        PriceModel("aws_autoscaling_group") { draft throws(EstimateObstacle) in try draft.addGroup() },
        PriceModel("aws_launch_template", "aws_launch_configuration") { _ throws(EstimateObstacle) in },
        PriceModel("aws_ebs_volume") { draft throws(EstimateObstacle) in
            let arguments = draft.arguments
            guard let size = try arguments.number("size") else {
                throw .unknown(
                    arguments.has("snapshot_id") ? "its size is that of its snapshot" : "the code does not say 'size'")
            }
            try draft.add(
                Volume(type: arguments.text("type") ?? "gp2", size: size, arguments), prefix: "", count: FixedDecimal(1), apart: false)
        },
        PriceModel("aws_ebs_snapshot", "aws_ebs_snapshot_copy") { draft throws(EstimateObstacle) in
            draft.usage(
                "storage", "GB-month", key: "storage_gb",
                draft.price("AmazonEC2", "ebs:snapshot", ["dimension": ["storage"]], units: ["GB-month"]),
                draft.published("Storage", units: ["GB-month"]))
        },
        PriceModel("aws_eip") { draft throws(EstimateObstacle) in
            // Every public IPv4 costs the same since 2024-02, attached or not.
            draft.hourly(
                "public IPv4", draft.price("AmazonVPC", "public-ipv4", ["state": ["in-use"]]),
                draft.published("IP address (if unused)"))
        },
        PriceModel("aws_ec2_host") { draft throws(EstimateObstacle) in
            guard let family = try draft.arguments.text("instance_family") ?| draft.arguments.text("instance_type") else {
                throw .unknown("the code says neither 'instance_family' nor 'instance_type'")
            }
            draft.hourly("host", draft.published("EC2 Dedicated Host (on-demand, \(family.prefix { $0 != "." }))"))
        },
    ]

    /// The template that a block names by `launch_template`; nil: it names none. What is named and not here has parts that nobody knows.
    static func template(of arguments: Arguments, in draft: PriceDraft) throws(EstimateObstacle) -> Arguments? {
        if let block = try arguments.block("launch_template") ?| arguments.block("launch_template_specification") {
            if let found = draft.other("id", in: block) ?? draft.other("launch_template_id", in: block)
                ?? draft.other("name", in: block, of: "aws_launch_template")
                ?? draft.other("launch_template_name", in: block, of: "aws_launch_template")
            {
                return Arguments(found.attributes)
            }
            throw .unknown("its launch template is not in this code")
        }
        if arguments.has("launch_configuration") {
            guard let found = draft.other("launch_configuration", of: "aws_launch_configuration") else {
                throw .unknown("its launch configuration is not in this code")
            }
            return Arguments(found.attributes)
        }
        return nil
    }
}

/// What a block, or the template that it names, says of a machine.
struct Machine {
    var type: String
    var system = "Linux"
    var tenancy = "Shared"
    /// On a host that is paid for as a whole.
    var isOnHost = false
    var isMonitored = false
    var isSpot = false
    /// Nil: the image decides how large it is.
    var root: Volume?
    var rootType: String
    var volumes: [Volume] = []
    /// Nil: the subnet decides.
    var hasPublicAddress: Bool?
    var burst: String?

    /// - Parameter monitorsByDefault: as a launch configuration does where it does not say otherwise.
    init(_ arguments: Arguments, template: Arguments?, monitorsByDefault: Bool = false) throws(EstimateObstacle) {
        guard let type = try arguments.text("instance_type") ?| template?.text("instance_type") else {
            throw .unknown("the code does not say 'instance_type'")
        }
        self.type = type
        let tenancy =
            try arguments.text("tenancy") ?| arguments.text("placement_tenancy") ?| template?.block("placement")?.text("tenancy")
            ?| template?.text("placement_tenancy")
        switch tenancy {
        case nil, "default": break
        case "dedicated": self.tenancy = "Dedicated"
        case "host": isOnHost = true
        case let other?: throw .notPriced("the tenancy '\(other)' is not priced")
        }
        // A password to decrypt is only there on Windows, and the vendor publishes Windows images under names of their own.
        let image = arguments.known("ami") ?? arguments.known("image_id") ?? template?.known("image_id") ?? ""
        if try arguments.flag("get_password_data") == true || image.contains("/ami-windows-") { system = "Windows" }
        isMonitored =
            try arguments.flag("monitoring") ?| template?.block("monitoring")?.flag("enabled")
            ?| template?.flag("enable_monitoring") ?? monitorsByDefault
        for block in [arguments, template].compactMap(\.self) {
            for options in try block.blocks("instance_market_options") where try options.text("market_type") == "spot" { isSpot = true }
        }
        rootType = "gp2"
        if let block = try arguments.block("root_block_device") ?| template?.block("root_block_device") {
            rootType = try block.text("volume_type") ?? rootType
            if let size = try block.number("volume_size") { root = try Volume(type: rootType, size: size, block) }
        }
        for block in try arguments.blocks("ebs_block_device") + (template?.blocks("ebs_block_device") ?? []) {
            volumes.append(try Self.volume(block, type: "volume_type", size: "volume_size"))
        }
        for mapping in try template?.blocks("block_device_mappings") ?? [] {
            // A mapping without a size changes something else of the image's own volume.
            guard let ebs = try mapping.block("ebs"), try ebs.number("volume_size") != nil else { continue }
            volumes.append(try Self.volume(ebs, type: "volume_type", size: "volume_size"))
        }
        hasPublicAddress = try arguments.flag("associate_public_ip_address")
        burst = try arguments.block("credit_specification")?.text("cpu_credits")
    }

    /// Of the families that earn credits.
    fileprivate var burstableCores: Int {
        let size = type.split(separator: ".").last ?? ""
        switch size {
        case "xlarge": return 4
        case "2xlarge": return 8
        case "nano", "micro", "small": return type.hasPrefix("t2.") ? 1 : 2
        default: return 2
        }
    }

    private static func volume(_ block: Arguments, type: String, size: String) throws(EstimateObstacle) -> Volume {
        guard let gigabytes = try block.number(size) else { throw .unknown("the size of a volume is that of its snapshot") }
        return try Volume(type: block.text(type) ?? "gp2", size: gigabytes, block)
    }
}

/// A volume of EBS.
struct Volume {
    var type: String
    /// GB.
    var size: FixedDecimal
    /// IOPS that are provisioned, or beyond those that are included.
    var iops = FixedDecimal.zero
    /// MB/s beyond those that are included.
    var throughput = FixedDecimal.zero

    static let types: Set<String> = ["standard", "gp2", "gp3", "io1", "io2", "st1", "sc1"]

    init(type: String, size: FixedDecimal, _ block: Arguments) throws(EstimateObstacle) {
        guard Self.types.contains(type) else { throw .notPriced("volumes of type '\(type)' are not priced") }
        self.type = type
        self.size = size
        switch type {
        case "io1", "io2":
            guard let stated = try block.number("iops") else {
                throw .unknown("the code does not say the 'iops' of a volume of type \(type)")
            }
            iops = stated
        case "gp3":
            iops = max(.zero, try (block.number("iops") ?? .zero) - FixedDecimal(3000))
            throughput = max(.zero, try (block.number("throughput") ?? .zero) - FixedDecimal(125))
        default: break
        }
    }
}

extension PriceDraft {
    /// The hour of a machine and its volumes.
    mutating func add(
        _ machine: Machine, count: FixedDecimal, isSpot: Bool = false, name: String = "instance"
    ) throws(EstimateObstacle) {
        var machine = machine
        let system = system()
        if let system { machine.system = system }
        let hours = try runningHours()
        if isSpot || machine.isSpot {
            unpriced(name, "hour", because: "spot prices change by the hour, and no list has them")
        } else if machine.isOnHost {
            included(name, count: count, note: "its dedicated host is paid for")
            if machine.system != "Linux" {
                unpriced("\(machine.system) licence", "hour", because: "no list has the price of a licence on a host")
            }
        } else {
            hourly(
                name, count: count, hours: hours,
                price("AmazonEC2", machine.type, ["os": [machine.system], "tenancy": [machine.tenancy]]),
                note: machine.system == "Linux" && system == nil ? "taken for Linux: the image is not known" : nil)
        }
        if let root = machine.root {
            add(root, prefix: "root volume: ", count: count, apart: true)
        } else if machine.volumes.isEmpty {
            monthly(
                "root volume", nil, "GB-month", volumePrice(machine.rootType, "storage", units: ["GB-month"]),
                note: "its size is that of the image, which the code does not say", apart: true)
        }
        for (index, volume) in machine.volumes.enumerated() {
            add(volume, prefix: machine.volumes.count > 1 ? "volume \(index + 1): " : "volume: ", count: count, apart: true)
        }
        if machine.isMonitored {
            monthly(
                "detailed monitoring", FixedDecimal(7).multiplied(by: count), "metric",
                published("EC2 detailed monitoring", units: ["metrics"], type: "aws_instance"))
        }
        if machine.hasPublicAddress == true {
            hourly("public IPv4", count: count, price("AmazonVPC", "public-ipv4", ["state": ["in-use"]]), apart: true)
        }
        if machine.burst == "unlimited" || (machine.burst == nil && ["t3.", "t3a.", "t4g."].contains { machine.type.hasPrefix($0) }) {
            let cores = value("vcpu_count") ?? FixedDecimal(machine.burstableCores)
            usage(
                "CPU credits", "vCPU-hour", amount: amount("monthly_cpu_credit_hrs", factor: cores.multiplied(by: count)),
                published("CPU credits", units: ["vCPU-hours"], type: "aws_instance"))
        }
    }

    private func volumePrice(_ type: String, _ dimension: String, tier: Int? = nil, units: Set<String>) -> PricedPart.Option {
        var attributes: [String: [String?]] = ["dimension": [dimension]]
        if let tier { attributes["tier"] = tier == 1 ? ["1", nil] : ["\(tier)"] }
        return price("AmazonEC2", "ebs:\(type)", attributes, units: units)
    }

    private func publishedVolume(_ type: String) -> PricedPart.Option {
        let label =
            switch type {
            case "standard": "Storage (magnetic)"
            case "gp2", "gp3": "Storage (general purpose SSD, \(type))"
            case "io1", "io2": "Storage (provisioned IOPS SSD, \(type))"
            case "st1": "Storage (throughput optimized HDD, st1)"
            default: "Storage (cold HDD, sc1)"
            }
        return published(label, units: ["GB-month"], type: "aws_ebs_volume")
    }

    /// - Parameter apart: whether the bill names it by an identifier of its own.
    mutating func add(_ volume: Volume, prefix: String, count: FixedDecimal, apart: Bool) {
        monthly(
            prefix + "storage \(volume.type)", volume.size.multiplied(by: count), "GB-month",
            volumePrice(volume.type, "storage", units: ["GB-month"]), publishedVolume(volume.type), apart: apart)
        if volume.type == "io2" {
            // Each further IOPS is cheaper from 32,000 on, and again from 64,000.
            let bounds = [FixedDecimal.zero, FixedDecimal(32_000), FixedDecimal(64_000)]
            for tier in 0..<3 {
                let end = tier < 2 ? bounds[tier + 1] : max(volume.iops, bounds[2])
                let part = min(volume.iops, end) - bounds[tier]
                guard part > .zero else { break }
                monthly(
                    prefix + (tier == 0 ? "IOPS" : "IOPS over \(tier * 32),000"), part.multiplied(by: count), "IOPS-month",
                    volumePrice("io2", "iops", tier: tier + 1, units: ["IOPS-month"]), apart: apart)
            }
        } else {
            monthly(
                prefix + "IOPS", volume.iops.multiplied(by: count), "IOPS-month", volumePrice(volume.type, "iops", units: ["IOPS-month"]),
                apart: apart)
        }
        monthly(
            prefix + "throughput", volume.throughput.multiplied(by: count), "MBps-month",
            volumePrice(volume.type, "throughput", units: ["MBps-month"]), apart: apart)
        if volume.type == "standard" {
            usage(
                prefix + "I/O requests", "1M requests", key: "monthly_standard_io_requests", per: 1_000_000,
                published("I/O requests", units: ["1M request", "1M requests"], type: "aws_ebs_volume"))
        }
    }

    /// The machines of an autoscaling group: as many as are desired, else the fewest. How far it may grow is said.
    mutating func addGroup() throws(EstimateObstacle) {
        let size = try arguments.number("desired_capacity") ?| arguments.number("min_size")
        guard let stated = try value("instances") ?| size else {
            throw .unknown("the code says neither 'desired_capacity' nor 'min_size'")
        }
        var count = try instances(stated)
        let policy = try arguments.block("mixed_instances_policy")
        let choice = try policy?.block("launch_template")
        let source = choice ?? arguments
        guard let template = try AWSCompute.template(of: source, in: self) else { throw .unknown("it names no launch template") }
        // The first of the types that a policy allows stands for all.
        let override = try choice?.blocks("override").first { $0.has("instance_type") }
        let machine = try Machine(
            override ?? Arguments([:]), template: template, monitorsByDefault: source.has("launch_configuration"))
        // What is desired is capacity, of which each machine has as much as its type weighs.
        if value("instances") == nil, let weight = try override?.number("weighted_capacity")?.whole, weight > 1, let wanted = count.whole {
            count = FixedDecimal(Int((wanted + weight - 1) / weight))
        }
        guard let distribution = try policy?.block("instances_distribution") else {
            try add(machine, count: count, name: "instances")
            return
        }
        let base = min(count, try distribution.number("on_demand_base_capacity") ?? .zero)
        let percentage = try distribution.number("on_demand_percentage_above_base_capacity") ?? FixedDecimal(100)
        let onDemand = base + (count - base).scaled(by: percentage.raw, over: FixedDecimal(100).raw)
        if onDemand > .zero { try add(machine, count: onDemand, name: "instances") }
        if count > onDemand { try add(machine, count: count - onDemand, isSpot: true, name: "spot instances") }
    }
}
