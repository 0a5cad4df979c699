package import CostModel

extension PolicyEvaluator {
    /// How commitments did in some days.
    ///
    /// - Parameters:
    ///   - policy: by whose rules.
    ///   - days: whole months, since fees and what nobody used are billed by the month; nil: the newest month that is whole.
    /// - Returns: nil where the bill has no whole month.
    package static func commitments(
        policies: PolicySet, state: ObservedState, now: Instant, policy: CommitmentPolicy, days: Range<Day>?
    ) -> CommitmentStatement? {
        let context = BillContext(policies, state, now)
        guard let days = days ?? context.windows.newestMonth(of: state.cost)?.days else { return nil }
        var scope = BudgetScope(policy.scope, context)
        var tally = CommitmentTally(policy, table: state.cost, teams: context.attribution.teams, days: days)
        for line in state.cost.lines {
            let team = context.attribution.team(of: line.key)
            if scope.holds(line.key, team: team) { tally.add(line, team: team) }
        }
        var statement = tally.statement()
        statement.coverage = state.cost.coverage?.span(of: days, accounts: policy.scope.accounts.map(Set.init))
        return statement
    }
}

extension Windows {
    /// The newest month all of whose days the bill holds; nil: there is none.
    func newestMonth(of bill: CostTable) -> Month? {
        guard let days = bill.days else { return nil }
        let month = end.month.advanced(by: -1)
        return days.lowerBound <= month.firstDay && days.upperBound >= month.firstDay ? month : nil
    }

    /// Why the sums of a month say nothing; nil: they do.
    func gap(in month: Month) -> String? {
        let missing = month.days.filter(isLeftOut)
        guard !missing.isEmpty else { return nil }
        return "the bill lacks days of \(month): \([Range<Day>](runsOf: missing).texts.prefix(3).joined(separator: ", "))"
    }
}
