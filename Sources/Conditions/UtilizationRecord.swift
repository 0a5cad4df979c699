import CEL
package import CostModel

/// What was measured of a resource in a look-back, as expressions see it.
package struct UtilizationRecord: Sendable {
    let value: CELValue

    /// The percentiles that expressions can name, in the order of the fields.
    package static let percentiles = [50, 90, 95, 99].map { FixedDecimal($0) }

    private static let metrics: [(metric: Metric, name: String)] = [
        (.cpu, "CPU"), (.memory, "memory"), (.connections, "connections"), (.networkIn, "network_in_bytes"),
        (.networkOut, "network_out_bytes"), (.diskOperations, "disk_ops"),
    ]

    /// - Parameter minimumSamples: below so many a metric's figures are unknown.
    package init(of resource: Resource, in table: UtilizationTable, lookback: TimeSpan, minimumSamples: Int, now: Instant) {
        let values = Self.metrics.map { metric, name -> CELValue in
            let summary = table.summary(of: resource, metric, over: lookback, until: now)
            guard table.holds(lookback) else { return Self.unobserved(lookback) }
            let count = summary?.count ?? 0
            let reason = "\(count) \(name) \(count == 1 ? "sample" : "samples") in the last \(lookback)"
            return Self.object(summary, count, count < max(1, minimumSamples) ? reason : nil)
        }
        value = .object(CELObject(type: Vocabulary.utilization, values: values))
    }

    /// That nothing is known of a look-back is not the same as that there was no sample.
    private static func unobserved(_ lookback: TimeSpan) -> CELValue {
        let reason = "the observations hold no samples of the last \(lookback)"
        return .object(
            CELObject(type: Vocabulary.metric, values: Array(repeating: .unknown(reason), count: Vocabulary.metric.fields.count)))
    }

    private static func object(_ summary: SampleSummary?, _ count: Int, _ shortage: String?) -> CELValue {
        var values: [CELValue] = [.int(Int64(count))]
        if let summary, shortage == nil {
            values += [.double(summary.mean), .double(summary.min), .double(summary.max)]
            values += percentiles.map { percentile in
                summary.percentile(percentile).map { .double($0) } ?? .unknown("the \(percentile)th percentile was not recorded")
            }
        } else {
            values += Array(repeating: .unknown(shortage ?? "no samples"), count: Vocabulary.metric.fields.count - 1)
        }
        return .object(CELObject(type: Vocabulary.metric, values: values))
    }
}
