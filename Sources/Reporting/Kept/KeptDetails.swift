package import CostModel
package import JSON

/// What pages say in detail of an evaluation and no table of the ledger has: where findings are in the code, what each costs a team's score, and
/// who agreed to which exemption.
package struct KeptDetails: Hashable, Sendable {
    package struct Exemption: Hashable, Sendable {
        package var reason: String
        package var approvedBy: String

        package init(reason: String, approvedBy: String) {
            self.reason = reason
            self.approvedBy = approvedBy
        }
    }

    /// The commit in which the places are.
    package var commit: String?
    /// By the finding's id.
    package var places: [String: Place]
    /// By team.
    package var penalties: [String: [Scorecard.Penalty]]
    /// By name.
    package var exemptions: [String: Exemption]
    /// Why nobody is scored.
    package var unscored: String?
    /// Effective cost of 28 days that belongs to nobody.
    package var unowned: Money?

    package init(
        commit: String?, places: [String: Place], penalties: [String: [Scorecard.Penalty]], exemptions: [String: Exemption],
        unscored: String?, unowned: Money?
    ) {
        self.commit = commit
        self.places = places
        self.penalties = penalties
        self.exemptions = exemptions
        self.unscored = unscored
        self.unowned = unowned
    }
}

extension KeptDetails: KeptDocument {
    package static var key: String { "kept-details" }
    package static var version: Int { 1 }

    package var json: JSONValue {
        let places = places.sorted { $0.key < $1.key }.map { id, place -> JSONValue in
            ["finding": .string(id), "file": .string(place.file), "line": JSONValue(place.line)]
        }
        let penalties = penalties.sorted { $0.key < $1.key }.map { team, penalties -> JSONValue in
            ["team": .string(team), "penalties": .array(penalties.map(\.kept))]
        }
        let exemptions = exemptions.sorted { $0.key < $1.key }.map { name, exemption -> JSONValue in
            ["name": .string(name), "reason": .string(exemption.reason), "approvedBy": .string(exemption.approvedBy)]
        }
        return [
            "commit": JSONValue(commit), "places": .array(places), "penalties": .array(penalties), "exemptions": .array(exemptions),
            "unscored": JSONValue(unscored), "unowned": JSONValue(unowned),
        ]
    }

    package init(json: JSONValue) throws {
        let fields = KeptFields(json)
        let places = try fields.list("places") { (fields) throws(DamagedDocument) in
            (try fields.text("finding"), Place(file: try fields.text("file"), line: try fields.integer("line")))
        }
        let penalties = try fields.list("penalties") { (fields) throws(DamagedDocument) in
            (try fields.text("team"), try fields.list("penalties", Scorecard.Penalty.init(kept:)))
        }
        let exemptions = try fields.list("exemptions") { (fields) throws(DamagedDocument) in
            (try fields.text("name"), Exemption(reason: try fields.text("reason"), approvedBy: try fields.text("approvedBy")))
        }
        self.init(
            commit: try fields.textOrNull("commit"), places: Dictionary(places, uniquingKeysWith: { first, _ in first }),
            penalties: Dictionary(penalties, uniquingKeysWith: { first, _ in first }),
            exemptions: Dictionary(exemptions, uniquingKeysWith: { first, _ in first }), unscored: try fields.textOrNull("unscored"),
            unowned: try fields.moneyOrNull("unowned"))
    }
}

extension Scorecard.Penalty {
    fileprivate var kept: JSONValue {
        [
            "finding": .string(finding), "hundredths": JSONValue(points.hundredths), "atStake": JSONValue(atStake),
            "due": JSONValue(due?.description), "isOverdue": .bool(isOverdue),
        ]
    }

    fileprivate init(kept fields: KeptFields) throws(DamagedDocument) {
        self.init(
            finding: try fields.text("finding"), points: Points(hundredths: try fields.integer("hundredths")),
            atStake: try fields.money("atStake"), due: try fields.value("due") == .null ? nil : try fields.day("due"),
            isOverdue: try fields.flag("isOverdue"))
    }
}
