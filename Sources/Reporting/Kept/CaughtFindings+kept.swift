package import CostModel
package import JSON

extension CaughtFindings: KeptDocument {
    package static var key: String { "caught" }
    package static var version: Int { 1 }

    package var json: JSONValue {
        [
            "since": .string(since.description), "findings": .array(entries.map(\.json)),
            "arrivals": .array(
                arrivals.map { day in
                    [
                        "day": .string(day.day.description), "judged": JSONValue(day.judged), "single": JSONValue(day.single),
                        "unjudged": JSONValue(day.unjudged),
                    ]
                }),
        ]
    }

    package init(json: JSONValue) throws {
        let fields = KeptFields(json)
        self.init(
            since: try fields.day("since"), entries: try fields.list("findings", Entry.init(kept:)),
            arrivals: try fields.list("arrivals") { (fields) throws(DamagedDocument) in
                Arrivals(
                    day: try fields.day("day"), judged: try fields.integer("judged"), single: try fields.integer("single"),
                    unjudged: try fields.integer("unjudged"))
            })
    }
}

extension CaughtFindings.Entry {
    /// As the API shows it.
    package var json: JSONValue {
        [
            "id": .string(id), "policy": JSONValue(policy), "rule": .string(rule), "severity": .string(severity.rawValue),
            "team": JSONValue(team), "resource": JSONValue(resource), "message": .string(message), "commit": .string(commit),
            "merge": .string(merge), "merged": .string(merged.description),
        ]
    }

    fileprivate init(kept fields: KeptFields) throws(DamagedDocument) {
        self.init(
            id: try fields.text("id"), policy: try fields.policy("policy"), rule: try fields.text("rule"),
            severity: try fields.word("severity"), team: try fields.textOrNull("team"), resource: try fields.textOrNull("resource"),
            message: try fields.text("message"), commit: try fields.text("commit"), merge: try fields.text("merge"),
            merged: try fields.day("merged"))
    }
}
