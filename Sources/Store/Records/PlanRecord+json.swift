internal import CostModel

/// The changes of a plan, as one column holds them.
struct StoredChanges: Storable {
    var changes: [PlanRecord.Change]

    init(_ changes: [PlanRecord.Change]) {
        self.changes = changes
    }

    var stored: SQLiteValue { .text(StoredJSON.list(changes.map(\.json)).written) }

    init?(stored: SQLiteValue) {
        guard case .text(let text) = stored, let items = StoredJSON(reading: text)?.items else { return nil }
        let read = items.compactMap(PlanRecord.Change.init(json:))
        guard read.count == items.count else { return nil }
        changes = read
    }
}

extension PlanRecord.Change: Storable {
    var stored: SQLiteValue { .text(json.written) }

    init?(stored: SQLiteValue) {
        guard case .text(let text) = stored, let json = StoredJSON(reading: text) else { return nil }
        self.init(json: json)
    }

    fileprivate var json: StoredJSON {
        .object([
            ("id", .text(id)), ("title", .text(title)), ("file", .text(file)), ("team", StoredJSON(team)),
            ("findings", .list(findings.map(StoredJSON.text))), ("resources", .list(resources.map(\.json))),
            ("monthlySavings", StoredJSON(monthlySavings?.exact)),
        ])
    }

    fileprivate init?(json: StoredJSON) {
        guard let id = json["id"]?.string, let title = json["title"]?.string, let file = json["file"]?.string,
            let findings = json["findings"]?.strings, let resources = json["resources"]?.items, let savings = json["monthlySavings"]
        else { return nil }
        let read = resources.compactMap(ChangedResource.init(json:))
        guard read.count == resources.count, let monthlySavings = Money?(stored: savings.string.stored) else { return nil }
        self.init(
            id: id, title: title, file: file, team: json["team"]?.string, findings: findings, resources: read,
            monthlySavings: monthlySavings)
    }
}

extension ChangedResource {
    fileprivate var json: StoredJSON {
        .object([
            ("root", .text(root)), ("address", .text(address)), ("type", .text(type)), ("billedAs", .list(billedAs.map(StoredJSON.text))),
        ])
    }

    fileprivate init?(json: StoredJSON) {
        guard let root = json["root"]?.string, let address = json["address"]?.string, let type = json["type"]?.string,
            let billedAs = json["billedAs"]?.strings
        else { return nil }
        self.init(root: root, address: address, type: type, billedAs: billedAs)
    }
}
