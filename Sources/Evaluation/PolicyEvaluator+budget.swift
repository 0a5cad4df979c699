package import CostModel

extension PolicyEvaluator {
    /// The lines of the bill that make up a budget's actual in its judged period: the same ones that the judgement added up.
    package static func lines(
        of budget: Budget, policies: PolicySet, state: ObservedState, now: Instant
    ) -> (period: BudgetPeriod, lines: [CostTable.Line]) {
        let windows = Windows(now: now, bill: state.cost)
        let ownership = Ownership(teams: policies.teams, resources: state.resources)
        let attribution = CostAttribution(
            table: state.cost, teams: policies.teams.map(\.name), ownership: ownership, resources: state.resources)
        let judging = JudgingContext(teams: policies.teams, state: state, currency: policies.workspace.currency, now: now)
        var scope = BudgetScope(
            budget, BillContext(judging: judging, windows: windows, attribution: attribution, lineage: Lineage(policies.teams)))
        let period = BudgetJudge.judgedPeriod(of: budget, windows: windows, bill: state.cost)
        let totals = BudgetTotals(budget, period: period, windows: windows, bill: state.cost)
        let lines = state.cost.lines.filter { line in
            scope.holds(line.key, team: attribution.team(of: line.key)) && totals.isActual(line.key)
        }
        return (period, lines)
    }
}
