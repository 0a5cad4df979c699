import CostModel

/// What an open period will have cost at its end: the actual to date and, for every remaining day, the mean of that weekday over the
/// last four weeks.
struct Forecast: Hashable {
    /// Nil where nothing can be forecast.
    let amount: FixedDecimal?
    /// How it was made, or why it was not.
    let method: String

    /// - Parameter bill: the first and the last charge day of the bill.
    init(of totals: BudgetTotals, windows: Windows, bill: ClosedRange<Day>?) {
        let first = bill.map { max($0.lowerBound, windows.current.lowerBound) } ?? windows.today
        let days = first < windows.today ? first..<windows.today : windows.today..<windows.today
        var counts = Array(repeating: 0, count: 7)
        for day in days { counts[day.weekday] += 1 }
        guard !counts.contains(0) else {
            amount = nil
            method = "no forecast: the bill covers \(days.count) of the last 28 days, at least a week is needed"
            return
        }
        var sum = totals.actual
        for day in max(windows.today, totals.period.days.lowerBound)..<max(windows.today, totals.period.days.upperBound) {
            sum += totals.weekdays[day.weekday].scaled(by: 1, over: Int128(counts[day.weekday]))
        }
        amount = sum
        method = "the actual to date and, for every remaining day, the mean of that weekday over the last \(days.count) days"
    }
}
