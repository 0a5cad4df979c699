package import CostModel

extension PolicyEvaluator {
    /// The lines of the bill that make up a budget's actual in its judged period: the same ones that the judgement added up.
    package static func lines(
        of budget: Budget, policies: PolicySet, state: ObservedState, now: Instant
    ) -> (period: BudgetPeriod, lines: [CostTable.Line]) {
        let context = BillContext(policies, state, now)
        let (windows, attribution) = (context.windows, context.attribution)
        var scope = BudgetScope(budget, context)
        let period = BudgetJudge.judgedPeriod(of: budget, windows: windows, bill: state.cost)
        let totals = BudgetTotals(budget, period: period, windows: windows, bill: state.cost)
        let lines = state.cost.lines.filter { line in
            scope.holds(line.key, team: attribution.team(of: line.key)) && totals.isActual(line.key)
        }
        return (period, lines)
    }
}
