/// What the parts of a bill together will cost, with an 80 % interval, day by day and for spans of days.
package struct TotalForecast: Sendable {
    package struct Range: Equatable, Sendable {
        package var expected: Double
        package var low: Double
        package var high: Double
    }

    /// The day from which on costs are forecast: the first one whose charges are not complete.
    package let origin: Int
    private let totals: [Double]
    private let expected: [Double]

    /// - Parameters:
    ///   - totals: What was billed so far, money per day, the incomplete days too; NaN is a day of which nothing is known.
    ///   - unsettled: How many days at the end are incomplete.
    ///   - expected: The sum of the parts' forecasts, from the first incomplete day on.
    package init(totals: [Double], unsettled: Int, expected: [Double]) {
        self.totals = totals
        origin = max(0, totals.count - unsettled)
        self.expected = expected
    }

    /// One day's cost: of an incomplete day the larger of the forecast and what has arrived.
    package func value(on day: Int) -> Double {
        guard day >= origin else { return totals[day].isNaN ? 0 : totals[day] }
        let forecast = day - origin < expected.count ? expected[day - origin] : 0
        guard day < totals.count, !totals[day].isNaN else { return forecast }
        return max(forecast, totals[day])
    }

    package func range(of days: Swift.Range<Int>) -> Range {
        var known = 0.0
        var seen = 0.0
        var rest = 0.0
        for day in days where day >= 0 {
            if day < origin {
                known += value(on: day)
            } else {
                rest += value(on: day)
                if day < totals.count, !totals[day].isNaN { seen += totals[day] }
            }
        }
        let open = days.clamped(to: max(origin, days.lowerBound)..<max(origin, days.upperBound))
        guard !open.isEmpty else { return Range(expected: known, low: known, high: known) }
        // How far ahead the span ends decides how sure it is, not how long it is.
        let interval = ForecastInterval(Array(totals[..<origin]), days: min(max(1, days.upperBound - origin), 92))
        let low = max(min(rest, seen), rest + interval.low * abs(rest))
        return Range(expected: known + rest, low: known + min(low, rest), high: known + rest + interval.high * abs(rest))
    }
}
