import Conditions
package import CostModel
import Observation

/// What policies ask of the world outside Git: whoever observes once for several of them asks for all of it.
package struct ObservationNeeds: Hashable, Sendable {
    /// Keys of cost rows' tags.
    package var tagKeys: Set<String> = []
    /// Whether the bill's resources are asked for by name, also those that no state knows.
    package var namesResources = false
    /// Costs that the bill must state.
    package var bases: Set<CostBasis> = [.effective]
    /// Resources, as billed, whose days are asked for one by one: not by policies, but by whoever measures what changes saved.
    package var usageOf: Set<String> = []
    /// Times before now in which samples count; none: nobody asks for utilisation.
    package var lookbacks: Set<TimeSpan> = []
    /// Percentiles of samples.
    package var percentiles: Set<FixedDecimal> = []

    /// The union of what several sets of policies ask for.
    package init(_ policies: [PolicySet]) {
        for policies in policies {
            tagKeys.formUnion(policies.costTagKeys)
            // The word is enough: to keep names that nobody reads harms nobody.
            if policies.budgets.contains(where: { $0.scope.condition?.text.contains("resource") ?? false }) { namesResources = true }
            bases.formUnion(policies.budgets.map(\.cost))
            for policy in policies.rightsizing {
                lookbacks.insert(policy.lookback)
                if let idle = policy.idle { lookbacks.insert(idle.duration) }
                percentiles.formUnion([policy.cpu, policy.memory].compactMap { $0?.percentile })
            }
            for rule in policies.rules where rule.mentionsUtilization {
                lookbacks.insert(rule.lookback)
                percentiles.formUnion(UtilizationRecord.percentiles)
            }
        }
    }
}

extension ObservationNeeds {
    /// What a snapshot is asked for, so that policies which change a little later find what they ask.
    static func snapshot(_ policies: PolicySet, tagKeys: Set<String>) -> ObservationNeeds {
        var needs = ObservationNeeds([policies])
        needs.tagKeys.formUnion(tagKeys)
        needs.lookbacks.formUnion(Snapshot.lookbacks)
        needs.percentiles.formUnion(Snapshot.percentiles)
        return needs
    }
}

extension PolicySet {
    /// The tags of cost rows that decide something: whose a row is, and which budget it counts in.
    package var costTagKeys: Set<String> {
        var keys: Set<String> = []
        for case .tags(let tags) in teams.flatMap(\.claims) { keys.formUnion(tags.keys) }
        for budget in budgets {
            keys.formUnion((budget.scope.tags ?? [:]).keys)
            if let condition = budget.scope.condition { keys.formUnion(CostTagKeys.keys(of: condition)) }
        }
        return keys
    }
}
