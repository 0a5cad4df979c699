package import CostModel

/// Adds up a bill by dimensions.
package struct CostBreakdown {
    private let table: CostTable
    private let dimensions: [CostDimension]
    private let basis: CostBasis
    /// The owner of a row.
    private let team: (CostTable.Line) -> String?

    package init(_ table: CostTable, by dimensions: [CostDimension], basis: CostBasis, team: @escaping (CostTable.Line) -> String?) {
        self.table = table
        self.dimensions = dimensions
        self.basis = basis
        self.team = team
    }

    /// The rows of a period and their sum; nil: of the whole bill. A billed charge counts in the period that holds its billing month's
    /// first day, every other in the one that holds its own day.
    package func rows(in period: Range<Day>?) -> (rows: [CostReport.Row], total: Money) {
        var sums: [[String?]: FixedDecimal] = [:]
        var total = FixedDecimal.zero
        for line in table.lines {
            let day = basis == .billed ? line.key.billingMonth.firstDay : line.key.day
            if let period, !period.contains(day) { continue }
            let amount = line.amounts[basis]
            sums[dimensions.map { value(of: line, for: $0) }, default: .zero] += amount
            total += amount
        }
        let rows = sums.map { CostReport.Row(keys: $0.key, amount: Money($0.value, table.currency)) }
        return (rows, Money(total, table.currency))
    }

    private func value(of line: CostTable.Line, for dimension: CostDimension) -> String? {
        let key = line.key
        let name =
            switch dimension {
            case .team: team(line) ?? ""
            case .service: table.name(key.service)
            case .region: table.name(key.region)
            case .account: table.name(key.account)
            case .provider: table.name(key.provider)
            case .category: key.category.name
            case .resource: table.name(key.resource)
            case .day: key.day.description
            case .month: basis == .billed ? key.billingMonth.description : key.day.month.description
            case .tag(let tag): table.tagSets[Int(key.tagSet)][tag] ?? ""
            }
        return name.isEmpty ? nil : name
    }
}
