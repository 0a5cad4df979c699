extension [ScoreDay] {
    /// The newest first. A row of a day that has not come yet, as a clock leaves it that was ahead once, is never the newest: those stand last.
    package func newestFirst(until today: Day) -> [ScoreDay] {
        sorted { a, b in
            if (a.day > today) != (b.day > today) { return b.day > today }
            return (b.day, a.team) < (a.day, b.team)
        }
    }
}

/// What a team was scored on one day: one line of its history.
package struct ScoreDay: Hashable, Sendable {
    package var team: String
    package var day: Day
    /// Nil: unscored.
    package var score: Points?
    /// What the day alone would give.
    package var reachedLevel: Level
    /// What the team holds, after the rules against flapping.
    package var level: Level
    package var cost: Money
    package var potentialSavings: Money
    /// Dollars of rightsizing's waste in 28 days; what `I` divides by.
    package var waste: Money
    /// `I` and `T` in hundredths of a percent, 0 to 10,000; nil: not known.
    package var improvement: Int?
    package var timeliness: Int?
    /// The leaderboard's `L`; nil: unscored.
    package var leaderboard: Points?
    package var streakWeeks: Int
    /// Whether an overdue finding was open that day.
    package var isOverdue: Bool
    /// How many open findings were not judged that day: they count as they were.
    package var unseen: Int
    /// The digest of the newest policies of the day; those that judged may be older, see `PolicyRollout`.
    package var policyDigest: String

    package init(
        team: String, day: Day, score: Points?, reachedLevel: Level, level: Level, cost: Money, potentialSavings: Money, waste: Money,
        improvement: Int? = nil, timeliness: Int? = nil, leaderboard: Points? = nil, streakWeeks: Int = 0, isOverdue: Bool = false,
        unseen: Int = 0, policyDigest: String
    ) {
        self.team = team
        self.day = day
        self.score = score
        self.reachedLevel = reachedLevel
        self.level = level
        self.cost = cost
        self.potentialSavings = potentialSavings
        self.waste = waste
        self.improvement = improvement
        self.timeliness = timeliness
        self.leaderboard = leaderboard
        self.streakWeeks = streakWeeks
        self.isOverdue = isOverdue
        self.unseen = unseen
        self.policyDigest = policyDigest
    }
}

/// Something a team earned. Badges are only ever added, each with the hash of what it was given for.
package struct Badge: Hashable, Sendable {
    package var team: String
    /// `first-fix`, `gold`, `streak-12`, …
    package var name: String
    package var awarded: Day
    /// For people: `12 weeks without an overdue finding`.
    package var reason: String
    /// SHA-256 of the evidence, in hexadecimal digits.
    package var evidence: String

    package init(team: String, name: String, awarded: Day, reason: String, evidence: String) {
        self.team = team
        self.name = name
        self.awarded = awarded
        self.reason = reason
        self.evidence = evidence
    }
}

/// The effective cost of one day, by team and service.
package struct DailyCost: Hashable, Sendable {
    package var day: Day
    /// Nil: unowned.
    package var team: String?
    package var service: String
    package var amount: Money

    package init(day: Day, team: String?, service: String, amount: Money) {
        self.day = day
        self.team = team
        self.service = service
        self.amount = amount
    }
}

/// A finding that an exemption covered in a run.
package struct ExemptionUse: Hashable, Sendable {
    package var exemption: String
    /// The identity of a finding that it covers.
    package var identity: String
    /// Its short id.
    package var finding: String
    package var firstUsed: Instant
    package var lastUsed: Instant
    package var expires: Day

    package init(exemption: String, identity: String, finding: String, firstUsed: Instant, lastUsed: Instant, expires: Day) {
        self.exemption = exemption
        self.identity = identity
        self.finding = finding
        self.firstUsed = firstUsed
        self.lastUsed = lastUsed
        self.expires = expires
    }
}
