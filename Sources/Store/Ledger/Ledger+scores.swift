package import CostModel

extension Ledger {
    /// Sorted by team and day.
    ///
    /// - Parameter team: nil: of all teams.
    package func scores(team: String? = nil, since: Day? = nil) throws(LedgerError) -> [ScoreDay] {
        try database.records(
            ScoreDay.self, "WHERE team = ifnull(?, team) AND day >= ifnull(?, day) ORDER BY team, day", [team, since])
    }

    /// A team has one score a day: the last one put.
    package func put(_ scores: [ScoreDay]) throws(LedgerError) {
        try transaction { () throws(LedgerError) in
            for score in scores { try database.upsert(score) }
        }
    }

    /// Sorted by team and day.
    package func badges(team: String? = nil) throws(LedgerError) -> [Badge] {
        try database.records(Badge.self, "WHERE team = ifnull(?, team) ORDER BY \(Badge.table.order)", [team])
    }

    /// Badges are only ever added; one that was given for the same evidence already stays as it is, by a trigger.
    package func put(_ badges: [Badge]) throws(LedgerError) {
        try transaction { () throws(LedgerError) in
            for badge in badges { try database.insert(badge) }
        }
    }

    /// Sorted by day, team (nobody's first) and service.
    package func costs(days: ClosedRange<Day>) throws(LedgerError) -> [DailyCost] {
        try database.records(
            DailyCost.self, "WHERE day BETWEEN ? AND ? ORDER BY day, team, service", [days.lowerBound, days.upperBound])
    }

    /// A later bill restates earlier days: what was kept of these days is replaced.
    ///
    /// - Precondition: the costs lie within the days.
    package func replaceCosts(days: ClosedRange<Day>, _ costs: [DailyCost]) throws(LedgerError) {
        precondition(costs.allSatisfy { days.contains($0.day) }, "a cost outside of the days it replaces")
        try transaction { () throws(LedgerError) in
            try database.run("DELETE FROM costs WHERE day BETWEEN ? AND ?", [days.lowerBound, days.upperBound])
            for cost in costs { try database.insert(cost) }
        }
    }
}
