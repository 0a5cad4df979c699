import CostModel

/// What a resource costs less on a mean day, after than before.
struct DailySaving {
    var perDay: FixedDecimal
    /// How many days were compared on each side.
    let before: Int
    let after: Int
    /// What the bill counts; nil: whole days were compared.
    let unit: String?
    /// Whether other changes have a part in it.
    var isShared = false

    /// Nil where too few days have a like one on the other side.
    init?(of resource: BilledResource, before: [Day], after: [Day]) {
        let (before, after) = Self.alike(before, after)
        guard before.count >= BeforeAndAfter.fewest, after.count >= BeforeAndAfter.fewest else { return nil }
        if let unit = before.compactMap(resource.unit).last,
            let counted = Self.counted(resource, before, after, unit)
        {
            self = counted
            return
        }
        let saved = Self.usualCost(of: resource, before) - Self.usualCost(of: resource, after)
        self.init(perDay: saved, before: before.count, after: after.count, unit: nil)
    }

    private init(perDay: FixedDecimal, before: Int, after: Int, unit: String?) {
        self.perDay = perDay
        self.before = before
        self.after = after
        self.unit = unit
    }

    /// The median of each weekday. Two odd days among four of one weekday would still move it, so days that cost more than twice the
    /// lower half of their weekday's are left out first.
    private static func usualCost(of resource: BilledResource, _ days: [Day]) -> FixedDecimal {
        meanDay(days) { days in
            let sorted = days.map(resource.cost).sorted()
            let usual = sorted[(sorted.count - 1) / 2]
            return median(usual > .zero ? sorted.filter { $0 <= usual + usual } : sorted)
        }
    }

    /// By the cost of a unit, times what is used now. The cost of a unit is a median, so that one odd day says nothing; use is a mean, for
    /// every unit of it was paid.
    private static func counted(_ resource: BilledResource, _ before: [Day], _ after: [Day], _ unit: String) -> DailySaving? {
        let (before, after) = alike(
            before.filter { resource.quantity(on: $0, in: unit) != nil }, after.filter { resource.quantity(on: $0, in: unit) != nil })
        let (old, new) = (before.compactMap(resource.unitCost), after.compactMap(resource.unitCost))
        guard before.count >= BeforeAndAfter.fewest, after.count >= BeforeAndAfter.fewest, !old.isEmpty, !new.isEmpty else { return nil }
        let used = meanDay(after) { days in mean(days.compactMap { resource.quantity(on: $0, in: unit) }) }
        let saved = median(old) - median(new)
        // What cannot be an amount of a bill is not multiplied: the product might be none that can be held.
        guard abs(saved.approximation * used.approximation) < 1e12 else { return nil }
        return DailySaving(perDay: saved.times(used), before: before.count, after: after.count, unit: unit)
    }

    /// The days whose weekday the other side has too.
    private static func alike(_ before: [Day], _ after: [Day]) -> (before: [Day], after: [Day]) {
        let weekdays = Set(before.map(\.weekday)).intersection(after.map(\.weekday))
        return (before.filter { weekdays.contains($0.weekday) }, after.filter { weekdays.contains($0.weekday) })
    }

    /// The mean over the weekdays of one value for each.
    private static func meanDay(_ days: [Day], _ value: ([Day]) -> FixedDecimal) -> FixedDecimal {
        mean(Dictionary(grouping: days, by: \.weekday).values.map(value))
    }

    private static func mean(_ values: [FixedDecimal]) -> FixedDecimal {
        values.isEmpty ? .zero : values.reduce(.zero, +).scaled(by: 1, over: Int128(values.count))
    }

    private static func median(_ values: [FixedDecimal]) -> FixedDecimal {
        let sorted = values.sorted()
        return mean(Array(sorted[(sorted.count - 1) / 2...sorted.count / 2]))
    }
}
