package import CostModel

/// What `cost` says: a part of the bill, added up by whatever was asked for.
package struct CostReport: CSVReport {
    package var context: ReportContext
    package var breakdown: CostBreakdown
    /// End exclusive; nil: the bill is empty.
    package var days: Range<Day>?
    package var problems: [Problem]
    /// Whether texts are written into CSV so that no spreadsheet takes one for a formula.
    package var isGuarded = true

    /// - Parameter period: what was asked for; nil: the days the bill covers.
    package init(context: ReportContext, breakdown: CostBreakdown, period: Range<Day>? = nil, problems: [Problem] = []) {
        self.context = context
        self.breakdown = breakdown
        days = period ?? breakdown.days.map { $0.lowerBound..<$0.upperBound.advanced(by: 1) }
        self.problems = problems.sorted()
        let times = breakdown.dimensions.indices.filter { [.day, .month].contains(breakdown.dimensions[$0]) }
        // Days and months run forward; within one the largest amount comes first.
        self.breakdown.rows.sort { a, b in
            if a.currency != b.currency { return (a.currency?.code ?? "~") < (b.currency?.code ?? "~") }
            let (left, right) = (times.map { a.values[$0] ?? "~" }, times.map { b.values[$0] ?? "~" })
            if left != right { return left.lexicographicallyPrecedes(right) }
            if a.amount != b.amount { return a.amount > b.amount }
            return a.values.map { $0 ?? "" }.lexicographicallyPrecedes(b.values.map { $0 ?? "" })
        }
    }

    /// `2026-10`, `2026-Q4`, `2026`, a day, or `FROM..TO`, both inclusive: as `--period` takes it.
    var period: String? {
        guard let days else { return nil }
        for length in PeriodLength.allCases {
            let period = BudgetPeriod(length, holding: days.lowerBound)
            if period.days == days { return period.description }
        }
        return "\(days.lowerBound)..\(days.upperBound.advanced(by: -1))"
    }

    /// Its part of its currency's total; nil where the total says nothing, as where credits cancel everything.
    func share(of row: CostBreakdown.Row) -> Double? {
        guard let total = breakdown.totals.first(where: { $0.currency == row.currency }), total.amount > .zero,
            let share = row.amount.ratio(to: total.amount), abs(share) < 1_000
        else { return nil }
        return share
    }
}
