/// What transfer may cost a team in a month, by its kind. `kind: EgressPolicy`.
package struct EgressPolicy: BillPolicy {
    package var header: PolicyHeader
    /// Which part of the bill is judged; charges of usage only.
    package var scope: Budget.Scope
    package var cost: CostBasis
    /// What each team may pay in a month; at least one of them, or `total`.
    package var limits: [TransferKind: Money]
    /// For all kinds together.
    package var total: Money?
    package var inlineExemptions: [InlineExemption] = []

    package init(
        header: PolicyHeader, scope: Budget.Scope = Budget.Scope(), cost: CostBasis = .effective, limits: [TransferKind: Money],
        total: Money? = nil
    ) {
        self.header = header
        self.scope = scope
        self.cost = cost
        self.limits = limits
        self.total = total
    }

    package var needs: PolicyNeeds {
        var needs = PolicyNeeds()
        needs.bases = [cost]
        needs.tagKeys = Set((scope.tags ?? [:]).keys)
        needs.costConditions = [scope.condition].compactMap(\.self)
        needs.readsTransfer = true
        needs.readsTraffic = true
        return needs
    }

    package var decidingConditions: [Condition] { [] }
    package var commentPlaces: [Place] { [] }
}

extension PolicySet {
    package var egressPolicies: [EgressPolicy] { all() }
}
