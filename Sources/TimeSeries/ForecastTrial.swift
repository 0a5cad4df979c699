/// How a forecast would have done on this very series, beside the plainest one that people use.
package struct ForecastTrial: Equatable, Sendable {
    /// The mean of |forecast − actual| / |actual| over the origins, each for the sum of `horizon` days.
    package var error: Double
    /// The same of the seasonal naive forecast: the last known week again and again.
    package var naive: Double
    package var origins: Int

    /// Days that are forecast from each origin.
    package static let horizon = 28

    /// The origins of a period of which `settled` days are complete: four weeks before the end and every two weeks before that, six at most,
    /// never within the first eight weeks.
    package static func origins(settled: Int) -> [Int] {
        (0..<6).map { settled - horizon - 14 * $0 }.filter { $0 >= 56 }
    }

    /// - Parameters:
    ///   - totals: Money per day; NaN is a day of which nothing is known.
    ///   - forecasts: By origin: what would have been said of each of the days from there on.
    /// Nil: nothing could be tried, or nothing was billed.
    package init?(totals: [Double], forecasts: [Int: [Double]]) {
        var errors = 0.0
        var naives = 0.0
        var count = 0
        for (origin, forecast) in forecasts.sorted(by: { $0.key < $1.key }) {
            var actual = 0.0
            var expected = 0.0
            var naive = 0.0
            for (ahead, value) in forecast.enumerated() where origin + ahead < totals.count && !totals[origin + ahead].isNaN {
                var same = origin + ahead - 7 * (ahead / 7 + 1)
                while same >= 7, totals[same].isNaN { same -= 7 }
                guard same >= 0, !totals[same].isNaN else { continue }
                actual += totals[origin + ahead]
                expected += value
                naive += totals[same]
            }
            guard actual != 0 else { continue }
            errors += abs(expected - actual) / abs(actual)
            naives += abs(naive - actual) / abs(actual)
            count += 1
        }
        guard count > 0 else { return nil }
        error = errors / Double(count)
        naive = naives / Double(count)
        origins = count
    }
}
