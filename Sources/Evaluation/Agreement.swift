import CostModel
import Patterns

/// Something that says a finding may stay: an object of the policies, or a comment in the code.
struct Agreement {
    enum Scope {
        /// By names and globs.
        case object(Exemption)
        /// What the comment stands at, resources or policies about the bill of its own, and the policies that it names and that allow it.
        case comment(resources: Set<ResourceIdentity>, own: Set<PolicyReference>, policies: Set<PolicyReference>)
    }

    var name: String
    var place: Place
    /// The last day on which it counts.
    var expires: Day
    /// Brought along by the change under check: it covers nothing yet.
    var isPending = false
    var scope: Scope

    init(_ exemption: Exemption) {
        name = exemption.name
        place = exemption.place
        expires = exemption.expires
        scope = .object(exemption)
    }

    init(_ comment: InlineExemption, until: Day, scope: Scope) {
        name = comment.name
        place = comment.place
        expires = until
        isPending = comment.isPending
        self.scope = scope
    }

    func covers(_ finding: Finding) -> Bool {
        switch scope {
        case .object(let exemption): exemption.covers(finding)
        case .comment(let resources, let own, let policies):
            policies.contains(finding.policy)
                && (finding.resource.map { resources.contains($0.identity) } ?? own.contains(finding.policy))
        }
    }

    /// The only resources that it can cover; empty: it is not bound to some.
    var resources: Set<ResourceIdentity> {
        if case .comment(let resources, _, _) = scope { return resources }
        return []
    }

    /// The last day still counts.
    func isValid(on day: Day) -> Bool { day <= expires }
}

extension Exemption {
    /// A finding without a resource, such as a budget's, is covered only by an exemption that names no resources.
    fileprivate func covers(_ finding: Finding) -> Bool {
        guard policies.isEmpty || policies.contains(finding.policy.name) else { return false }
        guard !resources.isEmpty else { return true }
        guard let identity = finding.resource?.identity else { return false }
        return resources.contains { $0.matches(identity.address) || $0.matches(identity.description) }
    }
}
