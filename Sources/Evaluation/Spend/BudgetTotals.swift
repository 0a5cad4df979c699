import CostModel

/// What a budget's scope costs: in the judged period and the one before it, by weekday of late, and per window of 28 days.
///
/// Effective, list and contracted cost count on the day of their charge period's start. Billed cost belongs to its billing period: a
/// month, or the months of a quarter or year. Only closed days count, save that a whole billing period that is over counts with all
/// its rows. Daily budgets on billed cost go by charge days, because a bill knows no billing days.
struct BudgetTotals: Sendable {
    let period: BudgetPeriod
    /// The one before: worked out once, and not for each line.
    private let previous: BudgetPeriod
    /// Changes that are known to be coming.
    let plan: [Budget.Change]
    private(set) var actual = FixedDecimal.zero
    private(set) var previousActual = FixedDecimal.zero
    /// In the budget's basis.
    private(set) var history: SpendHistory
    /// Effective cost by window, for scores.
    private(set) var windows: [FixedDecimal]

    private let basis: CostBasis
    private let today: Day
    private let byBillingMonth: Bool
    private let months: (own: Range<Month>, previous: Range<Month>)
    private let bill: CostTable

    /// - Parameter period: the judged one.
    init(_ budget: Budget, period: BudgetPeriod, windows: Windows, bill: CostTable) {
        self.period = period
        previous = period.previous
        plan = budget.plan
        self.bill = bill
        history = SpendHistory(windows: windows)
        self.windows = Array(repeating: .zero, count: windows.count)
        basis = budget.cost
        today = windows.today
        byBillingMonth = Self.goesByBillingMonth(budget)
        months = (Self.months(of: period), Self.months(of: previous))
    }

    mutating func add(_ line: CostTable.Line, windows: Windows) {
        let amount = line.amounts[basis]
        if counts(line.key, in: period, months: months.own) { actual += amount }
        if counts(line.key, in: previous, months: months.previous) { previousActual += amount }
        guard line.key.day < today else { return }
        history.add(line.key.day, line.key.category, amount)
        if let window = windows.index(of: line.key.day) { self.windows[window] += line.amounts.effective }
    }

    /// The days of a period: for billed cost those of the billing periods that start in it.
    func days(of period: BudgetPeriod) -> Range<Day> {
        guard byBillingMonth else { return period.days }
        let months = Self.months(of: period)
        let first = bill.billingDays(of: months.lowerBound).lowerBound
        return first..<max(first, bill.billingDays(of: months.upperBound.advanced(by: -1)).upperBound)
    }

    /// Spend of a window taken for 28 days.
    func spend(_ windows: Windows) -> SpendByScope.Spend {
        let amounts = self.windows.enumerated().map { windows.whole($1, window: $0) }
        return SpendByScope.Spend(current: amounts.first ?? .zero, past: Array(amounts.dropFirst()))
    }

    /// Whether a line of the scope counts in the judged period.
    func isActual(_ key: CostTable.Key) -> Bool { counts(key, in: period, months: months.own) }

    private func counts(_ key: CostTable.Key, in period: BudgetPeriod, months: Range<Month>) -> Bool {
        guard byBillingMonth else { return key.day < today && period.days.contains(key.day) }
        return months.contains(key.billingMonth)
            && (key.day < today || bill.billingDays(of: key.billingMonth).upperBound <= today)
    }

    /// Whether a budget counts charges by their billing period, and not by their day.
    static func goesByBillingMonth(_ budget: Budget) -> Bool { budget.cost == .billed && budget.period != .daily }

    private static func months(of period: BudgetPeriod) -> Range<Month> {
        period.days.lowerBound.month..<period.days.upperBound.advanced(by: -1).month.advanced(by: 1)
    }
}
