import CostModel

/// Holds the bill against one budget: its standing in two periods, and one finding for the judged one.
struct BudgetJudge: BillJudge {
    private let budget: Budget
    private var scope: BudgetScope
    private var totals: BudgetTotals
    private var units: UnitBudget?
    private let windows: Windows
    private let bill: CostTable
    /// By the number of an account's name: whether the scope has a line of it.
    private var accounts: [Bool]
    private var isMatched = false

    static let findingTypes = [OverBudget.description, FastBurn.description, EstimateOverBudget.description]

    init(_ budget: Budget, _ context: BillContext) {
        self.budget = budget
        windows = context.windows
        bill = context.judging.state.cost
        accounts = Array(repeating: false, count: bill.names.count)
        scope = BudgetScope(budget, context)
        units = UnitBudget(budget, context.judging)
        totals = BudgetTotals(
            budget, period: Self.judgedPeriod(of: budget, windows: context.windows, bill: context.judging.state.cost),
            windows: context.windows,
            bill: context.judging.state.cost)
    }

    mutating func add(_ line: CostTable.Line, team: Int?) {
        guard scope.holds(line.key, team: team) else { return }
        isMatched = true
        accounts[Int(line.key.account)] = true
        totals.add(line, windows: windows)
        units?.add(line.amounts[budget.cost], on: line.key.day)
    }

    /// The period that holds the newest whole day; for billed cost by the billing period that does, which may have begun in the month before.
    static func judgedPeriod(of budget: Budget, windows: Windows, bill: CostTable) -> BudgetPeriod {
        let day = windows.judgedDay
        guard BudgetTotals.goesByBillingMonth(budget) else { return BudgetPeriod(budget.period, holding: day, in: budget.calendar) }
        return BudgetPeriod(budget.period, holding: bill.billingMonth(holding: day).firstDay, in: budget.calendar)
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
        finding.period = totals.period.description
        finding.fix = .advisory
        return finding
    }

    func outcome() -> BillOutcome {
        let currency = budget.amount.currency
        var judged = status(totals.period, totals.actual, judged: true)
        // Of a scope that never matched, nothing is known that could go on.
        let forecast = judged.closed || !judged.matched || units != nil ? nil : forecast(judged)
        judged.forecast = forecast?.amount.map { Money($0, currency) }
        judged.forecastLow = forecast?.low.map { Money($0, currency) }
        judged.forecastHigh = forecast?.high.map { Money($0, currency) }
        judged.forecastMethod = forecast?.method ?? judged.forecastMethod
        let burning = burning(&judged)
        let before = status(totals.period.previous, totals.previousActual, judged: false)
        // A budget is its team's alone, or the workspace's: whoever its finding goes to answers for all of its scope.
        return BillOutcome(
            findings: [finding(judged, forecast)] + burning, budgets: [before, judged],
            control: SpendByScope.Control(
                policy: budget.header.reference, enforcement: budget.header.enforcement,
                severity: Self.highest(of: standingAlerts)?.severity ?? budget.header.severity, level: budget.header.level,
                spend: [budget.scope.team ?? SpendByScope.workspaceKey: reached(totals.spend(windows), judged)]))
    }

    /// Those that a tree alone can cross.
    private var standingAlerts: [Budget.Alert] { budget.alerts.filter { $0.trigger != .estimate } }

    /// The spend that the budget is a measure of. A budget whose lowest alert lies beyond three times of what its scope spends cannot fail, and
    /// measures nothing; up to twice it measures all, and between these by how near it is.
    private func reached(_ spend: SpendByScope.Spend, _ status: BudgetStatus) -> SpendByScope.Spend {
        let usual = spend.past.isEmpty ? spend.current : spend.past.reduce(.zero, +).scaled(by: 1, over: Int128(spend.past.count))
        guard usual > .zero else { return spend }
        // What is judged on changes only measures nothing of what is merged.
        guard let lowest = standingAlerts.map(\.above).min() else { return SpendByScope.Spend(past: spend.past.map { _ in .zero }) }
        // Amounts that nobody spends are not multiplied: the product may be none that can be held.
        let amount = status.amount.amount
        guard amount.approximation * lowest.approximation < 1e12 * usual.approximation.rounded(.up) else {
            return SpendByScope.Spend(past: spend.past.map { _ in .zero })
        }
        // A limit per unit is that of the days that were counted.
        let days = status.perUnit == nil ? totals.period.days.count : max(1, status.coverage.known)
        let limit = amount.times(lowest).scaled(by: Int128(Windows.length), over: Int128(days))
        let (full, none) = (usual + usual, usual + usual + usual)
        guard limit > full else { return spend }
        let left = max(.zero, none - limit)
        func part(_ amount: FixedDecimal) -> FixedDecimal { amount.scaled(by: left.raw, over: usual.raw) }
        return SpendByScope.Spend(current: part(spend.current), past: spend.past.map(part))
    }

    /// One finding more, where the budget asks for it and the period goes on: it costs attention, not points.
    private func burning(_ status: inout BudgetStatus) -> [Finding] {
        guard budget.burn, !status.closed else { return [] }
        let name = budget.header.reference.name
        func made(_ verdict: Verdict, _ message: String, reason: String? = nil) -> [Finding] {
            var finding = Finding(
                policy: budget.header, rule: FastBurn.id, verdict: verdict, team: budget.scope.team, message: message, subject: "burn",
                reason: reason, location: budget.amountPlace, atStake: .zero(budget.amount.currency))
            finding.period = status.period.description
            finding.fix = .advisory
            return [finding]
        }
        guard status.matched else { return made(.unknown, FastBurn.unknown(name), reason: "its scope never matched a row of the bill") }
        if let fault = status.coverage.fault { return made(.unknown, FastBurn.unknown(name), reason: fault) }
        switch BudgetBurn.answer(totals, amount: status.amount, windows: windows) {
        case .unknown(let reason): return made(.unknown, FastBurn.unknown(name), reason: reason)
        case .known(let burn):
            status.burn = burn
            guard burn.reserve.amount > .zero else { return made(.fail, FastBurn.none(name, burn)) }
            guard let page = burn.page else { return made(.pass, FastBurn.calm(name, burn)) }
            return made(.fail, FastBurn.burning(name, burn, page))
        }
    }

    /// A period's standing but for its forecast.
    private func status(_ period: BudgetPeriod, _ actual: FixedDecimal, judged: Bool) -> BudgetStatus {
        var status = standing(period, actual, judged: judged)
        let (names, coverage) = (accountNames, bill.coverage)
        units?.settle(&status, days: totals.days(of: period), amount: budget.amount(of: period), before: windows.today) { day in
            coverage?.state(of: day, accounts: names).isKnown ?? true
        }
        return status
    }

    /// What the bill alone says. A period is closed when it is over and all of its days are there.
    private func standing(_ period: BudgetPeriod, _ actual: FixedDecimal, judged: Bool) -> BudgetStatus {
        let days = totals.days(of: period)
        let isOver = days.upperBound <= windows.today
        var status = BudgetStatus(
            name: budget.header.reference.name, period: period, closed: isOver, cost: budget.cost, amount: budget.amount(of: period),
            actual: Money(actual, budget.amount.currency), forecast: nil, forecastMethod: nil, judged: judged)
        status.isOver = isOver
        let names = accountNames
        guard let coverage = bill.coverage else {
            status.coverage = .whole(days.count)
            status.coverage.known = max(0, days.lowerBound.distance(to: min(days.upperBound, windows.today)))
            status.coverage.notYet = days.count - status.coverage.known
            return status
        }
        status.matched = isMatched || bill.lines.isEmpty
        status.coverage = coverage.span(of: days, accounts: names)
        let over = days.clamped(to: days.lowerBound..<max(days.lowerBound, windows.today))
        status.lacksDays = !coverage.span(of: over, accounts: names).isWhole
        status.closed = isOver && status.coverage.isWhole && status.matched
        return status
    }

    /// The accounts whose days matter; nil: all of the bill.
    private var accountNames: Set<String>? {
        guard isMatched, budget.scope != Budget.Scope() else { return nil }
        let seen = Set(accounts.indices.filter { accounts[$0] }.map { bill.names[$0] })
        // Whether the scope has rows of an account that is gone, nobody can tell.
        let gone = (bill.coverage?.goneAccounts ?? []).filter { budget.scope.accounts?.contains($0) ?? true }
        return seen.union(gone)
    }

    private func forecast(_ status: BudgetStatus) -> Forecast {
        let (names, today) = (accountNames, windows.today)
        let known = bill.coverage.map { coverage in
            Set(totals.days(of: status.period).filter { coverage.state(of: $0, accounts: names).isKnown })
        }
        return Forecast(of: totals, days: totals.days(of: status.period), windows: windows, bill: bill.days) { day in
            known.map { $0.contains(day) } ?? (day < today)
        }
    }

    private func finding(_ status: BudgetStatus, _ forecast: Forecast?) -> Finding {
        let crossed = budget.alerts.filter { alert in
            // Of counts that are not whole the limit is too small.
            guard units?.fault == nil, let cost = cost(alert, status, forecast) else { return false }
            return Self.isAbove(cost.amount, alert.above, of: status.amount.amount)
        }
        guard let alert = Self.highest(of: crossed), let cost = cost(alert, status, forecast) else {
            if let reason = undecided(status, forecast) {
                var finding = finding(
                    status, .unknown, budget.header.severity, OverBudget.undecided(status, reason), atStake: .zero(status.amount.currency))
                finding.reason = reason
                finding.atStake = nil
                return finding
            }
            return finding(status, .pass, budget.header.severity, OverBudget.within(status), atStake: .zero(status.amount.currency))
        }
        // An alert below the whole amount may be crossed without an overrun: it costs attention, not points.
        let overrun = cost.amount > status.amount.amount ? cost.amount - status.amount.amount : .zero
        let atStake = Money(overrun, cost.currency).scaled(by: Int128(Windows.length), over: Int128(totals.period.days.count))
        return finding(status, .fail, alert.severity, OverBudget.crossed(status, alert: alert, cost: cost), atStake: atStake)
    }

    /// Why an alert that is not crossed cannot be judged; nil: every one can, and none is crossed.
    private func undecided(_ status: BudgetStatus, _ forecast: Forecast?) -> String? {
        guard status.matched else { return "its scope never matched a row of the bill" }
        if let fault = status.coverage.fault { return fault }
        if !status.coverage.missing.isEmpty { return OverBudget.missing(status.coverage) }
        guard !status.closed else { return nil }
        if bill.coverage != nil, status.coverage.known == 0 { return "no day of it has arrived" }
        if let forecast, forecast.amount == nil, budget.alerts.contains(where: { $0.trigger == .forecast }) { return forecast.method }
        // The days of a period that is over have yet to arrive, and may well cross what is not crossed yet.
        guard totals.days(of: status.period).upperBound <= windows.today else { return nil }
        let isLikely = budget.alerts.contains { alert in
            guard let amount = forecast?.high ?? forecast?.amount else { return true }
            return Self.isAbove(amount, alert.above, of: status.amount.amount)
        }
        return isLikely ? "\(status.coverage.description) have arrived" : nil
    }

    /// Whether a cost is above a share of an amount: exactly, however large the amount.
    static func isAbove(_ cost: FixedDecimal, _ share: FixedDecimal, of amount: FixedDecimal) -> Bool {
        let left = cost.raw.multipliedFullWidth(by: FixedDecimal.unit)
        let right = amount.raw.multipliedFullWidth(by: share.raw)
        return (left.high, left.low) > (right.high, right.low)
    }

    /// What an alert is about. A closed period has nothing left to forecast: there a forecast's alert is about the actual.
    /// Of days before the bill begins only a guess is known, which crosses nothing.
    private func cost(_ alert: Budget.Alert, _ status: BudgetStatus, _ forecast: Forecast?) -> Money? {
        switch alert.trigger {
        case .actual: status.actual
        // Of a change, and judged on one.
        case .estimate: nil
        case .forecast: status.closed ? status.actual : forecast?.withoutEarlierDays.map { Money($0, status.amount.currency) }
        }
    }

    private func finding(
        _ status: BudgetStatus, _ verdict: Verdict, _ severity: Severity, _ message: String, atStake: Money
    ) -> Finding {
        var finding = Finding(
            policy: budget.header, rule: OverBudget.id, verdict: verdict, severity: severity, team: budget.scope.team, message: message,
            location: budget.amountPlace, atStake: atStake)
        finding.period = status.period.description
        finding.fix = .advisory
        return finding
    }
}
