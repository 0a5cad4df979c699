import CostModel

/// What a budget per unit needs beside its bill: what was counted day by day, and what the scope cost on each.
///
/// A day that either of both lacks is left out of both, as in unit costs: a bill without its count would break the budget, a count without
/// its bill would keep it.
struct UnitBudget: Sendable {
    let unit: String
    /// Why the metric cannot be used at all, or not whole.
    let fault: String?
    private let counts: [Day: FixedDecimal]
    private var costs: [Day: FixedDecimal] = [:]

    init?(_ budget: Budget, _ context: JudgingContext) {
        guard let name = budget.per else { return nil }
        unit = context.metrics.first { $0.name == name }?.unit ?? name
        guard let metric = context.state.metrics[name] else {
            (fault, counts) = ("the metric '\(name)' was not read", [:])
            return
        }
        fault = metric.gap.map { "the metric '\(name)' is not whole: \($0)" }
        // What the team's own name counts is the team's; a metric that does not tell teams apart counts for all.
        let key = budget.scope.team.flatMap { metric.counts.keys.contains($0) ? $0 : nil }
        counts = Dictionary(
            uniqueKeysWithValues: metric.counts.days.keys.map { day in
                (day, (key.map { metric.counts.value(of: $0, on: day) } ?? metric.counts.total(on: day)) ?? .zero)
            })
    }

    mutating func add(_ amount: FixedDecimal, on day: Day) { costs[day, default: .zero] += amount }

    /// Puts what the days cost that both sides have in the place of all, what they may cost in that of the amount, and counts the others as
    /// *not there yet*, behind the last that was counted, or missing.
    ///
    /// - Parameter isKnown: whether the bill has all of a day.
    func settle(_ status: inout BudgetStatus, days: Range<Day>, amount: Money, before today: Day, isKnown: (Day) -> Bool) {
        let newest = counts.keys.max()
        var (cost, count) = (FixedDecimal.zero, FixedDecimal.zero)
        for day in days where day < today && isKnown(day) {
            if let counted = counts[day] {
                cost += costs[day] ?? .zero
                count += counted
                continue
            }
            status.coverage.known -= 1
            status.lacksDays = true
            if let newest, day < newest { status.coverage.missing.append(day) } else { status.coverage.notYet += 1 }
        }
        status.coverage.missing.sort()
        status.coverage.fault = status.coverage.fault ?? fault
        // A limit beyond what anybody spends is none that anybody meant.
        let isMeant = amount.amount.approximation * count.approximation < 1e15
        if !isMeant { status.coverage.fault = "\(count) times \(amount.exact) is more than anybody spends" }
        status.closed = status.closed && status.coverage.isWhole
        status.actual = Money(cost, amount.currency)
        status.amount = Money(isMeant ? amount.amount.times(count) : FixedDecimal(1_000_000_000_000_000), amount.currency)
        status.perUnit = BudgetStatus.PerUnit(unit: unit, amount: amount, count: count)
        status.forecastMethod = "what will be counted is not forecast"
    }
}
