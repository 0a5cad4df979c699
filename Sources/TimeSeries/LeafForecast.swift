/// What a leaf will cost, by what kind of leaf it is.
package struct LeafForecast: Sendable {
    package enum Method: String, Sendable {
        /// It ran from day to day and has stopped: nothing more.
        case stopped
        /// It has run for less than two weeks: for as long again, then nothing.
        case new
        /// It comes at a place of the month: as in the months before.
        case calendar
        /// It comes now and then: its mean.
        case mean
        /// It costs something on most days: a mix of three methods, see `ForecastMix`.
        case mix
        /// It never cost anything.
        case none
    }

    /// Money per day, from the first day after the known ones.
    package var days: [Double]
    package var method: Method

    /// - Parameters:
    ///   - values: Money per known day, with everything unusual taken out; NaN is a day of which nothing is known.
    ///   - firstEpochDay: The day since 1970-01-01 of the first value.
    ///   - horizon: How many days to forecast.
    ///   - start: From which index on the series is what it is now; what was before a shift decides nothing but the calendar.
    package init(_ values: [Double], firstEpochDay: Int, horizon: Int, start: Int = 0) {
        let isCredit = values.reduce(0) { $1.isNaN ? $0 : $0 + $1 } < 0
        let filled = Self.filled(isCredit ? values.map { -$0 } : values)
        let (days, method) = Self.forecast(filled, firstEpochDay: firstEpochDay, horizon: horizon, forgotten: start)
        self.days = isCredit ? days.map { -$0 } : days
        self.method = method
    }

    /// A day of which nothing is known is presumed to have been like the one a week before.
    private static func filled(_ values: [Double]) -> [Double] {
        var values = values
        for index in values.indices where values[index].isNaN {
            values[index] = index >= 7 ? values[index - 7] : values[index...].first { !$0.isNaN } ?? 0
        }
        return values
    }

    private static func forecast(
        _ values: [Double], firstEpochDay: Int, horizon: Int, forgotten: Int
    ) -> ([Double], Method) {
        let count = values.count
        func constant(_ value: Double) -> [Double] { [Double](repeating: value, count: horizon) }
        guard let last = values.lastIndex(where: { $0 != 0 }), let first = values.firstIndex(where: { $0 != 0 }) else {
            return (constant(0), .none)
        }
        let before = max(0, last - 13)...last
        if count - 1 - last >= 6, values[before].count(where: { $0 != 0 }) >= 9 { return (constant(0), .stopped) }
        // The first day since the last week without any cost.
        var begin = last
        for index in stride(from: last, through: first, by: -1) where values[index] != 0 {
            if begin - index > 7 { break }
            begin = index
        }
        let age = count - begin
        if count - 1 - last < 7, begin == first, age < 14, first > 0 {
            let mean = Middle.mean(values[begin...])
            return ((0..<horizon).map { $0 < age ? mean : 0 }, .new)
        }
        // What stood still for four weeks begins anew: the silence before teaches nothing about what runs since.
        let pause = values[..<begin].lastIndex { $0 != 0 } ?? -29
        let isRunning = count - 1 - last < 7 && age >= 14 && begin - pause > 28
        let start = max(isRunning ? begin : 0, count - forgotten >= 14 ? forgotten : 0)
        let recent = max(start, count - 112)..<count
        let active = values[recent].count { $0 != 0 }
        guard Double(active) < 0.35 * Double(recent.count) else {
            let mix = ForecastMix(values, before: count, start: start)
            return ((0..<horizon).map { mix.value(on: count + $0) }, .mix)
        }
        if let days = calendar(values, recent: recent, firstEpochDay: firstEpochDay, horizon: horizon) { return (days, .calendar) }
        return (constant(Middle.mean(values[recent])), .mean)
    }

    /// As in the months before, where 60 % of the last active days were foretold so; else nil.
    private static func calendar(_ values: [Double], recent: Range<Int>, firstEpochDay: Int, horizon: Int) -> [Double]? {
        var values = values
        func foretold(_ day: Int) -> Double {
            let places = MonthPlace.precedents(of: firstEpochDay + day)
            func typical(_ days: [Int]) -> Double {
                Middle.median(days.map { $0 - firstEpochDay }.filter { $0 >= 0 && $0 < values.count }.map { values[$0] })
            }
            return max(typical(places.byDay), typical(places.byEnd))
        }
        let active = recent.filter { values[$0] != 0 }
        let right = active.count { foretold($0) > 0 }
        guard Double(right) >= 0.6 * Double(active.count) else { return nil }
        let count = values.count
        for day in count..<(count + horizon) { values.append(foretold(day)) }
        return Array(values[count...])
    }
}
