import CostModel

/// Adds up what each resource was charged for each thing at on-demand prices, of the days shortly before now: what a unit costs the workspace itself.
final class UnitTally {
    /// More days are not kept: prices of long ago are none of today.
    static let reach = 60
    static let length = 28

    private struct Key: Hashable {
        var resource: String
        var sku: String?
        var unit: String?
    }

    private struct Sum {
        var cost = FixedDecimal.zero
        /// Nil once a row states none.
        var quantity: FixedDecimal? = .zero
    }

    private let days: Range<Day>
    private var sums: [Key: [Day: Sum]] = [:]
    private(set) var newest: Day?

    init(before today: Day) {
        days = today.advanced(by: -Self.reach)..<today
    }

    /// Whether an invoice of a month may have charges that count: nothing else of its rows is decoded. An invoice may begin with the days of the
    /// month after.
    func reaches(_ month: Month) -> Bool { month >= days.lowerBound.month.advanced(by: -1) }

    /// - Parameter charge: in the workspace's currency.
    func add(_ row: some BillRow, _ charge: Charge) throws(FieldFault) {
        guard days.contains(charge.day), charge.category == .usage, charge.stated.contains(.contracted) else { return }
        newest = max(newest ?? charge.day, charge.day)
        let pricing = row.pricing()
        guard pricing.isOnDemand else { return }
        guard let resource = try Self.text(.resource, of: row) else { return }
        let price = try Self.text(.skuPrice, of: row)
        let sku = price == nil ? try Self.text(.sku, of: row) : price
        let key = Key(resource: resource, sku: sku, unit: pricing.quantity?.unit)
        var sum = sums[key]?[charge.day] ?? Sum()
        sum.cost += charge.amounts.contracted
        if let known = sum.quantity, let amount = pricing.quantity?.amount { sum.quantity = known + amount } else { sum.quantity = nil }
        sums[key, default: [:]][charge.day] = sum
    }

    private static func text(_ text: ChargeText, of row: some BillRow) throws(FieldFault) -> String? {
        let bytes = try row.text(text)
        return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
    }

    /// By the resource's identifier as billed, of the newest 28 days; sorted by what they are for.
    var units: [String: [BilledUnit]] {
        guard let newest else { return [:] }
        let window = newest.advanced(by: 1 - Self.length)...newest
        var result: [String: [BilledUnit]] = [:]
        for (key, sums) in sums {
            let current = sums.filter { window.contains($0.key) }
            guard !current.isEmpty else { continue }
            var unit = BilledUnit(sku: key.sku, unit: key.unit, cost: .zero, quantity: key.unit == nil ? nil : .zero, days: current.count)
            for sum in current.values {
                unit.cost += sum.cost
                if let known = unit.quantity, let amount = sum.quantity { unit.quantity = known + amount } else { unit.quantity = nil }
            }
            result[key.resource, default: []].append(unit)
        }
        return result.mapValues { $0.sorted { ($0.sku ?? "", $0.unit ?? "") < ($1.sku ?? "", $1.unit ?? "") } }
    }
}

/// How a row's price came about.
struct RowPricing {
    /// What the price is for, which is not always what was consumed.
    var quantity: ChargeQuantity?
    /// Neither covered by a commitment nor of a market that changes.
    var isOnDemand: Bool
}
