import CostModel

/// What a machine of Compute Engine costs beside its disks: its type, its graphics cards, and the licence of its system.
struct GoogleMachine {
    /// `n2-standard-4`; code may name it by its address.
    var type: String
    var isSpot: Bool
    /// What its system is sold under; nil: the image has no licence that costs.
    var licence: Licence?
    /// Whether nobody can tell which image it starts from.
    var hasUnknownImage = false
    var hasSQLServer = false

    init(type: String, isSpot: Bool) {
        self.type = type
        self.isSpot = isSpot
    }

    /// What the image of the disk that it starts from says of its licence; images of one's own have none that costs.
    mutating func readImage(_ arguments: Arguments) throws(EstimateObstacle) {
        let disks = try arguments.blocks("disk")
        let boot = disks.first { $0.isTrue("boot") } ?? disks.first
        for (block, name) in [(try arguments.block("boot_disk")?.block("initialize_params"), "image"), (boot, "source_image")] {
            guard let block, block.has(name) else { continue }
            guard let image = block.known(name) else {
                hasUnknownImage = true
                continue
            }
            licence = licence ?? Licence(image: image)
            hasSQLServer = hasSQLServer || image.contains("windows-sql-cloud") || image.hasPrefix("sql-")
        }
    }

    enum Licence: String {
        case windows
        case redHat = "rhel"
        case redHatForSAP = "rhel-sap"
        case suse = "sles"
        case suseForSAP = "sles-sap"

        /// As an invoice would call it.
        var title: String {
            switch self {
            case .windows: "Windows licence"
            case .redHat: "RHEL licence"
            case .redHatForSAP: "RHEL for SAP licence"
            case .suse: "SLES licence"
            case .suseForSAP: "SLES for SAP licence"
            }
        }

        /// Of an image: `windows-cloud/windows-2022`, `projects/rhel-cloud/global/images/family/rhel-9`, or `sles-15` alone, which Terraform's
        /// provider looks for in the vendor's project.
        init?(image: String) {
            let parts = image.lowercased().split(separator: "/").map(String.init)
            guard let name = parts.last else { return nil }
            let projects: [String: Licence] = [
                "windows-cloud": .windows, "windows-sql-cloud": .windows, "rhel-cloud": .redHat, "rhel-sap-cloud": .redHatForSAP,
                "suse-cloud": .suse, "suse-sap-cloud": .suseForSAP,
            ]
            if let found = parts.lazy.compactMap({ projects[$0] }).first {
                self = found
            } else if parts.contains(where: { $0.hasSuffix("-cloud") }) || parts.contains("projects") || parts.count > 1 {
                return nil
            } else if name.hasPrefix("windows-") || name.hasPrefix("sql-") {
                self = .windows
            } else if name.hasPrefix("rhel-") {
                self = name.contains("-sap") ? .redHatForSAP : .redHat
            } else if name.hasPrefix("sles-") {
                self = name.contains("-sap") ? .suseForSAP : .suse
            } else {
                return nil
            }
        }
    }
}

/// A machine type with the vCPUs and the memory that its name says: `n2-custom-4-8192`, `custom-2-7680`, `n1-custom-2-15360-ext`.
struct GoogleCustomType {
    var family: String
    var vCPUs: Int
    /// GiB, which Google calls GB.
    var memory: FixedDecimal
    /// Whether it has more memory than its vCPUs come with, which costs more.
    var isExtended: Bool

    init?(_ type: String) {
        var parts = type.split(separator: "-").map(String.init)
        isExtended = parts.last == "ext"
        if isExtended { parts.removeLast() }
        guard parts.count >= 3, let memory = Int(parts[parts.count - 1]), let vCPUs = Int(parts[parts.count - 2]),
            parts[parts.count - 3] == "custom", parts.count <= 4, vCPUs > 0, vCPUs <= 1_000, memory > 0, memory <= 100_000_000
        else { return nil }
        family = parts.count == 4 ? parts[0] : "n1"
        self.vCPUs = vCPUs
        self.memory = FixedDecimal(memory).scaled(by: 1, over: 1024)
    }

    /// By the two custom types of the N1 family that the list has, of 1 vCPU with 7.5 GB and of 2 with 10 GB: what a vCPU and what a gigabyte cost
    /// follows from both.
    private var byListedTypes: [(product: String, factor: FixedDecimal)] {
        let cores = FixedDecimal(vCPUs)
        return [
            ("custom-1-7680-ext", memory.scaled(by: 2, over: 5) - cores.scaled(by: 2, over: 1)),
            ("custom-2-10240-ext", cores.scaled(by: 3, over: 2) - memory.scaled(by: 1, over: 5)),
        ]
    }

    /// By two predefined types of 2 vCPUs, of which one has 8 GB and the other 2 GB: custom types cost 5 % more than these. So they do in the N1 family in each
    /// region of the list, and in N2 in us-central1.
    private var byPredefinedTypes: [(product: String, factor: FixedDecimal)] {
        let cores = FixedDecimal(vCPUs)
        return [
            ("\(family)-highcpu-2", (cores.scaled(by: 4, over: 6) - memory.scaled(by: 1, over: 6)).scaled(by: 105, over: 100)),
            ("\(family)-standard-2", (memory.scaled(by: 1, over: 6) - cores.scaled(by: 1, over: 6)).scaled(by: 105, over: 100)),
        ]
    }

    /// How the list's prices add up to one of it, and by which rule; nil: the list has nothing from which it follows.
    var terms: (of: [(product: String, factor: FixedDecimal)], rule: String)? {
        guard !isExtended else { return nil }
        switch family {
        case "n1": return (byListedTypes, "vCPUs and memory, from two custom types of the list")
        case "n2", "n2d": return (byPredefinedTypes, "vCPUs and memory of predefined types, and 5 % for a custom type")
        default: return nil
        }
    }

    var remark: String {
        isExtended
            ? "no list has prices of memory beyond what vCPUs come with" : "of custom machine types the list has those of N1, N2 and N2D"
    }
}

extension PriceDraft {
    /// The hour of a machine. What Google takes off by itself for machines that run all month is not taken off here.
    mutating func machineType(_ machine: GoogleMachine, count: FixedDecimal, name: String) throws(EstimateObstacle) {
        let hours = try runningHours()
        let type = machine.type
        let hasSustainedUse = ["n1-", "n2-", "n2d-", "c2-", "m1-", "m2-", "custom-"].contains { type.hasPrefix($0) }
        var notes: [String] = []
        if hasSustainedUse && !machine.isSpot { notes.append("before the sustained-use discount, which Google takes off by itself") }
        if machine.hasUnknownImage { notes.append("taken for a system without a licence: its image is not known") }
        let note = notes.isEmpty ? nil : notes.joined(separator: "; ")
        func option(_ product: String) -> PricedPart.Option {
            price("Compute Engine", product, ["os": ["Linux"], "purchase": [machine.isSpot ? "spot" : "on-demand"]])
        }
        let custom = GoogleCustomType(type)
        if type.contains("custom") {
            // An own list or an own bill may have the very type; the built-in one has types of an example's sizes, at prices without extended memory.
            var ways = custom?.isExtended == true ? [] : [option(type)]
            if let (terms, rule) = custom?.terms {
                var sum = option(terms[0].product)
                sum.factor = terms[0].factor
                sum.further = terms.dropFirst().map { PricedPart.Term(query: option($0.product).query, factor: $0.factor) }
                sum.rule = rule
                ways.append(sum)
            }
            if ways.isEmpty {
                unpriced(name, "hour", because: "no price is known for '\(type)': \(custom?.remark ?? "")")
            } else {
                hourly(
                    name, count: count, hours: hours, ways: ways, note: note,
                    remark: custom?.remark ?? "its name does not say how many vCPUs and how much memory it has")
            }
        } else {
            hourly(name, count: count, hours: hours, ways: [option(type)], note: note)
        }
        if let licence = machine.licence { add(licence, of: type, custom, count: count, hours: hours) }
    }

    private mutating func add(
        _ licence: GoogleMachine.Licence, of type: String, _ custom: GoogleCustomType?, count: FixedDecimal, hours: FixedDecimal
    ) {
        var option = price("Compute Engine", type, ["license": [licence.rawValue]])
        if type.contains("custom") {
            guard licence == .windows, let custom else {
                return unpriced(licence.title, "hour", because: "no price is known for custom machine types")
            }
            // Each vCPU costs the same.
            option = price("Compute Engine", "n1-standard-1", ["license": [licence.rawValue]])
            option.factor = FixedDecimal(custom.vCPUs)
            option.rule = "the licence of one vCPU, for each of them"
        }
        hourly(licence.title, count: count, hours: hours, ways: [option])
    }

    /// Graphics cards beside a machine; those that belong to its type are in its price.
    mutating func cards(_ blocks: [Arguments], of machine: GoogleMachine, count: FixedDecimal) throws(EstimateObstacle) {
        guard !["a2-", "a3-", "a4-", "a4x-", "g2-", "g4-"].contains(where: machine.type.hasPrefix) else { return }
        for block in blocks {
            let type = GoogleCompute.diskType(try block.needed("type"))
            let number = try block.number("count") ?? FixedDecimal(1)
            if number.isZero { continue }
            var ways = [price("Compute Engine", type, ["purchase": [machine.isSpot ? "spot" : "on-demand"]])]
            if type == "nvidia-tesla-k80" {
                var known = published("NVIDIA Tesla K80 (\(machine.isSpot ? "preemptible" : "on-demand"))", type: "google_compute_instance")
                if !machine.isSpot {
                    // The published estimate has it with the discount of 30 % that a whole month brings.
                    known.factor = FixedDecimal(10).scaled(by: 1, over: 7)
                    known.rule = "before the sustained-use discount of 30 %"
                }
                ways.append(known)
            }
            hourly(
                "GPU \(type)", count: number.multiplied(by: count), hours: try runningHours(), ways: ways,
                remark: "of cards beside machines the list has the K80 in us-central1; types such as a2 and g2 have theirs in their price")
        }
    }
}
