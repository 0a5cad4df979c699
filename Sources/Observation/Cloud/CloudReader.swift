package import CostModel
import JSON

/// Reads what the cloud says is there.
package enum CloudReader {
    static let sizeLimit = 512 << 20
    static let limits = JSONLimits(size: sizeLimit, depth: 64)

    package static func read(
        _ sources: [CloudSource], directory: String, replaced: ReplacedFiles? = nil
    ) -> (inventory: CloudInventory, problems: [ObservationProblem]) {
        var inventory = CloudInventory()
        var problems: [ObservationProblem] = []
        for source in sources {
            let files = ObservedFile.matching(
                source.paths, in: ObservedFolder(directory, replaced: replaced), statedAt: source.place, problems: &problems)
            for file in files { problems += read(file, source.format, into: &inventory) }
        }
        return (inventory, problems.sorted())
    }

    private static func read(
        _ file: ObservedFile, _ format: CloudFormat, into inventory: inout CloudInventory
    ) -> [ObservationProblem] {
        let problems = RowProblems(file: file.name)
        var found: [(String, CloudInventory.Entry)] = []
        do throws(FileFault) {
            let bytes = try file.contents(limit: sizeLimit)
            do throws(JSONError) {
                let isWhole =
                    switch format {
                    case .awsTagging: try TaggedResources.read(bytes) { found.append(($0, $1)) }
                    case .awsConfig: try ConfigurationItems.read(bytes) { found.append(($0, $1)) }
                    }
                if let isWhole { problems.add(.partial, id: "partial-cloud", isWhole) }
            } catch { problems.add(.partial, id: "bad-json", line: error.line, column: error.column, error.message) }
        } catch { problems.add(error) }
        for (name, entry) in found { inventory.add(entry, of: name) }
        return problems.all
    }
}

/// What `aws resourcegroupstaggingapi get-resources` prints: tags by arn, of whatever has or had a tag.
enum TaggedResources {
    /// - Returns: What is missing; nil: nothing.
    static func read(_ bytes: [UInt8], _ found: (String, CloudInventory.Entry) -> Void) throws(JSONError) -> String? {
        var problem: String? = "'ResourceTagMappingList' is missing: this is no answer"
        try JSONReader.read(bytes, limits: CloudReader.limits) { (reader) throws(JSONError) in
            var isCut = false
            try reader.object { (reader, key) throws(JSONError) in
                switch key {
                case "ResourceTagMappingList":
                    problem = nil
                    try reader.array { (reader) throws(JSONError) in try Self.resource(&reader, found) }
                case "PaginationToken": isCut = try reader.null() ? false : try !reader.string().isEmpty
                default: try reader.skip()
                }
            }
            if isCut { problem = "another page follows: the file must hold all of them" }
        }
        return problem
    }

    private static func resource(
        _ reader: inout JSONReader, _ found: (String, CloudInventory.Entry) -> Void
    ) throws(JSONError) {
        var arn = ""
        var tags: [String: String] = [:]
        try reader.object { (reader, key) throws(JSONError) in
            switch key {
            case "ResourceARN": arn = try reader.string()
            case "Tags":
                try reader.array { (reader) throws(JSONError) in
                    var (name, value) = ("", "")
                    try reader.object { (reader, key) throws(JSONError) in
                        switch key {
                        case "Key": name = try reader.string()
                        case "Value": value = try reader.string()
                        default: try reader.skip()
                        }
                    }
                    tags[name] = value
                }
            default: try reader.skip()
            }
        }
        guard !arn.isEmpty else { throw reader.error("a resource without an arn") }
        found(arn, CloudInventory.Entry(tags: tags))
    }
}

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

    /// - Returns: What is missing; nil: nothing.
    static func read(_ bytes: [UInt8], _ found: (String, CloudInventory.Entry) -> Void) throws(JSONError) -> String? {
        var problem: String? = "'configurationItems' is missing: this is no snapshot of AWS Config"
        try JSONReader.read(bytes, limits: CloudReader.limits) { (reader) throws(JSONError) in
            try reader.object { (reader, key) throws(JSONError) in
                guard key == "configurationItems" else { return try reader.skip() }
                problem = nil
                try reader.array { (reader) throws(JSONError) in try Self.item(&reader, found) }
            }
        }
        return problem
    }

    private static func item(_ reader: inout JSONReader, _ found: (String, CloudInventory.Entry) -> Void) throws(JSONError) {
        var (type, status) = ("", "")
        var names: [String] = []
        var entry = CloudInventory.Entry()
        var configuration = JSONValue.null
        try reader.object { (reader, key) throws(JSONError) in
            switch key {
            case "resourceType": type = try reader.string()
            case "configurationItemStatus": status = try reader.string()
            case "ARN", "arn", "resourceId": names.append(try reader.string())
            case "tags": entry.tags = try Self.tags(&reader)
            case "configuration": configuration = try reader.value()
            default: try reader.skip()
            }
        }
        // What is gone, and what could not be recorded, is not known.
        guard ["", "OK", "ResourceDiscovered"].contains(status) else { return }
        if case .string(let text) = configuration { configuration = try JSONReader.read(Array(text.utf8), limits: CloudReader.limits) }
        if case .object(let members) = configuration {
            for (argument, key) in arguments[type] ?? [] {
                switch members.first(where: { $0.key == key })?.value {
                case .string(let text): entry.arguments[argument] = text
                case .number(let number): entry.arguments[argument] = number
                default: break
                }
            }
        }
        for name in names where !name.isEmpty { found(name, entry) }
    }

    private static func tags(_ reader: inout JSONReader) throws(JSONError) -> [String: String]? {
        guard try !reader.null() else { return nil }
        var tags: [String: String] = [:]
        try reader.object { (reader, key) throws(JSONError) in tags[key.string] = try reader.string() }
        return tags
    }
}
