internal import CostModel

extension ScoreDay: Record {
    static let table = Table(
        "scores",
        columns: [
            "team", "day", "score", "reached_level", "level", "cost", "potential_savings", "waste", "improvement", "timeliness",
            "leaderboard", "streak_weeks", "is_overdue", "policy_digest",
        ], key: ["team", "day"])

    var values: [any Storable] {
        [
            team, day, score, reachedLevel, level, cost, potentialSavings, waste, improvement, timeliness, leaderboard, streakWeeks,
            isOverdue, policyDigest,
        ]
    }

    init(_ row: inout Row) throws(LedgerError) {
        self.init(
            team: try row.next(), day: try row.next(), score: try row.next(), reachedLevel: try row.next(), level: try row.next(),
            cost: try row.next(), potentialSavings: try row.next(), waste: try row.next(), improvement: try row.next(),
            timeliness: try row.next(), leaderboard: try row.next(), streakWeeks: try row.next(), isOverdue: try row.next(),
            policyDigest: try row.next())
    }
}

extension Badge: Record {
    static let table = Table(
        "badges", columns: ["team", "name", "awarded", "reason", "evidence"], key: ["team", "name", "evidence"],
        order: "team, awarded, sequence")

    var values: [any Storable] { [team, name, awarded, reason, evidence] }

    init(_ row: inout Row) throws(LedgerError) {
        self.init(team: try row.next(), name: try row.next(), awarded: try row.next(), reason: try row.next(), evidence: try row.next())
    }
}

extension DailyCost: Record {
    static let table = Table("costs", columns: ["day", "team", "service", "amount"], key: ["day", "team", "service"])

    var values: [any Storable] { [day, team ?? "", service, amount] }

    init(_ row: inout Row) throws(LedgerError) {
        let (day, team): (Day, String) = (try row.next(), try row.next())
        self.init(day: day, team: team.isEmpty ? nil : team, service: try row.next(), amount: try row.next())
    }
}

extension AuditEntry: Record {
    static let table = Table("audit", columns: ["time", "run", "cause", "action", "object", "detail"])

    var values: [any Storable] { [time, run, cause, action, object, detail] }

    init(_ row: inout Row) throws(LedgerError) {
        self.init(
            time: try row.next(), run: try row.next(), cause: try row.next(), action: try row.next(), object: try row.next(),
            detail: try row.next())
    }
}
