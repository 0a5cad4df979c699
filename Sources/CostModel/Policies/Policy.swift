/// What a kind of policy says of itself, so that nobody else has to know the kinds: each conforms as a `ResourcePolicy`, a `BillPolicy`
/// or a `ChangePolicy`, in the file of its noun.
package protocol PolicyBody: Hashable, Sendable {
    /// What every policy may say.
    var header: PolicyHeader { get set }
    /// What has to be observed to judge by it.
    var needs: PolicyNeeds { get }
    /// Its expressions over resources that decide whether a finding fails: tests of policies count which ways through them were taken.
    var decidingConditions: [Condition] { get }
    /// As one of a workspace's policies.
    var asPolicy: Policy { get }
}

/// A policy about resources of the code.
package protocol ResourcePolicy: PolicyBody {
    /// Which resources it is about.
    var match: ResourceMatch { get }
}

extension ResourcePolicy {
    package var asPolicy: Policy { Policy(.resources(self)) }
}

/// A policy about parts of the bill, for which no code stands: comments in its own file may exempt from it.
package protocol BillPolicy: PolicyBody {
    /// What a comment may stand directly above, beside its `kind`.
    var commentPlaces: [Place] { get }
    var inlineExemptions: [InlineExemption] { get set }
}

extension BillPolicy {
    package var asPolicy: Policy { Policy(.bill(self)) }
}

/// A policy about changes and what they cost: without a base to hold a tree against it says nothing.
package protocol ChangePolicy: PolicyBody {}

extension ChangePolicy {
    package var asPolicy: Policy { Policy(.change(self)) }
}

/// One policy of a workspace, of whatever kind.
package struct Policy: Hashable, Sendable {
    package enum Body: Sendable {
        case resources(any ResourcePolicy)
        case bill(any BillPolicy)
        case change(any ChangePolicy)
    }

    package let reference: PolicyReference
    package var body: Body

    fileprivate init(_ body: Body) {
        self.body = body
        reference =
            switch body {
            case .resources(let policy): policy.header.reference
            case .bill(let policy): policy.header.reference
            case .change(let policy): policy.header.reference
            }
    }

    /// What its kind says of it.
    package var kindBody: any PolicyBody {
        switch body {
        case .resources(let policy): policy
        case .bill(let policy): policy
        case .change(let policy): policy
        }
    }

    package var header: PolicyHeader {
        get { kindBody.header }
        set {
            switch body {
            case .resources(var policy):
                policy.header = newValue
                body = .resources(policy)
            case .bill(var policy):
                policy.header = newValue
                body = .bill(policy)
            case .change(var policy):
                policy.header = newValue
                body = .change(policy)
            }
        }
    }

    /// Comments of its own file that exempt from it; of a policy about resources none, they stand in the code.
    package var inlineExemptions: [InlineExemption] {
        get { if case .bill(let policy) = body { policy.inlineExemptions } else { [] } }
        set {
            guard case .bill(var policy) = body else { return precondition(newValue.isEmpty, "comments on resources stand in the code") }
            policy.inlineExemptions = newValue
            body = .bill(policy)
        }
    }

    package static func == (a: Policy, b: Policy) -> Bool { AnyHashable(a.kindBody) == AnyHashable(b.kindBody) }
    package func hash(into hasher: inout Hasher) { kindBody.hash(into: &hasher) }
}

/// What has to be observed to judge by a policy: whoever observes reads no more than is asked for.
package struct PolicyNeeds: Hashable, Sendable {
    /// Costs that the bill must state.
    package var bases: Set<CostBasis> = []
    /// Keys of cost rows' tags.
    package var tagKeys: Set<String> = []
    /// Expressions over lines of the bill.
    package var costConditions: [Condition] = []
    /// Times before now in which samples count.
    package var lookbacks: Set<TimeSpan> = []
    /// Percentiles of samples.
    package var percentiles: Set<FixedDecimal> = []
    /// Whether expressions over resources may name every figure of their samples.
    package var namesUtilization = false
    /// Whether more of a resource is asked for than its tags and size.
    package var readsAttributes = false
    /// Whether the bill is asked for day by day and SKU.
    package var readsLeaves = false
    /// Whether it is asked for by the terms on which it was charged.
    package var readsTerms = false
    /// Whether it is asked for by the kind of transfer.
    package var readsTransfer = false
    /// Whether it asks who sends bytes to whom, which logs of traffic say.
    package var readsTraffic = false
    /// Whether the cloud's own word is asked for.
    package var readsCloud = false
    /// Names of what is counted by day.
    package var metrics: Set<String> = []

    package init() {}
}
