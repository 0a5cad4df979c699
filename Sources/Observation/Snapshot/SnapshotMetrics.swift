import CostModel
import JSON

/// What a snapshot holds of metrics: `["requests",null,["2026-10-31","","1200"],…]`, the second the reason why something is missing.
enum SnapshotMetrics {
    static func read(_ reader: inout JSONReader) throws(JSONError) -> ([String: ObservedMetric], [ObservationProblem]) {
        var metrics: [String: ObservedMetric] = [:]
        var problems: [ObservationProblem] = []
        try reader.members(["problems", "series"]) { (reader, key) throws(JSONError) in
            switch key {
            case "problems": problems = try reader.problems()
            default: try reader.array { (reader) throws(JSONError) in try add(&reader, to: &metrics) }
            }
        }
        return (metrics, problems)
    }

    private static func add(_ reader: inout JSONReader, to metrics: inout [String: ObservedMetric]) throws(JSONError) {
        var name: String?
        var gap: String??
        var counts = UnitCounts()
        try reader.array { (reader) throws(JSONError) in
            if name == nil {
                name = try reader.string()
            } else if gap == nil {
                gap = .some(try reader.textOrNull())
            } else {
                let texts = try reader.texts()
                guard texts.count == 3, let day = Day(texts[0]), let value = FixedDecimal(exactly: texts[2]), !value.isNegative else {
                    throw reader.error("a day, a key and a number from zero expected")
                }
                guard counts.add(value, texts[1], on: day) else { throw reader.error("a day has two values of one key") }
            }
        }
        guard let name, let gap, metrics[name] == nil else { throw reader.error("a metric and what is missing of it expected, each once") }
        metrics[name] = ObservedMetric(counts: counts, gap: gap)
    }
}

extension SnapshotWriter {
    mutating func write(_ metrics: [String: ObservedMetric], _ problems: [ObservationProblem]) {
        self.problems(problems)
        json.line()
        json.key("series")
        json.array { json in
            for (name, metric) in metrics.sorted(by: { $0.key < $1.key }) {
                json.line()
                json.array { json in
                    json.text(name)
                    json.text(metric.gap)
                    for (day, values) in metric.counts.days.sorted(by: { $0.key < $1.key }) {
                        for (key, value) in values.sorted(by: { $0.key < $1.key }) {
                            json.array { json in for text in [day.description, key, value.description] { json.text(text) } }
                        }
                    }
                }
            }
        }
    }
}
