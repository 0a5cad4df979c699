/// What happened, as far as the numbers tell.
package enum AnomalyKind: String, Sendable {
    /// The bill holds an account's day twice.
    case data
    /// Another team's cost, which lost its tag.
    case moved
    /// A leaf that had not cost anything before.
    case new
    /// A unit became dearer.
    case rate
    /// It grows from day to day.
    case drift
    /// It stays.
    case shift
    case spike
}

/// One event: cost of one team, or of one account whose bill is wrong, that nobody expected. Days are indexes into the period.
package struct CostEvent: Sendable {
    package var team: String?
    /// The account whose bill is wrong. Nil: the anomaly is the team's.
    package var account: String?
    package var kind: AnomalyKind
    package var start: Int
    /// The last day on which it was found.
    package var end: Int
    /// Whether fewer than three days have been quiet since.
    package var isOpen: Bool
    package var expected: Double
    package var actual: Double
    /// What others of the same team, account and service cost less since: the anomaly replaced them.
    package var replaced: Double
    /// Largest first.
    package var causes: [Cause]
    package var impact: Double { actual - expected }

    /// What one leaf contributed.
    package struct Cause: Sendable {
        /// An index into the leaves that were watched.
        package var leaf: Int
        package var days: [Unusual]
        package var impact: Double
        /// The part of the impact that the price of a unit explains.
        package var rate: Double
    }
}

/// What is too small to speak of, and how readily the rest is found.
package struct WatchSettings: Sendable {
    /// Money.
    package var minimumImpact: Double
    /// A share of what was expected.
    package var minimumChange: Double
    package var sensitivity: Double
    /// The last days of the period, whose charges are incomplete.
    package var unsettled: Int

    package init(minimumImpact: Double, minimumChange: Double = 0, sensitivity: Double = 1, unsettled: Int = 2) {
        self.minimumImpact = minimumImpact
        self.minimumChange = minimumChange
        self.sensitivity = sensitivity
        self.unsettled = unsettled
    }
}
