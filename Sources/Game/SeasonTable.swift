package import CostModel

/// Where teams are in a season: the mean of their daily `L` (see the page on scoring) over the days on which anybody was judged.
///
/// A day on which others were judged and a team was not counts as nothing for it: to hide a bad day costs more than to show it.
package struct SeasonTable: Hashable, Sendable {
    package struct Row: Hashable, Sendable {
        package var team: String
        package var points: Points
        /// Nil: unranked; the note says why.
        package var rank: Int?
        package var note: String?
        /// The mean of its last seven counted days less that of its first seven; nil: it did not gain, or that is not known.
        package var gain: Points?
    }

    /// In hundredths of a point.
    private static let tie = 200
    /// A team that was first judged later than this after the season began is ranked from the next one on.
    private static let latestStart = 14
    private static let gainDays = 7

    package var season: Season
    package var counted: Range<Day>
    /// How many of the days somebody was judged on.
    package var judgedDays: Int
    /// Ranked ones first.
    package var rows: [Row]
    package var isOver: Bool { counted.upperBound == season.days.upperBound }

    /// - Parameters:
    ///   - scores: of all teams; days to come are ignored.
    ///   - teams: those that take part.
    ///   - leastSpend: in 28 days, of a team that is ranked.
    package init(_ season: Season, scores: [ScoreDay], teams: Set<String>, leastSpend: FixedDecimal, today: Day) {
        self.season = season
        counted = season.countedDays(on: today)
        let counted = counted
        let judged = Set(scores.lazy.filter { counted.contains($0.day) && $0.leaderboard != nil }.map(\.day)).sorted()
        judgedDays = judged.count
        let byTeam = Dictionary(grouping: scores.filter { $0.day < counted.upperBound && teams.contains($0.team) }, by: \.team)
        var rows = byTeam.compactMap { team, days -> Row? in
            let known = Dictionary(days.compactMap { day in day.leaderboard.map { (day.day, $0.hundredths) } }, uniquingKeysWith: { $1 })
            guard judged.contains(where: { known[$0] != nil }) else { return nil }
            let sum = judged.reduce(0) { $0 + (known[$1] ?? 0) }
            var row = Row(team: team, points: Points(hundredths: sum / judged.count))
            let first = known.keys.min() ?? season.days.upperBound
            let cost = days.filter { counted.contains($0.day) }.max { $0.day < $1.day }?.cost.amount ?? .zero
            if first >= season.days.lowerBound.advanced(by: Self.latestStart) {
                row.note = "judged since \(first): ranked from the next season on"
            } else if cost < leastSpend {
                row.note = "spends too little for a rank"
            }
            row.gain = Self.gain(judged, known)
            return row
        }
        rows.sort { a, b in
            if (a.note == nil) != (b.note == nil) { return a.note == nil }
            return a.points == b.points ? a.team < b.team : a.points > b.points
        }
        let ranked = rows.filter { $0.note == nil }
        for (index, rank) in ranked.map(\.points.hundredths).ranks(within: Self.tie).enumerated() { rows[index].rank = rank }
        self.rows = rows
    }

    /// What is not known is taken for the best in the first days and for nothing in the last ones.
    private static func gain(_ judged: [Day], _ known: [Day: Int]) -> Points? {
        guard judged.count >= 2 * gainDays else { return nil }
        let before = judged.prefix(gainDays).reduce(0) { $0 + (known[$1] ?? 10_000) }
        let after = judged.suffix(gainDays).reduce(0) { $0 + (known[$1] ?? 0) }
        return after > before ? Points(hundredths: (after - before) / gainDays) : nil
    }

    /// The best three by rank; with ties there may be more.
    package var top: [Row] { rows.filter { ($0.rank ?? .max) <= 3 } }
    package func row(of team: String) -> Row? { rows.first { $0.team == team } }
    package var mostImproved: Row? {
        rows.filter { $0.rank != nil && $0.gain != nil }.max {
            ($0.gain?.hundredths ?? 0, $1.team) < ($1.gain?.hundredths ?? 0, $0.team)
        }
    }
}

extension SeasonTable {
    /// The best three, for everybody; nil where nobody has a rank yet, or one alone: that team leads nobody.
    package var shown: [Row]? { rows.count(where: { $0.rank != nil }) > 1 ? Array(top.prefix(10)) : nil }

    /// `season 2026-Q4, 39 days judged to 2026-11-08`
    package var state: String {
        if counted.isEmpty { return "season \(season) has begun; ranks are shown from the first Monday on" }
        let days = "\(judgedDays) \(judgedDays == 1 ? "day" : "days")"
        return "season \(season)\(isOver ? ", over" : ""), \(days) judged to \(counted.upperBound.advanced(by: -1))"
    }

    /// `season 2026-Q4: 1. payments, 2. search`; nil where nobody has a rank yet, or one alone: that team leads nobody.
    package var line: String? {
        guard rows.count(where: { $0.rank != nil }) > 1 else { return nil }
        let first = top.prefix(3).map { "\($0.rank ?? 0). \($0.team)" }
        return "season \(season): " + first.joined(separator: ", ")
    }

    /// The best three and the team itself; nobody else.
    package func line(for team: String) -> String? {
        guard let line, let row = row(of: team) else { return nil }
        let own = row.rank.map { "rank \($0) with \(row.points)" } ?? "\(row.points), no rank: \(row.note ?? "")"
        return "\(line); you: \(own)"
    }
}
