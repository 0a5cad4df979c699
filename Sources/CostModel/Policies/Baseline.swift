/// Findings that were there when a policy came: listed and scored like all others, but they do not fail a check.
///
/// A baseline only shrinks: what is fixed is taken out, and nothing is added unless it is recorded anew.
package struct Baseline: Hashable, Sendable {
    /// There is one in a workspace, of this name.
    package static let name = "baseline"

    package struct Entry: Hashable, Sendable, Comparable {
        /// The finding's short id: a hash of everything below, which two entries may share.
        package var id: String
        package var policy: PolicyReference
        /// Nil where the finding is about a part of the bill.
        package var resource: ResourceIdentity?
        package var subject: String?

        package init(id: String, policy: PolicyReference, resource: ResourceIdentity?, subject: String?) {
            self.id = id
            self.policy = policy
            self.resource = resource
            self.subject = subject
        }

        package init(_ finding: Finding) {
            let resource = finding.resource?.identity
            self.init(
                id: Finding.identifier(policy: finding.policy, resource: resource, subject: finding.subject), policy: finding.policy,
                resource: resource, subject: finding.subject)
        }

        /// What it holds, whatever its id. Periods of budgets are no part of it: an entry holds all of them.
        package var key: FindingKey { FindingKey(policy: policy, subject: subject, resource: resource) }

        package static func < (a: Entry, b: Entry) -> Bool {
            if a.policy != b.policy { return a.policy < b.policy }
            let left = (a.resource?.description ?? "", a.subject ?? "", a.id)
            return left < (b.resource?.description ?? "", b.subject ?? "", b.id)
        }
    }

    package var place: Place
    /// The day as of which it was recorded.
    package var recorded: Day
    package var reason: String
    /// Sorted.
    package var entries: [Entry]

    package init(place: Place, recorded: Day, reason: String, entries: [Entry]) {
        self.place = place
        self.recorded = recorded
        self.reason = reason
        self.entries = entries.sorted()
    }

    package var reference: PolicyReference { PolicyReference(.baseline, Self.name) }
}
