import CostModel

/// Adds up, beside the bill's other sums, what single resources used day by day. Rows of other resources cost one look-up each.
final class UsageTally {
    private struct Sum {
        var effective = FixedDecimal.zero
        /// Nil once a row states no quantity, or counts in another unit than the first.
        var quantity: FixedDecimal?
        var unit: String?
        /// Nil once rows differ.
        var sku: String?
    }

    private let ids: [String: Int32]
    private let names: [String]
    /// By the index of a resource.
    private var days: [[Day: Sum]]
    private let decoder = FOCUSDecoder()
    @exclusivity(unchecked) private var memo = FieldMemo()

    /// Nil where nobody asks for any resource.
    init?(_ resources: Set<String>) {
        let names = resources.filter { !$0.isEmpty }.sorted()
        guard !names.isEmpty else { return nil }
        self.names = names
        ids = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, Int32($0)) })
        days = Array(repeating: [:], count: names.count)
    }

    /// Adds a row that the bill's own tally has taken without fault. Currencies are not told apart: a bill with foreign rows is not whole.
    func add(_ record: CSVRecord, of file: BillFile) throws(FieldFault) {
        let layout = file.layout
        guard let column = layout.resourceId else { return }
        let field = record[column]
        let resource = try memo.value(of: field.bytes) { () throws(FieldFault) in ids[field.text] ?? -1 }
        // What a later file replaces is not looked at: it may well be broken.
        guard resource >= 0, file.keeps(try decoder.billingMonth(of: record, layout)) else { return }
        let row = try decoder.decode(record, layout)
        guard row.category == .usage else { return }
        let stated = Self.quantity(of: record, layout)
        let sku = Self.text(record, layout.skuPriceId) ?? Self.text(record, layout.skuId)
        let index = Int(resource)
        guard var sum = days[index][row.day] else {
            days[index][row.day] = Sum(effective: row.amounts.effective, quantity: stated?.amount, unit: stated?.unit, sku: sku)
            return
        }
        sum.effective += row.amounts.effective
        if let known = sum.quantity, let stated, stated.unit == sum.unit {
            sum.quantity = known + stated.amount
        } else {
            sum.quantity = nil
        }
        if sum.sku != sku { sum.sku = nil }
        days[index][row.day] = sum
    }

    /// What was consumed, else what was priced. What cannot be read as a number is not known, which is no fault of the row's cost.
    private static func quantity(of record: CSVRecord, _ layout: FOCUSLayout) -> (amount: FixedDecimal, unit: String)? {
        for (column, unitColumn) in [(layout.consumedQuantity, layout.consumedUnit), (layout.pricingQuantity, layout.pricingUnit)] {
            guard let stated = text(record, column), let unit = text(record, unitColumn) else { continue }
            if let amount = FixedDecimal(exactly: stated), amount.magnitude < limit { return (amount, unit) }
        }
        return nil
    }

    /// Of one row; a day's sums then stay far from what can be held.
    private static let limit = FixedDecimal(1_000_000_000_000)

    private static func text(_ record: CSVRecord, _ column: Int?) -> String? {
        guard let column, !record[column].isNull else { return nil }
        return record[column].text
    }

    /// - Parameter table: the whole bill, which says of which days anything is known.
    func usage(of table: CostTable, today: Day) -> BilledUsage {
        let known = Set(table.lines.lazy.filter { $0.key.category == .usage && $0.key.day <= today }.map(\.key.day))
        var usage = BilledUsage()
        if let first = known.min(), let last = known.max() {
            usage.covered = first...last
            usage.gaps = Set((first...last).lazy.filter { !known.contains($0) })
        }
        for (name, sums) in zip(names, days) where !sums.isEmpty {
            usage.series[name] = sums.mapValues { sum in
                BilledUsage.BilledDay(
                    effective: sum.effective, quantity: sum.quantity, unit: sum.quantity == nil ? nil : sum.unit, sku: sum.sku)
            }
        }
        return usage
    }
}
