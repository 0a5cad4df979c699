/// What one of something costs: the bill over what a metric counted, on the days that both have.
package struct UnitCosts: Hashable, Sendable {
    package struct Row: Hashable, Sendable {
        /// `2026-10`, `2026-10-31`; nil: all days.
        package var time: String?
        /// Nil: everything.
        package var team: String?
        package var cost = FixedDecimal.zero
        package var count = FixedDecimal.zero
        /// How many days are counted on both sides, and how many there are.
        package var days = 0
        package var daysInAll = 0

        package init(time: String?, team: String?) {
            self.time = time
            self.team = team
        }

        /// Rounded half to even in the 18th digit; nil where nothing was counted.
        package var unitCost: FixedDecimal? { count > .zero ? cost.scaled(by: FixedDecimal.unit, over: count.raw) : nil }
    }

    package var metric: UnitMetric
    package var currency: Currency
    package var unit: Showback.Unit?
    /// By team, then by time.
    package var rows: [Row]

    package init(metric: UnitMetric, currency: Currency, unit: Showback.Unit?, rows: [Row]) {
        self.metric = metric
        self.currency = currency
        self.unit = unit
        self.rows = rows
    }

    /// How much more one costs than at the time before, as a share of what it cost then; nil: there is no time before, or nothing to compare with.
    package func change(at index: Int) -> Double? {
        guard unit != nil, index > 0, rows[index - 1].team == rows[index].team, let before = rows[index - 1].unitCost, before > .zero,
            let now = rows[index].unitCost
        else { return nil }
        return (now - before).ratio(to: before)
    }
}
