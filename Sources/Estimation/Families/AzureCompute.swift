import CostModel

/// Virtual machines, scale sets and managed disks.
enum AzureCompute {
    static let models: [PriceModel] = [
        PriceModel("azurerm_linux_virtual_machine") { draft throws(EstimateObstacle) in
            try draft.machine(size: draft.arguments.needed("size"), system: "Linux", count: FixedDecimal(1))
            try draft.systemDisk("os_disk", count: FixedDecimal(1), image: 30)
        },
        PriceModel("azurerm_windows_virtual_machine") { draft throws(EstimateObstacle) in
            try draft.machine(size: draft.arguments.needed("size"), system: draft.licensed("Windows"), count: FixedDecimal(1))
            try draft.systemDisk("os_disk", count: FixedDecimal(1), image: 127)
        },
        PriceModel("azurerm_virtual_machine") { draft throws(EstimateObstacle) in
            let arguments = draft.arguments
            let disk = try arguments.block("storage_os_disk")
            let system = try disk?.text("os_type") ?? (arguments.has("os_profile_windows_config") ? "Windows" : "Linux")
            try draft.machine(size: arguments.needed("vm_size"), system: draft.licensed(system), count: FixedDecimal(1))
            for (name, block) in try [("OS disk", disk)] + arguments.blocks("storage_data_disk").map({ ("data disk", $0) }) {
                guard let block else { continue }
                if let size = try block.number("disk_size_gb") {
                    try draft.disk(name, type: block.text("managed_disk_type") ?? "Standard_LRS", size: size, count: FixedDecimal(1))
                } else {
                    draft.monthly(name, nil, "month", note: "its size is that of the image, which the code does not say", apart: true)
                }
            }
        },
        PriceModel("azurerm_linux_virtual_machine_scale_set", "azurerm_windows_virtual_machine_scale_set") {
            draft throws(EstimateObstacle) in
            let isWindows = draft.resource.type.contains("windows")
            let count = try draft.instances(draft.arguments.number("instances") ?? .zero)
            try draft.machine(
                size: draft.arguments.needed("sku"), system: draft.licensed(isWindows ? "Windows" : "Linux"), count: count)
            try draft.systemDisk("os_disk", count: count, image: isWindows ? 127 : 30)
        },
        PriceModel("azurerm_virtual_machine_scale_set") { draft throws(EstimateObstacle) in
            guard let sku = try draft.arguments.block("sku") else { throw .unknown("the code does not say 'sku'") }
            let isWindows = draft.arguments.has("os_profile_windows_config")
            try draft.machine(
                size: sku.needed("name"), system: draft.licensed(isWindows ? "Windows" : "Linux"),
                count: draft.instances(sku.number("capacity") ?? FixedDecimal(1)))
        },
        PriceModel("azurerm_managed_disk") { draft throws(EstimateObstacle) in
            let arguments = draft.arguments
            let type = try arguments.needed("storage_account_type")
            guard let size = try arguments.number("disk_size_gb") else { throw .unknown("its size is that of what it is made from") }
            try draft.disk("disk", type: type, size: size, count: FixedDecimal(1), apart: false)
        },
        .usage("azurerm_snapshot", "azurerm_image", parts: [("storage", "Storage", "GB-month", "storage_gb", 1)]),
    ]
}

extension PriceDraft {
    mutating func machine(size: String, system: String, count: FixedDecimal, name: String = "instance", pool: Arguments? = nil)
        throws(EstimateObstacle)
    {
        if try (pool ?? arguments).text("priority") == "Spot" {
            unpriced(name, "hour", because: "spot prices change, and no list has them")
            return
        }
        hourly(
            name, count: count, hours: try runningHours(pool == nil || name == "nodes" ? "monthly_hrs" : "default_node_pool.monthly_hrs"),
            price("Virtual Machines", size, ["os": [system]]),
            published("Instance usage (\(system), pay as you go, \(size))", type: "azurerm_virtual_machine"))
        guard pool == nil else { return }
        for block in try arguments.blocks("source_image_reference") + arguments.blocks("storage_image_reference") {
            guard let publisher = block.known("publisher")?.lowercased() else { continue }
            let (offer, plan) = (block.known("offer")?.lowercased() ?? "", block.known("sku")?.lowercased() ?? "")
            // Images of whoever brings a licence, and those that are for nothing.
            let isFree = ["byos", "byol"].contains { offer.contains($0) } || ["express", "dev", "byol"].contains { plan.contains($0) }
            let brought = ["RHEL_BYOS", "SLES_BYOS"].contains(arguments.known("license_type") ?? "")
            let titles = ["redhat": "RHEL licence", "suse": "SLES licence", "microsoftsqlserver": "SQL Server licence"]
            guard let title = titles[publisher], !isFree, !brought, !offer.contains("opensuse"), !offer.contains("basic") else { continue }
            unpriced(title, "hour", because: "no list has the prices of this image's licence")
        }
    }

    /// The system whose price a machine of Windows has: who brings a licence pays what Linux costs.
    fileprivate func licensed(_ system: String) throws(EstimateObstacle) -> String {
        guard system.lowercased() == "windows" else { return "Linux" }
        return ["Windows_Server", "Windows_Client"].contains(try arguments.text("license_type") ?? "None") ? "Linux" : "Windows"
    }

    mutating func systemDisk(_ block: String, count: FixedDecimal, image: Int) throws(EstimateObstacle) {
        guard let disk = try arguments.block(block) else { return }
        let type = try disk.text("storage_account_type") ?? "Standard_LRS"
        guard let size = try disk.number("disk_size_gb") else {
            monthly(
                "OS disk", nil, "month", note: "its size is that of the image, commonly \(image) GB, which the code does not say",
                apart: true)
            return
        }
        try self.disk("OS disk", type: type, size: size, count: count)
    }

    /// A managed disk costs what the next larger size of its kind costs.
    mutating func disk(_ name: String, type: String, size: FixedDecimal, count: FixedDecimal, apart: Bool = true) throws(EstimateObstacle) {
        let parts = type.split(separator: "_").map(String.init)
        guard parts.count == 2, let kind = AzureDisk(rawValue: parts[0]) else { throw .notPriced("disks of type '\(type)' are not priced") }
        guard let step = AzureDisk.steps.first(where: { size <= FixedDecimal($0.size) }) else {
            throw .notPriced("no disk of type '\(type)' has \(size) GB")
        }
        guard kind != .standardHDD || step.number >= 4 || size <= FixedDecimal(32) else { throw .notPriced("no disk has \(size) GB") }
        // Standard disks begin at 32 GB.
        let number = kind == .standardHDD ? max(4, step.number) : step.number
        let tier = "\(kind.letter)\(number)"
        monthly(
            "\(name) \(tier) \(parts[1])", count, "month",
            price("Storage", "\(tier) \(parts[1]) Disk", ["product": [kind.product], "sku": ["\(tier) \(parts[1])"]], units: ["month"]),
            published("Storage (\(tier), \(parts[1]))", units: ["month"], type: "azurerm_managed_disk"), apart: apart)
    }
}

/// The kinds of managed disks that are sold by sizes.
private enum AzureDisk: String {
    case standardHDD = "Standard"
    case standardSSD = "StandardSSD"
    case premium = "Premium"

    var letter: String {
        switch self {
        case .standardHDD: "S"
        case .standardSSD: "E"
        case .premium: "P"
        }
    }

    var product: String {
        switch self {
        case .standardHDD: "Standard HDD Managed Disks"
        case .standardSSD: "Standard SSD Managed Disks"
        case .premium: "Premium SSD Managed Disks"
        }
    }

    /// The number of each size, in GB.
    static let steps: [(number: Int, size: Int)] = [
        (1, 4), (2, 8), (3, 16), (4, 32), (6, 64), (10, 128), (15, 256), (20, 512), (30, 1024), (40, 2048), (50, 4096), (60, 8192),
        (70, 16_384), (80, 32_767),
    ]
}
