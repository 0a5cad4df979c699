/// FOCUS ChargeCategory.
package enum ChargeCategory: UInt8, Hashable, Sendable, Comparable, CaseIterable {
    case usage, purchase, tax, credit, adjustment

    /// FOCUS's spelling: `Usage`.
    package var name: String {
        switch self {
        case .usage: "Usage"
        case .purchase: "Purchase"
        case .tax: "Tax"
        case .credit: "Credit"
        case .adjustment: "Adjustment"
        }
    }

    package static func < (a: ChargeCategory, b: ChargeCategory) -> Bool { a.rawValue < b.rawValue }
}

/// The four cost columns of FOCUS.
package struct CostAmounts: Hashable, Sendable {
    package var effective = FixedDecimal.zero
    package var billed = FixedDecimal.zero
    package var list = FixedDecimal.zero
    package var contracted = FixedDecimal.zero

    package init() {}

    package static func += (a: inout CostAmounts, b: CostAmounts) {
        a.effective += b.effective
        a.billed += b.billed
        a.list += b.list
        a.contracted += b.contracted
    }

    package subscript(basis: CostBasis) -> FixedDecimal {
        get {
            switch basis {
            case .effective: effective
            case .billed: billed
            case .list: list
            case .contracted: contracted
            }
        }
        set {
            switch basis {
            case .effective: effective = newValue
            case .billed: billed = newValue
            case .list: list = newValue
            case .contracted: contracted = newValue
            }
        }
    }
}

/// The bill, added up: one line for each combination of what judgements ask for. Its size follows days × resources, not rows.
package struct CostTable: Hashable, Sendable {
    package struct Key: Hashable, Sendable {
        /// The day of ChargePeriodStart: a charge counts whole there.
        package var day: Day
        /// The month of BillingPeriodStart.
        package var billingMonth: Month
        package var category: ChargeCategory
        // Each of these is an index into `names`; 0 is the empty text, for none.
        package var account: Int32
        package var provider: Int32
        package var service: Int32
        package var region: Int32
        package var resource: Int32
        /// An index into `tagSets`; 0 is no tags.
        package var tagSet: Int32
        /// An index into `names`; 0 also where nobody asked for it, see `namesSKUs`.
        package var sku: Int32
        /// An index into `terms`; 0 also where nobody asked for them, see `tellsTerms` and `tellsTransfer`.
        package var terms: Int32

        package init(
            day: Day, billingMonth: Month, category: ChargeCategory, account: Int32 = 0, provider: Int32 = 0, service: Int32 = 0,
            region: Int32 = 0, resource: Int32 = 0, tagSet: Int32 = 0, sku: Int32 = 0, terms: Int32 = 0
        ) {
            self.day = day
            self.billingMonth = billingMonth
            self.category = category
            self.account = account
            self.provider = provider
            self.service = service
            self.region = region
            self.resource = resource
            self.tagSet = tagSet
            self.sku = sku
            self.terms = terms
        }
    }

    package struct Line: Hashable, Sendable {
        package var key: Key
        package var amounts: CostAmounts

        package init(key: Key, amounts: CostAmounts) {
            self.key = key
            self.amounts = amounts
        }
    }

    package var currency: Currency
    package var names: [String]
    /// Only the keys that someone asked for: those of teams' claims and budgets' scopes.
    package var tagSets: [[String: String]]
    /// In no particular order that anything may depend on; sums do not.
    package var lines: [Line]
    /// The first and the last charge day of the bill; nil when it is empty.
    package var days: ClosedRange<Day>?
    package var rowCount: Int
    /// Which of its days are there; nil where nobody asked, as in a table that was made up: all of them are then taken as whole.
    package var coverage: BillCoverage?
    /// Billing periods that are no calendar months, by the month in which they start; end exclusive.
    package var billingPeriods: [Month: Range<Day>] = [:]
    /// Whether lines are told apart by SKU, for judgements over time; a snapshot does not.
    package var namesSKUs = false
    /// Whether lines are told apart by the terms on which they were charged; a snapshot does not.
    package var tellsTerms = false
    /// Whether they are told apart by the kind of transfer.
    package var tellsTransfer = false
    package var terms: [ChargeTerms] = [ChargeTerms()]
    /// What each line used, in the order of `lines`; nil where it is unknown. Empty unless lines are told apart by SKU.
    package var quantities: [FixedDecimal?] = []

    package init(
        currency: Currency, names: [String] = [""], tagSets: [[String: String]] = [[:]], lines: [Line] = [], days: ClosedRange<Day>? = nil,
        rowCount: Int = 0
    ) {
        self.currency = currency
        self.names = names
        self.tagSets = tagSets
        self.lines = lines
        self.days = days
        self.rowCount = rowCount
    }

    /// The days of the billing period that starts in a month. Before and behind those of the bill they go on as they are: an invoice up to
    /// the 14th is followed by another one.
    package func billingDays(of month: Month) -> Range<Day> {
        guard !billingPeriods.isEmpty else { return month.days }
        if let known = billingPeriods[month] { return known }
        guard let first = billingPeriods.keys.min(), let last = billingPeriods.keys.max(), month < first || month > last,
            let near = billingPeriods[month < first ? first : last]
        else { return month.days }
        let number = (month < first ? near.lowerBound : near.upperBound).components.day
        return month.day(number)..<month.advanced(by: 1).day(number)
    }

    /// The month in which the billing period starts that holds a day.
    package func billingMonth(holding day: Day) -> Month {
        let month = day.month
        guard !billingPeriods.isEmpty else { return month }
        return [month, month.advanced(by: -1)].first { billingDays(of: $0).contains(day) } ?? month
    }

    package func name(_ index: Int32) -> String { names[Int(index)] }
}
