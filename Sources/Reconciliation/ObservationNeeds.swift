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
    /// Whether the bill's lines are told apart by SKU, with what they used.
    package var leaves = false
    /// Whether they are told apart by the terms on which they were charged.
    package var terms = false
    /// Whether they are told apart by the kind of transfer.
    package var transfer = false
    /// Whether logs of traffic are read.
    package var traffic = false
    /// Whether what resources are charged by the unit is asked for, as estimates need it.
    package var units = false
    /// Times before now in which samples count; none: nobody asks for utilisation.
    package var lookbacks: Set<TimeSpan> = []
    /// Whether the cloud's own word is asked for.
    package var readsCloud = false
    /// Percentiles of samples.
    package var percentiles: Set<FixedDecimal> = []
    /// What is counted by day.
    package var metrics: Set<UnitMetric> = []

    /// The union of what several sets of policies ask for.
    package init(_ policies: [PolicySet]) {
        for policies in policies {
            tagKeys.formUnion(policies.costTagKeys)
            if policies.readsEstimates { units = true }
            metrics.formUnion(policies.readMetrics)
            let divided = policies.allocations.compactMap(\.scope.lines.condition)
            if divided.contains(where: { $0.text.contains("resource") }) { namesResources = true }
            for needs in policies.policies.map(\.kindBody.needs) {
                if needs.readsCloud { readsCloud = true }
                // The word is enough: to keep names that nobody reads harms nobody.
                if needs.costConditions.contains(where: { $0.text.contains("resource") }) { namesResources = true }
                bases.formUnion(needs.bases)
                lookbacks.formUnion(needs.lookbacks)
                percentiles.formUnion(needs.percentiles)
                if needs.readsLeaves { leaves = true }
                if needs.readsTerms { terms = true }
                if needs.readsTransfer { transfer = true }
                if needs.readsTraffic { traffic = true }
                if needs.namesUtilization { percentiles.formUnion(UtilizationRecord.percentiles) }
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
        needs.readsCloud = true
        needs.units = true
        return needs
    }
}

extension PolicySet {
    /// The tags of cost rows that decide something: whose a row is, and which budget it counts in; and what rules make them of.
    package var costTagKeys: Set<String> {
        var keys: Set<String> = []
        for case .tags(let tags) in teams.flatMap(\.claims) { keys.formUnion(tags.keys) }
        for scope in allocations.map(\.scope) {
            keys.formUnion(scope.untagged)
            keys.formUnion(scope.lines.tags?.keys.map(\.self) ?? [])
            if let condition = scope.lines.condition { keys.formUnion(CostTagKeys.keys(of: condition)) }
        }
        for needs in policies.map(\.kindBody.needs) {
            keys.formUnion(needs.tagKeys)
            for condition in needs.costConditions { keys.formUnion(CostTagKeys.keys(of: condition)) }
        }
        return tagRules.inputs(of: keys)
    }
}
