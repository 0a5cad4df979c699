import CostModel
import JSON

/// What `az monitor metrics list` prints for one resource, or the API's batch for many, below `values`.
///
/// A metric's id is the resource's with `/providers/Microsoft.Insights/metrics/NAME` behind it. Of percentages and connections the average of
/// each interval counts, of bytes the total; where it is null there is no sample.
enum AzureMonitorSamples: SampleFileFormat {
    private static let divider = "/providers/microsoft.insights/metrics/"

    static func read(_ bytes: [UInt8], into sink: SampleSink) throws(JSONError) {
        var hasMetrics = false
        try JSONReader.read(bytes, limits: JSONReader.samples) { (reader) throws(JSONError) in
            try reader.object { (reader, key) throws(JSONError) in
                switch key {
                case "value":
                    hasMetrics = true
                    try reader.array { (reader) throws(JSONError) in try Self.metric(&reader, sink) }
                case "values":
                    hasMetrics = true
                    try reader.array { (reader) throws(JSONError) in try Self.resource(&reader, sink) }
                default: try reader.skip()
                }
            }
        }
        if !hasMetrics { sink.lacks("'value' is missing: this is no answer") }
    }

    private static func resource(_ reader: inout JSONReader, _ sink: SampleSink) throws(JSONError) {
        try reader.object { (reader, key) throws(JSONError) in
            guard key == "value" else { return try reader.skip() }
            try reader.array { (reader) throws(JSONError) in try Self.metric(&reader, sink) }
        }
    }

    private struct Point {
        var time: Instant?
        var average: Double?
        var total: Double?
    }

    private static func metric(_ reader: inout JSONReader, _ sink: SampleSink) throws(JSONError) {
        var (id, name, error) = ("", "", "")
        var series: [[Point]] = []
        try reader.object { (reader, key) throws(JSONError) in
            switch key {
            case "id": id = try reader.string()
            case "errorCode": error = try reader.optionalString() ?? ""
            case "name":
                try reader.object { (reader, key) throws(JSONError) in
                    if key == "value" { name = try reader.string() } else { try reader.skip() }
                }
            case "timeseries":
                try reader.array { (reader) throws(JSONError) in series.append(try Self.points(&reader)) }
            default: try reader.skip()
            }
        }
        if !error.isEmpty, error != "Success" { sink.lacks("the metric '\(name)' is '\(error)'") }
        guard let range = id.range(ofLast: divider) else {
            return sink.lacks("the id of the metric '\(name)' does not say of which resource it is")
        }
        guard series.count <= 1 else {
            return sink.lacks("the metric '\(name)' is divided into \(series.count) series: ask without a dimension")
        }
        let (metric, value) = Self.metric(name)
        let samples = (series.first ?? []).compactMap { point -> SampleSeries.Sample? in
            guard let time = point.time, let value = value(point) else { return nil }
            return SampleSeries.Sample(time: time, value: value)
        }
        sink.add(samples, of: String(id[..<range]), metric, called: name)
    }

    private static func points(_ reader: inout JSONReader) throws(JSONError) -> [Point] {
        var points: [Point] = []
        try reader.object { (reader, key) throws(JSONError) in
            guard key == "data" else { return try reader.skip() }
            try reader.array { (reader) throws(JSONError) in
                var point = Point()
                try reader.object { (reader, key) throws(JSONError) in
                    switch key {
                    case "timeStamp", "timestamp": point.time = try reader.sampleTime()
                    case "average": point.average = try reader.optionalDouble()
                    case "total": point.total = try reader.optionalDouble()
                    default: try reader.skip()
                    }
                }
                points.append(point)
            }
        }
        return points
    }

    private static func metric(_ name: String) -> (Metric?, (Point) -> Double?) {
        switch name {
        case "Percentage CPU", "cpu_percent": (.cpu, \.average)
        case "memory_percent": (.memory, \.average)
        case "Available Memory Percentage": (.memory, { $0.average.map { 100 - $0 } })
        case "active_connections": (.connections, \.average)
        case "Network In Total": (.networkIn, \.total)
        case "Network Out Total": (.networkOut, \.total)
        default: (nil, \.average)
        }
    }
}

extension String {
    /// Where the last occurrence of a text in lower case begins, whatever case it has here. Azure writes its ids in several.
    fileprivate func range(ofLast text: String) -> String.Index? {
        let bytes = Array(utf8)
        let wanted = Array(text.utf8)
        guard bytes.count >= wanted.count else { return nil }
        for start in stride(from: bytes.count - wanted.count, through: 0, by: -1) {
            let isHere = wanted.indices.allSatisfy { place in
                let byte = bytes[start + place]
                return (byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte) == wanted[place]
            }
            if isHere { return utf8.index(startIndex, offsetBy: start) }
        }
        return nil
    }
}
