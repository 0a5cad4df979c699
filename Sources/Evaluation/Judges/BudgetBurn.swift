import CostModel
import TimeSeries

/// How fast the reserve of a budget burns in the judged period.
enum BudgetBurn {
    enum Answer {
        case known(BudgetStatus.Burn)
        case unknown(String)
    }

    /// Usage is held against the plan day by day. What else a period has, fees of commitments, taxes and credits, is expected to be what the
    /// month before had, and burns nothing.
    static func answer(_ totals: BudgetTotals, amount: Money, windows: Windows) -> Answer {
        let history = totals.history
        let days = totals.period.days
        let first = history.firstDay.map { max(history.start, $0) } ?? windows.end
        let values = (first..<max(first, windows.end)).map { day in
            windows.isLeftOut(day) ? Double.nan : history.amount(.usage, on: day).approximation
        }
        let start = first.distance(to: days.lowerBound)
        guard start >= 0, start <= values.count,
            let plan = DailyPlan(values, start: start, count: days.count, firstEpochDay: Int(first.number))
        else {
            return .unknown("fewer than \(DailyPlan.leastDays) days are known before \(days.lowerBound)")
        }
        let changes = totals.plan.filter { $0.from >= days.lowerBound }
        let planned = plan.days.enumerated().map { ahead, value in
            let day = days.lowerBound.advanced(by: ahead)
            return changes.reduce(value) { $1.from <= day ? $0 + $1.perDay.amount.approximation : $0 }
        }
        let before = days.lowerBound.advanced(by: -days.count)..<days.lowerBound
        let others = before.reduce(0) { sum, day in
            sum + (history.amount(.credits, on: day) + history.amount(.others, on: day)).approximation
        }
        let whole = planned.reduce(0, +) + others
        let known = min(values.count - start, days.count)
        let excess = (0..<max(0, known)).map { values[start + $0] - planned[$0] }
        let burn = BurnRate(excess: excess, errorBudget: amount.amount.approximation - whole, noise: plan.noise)
        func money(_ value: Double) -> Money { Money(FixedDecimal(computed: value), amount.currency) }
        return .known(
            BudgetStatus.Burn(
                plan: money(whole), reserve: money(burn.errorBudget), burned: money(burn.burned),
                page: burn.page.map { BudgetStatus.Burn.Page(days: $0.days, burned: money($0.burned), share: $0.share) },
                isTooNoisy: burn.isTooNoisy))
    }
}
