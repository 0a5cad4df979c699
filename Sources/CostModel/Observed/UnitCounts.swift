/// What was counted of a metric, by day and key. A day without any row is missing; on one that has some, a key without a row counted nothing.
package struct UnitCounts: Hashable, Sendable {
    package private(set) var days: [Day: [String: FixedDecimal]] = [:]

    package init() {}

    /// - Returns: false where the day has another value of the key already.
    package mutating func add(_ value: FixedDecimal, _ key: String, on day: Day) -> Bool {
        days[day, default: [:]].updateValue(value, forKey: key) == nil
    }

    /// Nil on a day that is missing.
    package func value(of key: String, on day: Day) -> FixedDecimal? { days[day].map { $0[key] ?? .zero } }

    /// Of all keys together.
    package func total(on day: Day) -> FixedDecimal? { days[day].map { $0.values.reduce(.zero, +) } }

    /// Those that have a value above zero on some day.
    package var keys: Set<String> { Set(days.values.flatMap { day in day.filter { $0.value > .zero }.keys }) }
}
