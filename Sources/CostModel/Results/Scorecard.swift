/// A level a team reaches by its score and by the share of its dollars that pass.
package enum Level: String, Hashable, Sendable, Comparable, CaseIterable {
    case none, bronze, silver, gold

    package static func < (a: Level, b: Level) -> Bool { a.rank < b.rank }
    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// Points in hundredths: 12.34 points are 1234. Whole numbers add up exactly.
package struct Points: Hashable, Sendable, Comparable, CustomStringConvertible {
    package var hundredths: Int

    package init(hundredths: Int) {
        self.hundredths = hundredths
    }

    package static func < (a: Points, b: Points) -> Bool { a.hundredths < b.hundredths }

    /// `12.34`
    package var description: String {
        let magnitude = abs(hundredths)
        return "\(hundredths < 0 ? "-" : "")\(magnitude / 100).\(magnitude % 100 < 10 ? "0" : "")\(magnitude % 100)"
    }
}

/// A team's score and everything it is made of.
package struct Scorecard: Hashable, Sendable {
    package struct Penalty: Hashable, Sendable {
        package var finding: String
        package var points: Points
        package var atStake: Money

        package init(finding: String, points: Points, atStake: Money) {
            self.finding = finding
            self.points = points
            self.atStake = atStake
        }
    }

    package var team: String
    package var parent: String?
    /// From 1; nil: unranked. Ties within ±2 of the leader of the tie share a rank.
    package var rank: Int?
    /// 1 is the quartile of the largest spenders; nil: unranked.
    package var league: Int?
    /// Nil: unscored.
    package var score: Points?
    package var level: Level
    /// Effective cost of the 28 closed days, taxes and credits included.
    package var cost: Money
    package var potentialSavings: Money
    /// Largest first; they add up to 100 − score.
    package var penalties: [Penalty]
    /// Why it is unranked or unscored.
    package var note: String?

    package init(
        team: String, parent: String?, rank: Int? = nil, league: Int? = nil, score: Points?, level: Level, cost: Money,
        potentialSavings: Money, penalties: [Penalty], note: String? = nil
    ) {
        self.team = team
        self.parent = parent
        self.rank = rank
        self.league = league
        self.score = score
        self.level = level
        self.cost = cost
        self.potentialSavings = potentialSavings
        self.penalties = penalties
        self.note = note
    }
}

/// All teams, in the order of the leaderboard.
package struct Leaderboard: Hashable, Sendable {
    package var teams: [Scorecard]
    /// Effective cost of the 28 closed days that belongs to nobody.
    package var unowned: Money
    /// The parent of all teams: what belongs to none of them, with the findings about it. Never ranked.
    package var workspace: Scorecard?

    package init(teams: [Scorecard], unowned: Money, workspace: Scorecard? = nil) {
        self.teams = teams
        self.unowned = unowned
        self.workspace = workspace
    }
}
