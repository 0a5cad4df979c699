import CostModel

/// What a change does to budgets: to their forecasts, and to alerts that go by them.
struct BudgetChanges {
    private(set) var effects: [EstimateChange.BudgetEffect] = []
    private(set) var findings: [Finding] = []

    /// - Parameter statuses: how the budgets stand.
    init(_ budgets: [Budget], _ statuses: [BudgetStatus], _ context: ChangeContext) {
        for budget in budgets {
            guard let status = statuses.first(where: { $0.name == budget.header.reference.name && $0.judged && !$0.closed }) else {
                continue
            }
            let scoped = ScopedChange(context.change, ChangeScope(budget.scope, context.facts))
            let alerts = budget.alerts.filter { $0.trigger == .estimate }
            let days = status.period.days
            let left = max(context.facts.now.day, days.lowerBound).distance(to: days.upperBound)
            guard !scoped.entries.isEmpty, left > 0 else { continue }
            // A month is a twelfth of a year.
            let added = scoped.monthly.scaled(by: Int128(left) * 12, over: 365)
            guard let forecast = status.forecast else {
                if !alerts.isEmpty, scoped.monthly > .zero || !scoped.obstacles.isEmpty {
                    findings.append(Self.unknown(budget, status, scoped, status.forecastMethod ?? "there is no forecast"))
                }
                continue
            }
            let effect = EstimateChange.BudgetEffect(
                name: status.name, amount: status.amount, before: forecast, after: Money(forecast.amount + added, forecast.currency),
                unsure: scoped.obstacles.count)
            if !added.isZero { effects.append(effect) }
            if !alerts.isEmpty, let finding = Self.finding(budget, status, alerts, effect, scoped, context) { findings.append(finding) }
        }
        effects.sort { $0.name < $1.name }
    }

    /// Nil: the change does nothing to the budget.
    private static func finding(
        _ budget: Budget, _ status: BudgetStatus, _ alerts: [Budget.Alert], _ effect: EstimateChange.BudgetEffect, _ scoped: ScopedChange,
        _ context: ChangeContext
    ) -> Finding? {
        let adds = scoped.monthly > .zero
        guard adds || !scoped.obstacles.isEmpty else { return nil }
        let crossed = alerts.filter { BudgetJudge.isAbove(effect.after.amount, $0.above, of: effect.amount.amount) }
        if adds, let alert = crossed.max(by: { ($0.severity, $0.above) < ($1.severity, $1.above) }) {
            var finding = make(budget, status, .fail, EstimateOverBudget.crossed(effect, alert: alert), scoped, context)
            finding.severity = alert.severity
            finding.estimatedMonthly = Money(scoped.monthly, effect.amount.currency)
            return finding
        }
        if let reason = scoped.obstacleText { return unknown(budget, status, scoped, reason) }
        return make(budget, status, .pass, EstimateOverBudget.within(effect), scoped, context)
    }

    private static func unknown(_ budget: Budget, _ status: BudgetStatus, _ scoped: ScopedChange, _ reason: String) -> Finding {
        var finding = make(budget, status, .unknown, EstimateOverBudget.unknown(status.name), scoped, nil)
        finding.reason = reason
        return finding
    }

    private static func make(
        _ budget: Budget, _ status: BudgetStatus, _ verdict: Verdict, _ message: String, _ scoped: ScopedChange, _ context: ChangeContext?
    ) -> Finding {
        let place = context.flatMap { context in scoped.largest.flatMap { context.facts.after[$0.resource.identity]?.location } }
        var finding = Finding(
            policy: budget.header, rule: EstimateOverBudget.id, verdict: verdict, team: budget.scope.team ?? scoped.team, message: message,
            subject: "estimate", location: place ?? budget.amountPlace, atStake: .zero(status.amount.currency))
        finding.period = status.period.description
        finding.fix = .advisory
        return finding
    }
}
