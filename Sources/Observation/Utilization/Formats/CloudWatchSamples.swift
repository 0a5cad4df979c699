import CostModel
import JSON

/// What `aws cloudwatch get-metric-data` prints.
///
/// An answer names no resource: its `Label` does, where the question asks for `${PROP('Dim.InstanceId')} ${PROP('MetricName')}`, which
/// CloudWatch fills in. So a label is an id or arn, a blank, and CloudWatch's name of a metric or ours.
///
/// A result is `PartialData` where another page follows; the last page of its id is `Complete`. What stays partial, and whatever
/// CloudWatch has to say in `Messages`, makes the observation partial.
enum CloudWatchSamples: SampleFileFormat {
    static func read(_ bytes: [UInt8], into sink: SampleSink) throws(JSONError) {
        var statuses: [String: String] = [:]
        var hasResults = false
        try JSONReader.read(bytes, limits: JSONReader.samples) { (reader) throws(JSONError) in
            try reader.object { (reader, key) throws(JSONError) in
                switch key {
                case "MetricDataResults":
                    hasResults = true
                    try reader.array { (reader) throws(JSONError) in
                        let result = try Self.result(&reader, sink)
                        statuses[result.id] = result.status
                    }
                case "Messages": try Self.messages(&reader, sink, of: "the answer")
                case "NextToken":
                    if try reader.optionalString() != nil { sink.lacks("another page follows: the file must hold all of them") }
                default: try reader.skip()
                }
            }
        }
        if !hasResults { sink.lacks("'MetricDataResults' is missing: this is no answer") }
        for (id, status) in statuses.sorted(by: { $0.key < $1.key }) where status != "Complete" {
            sink.lacks("the result '\(id)' is \(status.isEmpty ? "without a status" : "'\(status)'")")
        }
    }

    private static func result(_ reader: inout JSONReader, _ sink: SampleSink) throws(JSONError) -> (id: String, status: String) {
        var (id, label, status) = ("", "", "")
        var times: [Instant] = []
        var values: [Double] = []
        try reader.object { (reader, key) throws(JSONError) in
            switch key {
            case "Id": id = try reader.string()
            case "Label": label = try reader.string()
            case "StatusCode": status = try reader.string()
            case "Timestamps": try reader.array { (reader) throws(JSONError) in times.append(try reader.sampleTime()) }
            case "Values": try reader.array { (reader) throws(JSONError) in values.append(try reader.double()) }
            case "Messages": try Self.messages(&reader, sink, of: "a result")
            default: try reader.skip()
            }
        }
        guard times.count == values.count else {
            throw reader.error("a result with \(times.count) times and \(values.count) values")
        }
        let words = label.split(separator: " ", omittingEmptySubsequences: true)
        guard words.count == 2 else {
            sink.lacks("the label of '\(id)' is not 'RESOURCE METRIC', as ${PROP('Dim.InstanceId')} ${PROP('MetricName')} writes it")
            return (id, status)
        }
        let samples = zip(times, values).map { SampleSeries.Sample(time: $0, value: $1) }
        let name = String(words[1])
        sink.add(samples, of: String(words[0]), metric(name), called: name)
        return (id, status)
    }

    private static func messages(_ reader: inout JSONReader, _ sink: SampleSink, of what: String) throws(JSONError) {
        try reader.array { (reader) throws(JSONError) in
            var (code, value) = ("", "")
            try reader.object { (reader, key) throws(JSONError) in
                switch key {
                case "Code": code = try reader.string()
                case "Value": value = try reader.string()
                default: try reader.skip()
                }
            }
            sink.lacks("a message of \(what): \(code) \(value.prefix(200))")
        }
    }

    /// Of EC2, RDS and CloudWatch's agent; averages, and of bytes the sums of each period.
    private static func metric(_ name: String) -> Metric? {
        switch name {
        case "CPUUtilization", "cpu_usage_active": .cpu
        case "mem_used_percent", "MemoryUtilization": .memory
        case "DatabaseConnections": .connections
        case "NetworkIn": .networkIn
        case "NetworkOut": .networkOut
        default: Metric(rawValue: name)
        }
    }
}
