import CostModel

/// One resource's days on the bill, under all its names.
struct BilledResource {
    /// A day's cost of a unit moves by more than one part in so many before it counts as another price.
    private static let sameness: Int128 = 100

    let first: Day
    private let days: [Day: BilledUsage.BilledDay]

    /// - Precondition: each name has a day at least.
    init(_ names: [String], of usage: BilledUsage) {
        var days: [Day: BilledUsage.BilledDay] = [:]
        for name in Set(names).sorted() { days.merge(usage.series[name] ?? [:], uniquingKeysWith: +) }
        self.days = days
        first = days.keys.min() ?? Day(Int32.max)
    }

    func isBilled(on day: Day) -> Bool { days[day] != nil }
    func cost(on day: Day) -> FixedDecimal { days[day]?.effective ?? .zero }
    func unit(on day: Day) -> String? { days[day]?.unit }

    /// How many units were used; nil: the bill does not say, or not in this unit. A day without a charge has none.
    func quantity(on day: Day, in unit: String) -> FixedDecimal? {
        guard let billed = days[day] else { return .zero }
        guard billed.unit == unit, let quantity = billed.quantity, quantity >= Self.least else { return nil }
        return quantity
    }

    /// What a unit cost; nil where that cannot be told.
    func unitCost(on day: Day) -> FixedDecimal? {
        guard let billed = days[day], let quantity = billed.quantity, quantity >= Self.least, billed.effective.magnitude < Self.highest
        else { return nil }
        return billed.effective.scaled(by: FixedDecimal.unit, over: quantity.raw)
    }

    /// Smaller quantities and higher costs tell nothing of a price, and their quotient may be none that can be held.
    private static let least = FixedDecimal(raw: FixedDecimal.unit / 1_000_000)
    private static let highest = FixedDecimal(1_000_000_000_000)

    /// The first whole day on which a change was in effect: from when on another product is billed, or another price, else the day after
    /// the merge. Applying may lag behind merging.
    func effect(ofMerge merged: Day, in calendar: BillCalendar) -> Day {
        let fallback = merged.advanced(by: 1)
        let before = calendar.days(before: merged).filter(isBilled)
        let after = calendar.days(from: merged).filter(isBilled)
        guard let day = newProduct(before, after) ?? newPrice(before, after) else { return fallback }
        return max(fallback, day)
    }

    private func newProduct(_ before: [Day], _ after: [Day]) -> Day? {
        let old = Set(before.compactMap { days[$0]?.sku })
        guard !old.isEmpty else { return nil }
        // A day on which both are billed has no product of its own, and is passed over.
        return after.first { day in days[day]?.sku.map { !old.contains($0) } ?? false }
    }

    private func newPrice(_ before: [Day], _ after: [Day]) -> Day? {
        let old = before.compactMap(unitCost)
        guard let low = old.min(), let high = old.max() else { return nil }
        let margin = max(low.magnitude, high.magnitude).scaled(by: 1, over: Self.sameness)
        let unit = before.last.flatMap { self.unit(on: $0) }
        let priced = after.filter { days[$0]?.unit == unit }.compactMap { day in unitCost(on: day).map { (day: day, cost: $0) } }
        func isOther(_ cost: FixedDecimal) -> Bool { cost < low - margin || cost > high + margin }
        // One odd day is no new price; and on the day of the change itself both prices may be mixed.
        for (at, now) in priced.enumerated() where isOther(now.cost) {
            guard at + 1 < priced.count else { return nil }
            let then = priced[at + 1]
            guard isOther(then.cost) else { continue }
            return (now.cost - then.cost).magnitude > margin ? then.day : now.day
        }
        return nil
    }
}

extension BilledUsage.BilledDay {
    /// Two rows of one day, under two names.
    fileprivate static func + (a: BilledUsage.BilledDay, b: BilledUsage.BilledDay) -> BilledUsage.BilledDay {
        var sum = BilledUsage.BilledDay(effective: a.effective + b.effective, sku: a.sku == b.sku ? a.sku : nil)
        if let left = a.quantity, let right = b.quantity, a.unit == b.unit {
            sum.quantity = left + right
            sum.unit = a.unit
        }
        return sum
    }
}
