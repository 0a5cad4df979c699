import CostModel

/// The states of a snapshot, read.
enum SnapshotStates {
    static func read(_ scanner: inout JSONScanner) throws(JSONError) -> RecordedStates {
        var states = RecordedStates()
        try scanner.members(["roots", "problems", "files"]) { (scanner, key) throws(JSONError) in
            switch key {
            case "roots": states.roots = try scanner.texts()
            case "problems": states.problems = try scanner.problems()
            default: try scanner.array { (scanner) throws(JSONError) in states.states.append(try file(&scanner)) }
            }
        }
        return states
    }

    private static func file(_ scanner: inout JSONScanner) throws(JSONError) -> StateJoin.Source {
        var source = StateJoin.Source(TerraformState(file: "", resources: [:]))
        try scanner.members(["file", "root", "resources"]) { (scanner, key) throws(JSONError) in
            switch key {
            case "file": source.state.file = try scanner.string()
            case "root": source.root = try scanner.textOrNull()
            default:
                try scanner.array { (scanner) throws(JSONError) in
                    let (address, entry) = try resource(&scanner)
                    guard source.state.resources.updateValue(entry, forKey: address) == nil else {
                        throw scanner.error("the resource '\(address)' stands twice")
                    }
                }
            }
        }
        return source
    }

    /// `[address,type,id,arn,account,region,size]`
    private static func resource(_ scanner: inout JSONScanner) throws(JSONError) -> (String, TerraformState.Entry) {
        var texts: [String?] = []
        try scanner.array { (scanner) throws(JSONError) in
            guard texts.count < 7 else { throw scanner.error("a resource of seven texts expected") }
            texts.append(try scanner.textOrNull())
        }
        guard texts.count == 7, let address = texts[0], let type = texts[1] else {
            throw scanner.error("a resource of seven texts expected")
        }
        let deployed = Resource.Deployed(id: texts[2], arn: texts[3], account: texts[4], region: texts[5], size: texts[6])
        return (address, TerraformState.Entry(type: type, deployed: deployed))
    }
}

/// The instance types of a snapshot, read: those that differ from the catalogue that comes with the program.
enum SnapshotCatalog {
    static func read(_ scanner: inout JSONScanner) throws(JSONError) -> Snapshot.Catalog {
        var source = ""
        var problems: [ObservationProblem] = []
        var entries: [InstanceCatalog.Entry] = []
        try scanner.members(["source", "problems", "entries"]) { (scanner, key) throws(JSONError) in
            switch key {
            case "source": source = try scanner.string()
            case "problems": problems = try scanner.problems()
            default: try scanner.array { (scanner) throws(JSONError) in entries.append(try entry(&scanner)) }
            }
        }
        let all = Array(InstanceCatalog.builtIn.entries.values) + entries
        return Snapshot.Catalog(InstanceCatalog(source: source, entries: all), problems: problems)
    }

    /// `[name,family,vcpu,memoryMiB,architecture,hourly]`
    private static func entry(_ scanner: inout JSONScanner) throws(JSONError) -> InstanceCatalog.Entry {
        var entry = InstanceCatalog.Entry(name: "", family: "", vcpu: 1, memoryMiB: 1, architecture: "", hourly: .zero)
        var place = 0
        try scanner.array { (scanner) throws(JSONError) in
            switch place {
            case 0: entry.name = try scanner.string()
            case 1: entry.family = try scanner.string()
            case 2: entry.vcpu = try scanner.integer(in: 1...Int(Int32.max))
            case 3: entry.memoryMiB = try scanner.integer(in: 1...Int(Int32.max))
            case 4: entry.architecture = try scanner.string()
            case 5: entry.hourly = try scanner.decimal()
            default: throw scanner.error("an instance type of six values expected")
            }
            place += 1
        }
        guard place == 6, !entry.hourly.isNegative else { throw scanner.error("an instance type of six values expected") }
        return entry
    }
}
