package import CostModel

/// What `cost` says: a part of the bill, added up by whatever was asked for.
package struct CostReport: Report {
    package struct Row: Hashable, Sendable {
        /// A value for each dimension; nil: the bill has none, or for teams: unowned.
        package var keys: [String?]
        package var amount: Money
    }

    package var context: ReportContext
    /// `team`, `service`, `tag:environment`, as they were asked for.
    package var dimensions: [String]
    package var basis: CostBasis
    /// End exclusive; nil: the bill is empty.
    package var days: Range<Day>?
    package var rows: [Row]
    package var total: Money
    package var problems: [Problem]

    /// - Parameter rows: in any order, each combination of keys once.
    package init(
        context: ReportContext, dimensions: [CostDimension], basis: CostBasis, days: Range<Day>?, rows: [Row], total: Money,
        problems: [Problem] = []
    ) {
        self.context = context
        self.dimensions = dimensions.map(\.description)
        self.basis = basis
        self.days = days
        self.total = total
        self.problems = problems.sorted()
        let times = dimensions.indices.filter { dimensions[$0].isTime }
        // Days and months run forward; within one the largest amount comes first.
        self.rows = rows.sorted { a, b in
            let (left, right) = (times.map { a.keys[$0] ?? "" }, times.map { b.keys[$0] ?? "" })
            if left != right { return left.lexicographicallyPrecedes(right) }
            if a.amount.amount != b.amount.amount { return a.amount.amount > b.amount.amount }
            return a.keys.map { $0 ?? "" }.lexicographicallyPrecedes(b.keys.map { $0 ?? "" })
        }
    }

    /// Its part of the total; nil where the total says nothing, as where credits cancel everything.
    func share(of row: Row) -> Double? {
        guard total.amount > .zero, let share = row.amount.amount.ratio(to: total.amount), abs(share) < 1_000 else { return nil }
        return share
    }
}

/// What a bill can be added up by.
package enum CostDimension: Hashable, Sendable, CustomStringConvertible {
    case team, service, region, account, provider, category, resource, day, month
    case tag(String)

    private static let words: [String: CostDimension] = [
        "team": .team, "service": .service, "region": .region, "account": .account, "provider": .provider, "category": .category,
        "resource": .resource, "day": .day, "month": .month,
    ]
    /// Every word there is, for errors and help.
    package static let names = words.keys.sorted() + ["tag:KEY"]

    package init?(_ text: String) {
        if let dimension = Self.words[text] {
            self = dimension
        } else if text.hasPrefix("tag:"), text.utf8.count > 4 {
            self = .tag(String(text.dropFirst(4)))
        } else {
            return nil
        }
    }

    package var description: String {
        if case .tag(let key) = self { return "tag:\(key)" }
        return Self.words.first { $0.value == self }?.key ?? ""
    }

    var isTime: Bool { self == .day || self == .month }
}
