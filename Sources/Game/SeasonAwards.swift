package import CostModel

/// Badges for a season that is over: who led it, and who gained most. They are the hall of fame, and stay when ranks begin anew.
package enum SeasonAwards {
    private static let best = "season-"
    private static let improved = "improved-"
    /// A ledger that began later in a season awards nothing for it.
    private static let latestStart = 14
    /// How long after a season it is awarded for.
    private static let patience = 28

    /// - Parameters:
    ///   - history: scores of all teams, and the badges that there are.
    ///   - teams: those that take part.
    package static func new(_ history: History, teams: Set<String>, leastSpend: FixedDecimal, today: Day) -> [Badge] {
        let season = Season(of: today).previous
        guard season.days.upperBound.distance(to: today) < patience,
            let first = history.scores.map(\.day).min(), first < season.days.lowerBound.advanced(by: latestStart),
            !history.badges.contains(where: { $0.name == "\(best)\(season)" })
        else { return [] }
        let table = SeasonTable(season, scores: history.scores, teams: teams, leastSpend: leastSpend, today: today)
        // Who is alone leads nobody.
        guard table.rows.count(where: { $0.rank != nil }) > 1 else { return [] }
        var hash = SHA256()
        for row in table.rows { hash.update(field: "\(row.team) \(row.points) \(row.rank ?? 0)") }
        let evidence = hash.hexDigest()
        func badge(_ row: SeasonTable.Row, _ name: String, _ reason: String) -> Badge {
            Badge(team: row.team, name: "\(name)\(season)", awarded: today, reason: reason, evidence: evidence)
        }
        var badges = table.rows.filter { $0.rank == 1 }.map { badge($0, best, "first in \(season) with \($0.points) points") }
        if let row = table.mostImproved, let gain = row.gain {
            badges.append(badge(row, improved, "gained most in \(season): \(gain) points"))
        }
        return badges.sorted { ($0.team, $0.name) < ($1.team, $1.name) }
    }

    /// The newest first.
    package static func hallOfFame(_ badges: [Badge]) -> [Badge] {
        badges.filter { $0.name.hasPrefix(best) || $0.name.hasPrefix(improved) }.sorted {
            ($1.awarded, $0.name, $0.team) < ($0.awarded, $1.name, $1.team)
        }
    }
}
