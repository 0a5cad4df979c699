/// How much resources are used, by the name that the metrics know them by, see `BilledName`. It holds the samples themselves, or
/// what a snapshot recorded of them; `summary` answers from either.
package struct UtilizationTable: Hashable, Sendable {
    package var series: [String: [Metric: SampleSeries]]
    /// Set where there are no samples but summaries.
    package var recorded: RecordedUtilization?

    package init(series: [String: [Metric: SampleSeries]] = [:]) {
        self.series = series
    }

    package init(_ recorded: RecordedUtilization) {
        series = [:]
        self.recorded = recorded
    }

    /// What the samples of a resource say over a look-back, under its arn, else under its id; nil without a sample.
    ///
    /// A recorded summary is that of the time of the recording, whatever `now` is. A look-back that was not recorded has none: ask `holds`.
    package func summary(of resource: Resource, _ metric: Metric, over lookback: TimeSpan, until now: Instant) -> SampleSummary? {
        for name in resource.billedNames + (resource.deployed?.comparableNames ?? []) {
            if let found = summary(named: name, metric, over: lookback, until: now) { return found }
        }
        return nil
    }

    private func summary(named name: String, _ metric: Metric, over lookback: TimeSpan, until now: Instant) -> SampleSummary? {
        if let recorded {
            return recorded.summaries[name]?[metric]?[lookback].map { SampleSummary($0, percentiles: recorded.percentiles) }
        }
        let window = min(now, now.subtracting(lookback))..<now
        return series[name]?[metric].flatMap { SampleSummary($0, within: window) }
    }

    /// The samples of a resource in a window, end exclusive, under its arn, else under its id; none where only summaries are at hand.
    package func samples(of resource: Resource, _ metric: Metric, within window: Range<Instant>) -> ArraySlice<SampleSeries.Sample> {
        for name in resource.billedNames + (resource.deployed?.comparableNames ?? []) {
            if let found = series[name]?[metric]?.within(window), !found.isEmpty { return found }
        }
        return []
    }

    /// Whether any look-back can be asked for.
    package var holdsSamples: Bool { recorded == nil }

    /// Whether a look-back can be asked for.
    package func holds(_ lookback: TimeSpan) -> Bool { recorded?.lookbacks.contains(lookback) ?? true }

    /// Whether a percentile can be asked for.
    package func holds(percentile: FixedDecimal) -> Bool { recorded?.percentiles.contains(percentile) ?? true }
}

/// Summaries of samples that are not at hand.
package struct RecordedUtilization: Hashable, Sendable {
    /// Ascending.
    package var lookbacks: [TimeSpan]
    /// Ascending.
    package var percentiles: [FixedDecimal]
    /// By name, metric and look-back; none where there was no sample.
    package var summaries: [String: [Metric: [TimeSpan: RecordedSummary]]]

    package init(
        lookbacks: [TimeSpan] = [], percentiles: [FixedDecimal] = [], summaries: [String: [Metric: [TimeSpan: RecordedSummary]]] = [:]
    ) {
        self.lookbacks = lookbacks
        self.percentiles = percentiles
        self.summaries = summaries
    }

    /// What stays of a table without its samples.
    ///
    /// - Parameter now: the end of every look-back.
    package init(of table: UtilizationTable, lookbacks: Set<TimeSpan>, percentiles: Set<FixedDecimal>, until now: Instant) {
        self.init(lookbacks: lookbacks.sorted(), percentiles: percentiles.sorted())
        for (name, metrics) in table.series {
            for (metric, series) in metrics {
                for lookback in self.lookbacks {
                    let window = min(now, now.subtracting(lookback))..<now
                    guard let summary = SampleSummary(series, within: window) else { continue }
                    summaries[name, default: [:]][metric, default: [:]][lookback] = summary.recorded(percentiles: self.percentiles)
                }
            }
        }
    }
}
