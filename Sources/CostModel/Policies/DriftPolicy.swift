package import Patterns

/// What is deployed must be what the code says: `kind: DriftPolicy`.
package struct DriftPolicy: ResourcePolicy {
    /// What the code is held against.
    package enum Comparison: String, Hashable, Sendable, CaseIterable {
        /// What the cloud says, where the state says something else: somebody changed it behind Terraform's back.
        case cloud
        /// What the state says. A change that is not applied yet looks the same.
        case state
    }

    package var header: PolicyHeader
    package var match: ResourceMatch
    package var comparison: Comparison
    /// Keys of tags that may differ, such as those which automation sets.
    package var ignoredTags: [Glob]

    package init(header: PolicyHeader, match: ResourceMatch, comparison: Comparison = .cloud, ignoredTags: [Glob] = []) {
        self.header = header
        self.match = match
        self.comparison = comparison
        self.ignoredTags = ignoredTags
    }

    package var needs: PolicyNeeds {
        var needs = PolicyNeeds()
        needs.readsAttributes = true
        needs.readsCloud = comparison == .cloud
        return needs
    }

    package var decidingConditions: [Condition] { [match.condition].compactMap(\.self) }
}
