extension ScoreDay: ColumnRecord {
    package static let columns: [Column<ScoreDay>] = [
        .init("team", \.team, "the team"),
        .init("day", \.day, "the day that was scored"),
        .init("score", \.score, "the score; null: unscored", unit: .points),
        .init("reached_level", key: "reachedLevel", \.reachedLevel, "the level that the day alone would give"),
        .init("level", \.level, "the level that the team holds, after the rules against flapping"),
        .init("cost", \.cost, "what the team's resources cost", unit: .moneyPer28Days),
        .init(
            "potential_savings", key: "potentialSavings", \.potentialSavings, "what fixing every finding would save", unit: .moneyPerMonth),
        .init("waste", \.waste, "what rightsizing would save: 'improvement' is a share of it", unit: .moneyPer28Days),
        .percent("improvement", \.improvement, "verified savings, as a share of what the team wasted before; null: not known"),
        .percent("timeliness", \.timeliness, "the share of the money at stake that was fixed by the day it was due; null: not known"),
        .init("leaderboard", \.leaderboard, "the points by which teams are ranked; null: unscored", unit: .points),
        .init("streak_weeks", key: "streakWeeks", \.streakWeeks, "weeks in a row without an overdue finding", unit: .weeks),
        .init("is_overdue", key: "overdue", \.isOverdue, "whether an overdue finding was open that day"),
        .init("unseen", \.unseen, "open findings that could not be judged that day, and count as they were"),
        .init("policy_digest", key: "policyDigest", \.policyDigest, "the digest of the newest policies of the day"),
    ]

    package static var blank: ScoreDay {
        ScoreDay(
            team: "", day: .blank, score: nil, reachedLevel: .none, level: .none, cost: .blank, potentialSavings: .blank, waste: .blank,
            policyDigest: "")
    }
}

extension Column {
    /// A share in hundredths of a percent, which documents write with two decimals.
    fileprivate static func percent(_ name: String, _ property: any WritableKeyPath<Record, Int?> & Sendable, _ summary: String) -> Self {
        Column(name, .points, isOptional: true, summary, unit: .percent) {
            $0[keyPath: property].map { .points(Points(hundredths: $0)) }
        } assign: { record, stored in
            guard let points = Points?(columnValue: stored) else { return false }
            record[keyPath: property] = points?.hundredths
            return true
        }
    }
}

extension Badge: ColumnRecord {
    package static let columns: [Column<Badge>] = [
        .init("team", \.team, "the team that earned it"),
        .init("name", \.name, "the badge: 'first-fix', 'gold', 'streak-12'"),
        .init("awarded", \.awarded, "the day on which it was earned"),
        .init("reason", \.reason, "what it was earned for, in words"),
        .init("evidence", \.evidence, "the SHA-256 digest of what it was earned for"),
    ]

    package static var blank: Badge { Badge(team: "", name: "", awarded: .blank, reason: "", evidence: "") }
}

extension DailyCost: ColumnRecord {
    package static let columns: [Column<DailyCost>] = [
        .init("day", \.day, "the day"),
        // A column that is part of a key is never empty: NULLs would not be unique.
        .init("team", .text, "the team; '' is nobody's") {
            .text($0.team ?? "")
        } assign: { cost, stored in
            guard let team = String(columnValue: stored) else { return false }
            cost.team = team.isEmpty ? nil : team
            return true
        },
        .init("service", \.service, "the provider's service"),
        .init("amount", \.amount, "the effective cost of the day"),
    ]

    package static var blank: DailyCost { DailyCost(day: .blank, team: nil, service: "", amount: .blank) }
}

extension ExemptionUse: ColumnRecord {
    package static let columns: [Column<ExemptionUse>] = [
        .init("exemption", \.exemption, "the exemption's name"),
        .init("identity", \.identity, "the identity of a finding that it covers"),
        .init("finding", \.finding, "the short id of that finding"),
        .init("first_used", key: "firstUsed", \.firstUsed, "the first evaluation in which it covered the finding"),
        .init("last_used", key: "lastUsed", \.lastUsed, "the last evaluation in which it covered the finding"),
        .init("expires", \.expires, "its last day"),
    ]

    package static var blank: ExemptionUse {
        ExemptionUse(exemption: "", identity: "", finding: "", firstUsed: .blank, lastUsed: .blank, expires: .blank)
    }
}
