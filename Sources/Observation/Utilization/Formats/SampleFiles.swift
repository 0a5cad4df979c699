import CostModel
import JSON

/// How samples of a provider are written: what its own command printed.
protocol SampleFileFormat {
    static func read(_ bytes: [UInt8], into sink: SampleSink) throws(JSONError)
}

/// Every format of samples in JSON.
enum SampleFiles {
    /// In bytes, of one file as unpacked.
    static let sizeLimit = 512 << 20

    /// Nil: CSV, or no file at all.
    static func format(of name: UtilizationFormat) -> (any SampleFileFormat.Type)? {
        switch name {
        case .csv, .prometheus: nil
        case .cloudWatch: CloudWatchSamples.self
        case .azureMonitor: AzureMonitorSamples.self
        case .googleMonitoring: GoogleMonitoringSamples.self
        }
    }

    static func read(_ bytes: [UInt8], _ format: any SampleFileFormat.Type, _ sink: SampleSink) {
        do throws(JSONError) { try format.read(bytes, into: sink) } catch {
            sink.problems.add(.partial, id: "bad-json", line: error.line, column: error.column, error.message)
        }
    }
}

/// Where a file's samples go, and what is wrong with them.
final class SampleSink {
    private let collector: SampleCollector
    let problems: RowProblems

    init(_ collector: SampleCollector, _ problems: RowProblems) {
        self.collector = collector
        self.problems = problems
    }

    /// - Parameter metric: nil: one that nobody asks for, called `name`.
    func add(_ samples: [SampleSeries.Sample], of resource: String, _ metric: Metric?, called name: String) {
        guard let metric else { return collector.passOver(max(1, samples.count), of: name) }
        let possible = samples.filter { $0.value >= 0 && $0.value <= metric.upperBound }
        if possible.count < samples.count {
            let count = samples.count - possible.count
            problems.add(
                .partial, id: "bad-sample",
                "\(count) \(count == 1 ? "sample" : "samples") of '\(name)' of '\(resource.printableExcerpt)' below 0 or above \(Int(metric.upperBound)) left out"
            )
        }
        collector.add(possible, of: resource, metric)
    }

    /// What was asked for is not all there.
    func lacks(_ what: String) { problems.add(.partial, id: "partial-samples", what) }
}

extension String {
    /// A name from somebody's file, as it may stand in a message.
    fileprivate var printableExcerpt: String { String(prefix(80)) }
}

extension JSONReader {
    static let samples = JSONLimits(size: SampleFiles.sizeLimit, depth: 64)

    mutating func sampleTime() throws(JSONError) -> Instant {
        let text = try text()
        guard let time = text.withBytes({ Instant(parsing: $0) }) else {
            throw error("expected a time such as 2026-10-31T12:00:00Z", at: text)
        }
        return time
    }

    mutating func double() throws(JSONError) -> Double {
        guard let value = DecimalNumber.parse(try number()) else { throw error("a number expected") }
        return value
    }

    /// Nil where `null` stands: there is no value.
    mutating func optionalDouble() throws(JSONError) -> Double? { try null() ? nil : try double() }

    /// Nil where `null` stands.
    mutating func optionalString() throws(JSONError) -> String? { try null() ? nil : try string() }
}
