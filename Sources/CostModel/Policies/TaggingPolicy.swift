package import Patterns

/// Which tags resources must carry, and with which values.
package struct TaggingPolicy: ResourcePolicy {
    package var header: PolicyHeader
    package var match: ResourceMatch
    /// Never empty; keys are unique.
    package var requires: [RequiredTag]

    package init(header: PolicyHeader, match: ResourceMatch, requires: [RequiredTag]) {
        self.header = header
        self.match = match
        self.requires = requires
    }

    package var needs: PolicyNeeds {
        var needs = PolicyNeeds()
        needs.readsAttributes = match.condition != nil
        return needs
    }

    package var decidingConditions: [Condition] { [match.condition].compactMap(\.self) }
}

extension PolicySet {
    package var tagging: [TaggingPolicy] { all() }
}

package struct RequiredTag: Hashable, Sendable {
    package enum Allowed: Hashable, Sendable {
        /// Any value that is not empty.
        case any
        case list([String])
        /// The name of any team of the workspace.
        case teams
    }

    /// The value that is put where a tag is missing or not allowed.
    package enum Default: Hashable, Sendable {
        case literal(String)
        case teamName
        case teamCostCenter
        case teamContact
        /// A folder of the resource's file, counted from 1: segment 2 of `infra/payments/main.tf` is `payments`.
        case pathSegment(Int)
    }

    package var key: String
    package var place: Place
    package var allowed: Allowed
    /// Matches whole values.
    package var pattern: LinearPattern?
    /// Other spellings of the key. They do not satisfy the rule; a fix renames them.
    package var aliases: [String]
    package var defaultValue: Default?

    package init(
        key: String, place: Place, allowed: Allowed = .any, pattern: LinearPattern? = nil, aliases: [String] = [],
        defaultValue: Default? = nil
    ) {
        self.key = key
        self.place = place
        self.allowed = allowed
        self.pattern = pattern
        self.aliases = aliases
        self.defaultValue = defaultValue
    }
}
