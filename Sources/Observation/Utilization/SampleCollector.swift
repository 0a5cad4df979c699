import CostModel

/// Where a file has its columns.
struct SampleColumns {
    let timestamp: Int
    let resource: Int
    let metric: Int
    let value: Int

    init?(_ columns: [String], _ problems: RowProblems) {
        let indices = ["timestamp", "resource_id", "metric", "value"].map { columns.firstIndex(of: $0) }
        for (name, index) in zip(["timestamp", "resource_id", "metric", "value"], indices) where index == nil {
            problems.add(.partial, id: "missing-column", line: 1, "the column '\(name)' is missing")
        }
        let found = indices.compactMap { $0 }
        guard found.count == 4 else { return nil }
        (timestamp, resource, metric, value) = (found[0], found[1], found[2], found[3])
    }
}

/// Gathers samples by resource and metric.
final class SampleCollector {
    private let window: Range<Instant>
    private let names = NameTable()
    /// Resource and metric.
    private var keys = TupleTable(width: 2)
    private var series: [[SampleSeries.Sample]] = []
    private var metrics = FieldMemo()
    /// Metrics that are not known, by the number of their name.
    private var unknown: [Int32: Int] = [:]

    init(window: Range<Instant>) {
        self.window = window
    }

    func add(_ record: CSVRecord, _ columns: SampleColumns) throws(FieldFault) {
        guard let time = Instant(parsing: record[columns.timestamp].bytes) else {
            throw FieldFault(
                field: columns.timestamp,
                message: "expected a time such as 2026-10-31T12:00:00Z, found \(record[columns.timestamp].excerpt)")
        }
        guard !record[columns.resource].isNull else {
            throw FieldFault(field: columns.resource, message: "expected a resource's id, found nothing")
        }
        let value = try Self.number(record, columns.value)
        let metric = try metric(of: record, columns.metric)
        guard metric >= 0 else {
            unknown[names.number(of: record[columns.metric]), default: 0] += 1
            return
        }
        let bound = Metric.allCases[Int(metric)].upperBound
        guard value <= bound else {
            throw FieldFault(
                field: columns.value, message: "expected at most \(Int(bound)), found \(record[columns.value].excerpt)")
        }
        guard window.contains(time) else { return }
        series[number(of: names.number(of: record[columns.resource]), metric)].append(SampleSeries.Sample(time: time, value: value))
    }

    /// Samples whose values a metric can have; those outside of the window are passed over.
    func add(_ samples: [SampleSeries.Sample], of resource: String, _ metric: Metric) {
        let isInside = samples.allSatisfy { window.contains($0.time) }
        let inside = isInside ? samples : samples.filter { window.contains($0.time) }
        guard !inside.isEmpty, let metric = Metric.allCases.firstIndex(of: metric) else { return }
        let number = number(of: names.number(of: resource), Int32(metric))
        // All of them at once need no copy.
        if series[number].isEmpty { series[number] = inside } else { series[number] += inside }
    }

    /// Samples of a metric that nobody asks for.
    func passOver(_ count: Int, of metric: String) {
        unknown[names.number(of: metric), default: 0] += count
    }

    private func number(of resource: Int32, _ metric: Int32) -> Int {
        let (index, isNew) = keys.insert([resource, metric])
        if isNew { series.append([]) }
        return index
    }

    /// The index of a metric; -1 when it is not known.
    private func metric(of record: CSVRecord, _ index: Int) throws(FieldFault) -> Int32 {
        let field = record[index]
        guard !field.isNull else { throw FieldFault(field: index, message: "expected a metric's name, found nothing") }
        return try metrics.value(of: field.bytes) { () throws(FieldFault) in
            Int32(Metric.allCases.firstIndex { $0.rawValue == field.text } ?? -1)
        }
    }

    /// A finite number that is not negative: there is no other utilisation.
    private static func number(_ record: CSVRecord, _ index: Int) throws(FieldFault) -> Double {
        let field = record[index]
        if let value = DecimalNumber.parse(field.bytes), value >= 0 { return value }
        throw FieldFault(field: index, message: "expected a number that is not negative, found \(field.isNull ? "nothing" : field.excerpt)")
    }

    /// The unknown metrics since the last call, by name.
    func takeUnknownMetrics() -> [(name: String, count: Int)] {
        defer { unknown = [:] }
        return unknown.map { (names[$0.key], $0.value) }.sorted { $0.name < $1.name }
    }

    /// By time; samples of one time keep the order in which they were read. A resource that goes by two names has one series.
    var table: UtilizationTable {
        var table = UtilizationTable()
        for (index, samples) in series.enumerated() {
            let key = keys[index]
            let (name, metric) = (BilledName.comparable(names[key[0]]), Metric.allCases[Int(key[1])])
            let all = (table.series[name]?[metric]?.samples ?? []) + samples
            table.series[name, default: [:]][metric] = SampleSeries(samples: Self.inOrder(all))
        }
        return table
    }

    private static func inOrder(_ samples: [SampleSeries.Sample]) -> [SampleSeries.Sample] {
        guard zip(samples, samples.dropFirst()).contains(where: { $0.time > $1.time }) else { return samples }
        let order = samples.indices.sorted { (samples[$0].time, $0) < (samples[$1].time, $1) }
        return order.map { samples[$0] }
    }
}
