package import CostModel
import JSON

/// Reads what the cloud says is there.
package enum CloudReader {
    static let sizeLimit = 512 << 20
    static let depth = 64

    /// - Parameter clients: say which commands are asked.
    package static func read(
        _ sources: [CloudSource], directory: String, replaced: ReplacedFiles? = nil, now: Instant, clients: EngineClients = .none
    ) -> (inventory: CloudInventory, records: [CommandRecord], problems: [ObservationProblem]) {
        var inventory = CloudInventory()
        var problems: [ObservationProblem] = []
        var answers = CommandAnswers(clients, now: now)
        for source in sources {
            if let command = source.command {
                let (file, depth) = answers.ask(command, for: "cloud", source.name, CommandOutput(source.format))
                let found = read(file, source.format, depth: depth, into: &inventory)
                SourceMemories.note("cloud", source.name, now: now, found)
                problems += found
                continue
            }
            let files = ObservedFile.matching(
                source.paths, in: ObservedFolder(directory, replaced: replaced), statedAt: source.place, problems: &problems)
            for file in files { problems += read(file, source.format, depth: depth, into: &inventory) }
        }
        return (inventory, answers.records, problems.sorted())
    }

    private static func read(
        _ file: ObservedFile, _ format: CloudFormat, depth: Int, into inventory: inout CloudInventory
    ) -> [ObservationProblem] {
        let problems = RowProblems(file: file.name)
        var found: [(String, CloudInventory.Entry)] = []
        do throws(FileFault) {
            let bytes = try file.contents(limit: sizeLimit)
            let limits = JSONLimits(size: sizeLimit, depth: depth)
            do throws(JSONError) {
                let missing =
                    switch format {
                    case .awsTagging: try TaggedResources.read(bytes, limits) { found.append(($0, $1)) }
                    case .awsConfig: try ConfigurationItems.read(bytes, limits) { found.append(($0, $1)) }
                    case .azureGraph: try GraphResources.read(bytes, limits) { found.append(($0, $1)) }
                    case .googleAssets: try GoogleAssets.read(bytes, limits) { found.append(($0, $1)) }
                    }
                if let missing { problems.add(.partial, id: "partial-cloud", missing) }
            } catch { problems.add(.partial, id: "bad-json", line: error.line, column: error.column, error.message) }
        } catch { problems.add(error) }
        for (name, entry) in found { inventory.add(entry, of: name) }
        return problems.all
    }
}

/// What `aws resourcegroupstaggingapi get-resources` prints: tags by arn, of whatever has or had a tag.
enum TaggedResources {
    /// - Returns: What is missing; nil: nothing.
    static func read(
        _ bytes: [UInt8], _ limits: JSONLimits, _ found: (String, CloudInventory.Entry) -> Void
    ) throws(JSONError) -> String? {
        var problem: String? = "'ResourceTagMappingList' is missing: this is no answer"
        try JSONReader.read(bytes, limits: limits) { (reader) throws(JSONError) in
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
