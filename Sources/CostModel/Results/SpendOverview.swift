/// The bill as people look at it: this month so far, and what 28 days cost beside the 28 before them.
package struct SpendOverview: Hashable, Sendable {
    /// What a part of the bill cost.
    package struct Row: Hashable, Sendable {
        /// Nil where the bill names none, or nobody owns it.
        package var name: String?
        package var current: Money
        /// Nil: the bill does not reach so far back.
        package var previous: Money?

        package init(name: String?, current: Money, previous: Money?) {
            self.name = name
            self.current = current
            self.previous = previous
        }

        /// Nil: not known.
        package var change: Money? { previous.map { Money(current.amount - $0.amount, current.currency) } }
    }

    package struct Part: Hashable, Sendable {
        package var dimension: CostBreakdown.Dimension
        /// The dearest first.
        package var rows: [Row]

        package init(dimension: CostBreakdown.Dimension, rows: [Row]) {
            self.dimension = dimension
            self.rows = rows
        }
    }

    /// The whole bill in the month that holds its newest whole day, in effective cost, by the rules by which budgets are judged. Its amount
    /// is zero and means nothing.
    package var month: BudgetStatus
    /// The 28 days to the newest whole one.
    package var days: Range<Day>
    package var total: Row
    /// By team, service, region, account and the tags that policies read.
    package var parts: [Part]
    /// Days of the bill, before today, of which something is missing.
    package var unknownDays: Set<Day>

    package init(month: BudgetStatus, days: Range<Day>, total: Row, parts: [Part], unknownDays: Set<Day>) {
        self.month = month
        self.days = days
        self.total = total
        self.parts = parts
        self.unknownDays = unknownDays
    }
}
