import CostModel
import JSON

/// The utilisation of a snapshot, read.
struct SnapshotUtilization {
    private var table = RecordedUtilization()
    private let now: Instant

    static func read(
        _ reader: inout JSONReader, until now: Instant
    ) throws(JSONError) -> (RecordedUtilization, [ObservationProblem]) {
        var utilization = SnapshotUtilization(now: now)
        var problems: [ObservationProblem] = []
        try reader.members(["lookbacks", "percentiles", "problems", "series"]) { (reader, key) throws(JSONError) in
            switch key {
            case "lookbacks": try reader.array { (reader) throws(JSONError) in try utilization.addLookback(&reader) }
            case "percentiles": try reader.array { (reader) throws(JSONError) in try utilization.addPercentile(&reader) }
            case "problems": problems = try reader.problems()
            default: try reader.array { (reader) throws(JSONError) in try utilization.addSeries(&reader) }
            }
        }
        return (utilization.table, problems)
    }

    private mutating func addLookback(_ reader: inout JSONReader) throws(JSONError) {
        let lookback = TimeSpan(seconds: Int64(try reader.integer(in: 1...1 << 40)))
        guard table.lookbacks.last ?? TimeSpan(seconds: 0) < lookback, table.lookbacks.count < SnapshotLimit.lookbacks else {
            throw reader.error("at most \(SnapshotLimit.lookbacks) look-backs expected, ascending")
        }
        table.lookbacks.append(lookback)
    }

    private mutating func addPercentile(_ reader: inout JSONReader) throws(JSONError) {
        let percentile = try reader.decimal()
        guard table.percentiles.last ?? .zero < percentile, percentile <= FixedDecimal(100),
            table.percentiles.count < SnapshotLimit.percentiles
        else { throw reader.error("at most \(SnapshotLimit.percentiles) percentiles expected, ascending, above 0 and up to 100") }
        table.percentiles.append(percentile)
    }

    /// `["i-0abc","cpu",[lookback,count,first,last,longestGap,min,max,mean,percentile,…],…]`
    private mutating func addSeries(_ reader: inout JSONReader) throws(JSONError) {
        var name: String?
        var metric: Metric?
        var windows: [TimeSpan: RecordedSummary] = [:]
        try reader.array { (reader) throws(JSONError) in
            if name == nil {
                name = try reader.string()
            } else if metric == nil {
                let text = try reader.string()
                guard let known = Metric(rawValue: text) else { throw reader.error("unknown metric '\(text)'") }
                metric = known
            } else {
                let (lookback, summary) = try summary(&reader)
                guard windows.updateValue(summary, forKey: lookback) == nil else { throw reader.error("a look-back stands twice") }
            }
        }
        guard let name, let metric, table.summaries[name]?[metric] == nil else {
            throw reader.error("a resource and a metric expected, each pair once")
        }
        table.summaries[name, default: [:]][metric] = windows
    }

    /// Times count back from the observation.
    private func summary(_ reader: inout JSONReader) throws(JSONError) -> (TimeSpan, RecordedSummary) {
        guard !table.lookbacks.isEmpty else { throw reader.error("a summary of no look-back") }
        var lookback = TimeSpan(seconds: 0)
        var whole: [Int] = []
        var values: [Double] = []
        values.reserveCapacity(table.percentiles.count + 3)
        try reader.array { (reader) throws(JSONError) in
            switch whole.count {
            case 0:
                whole.append(try reader.integer(in: 0...table.lookbacks.count - 1))
                lookback = table.lookbacks[whole[0]]
            case 1: whole.append(try reader.integer(in: 1...1 << 50))
            case 2, 3, 4: whole.append(try reader.integer(in: 0...Int(lookback.seconds)))
            default: values.append(try reader.measurement())
            }
        }
        guard whole.count == 5, whole[2] >= whole[3], values.count == table.percentiles.count + 3 else {
            throw reader.error("a summary of \(table.percentiles.count + 8) numbers expected")
        }
        return (
            lookback,
            RecordedSummary(
                count: whole[1], first: now.subtracting(TimeSpan(seconds: Int64(whole[2]))),
                last: now.subtracting(TimeSpan(seconds: Int64(whole[3]))), longestGap: TimeSpan(seconds: Int64(whole[4])), min: values[0],
                max: values[1], mean: values[2], values: Array(values.dropFirst(3)))
        )
    }
}
