internal import CostModel
internal import JSON

/// The changes of a plan, as one column holds them.
struct StoredChanges: Storable {
    var changes: [PlanRecord.Change]

    init(_ changes: [PlanRecord.Change]) {
        self.changes = changes
    }

    var stored: SQLiteValue { .text(JSONValue.array(changes.map(\.json)).stored) }

    init?(stored: SQLiteValue) {
        guard case .text(let text) = stored, let items = JSONValue(stored: text)?.items else { return nil }
        let read = items.compactMap(PlanRecord.Change.init(json:))
        guard read.count == items.count else { return nil }
        changes = read
    }
}

extension PlanRecord.Change: Storable {
    var stored: SQLiteValue { .text(json.stored) }

    init?(stored: SQLiteValue) {
        guard case .text(let text) = stored, let json = JSONValue(stored: text) else { return nil }
        self.init(json: json)
    }

    fileprivate var json: JSONValue {
        [
            "id": .string(id), "title": .string(title), "file": .string(file), "team": JSONValue(team), "findings": JSONValue(findings),
            "identities": JSONValue(identities), "resources": .array(resources.map(\.json)),
            "monthlySavings": JSONValue(monthlySavings?.exact),
        ]
    }

    fileprivate init?(json: JSONValue) {
        guard let id = json["id"]?.string, let title = json["title"]?.string, let file = json["file"]?.string,
            let findings = json["findings"]?.strings, let resources = json["resources"]?.items, let savings = json["monthlySavings"]
        else { return nil }
        let read = resources.compactMap(ChangedResource.init(json:))
        guard read.count == resources.count, let monthlySavings = Money?(stored: savings.string.stored) else { return nil }
        self.init(
            id: id, title: title, file: file, team: json["team"]?.string, findings: findings,
            identities: json["identities"]?.strings ?? [], resources: read, monthlySavings: monthlySavings)
    }
}

extension ChangedResource {
    fileprivate var json: JSONValue {
        ["root": .string(root), "address": .string(address), "type": .string(type), "billedAs": JSONValue(billedAs)]
    }

    fileprivate init?(json: JSONValue) {
        guard let root = json["root"]?.string, let address = json["address"]?.string, let type = json["type"]?.string,
            let billedAs = json["billedAs"]?.strings
        else { return nil }
        self.init(root: root, address: address, type: type, billedAs: billedAs)
    }
}
