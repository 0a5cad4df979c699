package import CostModel

/// Which policies judge: a change of them is shown for 14 days before it counts, so that it does not rewrite history over night.
package enum PolicyRollout {
    package static let shadowDays = 14

    /// - Parameters:
    ///   - scores: of all teams; each says which policies were the newest on its day.
    ///   - digest: of the newest policies today.
    /// - Returns: the digest of the policies that were the newest 14 days ago, or of the oldest on record; and the first day of those that
    ///   wait to follow them; nil: none do.
    package static func inForce(scores: [ScoreDay], digest: String, today: Day) -> (digest: String, waitsSince: Day?) {
        let days = newest(of: scores.filter { $0.day < today }) + [(day: today, digest: digest)]
        let limit = today.advanced(by: -shadowDays)
        let counting = days.last { $0.day <= limit } ?? days[0]
        let waiting = days.first { $0.day > counting.day && $0.digest != counting.digest }
        guard counting.digest != digest, let waiting else { return (digest, nil) }
        return (counting.digest, waiting.day)
    }

    /// The policies that were the newest at the end of each day.
    ///
    /// The workspace's teams are scored together, so that a day has one digest; it keeps another where policies changed within the day and a
    /// team is gone since. The newer one is then the one that the day before did not have.
    private static func newest(of scores: [ScoreDay]) -> [(day: Day, digest: String)] {
        var newest: [(day: Day, digest: String)] = []
        for (day, scores) in Dictionary(grouping: scores, by: \.day).sorted(by: { $0.key < $1.key }) {
            let digests = Set(scores.map(\.policyDigest))
            let fresh = digests.filter { $0 != newest.last?.digest }
            guard let digest = fresh.max() ?? digests.first else { continue }
            newest.append((day, digest))
        }
        return newest
    }

    /// The newest set, held to the policies of an older one, and to its settings of scores: `materiality` and `freeze` make scores as policies
    /// do. Teams, exemptions and the baseline count at once: they say who owns what and what was agreed, not what is asked for.
    package static func policies(_ newest: PolicySet, judgingBy older: PolicySet) -> PolicySet {
        var policies = newest
        policies.policies = older.policies
        policies.workspace.scoring = older.workspace.scoring
        policies.digest = older.digest
        return policies
    }
}
