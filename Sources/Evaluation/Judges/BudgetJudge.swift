import CostModel

/// Holds the bill against one budget: its standing in two periods, and one finding for the judged one.
struct BudgetJudge: BillJudge {
    private let budget: Budget
    private var scope: BudgetScope
    private var totals: BudgetTotals
    private let windows: Windows
    private let bill: ClosedRange<Day>?

    static let findingTypes = [OverBudget.description]

    init(_ budget: Budget, _ context: BillContext) {
        self.budget = budget
        windows = context.windows
        bill = context.judging.state.cost.days
        scope = BudgetScope(budget, context)
        totals = BudgetTotals(budget, period: Self.judgedPeriod(of: budget, windows: context.windows), windows: context.windows)
    }

    mutating func add(_ line: CostTable.Line, team: Int?) {
        if scope.holds(line.key, team: team) { totals.add(line, windows: windows) }
    }

    /// The period that holds the last closed day.
    static func judgedPeriod(of budget: Budget, windows: Windows) -> BudgetPeriod {
        BudgetPeriod(budget.period, holding: windows.today.advanced(by: -1))
    }

    /// The alert that weighs most: the most severe, then the highest, then that of the actual. A budget's severity in scores is its.
    static func highest(of alerts: some Sequence<Budget.Alert>) -> Budget.Alert? {
        alerts.max { a, b in
            if a.severity != b.severity { return a.severity < b.severity }
            if a.above != b.above { return a.above < b.above }
            return a.trigger == .forecast && b.trigger == .actual
        }
    }

    /// Without a bill a budget has no standing: nothing was spent as far as anybody knows, which is not the same as nothing.
    func withoutBill() -> Finding {
        var finding = Finding(
            policy: budget.header, rule: OverBudget.id, verdict: .unknown, team: budget.scope.team,
            message: OverBudget.unknown(budget.header.reference.name), reason: ObservationProblem.noBillReason,
            location: budget.amountPlace, atStake: nil)
        finding.fix = .advisory
        return finding
    }

    func outcome() -> BillOutcome {
        let currency = budget.amount.currency
        let isClosed = totals.period.days.upperBound <= windows.today
        let forecast = isClosed ? nil : Forecast(of: totals, windows: windows, bill: bill)
        let judged = BudgetStatus(
            name: budget.header.reference.name, period: totals.period, closed: isClosed, cost: budget.cost,
            amount: budget.amount(of: totals.period), actual: Money(totals.actual, currency),
            forecast: forecast?.amount.map { Money($0, currency) }, forecastMethod: forecast?.method, judged: true)
        let before = BudgetStatus(
            name: budget.header.reference.name, period: totals.period.previous, closed: true, cost: budget.cost,
            amount: budget.amount(of: totals.period.previous), actual: Money(totals.previousActual, currency), forecast: nil,
            forecastMethod: nil, judged: false)
        // A budget is its team's alone, or the workspace's: whoever its finding goes to answers for all of its scope.
        let spend = SpendByScope.Spend(current: totals.windows.first ?? .zero, past: Array(totals.windows.dropFirst()))
        return BillOutcome(
            findings: [finding(judged)], budgets: [before, judged],
            control: SpendByScope.Control(
                policy: budget.header.reference, enforcement: budget.header.enforcement,
                severity: Self.highest(of: budget.alerts)?.severity ?? budget.header.severity, level: budget.header.level,
                spend: [budget.scope.team ?? SpendByScope.workspaceKey: spend]))
    }

    private func finding(_ status: BudgetStatus) -> Finding {
        let crossed = budget.alerts.filter { alert in
            guard let cost = cost(alert, status) else { return false }
            return Self.isAbove(cost.amount, alert.above, of: status.amount.amount)
        }
        guard let alert = Self.highest(of: crossed), let cost = cost(alert, status) else {
            return finding(status, .pass, budget.header.severity, OverBudget.within(status), atStake: .zero(status.amount.currency))
        }
        // An alert below the whole amount may be crossed without an overrun: it costs attention, not points.
        let overrun = cost.amount > status.amount.amount ? cost.amount - status.amount.amount : .zero
        let atStake = Money(overrun, cost.currency).scaled(by: Int128(Windows.length), over: Int128(totals.period.days.count))
        return finding(status, .fail, alert.severity, OverBudget.crossed(status, alert: alert, cost: cost), atStake: atStake)
    }

    /// Whether a cost is above a share of an amount: exactly, however large the amount.
    private static func isAbove(_ cost: FixedDecimal, _ share: FixedDecimal, of amount: FixedDecimal) -> Bool {
        let left = cost.raw.multipliedFullWidth(by: FixedDecimal.unit)
        let right = amount.raw.multipliedFullWidth(by: share.raw)
        return (left.high, left.low) > (right.high, right.low)
    }

    /// What an alert is about. A closed period has nothing left to forecast: there a forecast's alert is about the actual.
    private func cost(_ alert: Budget.Alert, _ status: BudgetStatus) -> Money? {
        switch alert.trigger {
        case .actual: status.actual
        case .forecast: status.closed ? status.actual : status.forecast
        }
    }

    private func finding(
        _ status: BudgetStatus, _ verdict: Verdict, _ severity: Severity, _ message: String, atStake: Money
    ) -> Finding {
        var finding = Finding(
            policy: budget.header, rule: OverBudget.id, verdict: verdict, severity: severity, team: budget.scope.team, message: message,
            location: budget.amountPlace, atStake: atStake)
        finding.fix = .advisory
        return finding
    }
}
