import CEL
package import CostModel

/// What was measured of a resource in a look-back, as expressions see it.
package struct UtilizationRecord: Sendable {
    let value: CELValue

    /// - Parameter minimumSamples: below so many a metric's figures are unknown.
    package init(of resource: Resource, in table: UtilizationTable, lookback: TimeSpan, minimumSamples: Int, now: Instant) {
        let series = table.series(of: resource) ?? [:]
        let window = now.subtracting(lookback)..<now
        let order: [(Metric, String)] = [
            (.cpu, "CPU"), (.memory, "memory"), (.connections, "connection"), (.networkIn, "network_in_bytes"),
            (.networkOut, "network_out_bytes"), (.diskOperations, "disk_ops"),
        ]
        let metrics = order.map { metric, name -> CELValue in
            let samples = series[metric]?.within(window) ?? []
            return Self.object(samples, minimumSamples, "\(samples.count) \(name) samples in the last \(lookback)")
        }
        value = .object(CELObject(type: Vocabulary.utilization, values: metrics))
    }

    private static func object(_ samples: ArraySlice<SampleSeries.Sample>, _ minimum: Int, _ reason: String) -> CELValue {
        var values: [CELValue] = [.int(Int64(samples.count))]
        if samples.count < max(1, minimum) {
            values += Array(repeating: .unknown("there are only \(reason)"), count: Vocabulary.metric.fields.count - 1)
        } else {
            let figures = samples.map(\.value)
            values += [
                .double(figures.reduce(0, +) / Double(figures.count)), .double(figures.min() ?? 0), .double(figures.max() ?? 0),
            ]
            values += [50, 90, 95, 99].map { .double(samples.percentile(FixedDecimal($0)) ?? 0) }
        }
        return .object(CELObject(type: Vocabulary.metric, values: values))
    }
}
