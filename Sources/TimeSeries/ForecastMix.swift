/// Three plain forecasts of a series that costs something on most days, weighed by how each did on this very series.
///
/// - *Last*: the median of the last three days.
/// - *Smoothed*: weekday effects by means; the rest exponentially smoothed (0.3), with a quarter of its straight line's slope.
/// - *Robust*: level, weekday effects and trend as `SeriesLevel` has them; half of the trend, for 30 days at most.
///
/// Each is asked what it would have said 28, 23, 18, 13 and 8 days ago for up to 14 days. Its error is, per day, the absolute error of the
/// sum and 0.3 times the sum of absolute errors; its weight is 1 / (error + 0.2 % of the mean)².
///
/// Values are money per day, without gaps.
struct ForecastMix {
    private let last: Double
    private let smoothed: Smoothed
    private let robust: SeriesLevel
    private let weights: [Double]
    private let origin: Int

    init(_ values: [Double], before day: Int, start: Int = 0) {
        let models = Models(values, before: day, start: start)
        (last, smoothed, robust) = (models.last, models.smoothed, models.robust)
        origin = day
        var errors = [Double](repeating: 0, count: 3)
        var origins = 0
        for back in [28, 23, 18, 13, 8] where day - back >= start + Self.leastHistory {
            let from = day - back
            let past = Models(values, before: from, start: start)
            let days = from..<min(day, from + 14)
            origins += 1
            for model in 0..<3 {
                var sum = 0.0
                var absolute = 0.0
                for index in days {
                    let error = values[index] - past.value(model, on: index, from: from)
                    sum += error
                    absolute += abs(error)
                }
                errors[model] += (abs(sum) + 0.3 * absolute) / Double(days.count)
            }
        }
        let mean = Middle.mean(values[max(start, day - Expectation.window)..<day])
        let raw = errors.map { error in
            let bounded = (origins > 0 ? error / Double(origins) : 0) + 0.002 * abs(mean) + 1e-9
            return 1 / (bounded * bounded)
        }
        let sum = raw.reduce(0, +)
        weights = raw.map { $0 / sum }
    }

    /// An origin with fewer days before it says nothing about a model.
    private static let leastHistory = 14

    func value(on day: Int) -> Double {
        weights[0] * last + weights[1] * smoothed.value(on: day, from: origin)
            + weights[2] * Models.robust(robust, on: day, from: origin)
    }

    private struct Models {
        var last: Double
        var smoothed: Smoothed
        var robust: SeriesLevel

        init(_ values: [Double], before day: Int, start: Int) {
            last = Middle.median(Array(values[max(start, day - 3)..<day]))
            smoothed = Smoothed(values, before: day, start: start)
            robust = SeriesLevel(values, before: day, start: start)
        }

        func value(_ model: Int, on day: Int, from origin: Int) -> Double {
            switch model {
            case 0: last
            case 1: smoothed.value(on: day, from: origin)
            default: Self.robust(robust, on: day, from: origin)
            }
        }

        static func robust(_ level: SeriesLevel, on day: Int, from origin: Int) -> Double {
            max(0, level.level + level.week[day % 7] + 0.5 * level.slope * Double(min(30, day - origin)))
        }
    }

    private struct Smoothed {
        private var week = [Double](repeating: 0, count: 7)
        private var level = 0.0
        private var slope = 0.0

        init(_ values: [Double], before day: Int, start: Int) {
            let days = max(start, day - Expectation.window)..<day
            guard !days.isEmpty else { return }
            let mean = Middle.mean(values[days])
            if days.count >= 14 {
                var counts = [Double](repeating: 0, count: 7)
                for index in days {
                    week[index % 7] += values[index]
                    counts[index % 7] += 1
                }
                for weekday in 0..<7 { week[weekday] = week[weekday] / counts[weekday] - mean }
            }
            level = values[days.lowerBound] - week[days.lowerBound % 7]
            let middle = Double(days.lowerBound + days.upperBound - 1) / 2
            var with = 0.0
            var squares = 0.0
            for index in days {
                let value = values[index] - week[index % 7]
                level += 0.3 * (value - level)
                with += (Double(index) - middle) * (value - mean)
                squares += (Double(index) - middle) * (Double(index) - middle)
            }
            slope = squares > 0 ? with / squares : 0
        }

        func value(on day: Int, from origin: Int) -> Double {
            max(0, level + week[day % 7] + 0.25 * slope * Double(day - origin + 1))
        }
    }
}
