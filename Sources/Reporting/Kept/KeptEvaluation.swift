package import CostModel
package import Game
package import JSON

/// What of an evaluation is kept in the ledger, because no table of it has it and a server has no code to judge: how budgets stand, what is
/// expected, which campaigns run, and who plays.
package struct KeptEvaluation: Hashable, Sendable {
    package var revision: String
    package var evaluatedAt: Instant
    package var currency: Currency
    /// Nil: there is no bill.
    package var overview: SpendOverview?
    package var budgets: [BudgetEntry]
    package var campaigns: [Campaign]
    /// The teams that take part in seasons.
    package var players: Set<String>
    /// By team: what a plan offers that others did before.
    package var wins: [String: [WinToCopy]]
    /// As `bursar cost --anomalies` writes them.
    package var anomalies: [JSONValue]
    /// The scenarios among the policies, as `bursar simulate` writes them; nil: they could not be simulated.
    package var simulations: [JSONValue]?

    package init(
        revision: String, evaluatedAt: Instant, currency: Currency, overview: SpendOverview?, budgets: [BudgetEntry],
        campaigns: [Campaign], players: Set<String>, wins: [String: [WinToCopy]] = [:], anomalies: [Anomaly] = [],
        simulations: [ScenarioResult]? = []
    ) {
        self.revision = revision
        self.evaluatedAt = evaluatedAt
        self.currency = currency
        self.overview = overview
        self.budgets = budgets
        self.campaigns = campaigns
        self.players = players
        self.wins = wins
        self.anomalies = anomalies.map(JSONValue.init)
        self.simulations = simulations?.map(JSONValue.init)
    }
}

extension KeptEvaluation: KeptDocument {
    package static var key: String { "kept-evaluation" }
    package static var version: Int { 1 }

    package var json: JSONValue {
        [
            "revision": .string(revision), "evaluatedAt": .string(evaluatedAt.description), "currency": .string(currency.code),
            "overview": overview?.kept ?? .null, "budgets": .array(budgets.map(\.kept)), "campaigns": .array(campaigns.map(\.kept)),
            "players": JSONValue(players.sorted()), "wins": JSONValue(members: wins.mapValues { .array($0.map(\.kept)) }),
            "anomalies": .array(anomalies), "simulations": simulations.map(JSONValue.array) ?? .null,
        ]
    }

    package init(json: JSONValue) throws {
        let fields = KeptFields(json)
        guard let currency = Currency(try fields.text("currency")), case .object(let wins) = try fields.value("wins") else {
            throw DamagedDocument()
        }
        self.init(
            revision: try fields.text("revision"), evaluatedAt: try fields.instant("evaluatedAt"), currency: currency,
            overview: try fields.object("overview", SpendOverview.init(kept:)),
            budgets: try fields.list("budgets", BudgetEntry.init(kept:)), campaigns: try fields.list("campaigns", Campaign.init(kept:)),
            players: Set(try fields.texts("players")))
        let all = KeptFields(.object(wins))
        for member in wins { self.wins[member.key] = try all.list(member.key, WinToCopy.init(kept:)) }
        anomalies = try fields.values("anomalies")
        simulations = try fields.value("simulations") == .null ? nil : try fields.values("simulations")
    }
}

extension BudgetEntry {
    fileprivate var kept: JSONValue {
        [
            "status": status.kept, "team": JSONValue(team), "isWhole": .bool(isWhole), "message": JSONValue(message),
            "severity": JSONValue(severity?.rawValue),
        ]
    }

    fileprivate init(kept fields: KeptFields) throws(DamagedDocument) {
        guard let status = try fields.object("status", BudgetStatus.init(kept:)) else { throw DamagedDocument() }
        let severity: Severity? = try fields.value("severity") == .null ? nil : try fields.word("severity")
        self.init(
            status: status, team: try fields.textOrNull("team"), isWhole: try fields.flag("isWhole"),
            message: try fields.textOrNull("message"), severity: severity)
    }
}

extension Campaign {
    fileprivate var kept: JSONValue {
        let goal: JSONValue =
            switch goal {
            case .fixed(let share): ["fixed": .string(share.description), "verified": .null]
            case .verified(let money): ["fixed": .null, "verified": JSONValue(money)]
            }
        return [
            "name": .string(name), "file": .string(place.file), "line": JSONValue(place.line), "policies": JSONValue(policies),
            "teams": teams.map { JSONValue($0) } ?? .null, "goal": goal, "from": .string(days.lowerBound.description),
            "to": .string(days.upperBound.description), "advisoryDays": JSONValue(advisoryDays),
        ]
    }

    fileprivate init(kept fields: KeptFields) throws(DamagedDocument) {
        let (from, to) = (try fields.day("from"), try fields.day("to"))
        let stated = KeptFields(try fields.value("goal"))
        let goal: Goal
        if let money = try stated.moneyOrNull("verified") {
            goal = .verified(money)
        } else {
            guard let share = FixedDecimal(exactly: try stated.text("fixed")) else { throw DamagedDocument() }
            goal = .fixed(share)
        }
        guard from <= to else { throw DamagedDocument() }
        self.init(
            name: try fields.text("name"), place: Place(file: try fields.text("file"), line: try fields.integer("line")),
            policies: try fields.texts("policies"), teams: try fields.value("teams") == .null ? nil : try fields.texts("teams"), goal: goal,
            days: from...to, advisoryDays: try fields.integer("advisoryDays"))
    }
}

extension WinToCopy {
    fileprivate var kept: JSONValue {
        [
            "policy": JSONValue(policy), "rule": .string(rule), "team": .string(team), "title": .string(title),
            "merged": .string(merged.description), "verified": JSONValue(verified), "savings": JSONValue(savings),
            "patches": .array(
                patches.map { patch in
                    [
                        "change": .string(patch.change), "title": .string(patch.title), "file": JSONValue(patch.file),
                        "line": JSONValue(patch.line),
                    ]
                }),
        ]
    }

    fileprivate init(kept fields: KeptFields) throws(DamagedDocument) {
        self.init(
            policy: try fields.policy("policy"), rule: try fields.text("rule"), team: try fields.text("team"),
            title: try fields.text("title"), merged: try fields.day("merged"), verified: try fields.moneyOrNull("verified"),
            patches: try fields.list("patches") { (fields) throws(DamagedDocument) in
                Patch(
                    change: try fields.text("change"), title: try fields.text("title"), file: try fields.textOrNull("file"),
                    line: try fields.value("line") == .null ? nil : try fields.integer("line"))
            }, savings: try fields.moneyOrNull("savings"))
    }
}
