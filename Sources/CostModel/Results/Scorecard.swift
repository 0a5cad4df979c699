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
        /// The last day on which its fix is in time; like what follows nil without a ledger, and where its policy gives no time.
        package var due: Day?
        /// Whether that day has passed, and nothing stops the clock.
        package var isOverdue = false

        package init(finding: String, points: Points, atStake: Money, due: Day? = nil, isOverdue: Bool = false) {
            self.finding = finding
            self.points = points
            self.atStake = atStake
            self.due = due
            self.isOverdue = isOverdue
        }
    }

    /// One reason why a score is not what it was a week ago.
    package struct Movement: Hashable, Sendable {
        package enum Kind: String, Hashable, Sendable, CaseIterable {
            /// A finding that opened since.
            case opened
            /// One that closed since.
            case fixed
            /// One that ended though nobody fixed it: its policy is gone, or its budget's period is over.
            case ended
            /// All the rest: what findings put at stake, what they are divided by, and what changed hands.
            case amounts
        }

        package var kind: Kind
        /// Its id; nil for the rest.
        package var finding: String?
        /// What it was about; empty for the rest.
        package var message: String
        /// Below zero: the score fell by it.
        package var points: Points

        package init(_ kind: Kind, finding: String? = nil, message: String = "", points: Points) {
            self.kind = kind
            self.finding = finding
            self.message = message
            self.points = points
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
    /// What it is ranked by where teams below it are too small for a rank of their own: the mean of its and their `L`, by what each is
    /// measured by. Nil where none is.
    package var subtree: Points?
    /// Those teams, sorted.
    package var rankedWith: [String] = []
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
    /// On how many more days in a row it has to reach the level that it reaches today, or another above the one it holds, to hold that; nil
    /// also where it reaches none above.
    package var daysToLevel: Int?
    /// Why the score is not what it was a week ago, what moved it most first; they add up to the difference. Nil where that is not known.
    package var movements: [Movement]?

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
