/// What a change may add to the monthly cost before somebody agrees to it: `kind: Guardrail`.
///
/// It is judged on changes alone; what is merged already is for budgets.
package struct Guardrail: ChangePolicy {
    /// What may be new in a change.
    package enum Novelty: String, Hashable, Sendable, CaseIterable {
        /// A service of a provider, by the first word of the resource's type: `aws_sagemaker`.
        case service
        case region
        /// A type of resource: `aws_sagemaker_endpoint`.
        case type
        /// A family of sizes: `p4d` of `p4d.24xlarge`.
        case family
    }

    /// How much more a month may cost. Each bound that is stated counts by itself.
    package struct Increase: Hashable, Sendable {
        /// Money of a month.
        package var above: Money?
        /// Of what the scope costs before the change: 0.1 is 10 %.
        package var share: FixedDecimal?

        package init(above: Money? = nil, share: FixedDecimal? = nil) {
            self.above = above
            self.share = share
        }
    }

    package var header: PolicyHeader
    /// Which resources count.
    package var scope: Budget.Scope
    /// Nil: any increase is fine.
    package var increase: Increase?
    /// In the order of the cases.
    package var newIn: [Novelty]
    /// Who can agree to more, for the message.
    package var owners: [String]

    package init(
        header: PolicyHeader, scope: Budget.Scope = Budget.Scope(), increase: Increase? = nil, newIn: [Novelty] = [], owners: [String] = []
    ) {
        self.header = header
        self.scope = scope
        self.increase = increase
        self.newIn = Novelty.allCases.filter(newIn.contains)
        self.owners = owners
    }

    package var needs: PolicyNeeds {
        var needs = PolicyNeeds()
        needs.tagKeys = Set((scope.tags ?? [:]).keys)
        needs.costConditions = [scope.condition].compactMap(\.self)
        return needs
    }

    package var decidingConditions: [Condition] { [] }
}

extension PolicySet {
    package var guardrails: [Guardrail] { all() }

    /// Whether anything is asked of changes and of what they cost.
    package var judgesChanges: Bool {
        !guardrails.isEmpty || budgets.contains { $0.alerts.contains { $0.trigger == .estimate } }
    }
}
