import CostModel
import JSON

/// What Cloud Monitoring's `projects.timeSeries.list` answers: Compute Engine's instances.
///
/// The resource is `projects/PROJECT/zones/ZONE/instances/NAME`, as Terraform's state has it. Google counts the processor as a share of one,
/// which becomes percent; of memory the agent's series of the state `used` counts.
enum GoogleMonitoringSamples: SampleFileFormat {
    static func read(_ bytes: [UInt8], into sink: SampleSink) throws(JSONError) {
        try JSONReader.read(bytes, limits: JSONReader.samples) { (reader) throws(JSONError) in
            try reader.object { (reader, key) throws(JSONError) in
                switch key {
                case "timeSeries": try reader.array { (reader) throws(JSONError) in try Self.series(&reader, sink) }
                case "nextPageToken":
                    if try reader.optionalString()?.isEmpty == false {
                        sink.lacks("another page follows: the files must hold all of them")
                    }
                case "executionErrors":
                    var count = 0
                    try reader.array { (reader) throws(JSONError) in
                        count += 1
                        try reader.skip()
                    }
                    if count > 0 { sink.lacks("\(count) 'executionErrors': the answer is not whole") }
                default: try reader.skip()
                }
            }
        }
    }

    private struct Series {
        var type = ""
        var resourceType = ""
        var labels: [String: String] = [:]
        var samples: [SampleSeries.Sample] = []
    }

    private static func series(_ reader: inout JSONReader, _ sink: SampleSink) throws(JSONError) {
        var series = Series()
        try reader.object { (reader, key) throws(JSONError) in
            switch key {
            case "metric": series.type = try Self.typed(&reader, "", &series.labels)
            case "resource": series.resourceType = try Self.typed(&reader, "", &series.labels)
            case "metadata":
                try reader.object { (reader, key) throws(JSONError) in
                    guard key == "systemLabels" else { return try reader.skip() }
                    try Self.labels(&reader, "system.", &series.labels)
                }
            case "points": try reader.array { (reader) throws(JSONError) in try Self.point(&reader, &series) }
            default: try reader.skip()
            }
        }
        guard let (metric, factor) = metric(series) else { return sink.add(series.samples, of: "", nil, called: series.type) }
        let name = series.labels["instance_name"] ?? series.labels["system.name"]
        guard series.resourceType == "gce_instance", let name, let project = series.labels["project_id"],
            let zone = series.labels["zone"]
        else { return sink.lacks("a series of '\(series.type)' does not say of which project, zone and instance it is") }
        let samples = series.samples.map { SampleSeries.Sample(time: $0.time, value: $0.value * factor) }
        sink.add(samples, of: "projects/\(project)/zones/\(zone)/instances/\(name)", metric, called: series.type)
    }

    /// `{"type": …, "labels": {…}}`
    private static func typed(
        _ reader: inout JSONReader, _ prefix: String, _ labels: inout [String: String]
    ) throws(JSONError) -> String {
        var type = ""
        var found = labels
        try reader.object { (reader, key) throws(JSONError) in
            switch key {
            case "type": type = try reader.string()
            case "labels": try Self.labels(&reader, prefix, &found)
            default: try reader.skip()
            }
        }
        labels = found
        return type
    }

    private static func labels(
        _ reader: inout JSONReader, _ prefix: String, _ labels: inout [String: String]
    ) throws(JSONError) {
        var found = labels
        try reader.object { (reader, key) throws(JSONError) in
            let key = prefix + key.string
            if try reader.peek() == .string { found[key] = try reader.string() } else { try reader.skip() }
        }
        labels = found
    }

    private static func point(_ reader: inout JSONReader, _ series: inout Series) throws(JSONError) {
        var time: Instant?
        var value: Double?
        try reader.object { (reader, key) throws(JSONError) in
            switch key {
            case "interval":
                try reader.object { (reader, key) throws(JSONError) in
                    if key == "endTime" { time = try reader.sampleTime() } else { try reader.skip() }
                }
            case "value":
                try reader.object { (reader, key) throws(JSONError) in
                    switch key {
                    case "doubleValue": value = try reader.double()
                    case "int64Value":
                        let text = try reader.text()
                        value = text.withBytes { DecimalNumber.parse($0) }
                    default: try reader.skip()
                    }
                }
            default: try reader.skip()
            }
        }
        guard let time, let value else { throw reader.error("a point without a time or a number") }
        series.samples.append(SampleSeries.Sample(time: time, value: value))
    }

    private static func metric(_ series: Series) -> (Metric, Double)? {
        switch series.type {
        case "compute.googleapis.com/instance/cpu/utilization": (.cpu, 100)
        case "agent.googleapis.com/memory/percent_used": series.labels["state"] == "used" ? (.memory, 1) : nil
        case "compute.googleapis.com/instance/network/received_bytes_count": (.networkIn, 1)
        case "compute.googleapis.com/instance/network/sent_bytes_count": (.networkOut, 1)
        default: nil
        }
    }
}
