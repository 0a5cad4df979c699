import CostModel

/// Picks out of a state's JSON what a state reader needs.
struct StateDocument {
    private(set) var version: String?
    private(set) var hasResources = false
    private(set) var resources: [String: TerraformState.Entry] = [:]
    /// The first thing that has another shape than a state's.
    private(set) var trouble: String?

    mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) throws(JSONError) {
        var scanner = JSONScanner(bytes)
        guard try scanner.peek() == .object else {
            trouble = "it is not an object"
            try scanner.skip()
            return
        }
        try scanner.object { (scanner, key) throws(JSONError) in
            switch (key, try scanner.peek()) {
            case ("version", .number): version = try scanner.numberText()
            case ("resources", .array):
                hasResources = true
                try scanner.array { (scanner) throws(JSONError) in try readResource(&scanner) }
            default: try scanner.skip()
            }
        }
        try scanner.end()
    }

    private struct Instance {
        var suffix = ""
        var isDeposed = false
        var attributes: [String: String] = [:]
    }

    private mutating func readResource(_ scanner: inout JSONScanner) throws(JSONError) {
        guard try scanner.peek() == .object else {
            trouble = trouble ?? "a resource is not an object"
            return try scanner.skip()
        }
        var texts: [String: String] = [:]
        var instances: [Instance]?
        try scanner.object { (scanner, key) throws(JSONError) in
            switch key {
            case "module", "mode", "type", "name": texts[key] = try scanner.stringIfPresent()
            case "instances" where try scanner.peek() == .array:
                var read: [Instance] = []
                try scanner.array { (scanner) throws(JSONError) in read.append(try readInstance(&scanner)) }
                instances = read
            default: try scanner.skip()
            }
        }
        guard let type = texts["type"], let name = texts["name"], let mode = texts["mode"] else {
            trouble = trouble ?? "a resource has no mode, type or name"
            return
        }
        guard mode == "managed" else { return }
        guard let instances else {
            trouble = trouble ?? "a resource has no list of instances"
            return
        }
        let base = (texts["module"].map { $0 + "." } ?? "") + "\(type).\(name)"
        for instance in instances where !instance.isDeposed {
            resources[base + instance.suffix] = TerraformState.Entry(type: type, deployed: Self.deployed(type, instance.attributes))
        }
    }

    private mutating func readInstance(_ scanner: inout JSONScanner) throws(JSONError) -> Instance {
        var instance = Instance()
        guard try scanner.peek() == .object else {
            trouble = trouble ?? "an instance is not an object"
            try scanner.skip()
            return instance
        }
        try scanner.object { (scanner, key) throws(JSONError) in
            switch (key, try scanner.peek()) {
            case ("index_key", .number): instance.suffix = "[\(try scanner.numberText())]"
            case ("index_key", .string): instance.suffix = "[\(InstanceKey.quoted(try scanner.string()))]"
            case ("deposed", .string):
                instance.isDeposed = true
                try scanner.skip()
            case ("attributes", .object): instance.attributes = try Self.attributes(&scanner)
            default: try scanner.skip()
            }
        }
        return instance
    }

    private static let wanted: Set<String> = [
        "id", "arn", "self_link", "region", "location", "availability_zone", "instance_type", "instance_class", "node_type", "machine_type",
        "vm_size", "size",
    ]

    private static func attributes(_ scanner: inout JSONScanner) throws(JSONError) -> [String: String] {
        var result: [String: String] = [:]
        try scanner.object { (scanner, key) throws(JSONError) in
            switch try scanner.peek() {
            case .string where wanted.contains(key): result[key] = try scanner.string()
            case .number where wanted.contains(key): result[key] = try scanner.numberText()
            default: try scanner.skip()
            }
        }
        return result
    }

    private static func deployed(_ type: String, _ attributes: [String: String]) -> Resource.Deployed {
        let arn = attributes["arn"].flatMap { $0.isEmpty ? nil : $0 }
        // arn:partition:service:region:account:resource
        let parts = arn?.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false) ?? []
        let account = parts.count > 4 && !parts[4].isEmpty ? String(parts[4]) : nil
        var region = parts.count > 3 && !parts[3].isEmpty ? String(parts[3]) : attributes["region"] ?? attributes["location"]
        if region == nil, let zone = attributes["availability_zone"], zone.last?.isLetter == true { region = String(zone.dropLast()) }
        let size = SizeReader.names(for: type).compactMap { attributes[$0] }.first
        return Resource.Deployed(id: attributes["id"], arn: arn, account: account, region: region, size: size)
    }
}
