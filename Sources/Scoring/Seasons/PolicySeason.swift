package import CostModel

/// Which policies judge: a change of them is shown for 14 days before it counts, so that it does not rewrite history over night.
package enum PolicySeason {
    package static let shadowDays = 14

    /// - Parameters:
    ///   - scores: of all teams; each says which policies were the newest on its day.
    ///   - digest: of the newest policies today.
    /// - Returns: the digest of the policies that were the newest 14 days ago, or of the oldest on record; and the first day of those that
    ///   wait to follow them; nil: none do.
    package static func inForce(scores: [ScoreDay], digest: String, today: Day) -> (digest: String, waitsSince: Day?) {
        // One digest a day: the workspace's teams are scored together.
        let days =
            Dictionary(scores.filter { $0.day < today }.map { ($0.day, $0.policyDigest) }, uniquingKeysWith: { max($0, $1) })
            .sorted { $0.key < $1.key } + [(key: today, value: digest)]
        let limit = today.advanced(by: -shadowDays)
        let counting = days.last { $0.key <= limit } ?? days[0]
        let waiting = days.first { $0.key > counting.key && $0.value != counting.value }
        guard counting.value != digest, let waiting else { return (digest, nil) }
        return (counting.value, waiting.key)
    }

    /// The newest policies, held to the budgets, tagging and rightsizing policies and rules of older ones. Teams, exemptions, the baseline
    /// and settings count at once: they say who owns what and what was agreed, not what is asked for.
    package static func policies(_ newest: PolicySet, judgingBy older: PolicySet) -> PolicySet {
        var policies = newest
        policies.budgets = older.budgets
        policies.tagging = older.tagging
        policies.rightsizing = older.rightsizing
        policies.rules = older.rules
        policies.digest = older.digest
        return policies
    }
}
