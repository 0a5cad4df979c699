/// What a scope's days cost when nothing happens: the robust level before a period, its weekdays, and what recurs on the same days of each
/// month; held for the whole period, because a plan that follows the spending would never be missed.
package struct DailyPlan: Equatable, Sendable {
    /// Money per day of the period.
    package let days: [Double]
    /// The standard deviation of a usual day from it: 1.4826 × the median absolute deviation, at least 1 % of the level.
    package let noise: Double

    /// With fewer known days before a period nothing can be planned.
    package static let leastDays = 28

    /// Nil: too few days are known.
    ///
    /// - Parameters:
    ///   - values: Money per day up to the period at least; NaN is a day of which nothing is known.
    ///   - start: The index of the period's first day.
    ///   - count: How many days the period has.
    package init?(_ values: [Double], start: Int, count: Int, firstEpochDay: Int) {
        guard values[..<min(start, values.count)].suffix(Expectation.window).count(where: { !$0.isNaN }) >= Self.leastDays else {
            return nil
        }
        let level = SeriesLevel(values, before: start, start: 0)
        var deviations = level.detrended.map { abs($0 - level.level) }
        noise = max(1.4826 * Middle.median(reordering: &deviations), 0.01 * abs(level.level))
        /// What a day before the period cost above the level.
        func excess(_ day: Int) -> Double? {
            guard day >= 0, day < start, !values[day].isNaN else { return nil }
            return values[day] - level.level - level.week[day % 7]
        }
        days = (start..<start + count).map { day in
            let places = MonthPlace.precedents(of: firstEpochDay + day)
            func typical(_ days: [Int]) -> Double {
                let known = days.compactMap { excess($0 - firstEpochDay) }
                // Once is no habit.
                return known.count < 2 ? 0 : Middle.median(known)
            }
            let recurring = max(typical(places.byDay), typical(places.byEnd))
            return max(0, level.level + level.week[day % 7] + (recurring > 0.3 * abs(level.level) ? recurring : 0))
        }
    }
}
