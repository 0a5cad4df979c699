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
    /// Effective cost of the 28 closed days, taxes and credits included. Nil: there is no bill.
    package var cost: Money?
    /// Nil: there is no bill.
    package var potentialSavings: Money?
    /// Largest first; they add up to 100 − score.
    package var penalties: [Penalty]
    /// Why it is unranked or unscored.
    package var note: String?
    /// Weeks without an overdue finding; like all that follows nil without a ledger.
    package var streakWeeks: Int?
    /// In the order in which they were awarded.
    package var badges: [Badge]?
    /// `L`, which teams are ranked by.
    package var leaderboard: Points?
    /// `I` and `T` in hundredths of a percent, 0 to 10,000.
    package var improvement: Int?
    package var timeliness: Int?
    /// What the team holds after the rules against flapping; `level` is what the day alone reaches.
    package var heldLevel: Level?
    /// The score of seven days ago; nil also where there was none.
    package var previousScore: Points?
    /// The score by newer policies that do not count yet; nil also where none wait.
    package var wouldBe: Points?
    /// What the next level needs beside what there is: `for silver: 2.31 more points`; nil at the top, and without a score.
    package var lacks: String?

    package init(
        team: String, parent: String?, rank: Int? = nil, league: Int? = nil, score: Points?, level: Level, cost: Money?,
        potentialSavings: Money?, penalties: [Penalty], note: String? = nil, streakWeeks: Int? = nil, badges: [Badge]? = nil,
        leaderboard: Points? = nil, improvement: Int? = nil, timeliness: Int? = nil, heldLevel: Level? = nil,
        previousScore: Points? = nil, wouldBe: Points? = nil
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
        self.streakWeeks = streakWeeks
        self.badges = badges
        self.leaderboard = leaderboard
        self.improvement = improvement
        self.timeliness = timeliness
        self.heldLevel = heldLevel
        self.previousScore = previousScore
        self.wouldBe = wouldBe
    }
}

/// All teams, in the order of the leaderboard.
package struct Leaderboard: Hashable, Sendable {
    package var teams: [Scorecard]
    /// Effective cost of the 28 closed days that belongs to nobody. Nil: it is not known.
    package var unowned: Money?
    /// The parent of all teams: what belongs to none of them, with the findings about it. Never ranked.
    package var workspace: Scorecard?
    /// Why nobody is scored; nil: that is told team by team.
    package var unscored: String?

    package init(teams: [Scorecard], unowned: Money?, workspace: Scorecard? = nil, unscored: String? = nil) {
        self.teams = teams
        self.unowned = unowned
        self.workspace = workspace
        self.unscored = unscored
    }
}
