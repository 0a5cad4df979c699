import CostModel
import JSON

/// The states of a snapshot, read.
enum SnapshotStates {
    static func read(_ reader: inout JSONReader) throws(JSONError) -> RecordedStates {
        var states = RecordedStates()
        try reader.members(["roots", "problems", "files"]) { (reader, key) throws(JSONError) in
            switch key {
            case "roots": states.roots = try reader.texts()
            case "problems": states.problems = try reader.problems()
            default: try reader.array { (reader) throws(JSONError) in states.states.append(try file(&reader)) }
            }
        }
        return states
    }

    private static func file(_ reader: inout JSONReader) throws(JSONError) -> StateJoin.Source {
        var source = StateJoin.Source(TerraformState(file: "", resources: [:]))
        try reader.members(["file", "root", "resources"]) { (reader, key) throws(JSONError) in
            switch key {
            case "file": source.state.file = try reader.string()
            case "root": source.root = try reader.textOrNull()
            default:
                try reader.array { (reader) throws(JSONError) in
                    let (address, entry) = try resource(&reader)
                    guard source.state.resources.updateValue(entry, forKey: address) == nil else {
                        throw reader.error("the resource '\(address)' stands twice")
                    }
                }
            }
        }
        return source
    }

    /// `[address,type,id,arn,account,region,size]`, with the alias where there is one and the tags where they are known:
    /// `[…,size,alias,[key,value,…]]`
    private static func resource(_ reader: inout JSONReader) throws(JSONError) -> (String, TerraformState.Entry) {
        var texts: [String?] = []
        var tags: [String]?
        try reader.array { (reader) throws(JSONError) in
            if texts.count >= 7, tags == nil, try reader.peek() == .array {
                tags = try reader.texts()
            } else {
                guard texts.count < 8, tags == nil else { throw reader.error("a resource of seven texts expected") }
                texts.append(try reader.textOrNull())
            }
        }
        guard texts.count >= 7, let address = texts[0], let type = texts[1], (tags?.count ?? 0).isMultiple(of: 2) else {
            throw reader.error("a resource of seven texts expected")
        }
        var deployed = Resource.Deployed(
            id: texts[2], arn: texts[3], alias: texts.count > 7 ? texts[7] : nil, account: texts[4], region: texts[5], size: texts[6])
        if let tags {
            let pairs = stride(from: 0, to: tags.count, by: 2).map { (tags[$0], tags[$0 + 1]) }
            deployed.tags = Dictionary(pairs, uniquingKeysWith: { $1 })
        }
        return (address, TerraformState.Entry(type: type, deployed: deployed))
    }
}

/// The instance types of a snapshot, read: those that differ from the catalogue that comes with the program.
enum SnapshotCatalog {
    static func read(_ reader: inout JSONReader) throws(JSONError) -> Snapshot.Catalog {
        var source = ""
        var problems: [ObservationProblem] = []
        var entries: [InstanceCatalog.Entry] = []
        try reader.members(["source", "problems", "entries"]) { (reader, key) throws(JSONError) in
            switch key {
            case "source": source = try reader.string()
            case "problems": problems = try reader.problems()
            default: try reader.array { (reader) throws(JSONError) in entries.append(try entry(&reader)) }
            }
        }
        let all = Array(InstanceCatalog.builtIn.entries.values) + entries
        return Snapshot.Catalog(InstanceCatalog(source: source, entries: all), problems: problems)
    }

    /// `[name,family,vcpu,memoryMiB,architecture,hourly]`
    private static func entry(_ reader: inout JSONReader) throws(JSONError) -> InstanceCatalog.Entry {
        var entry = InstanceCatalog.Entry(name: "", family: "", vcpu: 1, memoryMiB: 1, architecture: "", hourly: .zero)
        var place = 0
        try reader.array { (reader) throws(JSONError) in
            switch place {
            case 0: entry.name = try reader.string()
            case 1: entry.family = try reader.string()
            case 2: entry.vcpu = try reader.integer(in: 1...Int(Int32.max))
            case 3: entry.memoryMiB = try reader.integer(in: 1...Int(Int32.max))
            case 4: entry.architecture = try reader.string()
            case 5: entry.hourly = try reader.decimal()
            default: throw reader.error("an instance type of six values expected")
            }
            place += 1
        }
        guard place == 6, !entry.hourly.isNegative else { throw reader.error("an instance type of six values expected") }
        return entry
    }
}
