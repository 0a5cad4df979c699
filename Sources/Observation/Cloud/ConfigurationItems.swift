import CostModel
import JSON

/// A configuration snapshot of AWS Config, as it is delivered.
enum ConfigurationItems {
    /// By Config's name of a type: Terraform's arguments, and where an item's configuration has them.
    private static let arguments: [String: [(argument: String, key: String)]] = [
        "AWS::EC2::Instance": [("instance_type", "instanceType")],
        "AWS::EC2::Volume": [("type", "volumeType"), ("size", "size"), ("iops", "iops"), ("throughput", "throughput")],
        "AWS::RDS::DBInstance": [
            ("instance_class", "dBInstanceClass"), ("allocated_storage", "allocatedStorage"), ("storage_type", "storageType"),
        ],
    ]

    /// Of a volume that is an instance's root device: what the instance's block says.
    private static let rootArguments = [
        "type": "volume_type", "size": "volume_size", "iops": "iops", "throughput": "throughput",
    ]

    /// An item, and what of it can be said only when all are read.
    private struct Item {
        var names: [String] = []
        var entry = CloudInventory.Entry()
        /// Of an instance: the volume that is its root device.
        var rootVolume: String?
    }

    /// - Returns: What is missing; nil: nothing.
    static func read(
        _ bytes: [UInt8], _ limits: JSONLimits, _ found: (String, CloudInventory.Entry) -> Void
    ) throws(JSONError) -> String? {
        var problem: String? = "'configurationItems' is missing: this is no snapshot of AWS Config"
        var volumes: [String: [String: String]] = [:]
        var rooted: [Item] = []
        try JSONReader.read(bytes, limits: limits) { (reader) throws(JSONError) in
            try reader.object { (reader, key) throws(JSONError) in
                guard key == "configurationItems" else { return try reader.skip() }
                problem = nil
                try reader.array { (reader) throws(JSONError) in
                    guard let item = try Self.item(&reader, limits, &volumes) else { return }
                    if item.rootVolume != nil { rooted.append(item) }
                    for name in item.names { found(name, item.entry) }
                }
            }
        }
        // The size of a root device stands with its volume.
        for item in rooted {
            guard let volume = item.rootVolume.flatMap({ volumes[$0] }) else { continue }
            var entry = CloudInventory.Entry()
            for (key, argument) in rootArguments { entry.arguments["root_block_device.\(argument)"] = volume[key] }
            for name in item.names { found(name, entry) }
        }
        return problem
    }

    private static func item(
        _ reader: inout JSONReader, _ limits: JSONLimits, _ volumes: inout [String: [String: String]]
    ) throws(JSONError) -> Item? {
        var (type, status) = ("", "")
        var item = Item()
        var configuration = JSONValue.null
        try reader.object { (reader, key) throws(JSONError) in
            switch key {
            case "resourceType": type = try reader.string()
            case "configurationItemStatus": status = try reader.string()
            case "ARN", "arn", "resourceId": item.names.append(try reader.string())
            case "tags": item.entry.tags = try Self.tags(&reader)
            case "configuration": configuration = try reader.value()
            default: try reader.skip()
            }
        }
        // What is gone, and what could not be recorded, is not known.
        guard ["", "OK", "ResourceDiscovered"].contains(status) else { return nil }
        item.names.removeAll(where: \.isEmpty)
        if case .string(let text) = configuration { configuration = try JSONReader.read(Array(text.utf8), limits: limits) }
        for (argument, key) in arguments[type] ?? [] { item.entry.arguments[argument] = configuration.at(key).numberText }
        if type == "AWS::EC2::Volume" {
            for name in item.names { volumes[name] = item.entry.arguments }
        }
        if type == "AWS::EC2::Instance", let root = configuration.at("rootDeviceName").textValue {
            let mapping = configuration.at("blockDeviceMappings").elements?.first { $0.at("deviceName").textValue == root }
            item.rootVolume = mapping?.at("ebs", "volumeId").textValue
        }
        return item
    }

    private static func tags(_ reader: inout JSONReader) throws(JSONError) -> [String: String]? {
        guard try !reader.null() else { return nil }
        var tags: [String: String] = [:]
        try reader.object { (reader, key) throws(JSONError) in tags[key.string] = try reader.string() }
        return tags
    }
}
