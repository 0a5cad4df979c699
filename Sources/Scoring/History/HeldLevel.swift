import CostModel

/// The level that a team holds, after the rules against flapping.
enum HeldLevel {
    /// So many days with a score in a row have to agree.
    static let days = 14
    /// In hundredths of a point: that far under a level's score a day counts against it.
    static let margin = 300

    /// - Parameters:
    ///   - today: with the level of the day alone.
    ///   - earlier: the team's days before, in their order.
    static func level(today: ScoreDay, earlier: [ScoreDay], hasOverdueCritical: Bool) -> Level {
        let held = earlier.last?.level ?? .none
        if hasOverdueCritical { return min(held, today.reachedLevel) }
        let recent = earlier.filter { $0.score != nil }.suffix(days - 1) + [today]
        guard recent.count == days else { return held }
        let reached = recent.map(\.reachedLevel)
        if let lowest = reached.min(), lowest > held { return lowest }
        if held > .none, recent.allSatisfy({ isAgainst(held, $0) }) { return min(held, reached.max() ?? .none) }
        return held
    }

    /// How many more days in a row have to reach a level above the one that is held, for the lowest of them to be held; nil: today reaches none
    /// above it.
    ///
    /// - Parameter days: the team's, today's last.
    static func daysToGo(_ days: [ScoreDay]) -> Int? {
        guard let today = days.last, today.reachedLevel > today.level else { return nil }
        let run = days.reversed().prefix { $0.score == nil || $0.reachedLevel > today.level }
        return max(1, Self.days - run.count { $0.score != nil })
    }

    /// Whether a day speaks against a level: its score is well under what the level needs; or the score would do, and the shares of
    /// passing or exempt dollars do not. Without the second a level, once reached, would never ask for those again.
    private static func isAgainst(_ level: Level, _ day: ScoreDay) -> Bool {
        guard let score = day.score?.hundredths else { return false }
        let need = LevelLadder.score(for: level)
        return score <= need - margin || (score >= need && day.reachedLevel < level)
    }
}
