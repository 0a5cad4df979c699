import CostModel

/// What was counted of one metric day by day, as an objective reads it.
struct DailyMetric {
    /// Why nothing can be said.
    struct Gap: Error, Hashable {
        let reason: String
    }

    /// A metric whose newest day is older than so many days says nothing of today, as a bill by default.
    static let maximumAge = 3
    /// Sums beyond it are no counts of anything.
    private static let largest = FixedDecimal(1_000_000_000_000_000)

    enum Reading {
        /// One value a day, such as a percentile: a day without a row has none.
        case values
        /// Things that were counted: on a day with rows, a key without one counted nothing.
        case counts
    }

    let name: String
    private let counts: UnitCounts
    private let key: String?
    private let reading: Reading

    init(_ name: String, key: String?, as reading: Reading, in metrics: [String: ObservedMetric]) throws(Gap) {
        guard let observed = metrics[name] else { throw Gap(reason: "nothing was observed of the metric '\(name)'") }
        if let gap = observed.gap { throw Gap(reason: "the metric '\(name)' could not be read whole: \(gap)") }
        let keys = observed.counts.days.values.reduce(into: Set<String>()) { $0.formUnion($1.keys) }
        guard !keys.isEmpty else { throw Gap(reason: "the metric '\(name)' has no values") }
        if let key, !keys.contains(key) { throw Gap(reason: "the metric '\(name)' has no key '\(key)'") }
        if key == nil, keys.count > 1, case .values = reading {
            throw Gap(reason: "the metric '\(name)' has \(keys.count) keys: the objective must state one as 'key'")
        }
        self.name = name
        counts = observed.counts
        if case .values = reading { self.key = key ?? keys.first } else { self.key = key }
        self.reading = reading
    }

    /// Nil on a day that is missing.
    func value(on day: Day) throws(Gap) -> FixedDecimal? {
        guard let values = counts.days[day] else { return nil }
        var sum = FixedDecimal.zero
        if let key {
            guard let value = values[key] else {
                if case .counts = reading { return .zero }
                return nil
            }
            sum = value
        } else {
            for value in values.values {
                guard value <= Self.largest, sum <= Self.largest else { break }
                sum += value
            }
        }
        guard sum <= Self.largest, values.values.allSatisfy({ $0 <= Self.largest }) else {
            throw Gap(reason: "the metric '\(name)' has a value on \(day) that is larger than anything that is counted")
        }
        return sum
    }

    /// The sum of some days, none of which is missing.
    func sum(_ days: ClosedRange<Day>) throws(Gap) -> FixedDecimal {
        var sum = FixedDecimal.zero
        var missing: [Day] = []
        for day in days {
            guard let value = try value(on: day) else {
                missing.append(day)
                continue
            }
            sum += value
            guard sum <= Self.largest else {
                throw Gap(reason: "the sum of the metric '\(name)' is larger than anything that is counted")
            }
        }
        if !missing.isEmpty { throw Gap(reason: Self.missing(missing, of: name, days)) }
        return sum
    }

    /// The newest so many days that all metrics know of, which are not older than `maximumAge`.
    static func window(of metrics: [DailyMetric], days count: Int, before today: Day) throws(Gap) -> ClosedRange<Day> {
        for age in 1...maximumAge {
            let end = today.advanced(by: -age)
            if metrics.allSatisfy({ $0.counts.days[end] != nil }) { return end.advanced(by: 1 - count)...end }
        }
        for metric in metrics {
            guard let newest = metric.counts.days.keys.filter({ $0 < today }).max() else {
                throw Gap(reason: "the metric '\(metric.name)' has no value before \(today)")
            }
            if newest < today.advanced(by: -maximumAge) {
                throw Gap(
                    reason: "the newest value of the metric '\(metric.name)' is of \(newest), more than \(maximumAge) days before \(today)")
            }
        }
        let names = metrics.map { "'\($0.name)'" }.joined(separator: " and ")
        throw Gap(reason: "the metrics \(names) have no day of the last \(maximumAge) in common")
    }

    static func missing(_ missing: [Day], of name: String, _ days: ClosedRange<Day>) -> String {
        let more = missing.count > 1 ? " and \(missing.count - 1) more" : ""
        return "the metric '\(name)' has no value on \(missing[0])\(more) of the \(days.count) days to \(days.upperBound)"
    }
}
