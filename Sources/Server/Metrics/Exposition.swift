internal import CostModel

/// A page in Prometheus's text format 0.0.4. Families and samples stand in the order in which they were added.
struct Exposition {
    enum Kind: String { case counter, gauge, histogram }

    struct Sample {
        var labels: [(name: String, value: String)]
        /// A decimal number as it is written: money keeps its digits.
        var value: String

        init(_ labels: [(name: String, value: String)] = [], _ value: String) {
            self.labels = labels
            self.value = value
        }

        init(_ labels: [(name: String, value: String)] = [], _ value: Int) { self.init(labels, String(value)) }
    }

    static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    private(set) var text = ""

    /// Nothing is written for a family without samples.
    mutating func add(_ name: String, _ kind: Kind, _ help: String, _ samples: [Sample]) {
        guard !samples.isEmpty else { return }
        begin(name, kind, help)
        for sample in samples { add(name, sample) }
    }

    mutating func add(_ name: String, _ help: String, _ histograms: [(labels: [(name: String, value: String)], value: Histogram)]) {
        guard !histograms.isEmpty else { return }
        begin(name, .histogram, help)
        for (labels, histogram) in histograms {
            for (bound, count) in histogram.cumulative { add(name + "_bucket", Sample(labels + [("le", bound)], count)) }
            add(name + "_sum", Sample(labels, histogram.sum))
            add(name + "_count", Sample(labels, histogram.count))
        }
    }

    private mutating func begin(_ name: String, _ kind: Kind, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
    }

    private mutating func add(_ name: String, _ sample: Sample) {
        let labels = sample.labels.map { "\($0.name)=\"\(Self.escaped($0.value))\"" }.joined(separator: ",")
        text += name + (labels.isEmpty ? "" : "{\(labels)}") + " \(sample.value)\n"
    }

    private static func escaped(_ value: String) -> String {
        value.replacing("\\", with: #"\\"#).replacing("\"", with: #"\""#).replacing("\n", with: #"\n"#)
    }
}

/// How often something took how long, counted in whole milliseconds.
struct Histogram: Hashable, Sendable {
    /// Upper bounds in milliseconds, ascending.
    let bounds: [Int]
    private var counts: [Int]
    private var total = 0

    init(bounds: [Int]) {
        self.bounds = bounds
        counts = Array(repeating: 0, count: bounds.count + 1)
    }

    mutating func add(milliseconds: Int) {
        counts[bounds.firstIndex { milliseconds <= $0 } ?? bounds.count] += 1
        total += milliseconds
    }

    var count: Int { counts.reduce(0, +) }
    /// In seconds.
    var sum: String { Self.seconds(total) }

    /// Bounds in seconds, the last of them `+Inf`, with how many took no longer.
    var cumulative: [(bound: String, count: Int)] {
        var sum = 0
        return counts.enumerated().map { index, count in
            sum += count
            return (index < bounds.count ? Self.seconds(bounds[index]) : "+Inf", sum)
        }
    }

    private static func seconds(_ milliseconds: Int) -> String {
        FixedDecimal(milliseconds).scaled(by: 1, over: 1000).description
    }
}
