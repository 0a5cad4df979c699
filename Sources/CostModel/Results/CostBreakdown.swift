/// The bill, broken down by what was asked for.
package struct CostBreakdown: Hashable, Sendable {
    /// What a bill can be broken down by.
    package enum Dimension: Hashable, Sendable, CustomStringConvertible {
        case team, service, region, account, provider, day, month, resource, sku, instanceType
        case tag(String)

        /// Reads `service`, `instance-type`, `tag:KEY`.
        package init?(_ text: String) {
            if text.hasPrefix("tag:") {
                let key = String(text.dropFirst(4))
                guard !key.isEmpty else { return nil }
                self = .tag(key)
            } else {
                guard let plain = Self.plain.first(where: { $0.description == text }) else { return nil }
                self = plain
            }
        }

        /// All but tags.
        package static let plain: [Dimension] = [
            .team, .service, .region, .account, .provider, .day, .month, .resource, .sku, .instanceType,
        ]

        package var description: String {
            switch self {
            case .team: "team"
            case .service: "service"
            case .region: "region"
            case .account: "account"
            case .provider: "provider"
            case .day: "day"
            case .month: "month"
            case .resource: "resource"
            case .sku: "sku"
            case .instanceType: "instance-type"
            case .tag(let key): "tag:\(key)"
            }
        }
    }

    package struct Row: Hashable, Sendable {
        /// One for each dimension; nil where the bill states none. A tag may be there and empty.
        package var values: [String?]
        /// Nil where the bill states none and the workspace's is not known.
        package var currency: Currency?
        package var amount: FixedDecimal

        package init(values: [String?], currency: Currency?, amount: FixedDecimal) {
            self.values = values
            self.currency = currency
            self.amount = amount
        }
    }

    package struct Total: Hashable, Sendable {
        package var currency: Currency?
        package var amount: FixedDecimal

        package init(currency: Currency?, amount: FixedDecimal) {
            self.currency = currency
            self.amount = amount
        }
    }

    package var dimensions: [Dimension]
    package var cost: CostBasis
    /// In the order in which they are shown: by currency, then days and months forward, then the largest amount first.
    package var rows: [Row]
    /// One for each currency: amounts in different currencies are never added.
    package var totals: [Total]
    /// The rows of the bill that were added up.
    package var rowCount: Int
    /// The first and the last charge day among them.
    package var days: ClosedRange<Day>?
    /// How many of the days that were asked for, or that the bill has begun, are there; nil where nobody knows.
    package var coverage: DayCoverage?
    /// The same of each day or month of its rows, by its text; empty where it is broken down by neither.
    package private(set) var coverages: [String: DayCoverage] = [:]
    /// The last day that all sources have whole.
    package var newestWhole: Day?

    package init(dimensions: [Dimension], cost: CostBasis, rows: [Row], totals: [Total], rowCount: Int, days: ClosedRange<Day>?) {
        self.dimensions = dimensions
        self.cost = cost
        self.rows = rows
        self.totals = totals
        self.rowCount = rowCount
        self.days = days
    }

    /// How many of the days of a row are there.
    package func coverage(of row: Row) -> DayCoverage? {
        let time = dimensions.firstIndex(of: .day) ?? dimensions.firstIndex(of: .month)
        return time.flatMap { row.values[$0] }.flatMap { coverages[$0] } ?? coverage
    }

    /// - Parameter asked: the days that were asked for.
    package mutating func addCoverage(_ bill: BillCoverage, asked: Range<Day>?) {
        guard let asked, let time = dimensions.firstIndex(of: .day) ?? dimensions.firstIndex(of: .month) else { return }
        let length = dimensions[time] == .day ? PeriodLength.daily : .monthly
        for text in Set(rows.compactMap { $0.values[time] }) {
            guard let days = BudgetPeriod(length, text)?.days else { continue }
            // By billing period rows may be of days that nobody asked for.
            let counted = days.overlaps(asked) ? days.clamped(to: asked) : days
            coverages[text] = bill.span(of: counted)
        }
    }
}
