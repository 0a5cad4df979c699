/// How far a total strays from what a plain forecast says: the 80 % interval of a forecast over some days, relative to it.
///
/// From origins every three days over 150 days, what the days from there on cost is compared with the means of their weekdays over the four
/// weeks before. Of these relative errors the 10 % and the 90 % quantile are taken, times 0.8 because the forecast is better than that, and
/// never beyond 0. The totals are the raw ones: anomalies will come again. (Variances of single days added up are far too narrow.)
package struct ForecastInterval: Equatable, Sendable {
    /// At most 0; -0.1 is 10 % below the forecast.
    package var low: Double
    /// At least 0.
    package var high: Double
    /// How many origins there were; with fewer than six the interval is ±30 %.
    package var origins: Int

    /// - Parameters:
    ///   - totals: Money per day; NaN is a day of which nothing is known.
    ///   - days: Over how many days, at least 1.
    package init(_ totals: [Double], days: Int) {
        var errors: [Double] = []
        let newest = totals.count - days
        for origin in stride(from: newest, to: max(28, newest - 150), by: -3) {
            var expected = 0.0
            var actual = 0.0
            for day in origin..<(origin + days) where !totals[day].isNaN {
                var sum = 0.0
                var count = 0.0
                var index = day - 7
                while index >= origin - 28 {
                    if index < origin, !totals[index].isNaN {
                        sum += totals[index]
                        count += 1
                    }
                    index -= 7
                }
                guard count > 0 else { continue }
                expected += sum / count
                actual += totals[day]
            }
            if expected != 0 { errors.append((actual - expected) / abs(expected)) }
        }
        origins = errors.count
        guard origins >= 6 else {
            (low, high) = (-0.3, 0.3)
            return
        }
        low = min(0, 0.8 * Middle.quantile(errors, 0.1))
        high = max(0, 0.8 * Middle.quantile(errors, 0.9))
    }
}
