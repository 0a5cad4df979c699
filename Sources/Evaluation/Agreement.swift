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
    /// Whether it is about changes, so that a tree alone does not use it.
    var isAboutChanges = false
    var scope: Scope

    init(_ exemption: Exemption) {
        name = exemption.name
        place = exemption.place
        expires = exemption.expires
        isAboutChanges = exemption.upTo != nil
        scope = .object(exemption)
    }

    init(_ comment: InlineExemption, until: Day, scope: Scope) {
        name = comment.name
        place = comment.place
        expires = until
        isPending = comment.isPending
        self.scope = scope
    }

    /// - Parameter formerly: the earlier addresses of the finding's resource.
    func covers(_ finding: Finding, formerly: [ResourceIdentity] = []) -> Bool {
        switch scope {
        case .object(let exemption): exemption.covers(finding, formerly: formerly)
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
    /// A finding without a resource, such as a budget's, is covered only by an exemption that names no resources. A resource that the code
    /// says was moved is the one that was agreed to.
    fileprivate func covers(_ finding: Finding, formerly: [ResourceIdentity]) -> Bool {
        guard policies.isEmpty || policies.contains(finding.policy.name) else { return false }
        guard isWithinCap(finding) else { return false }
        guard !resources.isEmpty else { return true }
        guard let identity = finding.resource?.identity else { return false }
        return names(identity) || formerly.contains(where: names)
    }

    /// What a guardrail finds is agreed to up to an amount, and only where it is known to be within; nothing else has a cap.
    private func isWithinCap(_ finding: Finding) -> Bool {
        guard finding.policy.kind == .guardrail else { return upTo == nil }
        guard let upTo, finding.verdict == .fail else { return false }
        return (finding.estimatedMonthly?.amount ?? .zero) <= upTo.amount
    }
}
