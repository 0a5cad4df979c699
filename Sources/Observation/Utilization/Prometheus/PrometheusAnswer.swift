import CostModel
import JSON
import Secrets

/// The samples of all pieces of one query, by the label that names resources.
final class PrometheusSeries {
    private var numbers: [String: Int] = [:]
    private(set) var names: [String] = []
    private(set) var samples: [[SampleSeries.Sample]] = []

    /// Of series without the label.
    var nameless = 0
    /// The names that more than one series of an answer has.
    var repeated: Set<String> = []
    /// Values that are no number: what was divided by zero, or is marked as gone.
    var withoutNumber = 0
    /// Values that no metric of this name can have.
    var impossible = 0
    var warnings: Set<String> = []
    var infos: Set<String> = []

    func number(of name: String) -> Int {
        if let number = numbers[name] { return number }
        numbers[name] = names.count
        names.append(name)
        samples.append([])
        return names.count - 1
    }

    func add(_ new: [SampleSeries.Sample], to number: Int) { samples[number] += new }
}

/// Reads what `query_range` answers: `{"status": "success", "data": {"resultType": "matrix", "result": […]}}`.
enum PrometheusAnswer {
    struct Reading {
        let body: [UInt8]
        let limit: Int
        /// What a name that is kept must not hold.
        let hidden: HiddenText

        /// Takes the samples.
        ///
        /// - Parameters:
        ///   - label: names the resource.
        ///   - range: no sample may be outside.
        /// - Returns: Whether it is what was asked for: a success, and a matrix.
        func read(
            into series: PrometheusSeries, label: String, metric: Metric, range: PrometheusClient.Range
        ) throws(JSONError) -> Bool {
            var isSuccess = false
            var isMatrix = false
            var seen: Set<Int> = []
            try JSONReader.read(body, limits: JSONLimits(size: max(limit, 1), depth: 32)) { (reader) throws(JSONError) in
                try reader.object { (reader, key) throws(JSONError) in
                    switch key {
                    case "status": isSuccess = try reader.text() == "success"
                    case "warnings": try reader.array { (reader) throws(JSONError) in series.warnings.insert(try reader.string()) }
                    case "infos": try reader.array { (reader) throws(JSONError) in series.infos.insert(try reader.string()) }
                    case "data":
                        try reader.object { (reader, key) throws(JSONError) in
                            switch key {
                            case "resultType": isMatrix = try reader.text() == "matrix"
                            case "result":
                                try reader.array { (reader) throws(JSONError) in
                                    try entry(&reader, series, label, metric, range, &seen)
                                }
                            default: try reader.skip()
                            }
                        }
                    default: try reader.skip()
                    }
                }
            }
            return isSuccess && isMatrix
        }

        private func entry(
            _ reader: inout JSONReader, _ series: PrometheusSeries, _ label: String, _ metric: Metric,
            _ range: PrometheusClient.Range, _ seen: inout Set<Int>
        ) throws(JSONError) {
            var name: String?
            var samples: [SampleSeries.Sample] = []
            try reader.object { (reader, key) throws(JSONError) in
                switch key {
                case "metric":
                    try reader.object { (reader, key) throws(JSONError) in
                        if key == label { name = hidden.hide(try reader.string()) } else { try reader.skip() }
                    }
                case "values":
                    samples.reserveCapacity(512)
                    try reader.array { (reader) throws(JSONError) in
                        if let sample = try Self.sample(&reader, series, metric, range) { samples.append(sample) }
                    }
                default: try reader.skip()
                }
            }
            guard let name, !name.isEmpty else {
                series.nameless += 1
                return
            }
            let number = series.number(of: name)
            guard seen.insert(number).inserted else {
                series.repeated.insert(name)
                return
            }
            series.add(samples, to: number)
        }

        /// `[1793491200, "12.5"]`
        private static func sample(
            _ reader: inout JSONReader, _ series: PrometheusSeries, _ metric: Metric, _ range: PrometheusClient.Range
        ) throws(JSONError) -> SampleSeries.Sample? {
            var part = 0
            var time: Int64 = 0
            var value: Double?
            try reader.array { (reader) throws(JSONError) in
                switch part {
                case 0:
                    guard let seconds = DecimalNumber.parse(try reader.number()), abs(seconds) < 1e12 else {
                        throw reader.error("a time expected")
                    }
                    time = Int64(seconds.rounded())
                case 1:
                    let text = try reader.text()
                    value = text.withBytes { DecimalNumber.parse($0) }
                    if value == nil, !Self.isNoNumber(text) { throw reader.error("a number expected", at: text) }
                default: throw reader.error("a sample has a time and a value")
                }
                part += 1
            }
            guard part == 2 else { throw reader.error("a sample has a time and a value") }
            guard time >= range.start, time <= range.end else { throw reader.error("a sample that is of no time which was asked for") }
            guard let value else {
                series.withoutNumber += 1
                return nil
            }
            guard value >= 0, value <= metric.upperBound else {
                series.impossible += 1
                return nil
            }
            return SampleSeries.Sample(time: Instant(seconds: time), value: value)
        }

        private static func isNoNumber(_ text: JSONText) -> Bool { ["NaN", "+Inf", "-Inf", "Inf"].contains { text == $0 } }
    }

    /// What an error says: `{"status": "error", "errorType": "execution", "error": "…"}`.
    static func complaint(_ body: [UInt8]) -> (type: String, message: String)? {
        guard case .object(let members)? = try? JSONReader.read(body, limits: JSONLimits(size: 1 << 20, depth: 16)) else { return nil }
        var texts: [String: String] = [:]
        for member in members { if case .string(let text) = member.value { texts[member.key] = text } }
        guard let message = texts["error"] else { return nil }
        return (texts["errorType"] ?? "", message)
    }

    static func isHTML(_ body: [UInt8]) -> Bool {
        body.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) } == UInt8(ascii: "<")
    }
}
