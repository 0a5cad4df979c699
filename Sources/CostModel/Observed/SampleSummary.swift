/// What the samples of one resource and metric say over a look-back. There is at least one sample; without one there is no summary.
///
/// It rests on the samples themselves or on what a snapshot recorded of them; whoever reads it need not know which.
package struct SampleSummary: Hashable, Sendable {
    private enum Basis: Hashable {
        case samples(ArraySlice<SampleSeries.Sample>, window: Range<Instant>)
        case recorded(RecordedSummary, percentiles: [FixedDecimal])
    }

    package let count: Int
    /// The times of the oldest and the newest sample.
    package let first: Instant
    package let last: Instant
    private let basis: Basis

    /// Nil without samples in the window.
    ///
    /// - Parameter window: start inclusive, end exclusive.
    package init?(_ series: SampleSeries, within window: Range<Instant>) {
        let samples = series.within(window)
        guard let first = samples.first, let last = samples.last else { return nil }
        count = samples.count
        self.first = first.time
        self.last = last.time
        basis = .samples(samples, window: window)
    }

    /// - Parameter percentiles: ascending; the record has a value for each.
    package init(_ record: RecordedSummary, percentiles: [FixedDecimal]) {
        precondition(record.values.count == percentiles.count, "a recorded summary has a value for each percentile")
        count = record.count
        first = record.first
        last = record.last
        basis = .recorded(record, percentiles: percentiles)
    }

    package var min: Double {
        switch basis {
        case .samples(let samples, _): samples.reduce(.infinity) { Swift.min($0, $1.value) }
        case .recorded(let record, _): record.min
        }
    }

    package var max: Double {
        switch basis {
        case .samples(let samples, _): samples.reduce(-.infinity) { Swift.max($0, $1.value) }
        case .recorded(let record, _): record.max
        }
    }

    /// The arithmetic mean, each sample weighing the same.
    package var mean: Double {
        switch basis {
        // Each is divided before it is added: the sum of finite samples may not be finite.
        case .samples(let samples, _): samples.reduce(0) { $0 + $1.value / Double(samples.count) }
        case .recorded(let record, _): record.mean
        }
    }

    /// The longest time without a sample, from the start of the look-back to its end.
    package var longestGap: TimeSpan {
        switch basis {
        case .samples(let samples, let window):
            var longest: Int64 = 0
            var last = window.lowerBound
            for sample in samples {
                longest = Swift.max(longest, sample.time.seconds - last.seconds)
                last = sample.time
            }
            return TimeSpan(seconds: Swift.max(longest, window.upperBound.seconds - last.seconds))
        case .recorded(let record, _): return record.longestGap
        }
    }

    /// The nearest-rank percentile; nil where it was not recorded.
    ///
    /// - Parameter percentile: above 0, at most 100.
    package func percentile(_ percentile: FixedDecimal) -> Double? {
        switch basis {
        case .samples(let samples, _): return samples.percentile(percentile)
        case .recorded(let record, let percentiles):
            let index = percentiles.partitioningIndex { $0 >= percentile }
            return index < percentiles.count && percentiles[index] == percentile ? record.values[index] : nil
        }
    }

    /// The share of the samples that are above a value; nil without single samples.
    package func share(above limit: Double) -> Double? {
        guard case .samples(let samples, _) = basis else { return nil }
        return Double(samples.count { $0.value > limit }) / Double(samples.count)
    }

    /// What stays of it without the samples.
    package func recorded(percentiles: [FixedDecimal]) -> RecordedSummary {
        let values: [Double]
        switch basis {
        case .samples(let samples, _):
            let sorted = samples.map(\.value).sorted()
            values = percentiles.map { sorted.nearestRank($0) }
        case .recorded(let record, let known):
            precondition(known == percentiles, "a record holds its own percentiles")
            values = record.values
        }
        return RecordedSummary(
            count: count, first: first, last: last, longestGap: longestGap, min: min, max: max, mean: mean, values: values)
    }
}

/// The figures of a summary whose samples are not at hand.
package struct RecordedSummary: Hashable, Sendable {
    package var count: Int
    package var first: Instant
    package var last: Instant
    package var longestGap: TimeSpan
    package var min: Double
    package var max: Double
    package var mean: Double
    /// One for each percentile of the table that holds it.
    package var values: [Double]

    package init(
        count: Int, first: Instant, last: Instant, longestGap: TimeSpan, min: Double, max: Double, mean: Double, values: [Double]
    ) {
        self.count = count
        self.first = first
        self.last = last
        self.longestGap = longestGap
        self.min = min
        self.max = max
        self.mean = mean
        self.values = values
    }
}
