/// What parts of the bill will cost, day by day and by calendar month or budget period, with an 80 % interval.
package struct SpendForecast: Hashable, Sendable {
    /// Money that is likely, not billed.
    package struct Range: Hashable, Sendable {
        package var expected: FixedDecimal
        package var low: FixedDecimal
        package var high: FixedDecimal

        package init(expected: FixedDecimal, low: FixedDecimal, high: FixedDecimal) {
            self.expected = expected
            self.low = low
            self.high = high
        }
    }

    /// One day of one part.
    package struct Row: Hashable, Sendable {
        package var day: Day
        /// One value for each dimension; nil: none.
        package var key: [String?]
        package var range: Range

        package init(day: Day, key: [String?], range: Range) {
            self.day = day
            self.key = key
            self.range = range
        }
    }

    /// One period of one part: what has been billed, and what is still to come.
    package struct Period: Hashable, Sendable {
        /// `2026-10`
        package var name: String
        package var days: Swift.Range<Day>
        package var key: [String?]
        /// What has arrived of it.
        package var actual: FixedDecimal
        /// How many of its days that are behind are there; nil where nobody knows.
        package var coverage: DayCoverage?
        package var range: Range
        /// What the rest is made of, by name.
        package var parts: [Part]

        package init(name: String, days: Swift.Range<Day>, key: [String?], actual: FixedDecimal, range: Range, parts: [Part]) {
            self.name = name
            self.days = days
            self.key = key
            self.actual = actual
            self.range = range
            self.parts = parts
        }
    }

    package struct Part: Hashable, Sendable {
        /// `usage`, `recurring`, `credits`, `purchases`, `tax`, `adjustments` or `announced`.
        package var name: String
        package var amount: FixedDecimal

        package init(name: String, amount: FixedDecimal) {
            self.name = name
            self.amount = amount
        }
    }

    /// How a part is forecast, and how that would have done on its own past.
    package struct Method: Hashable, Sendable {
        package var key: [String?]
        /// `the sum of 40 series: 35 by a mix of three methods, 5 by the calendar`
        package var text: String
        /// The mean relative error over 28 days, from some origins in the past; nil: there is too little of it.
        package var error: Double?
        /// The same of the last week again and again.
        package var naive: Double?
        package var origins: Int

        package init(key: [String?], text: String, error: Double?, naive: Double?, origins: Int) {
            self.key = key
            self.text = text
            self.error = error
            self.naive = naive
            self.origins = origins
        }
    }

    package var dimensions: [CostBreakdown.Dimension]
    package var cost: CostBasis
    package var currency: Currency
    /// The first day that is forecast: the first whose charges are not complete.
    package var from: Day
    package var until: Day
    /// The budget whose part of the bill it is; nil: the whole bill.
    package var budget: String?
    /// By day, then by key.
    package var rows: [Row] = []
    /// By period, then by key.
    package var periods: [Period] = []
    package var methods: [Method] = []

    package init(
        dimensions: [CostBreakdown.Dimension], cost: CostBasis, currency: Currency, from: Day, until: Day, budget: String? = nil
    ) {
        self.dimensions = dimensions
        self.cost = cost
        self.currency = currency
        self.from = from
        self.until = until
        self.budget = budget
    }

    /// What one can be asked for by.
    package static let dimensions: [CostBreakdown.Dimension] = [.team, .service, .region, .account, .sku]
}
