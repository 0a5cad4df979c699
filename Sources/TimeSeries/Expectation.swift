/// What a day is expected to cost, from the 56 days before it, and how far it usually strays.
///
/// All of it is medians, so that one bad day, or ten, moves nothing:
///
/// 1. *Week.* A weekday's effect is its median less the median of all. The effects are kept only where they remove at least 15 % of the
///    sum of absolute deviations, and never from fewer than 21 days.
/// 2. *Trend.* The means of whole weeks back from the newest day (five known days each, four weeks at least); the median of all pairwise
///    slopes (Theil and Sen), if 80 % of those that move agree in sign, else none.
/// 3. *Level.* The median of the newest 28 values without week and trend.
/// 4. *Scale.* 1.4826 × the median absolute deviation from that level (a standard deviation, were the days normally distributed), at least
///    1 % of the expectation and at least `floor`.
///
/// Values are money per day; NaN is a day that nothing is known about, which is in no median.
package struct Expectation: Equatable, Sendable {
    /// Level plus the weekday's effect, at least 0.
    package var expected: Double
    package var scale: Double
    /// The second largest excess over the level in the window, at least 0: what the series does now and then without being unusual.
    package var worst: Double

    package static let window = 56

    /// The expectation of the day at index `day` by the values before it.
    ///
    /// - Parameters:
    ///   - values: A value per day; those at `day` and later are not read.
    ///   - start: Days before this index are forgotten.
    ///   - floor: The least scale, in the values' unit.
    package init(of values: [Double], day: Int, start: Int = 0, floor: Double) {
        let parts = SeriesLevel(values, before: day, start: start)
        expected = max(0, parts.level + parts.week[day % 7])
        var deviations: [Double] = []
        deviations.reserveCapacity(parts.detrended.count)
        var largest = 0.0
        var second = 0.0
        for value in parts.detrended {
            let excess = value - parts.level
            deviations.append(abs(excess))
            if excess > largest {
                second = largest
                largest = excess
            } else if excess > second {
                second = excess
            }
        }
        scale = max(1.4826 * Middle.median(reordering: &deviations), 0.01 * expected, floor)
        worst = second
    }
}

/// A series' robust level, weekday effects and trend before a day.
struct SeriesLevel {
    /// The level at `before`, by the trend.
    var level: Double
    /// By index modulo 7; zeros where the week does not matter.
    var week: [Double]
    /// Per day.
    var slope: Double
    /// The known values of the window without week and trend, oldest first.
    var detrended: [Double] = []

    init(_ values: [Double], before day: Int, start: Int) {
        let first = max(0, start, day - Expectation.window)
        var days: [Int] = []
        var known: [Double] = []
        days.reserveCapacity(Expectation.window)
        known.reserveCapacity(Expectation.window)
        for index in first..<max(first, day) where !values[index].isNaN {
            days.append(index)
            known.append(values[index])
        }
        week = [Double](repeating: 0, count: 7)
        slope = 0
        // Most leaves of a bill are fixed prices: nothing is to be found in what never moves.
        if let value = known.first, known.allSatisfy({ $0 == value }) {
            level = value
            detrended = known
            return
        }
        week = Self.week(days, known)
        for index in known.indices { known[index] -= week[days[index] % 7] }
        slope = Self.slope(days, known, before: day)
        if slope != 0 { for index in known.indices { known[index] -= slope * Double(days[index] - day) } }
        detrended = known
        level = known.withUnsafeMutableBufferPointer { buffer in
            Middle.median(reordering: UnsafeMutableBufferPointer(rebasing: buffer[max(0, buffer.count - 28)...]))
        }
    }

    private static func week(_ days: [Int], _ values: [Double]) -> [Double] {
        let none = [Double](repeating: 0, count: 7)
        guard values.count >= 21 else { return none }
        let middle = Middle.median(values)
        var effects = none
        // At most eight days of the window are of one weekday, and one more where it begins and ends with it.
        withUnsafeTemporaryAllocation(of: Double.self, capacity: 7 * 9) { room in
            var counts = (0, 0, 0, 0, 0, 0, 0)
            withUnsafeMutableBytes(of: &counts) { bytes in
                let counts = bytes.bindMemory(to: Int.self)
                for index in days.indices {
                    let weekday = days[index] % 7
                    room.initializeElement(at: weekday * 9 + counts[weekday], to: values[index])
                    counts[weekday] += 1
                }
                for weekday in 0..<7 where counts[weekday] > 0 {
                    let group = UnsafeMutableBufferPointer(rebasing: room[weekday * 9..<weekday * 9 + counts[weekday]])
                    effects[weekday] = Middle.median(reordering: group) - middle
                }
            }
        }
        var without = 0.0
        var with = 0.0
        for index in days.indices {
            without += abs(values[index] - middle)
            with += abs(values[index] - middle - effects[days[index] % 7])
        }
        return without > 0 && with <= 0.85 * without ? effects : none
    }

    private static func slope(_ days: [Int], _ values: [Double], before day: Int) -> Double {
        var sums = [Double](repeating: 0, count: 8)
        var counts = [Int](repeating: 0, count: 8)
        for index in days.indices {
            let back = (day - 1 - days[index]) / 7
            sums[back] += values[index]
            counts[back] += 1
        }
        let weeks = (0..<8).filter { counts[$0] >= 5 }
        guard weeks.count >= 4 else { return 0 }
        var slopes: [Double] = []
        var rising = 0
        var falling = 0
        for (place, later) in weeks.enumerated() {
            for earlier in weeks[(place + 1)...] {
                let change = sums[later] / Double(counts[later]) - sums[earlier] / Double(counts[earlier])
                let slope = change / Double(earlier - later) / 7
                slopes.append(slope)
                if slope > 0 { rising += 1 } else if slope < 0 { falling += 1 }
            }
        }
        let moving = rising + falling
        guard moving > 0, Double(max(rising, falling)) >= 0.8 * Double(moving) else { return 0 }
        return Middle.median(reordering: &slopes)
    }
}
