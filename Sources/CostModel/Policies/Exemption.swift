package import Patterns

/// Findings that are agreed to stay, for a reason, until a day.
package struct Exemption: Hashable, Sendable {
    /// How far ahead the last day may be: longer agreements are no exemptions but another policy.
    package static let longestDays = 180

    package var name: String
    package var place: Place
    /// Names of policies, whatever their kind; empty: every policy.
    package var policies: [String]
    /// Globs over `address` or `root:address`; empty: every resource.
    package var resources: [Glob]
    package var reason: String
    package var approvedBy: String
    /// The last day on which it counts.
    package var expires: Day
    /// Of a guardrail: how many dollars a month a change may add under it; nil where it is about other policies.
    package var upTo: Money?

    package init(
        name: String, place: Place, policies: [String], resources: [Glob], reason: String, approvedBy: String, expires: Day,
        upTo: Money? = nil
    ) {
        self.name = name
        self.place = place
        self.policies = policies
        self.resources = resources
        self.reason = reason
        self.approvedBy = approvedBy
        self.expires = expires
        self.upTo = upTo
    }

    /// Whether one of its globs matches a resource's address, alone or with its root.
    ///
    /// The colon of `root:*` is the one behind the root: it is none of a folder's name, or whoever calls a folder `root:x` would be covered.
    /// Only a wildcard, or the whole name without any, reaches such folders.
    package func names(_ resource: ResourceIdentity) -> Bool { resources.names(resource) }
}

extension [Glob] {
    /// Whether one of them matches a resource's address, alone or with its root.
    package func names(_ resource: ResourceIdentity) -> Bool {
        let text = resource.description
        let folders = resource.root.contains(":") ? "\(resource.root.replacing(":", with: "\0")):\(resource.address)" : text
        return contains { $0.matches(resource.address) || $0.matches(folders) || $0.pattern == text }
    }
}
