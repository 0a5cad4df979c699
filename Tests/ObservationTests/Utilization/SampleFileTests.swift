import CostModel
import Testing

@testable import Observation

@Suite("samples as providers' commands print them")
struct SampleFileTests {
    private let window = Day(year: 2026, month: 10, day: 18).start..<Day(year: 2026, month: 11, day: 1).start

    private func read(_ format: UtilizationFormat, _ texts: String...) throws -> (table: UtilizationTable, problems: [String]) {
        let folder = try TemporaryFolder()
        for (index, text) in texts.enumerated() { try folder.write("\(index).json", text) }
        let source = UtilizationSource(name: "m", place: Place(file: "bursar.yaml", line: 12), format: format, paths: ["*"])
        let (table, problems) = UtilizationReader.read([source], directory: folder.path, window: window)
        return (table, problems.map(BillFolder.line))
    }

    private func values(_ table: UtilizationTable, _ name: String, _ metric: Metric = .cpu) -> [Double]? {
        table.series[BilledName.comparable(name)]?[metric]?.samples.map(\.value)
    }

    // MARK: CloudWatch

    @Test("of CloudWatch are known by their labels, page for page")
    func cloudWatch() throws {
        let (table, problems) = try read(
            .cloudWatch,
            """
            {"MetricDataResults": [
              {"Id": "a", "Label": "i-1 CPUUtilization", "Timestamps": ["2026-10-31T12:05:00+00:00", "2026-10-31T12:00:00+00:00"],
               "Values": [2.5, 1], "StatusCode": "PartialData"},
              {"Id": "b", "Label": "i-1 mem_used_percent", "Timestamps": ["2026-10-31T14:00:00+02:00"], "Values": [40.25], "StatusCode": "Complete"},
              {"Id": "c", "Label": "i-1 EBSReadOps", "Timestamps": ["2026-10-31T12:00:00Z"], "Values": [1], "StatusCode": "Complete"},
              {"Id": "a", "Label": "i-1 CPUUtilization", "Timestamps": ["2026-10-31T11:00:00Z"], "Values": [9], "StatusCode": "Complete"}
            ], "Messages": []}
            """)
        #expect(values(table, "i-1") == [9, 1, 2.5] && values(table, "i-1", .memory) == [40.25])
        #expect(
            problems == [
                "0.json: note unknown-metric: 1 sample of 'EBSReadOps' passed over: known metrics are cpu, memory, connections, network_in_bytes, network_out_bytes, disk_ops"
            ])
    }

    private static func result(_ more: String) -> String {
        #"{"MetricDataResults": [{"Id": "a", "Label": "i-1 cpu", "Timestamps": ["2026-10-31T12:00:00Z"], "Values": [1]\#(more)"#
    }

    @Test(
        "of CloudWatch that are not all there are partial",
        arguments: [
            (result(#", "StatusCode": "PartialData"}]}"#), "partial-samples: the result 'a' is 'PartialData'"),
            (result(#", "StatusCode": "InternalError"}]}"#), "partial-samples: the result 'a' is 'InternalError'"),
            (result(#"}]}"#), "partial-samples: the result 'a' is without a status"),
            (result(#", "StatusCode": "Complete"}], "NextToken": "x"}"#), "partial-samples: another page follows"),
            (
                result(#", "StatusCode": "Complete"}], "Messages": [{"Code": "MaxQueryTimeRangeExceed", "Value": "too far"}]}"#),
                "partial-samples: a message of the answer: MaxQueryTimeRangeExceed too far"
            ),
            (
                result(#", "StatusCode": "Complete", "Messages": [{"Code": "Forbidden", "Value": "no"}]}]}"#),
                "partial-samples: a message of a result: Forbidden no"
            ),
            (result(#", "StatusCode": "Complete""#), "bad-json"),
            (
                #"{"MetricDataResults": [{"Id": "a", "Label": "cpu", "Timestamps": [], "Values": [], "StatusCode": "Complete"}]}"#,
                "the label of 'a'"
            ),
            (
                #"{"MetricDataResults": [{"Id": "a", "Label": "i-1 cpu", "Timestamps": [], "Values": [1]}]}"#,
                "a result with 0 times and 1 values"
            ),
            (#"{"error": "expired"}"#, "'MetricDataResults' is missing"),
            ("An error occurred (AccessDenied) when calling the GetMetricData operation", "bad-json"),
            (
                #"{"MetricDataResults": [{"Id": "a", "Label": "i-1 cpu", "Timestamps": ["2026-10-31T12:00:00Z"], "Values": [-3], "StatusCode": "Complete"}]}"#,
                "bad-sample: 1 sample of 'cpu' of 'i-1' below 0 or above 1000 left out"
            ),
        ])
    func cloudWatchGaps(text: String, problem: String) throws {
        let (_, problems) = try read(.cloudWatch, text)
        #expect(problems.count == 1 && problems[0].contains(": partial ") && problems[0].contains(problem), "\(problems)")
    }

    // MARK: Azure

    private static let machine = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/vm-1"

    private static func azure(_ name: String, _ data: String, error: String = "Success") -> String {
        """
        {"id": "\(machine)/providers/Microsoft.Insights/metrics/\(name)", "name": {"localizedValue": "X", "value": "\(name)"},
         "errorCode": "\(error)", "timeseries": [{"metadatavalues": [], "data": [\(data)]}], "unit": "Percent"}
        """
    }

    @Test("of Azure Monitor count their averages, and of bytes the totals", arguments: [false, true])
    func azureMonitor(isBatch: Bool) throws {
        let metrics = [
            Self.azure(
                "Percentage CPU",
                #"{"timeStamp": "2026-10-31T12:00:00Z", "average": 12.5, "total": null}, {"timeStamp": "2026-10-31T12:05:00Z", "average": null}"#
            ),
            Self.azure("Available Memory Percentage", #"{"timeStamp": "2026-10-31T12:00:00+00:00", "average": 75}"#),
            Self.azure("Network In Total", #"{"timeStamp": "2026-10-31T12:00:00Z", "total": 1024, "average": 3}"#),
            Self.azure("Disk Read Bytes", #"{"timeStamp": "2026-10-31T12:00:00Z", "average": 3}"#),
        ].joined(separator: ",")
        let (table, problems) = try read(
            .azureMonitor,
            isBatch
                ? #"{"values": [{"resourceid": "x", "interval": "PT5M", "value": [\#(metrics)]}]}"#
                : #"{"cost": 0, "value": [\#(metrics)]}"#)
        #expect(values(table, Self.machine) == [12.5] && values(table, Self.machine, .memory) == [25])
        #expect(values(table, Self.machine, .networkIn) == [1024])
        #expect(problems.map { $0.contains("note unknown-metric: 1 sample of 'Disk Read Bytes'") } == [true])
    }

    @Test(
        "of Azure Monitor that failed, are divided or belong to nobody are partial",
        arguments: [
            (#"{"value": [\#(azure("Percentage CPU", "", error: "InternalError"))]}"#, "the metric 'Percentage CPU' is 'InternalError'"),
            (#"{"value": [{"id": "/x", "name": {"value": "Percentage CPU"}, "timeseries": []}]}"#, "does not say of which resource"),
            (
                #"{"value": [{"id": "\#(machine)/providers/microsoft.insights/metrics/x", "name": {"value": "cpu_percent"}, "timeseries": [{}, {}]}]}"#,
                "divided into 2 series"
            ),
            (#"{"error": {"code": "AuthorizationFailed"}}"#, "'value' is missing"),
            (#"{"value": [\#(azure("Percentage CPU", #"{"timeStamp": "today", "average": 1}"#))]}"#, "expected a time"),
        ])
    func azureGaps(text: String, problem: String) throws {
        let (_, problems) = try read(.azureMonitor, text)
        #expect(problems.count == 1 && problems[0].contains(": partial ") && problems[0].contains(problem), "\(problems)")
    }

    // MARK: Google

    private static func google(_ type: String, _ value: String, labels: String = #""instance_name": "web-1""#) -> String {
        """
        {"metric": {"type": "\(type)", "labels": {\(labels)}},
         "resource": {"type": "gce_instance", "labels": {"project_id": "p", "zone": "europe-west1-b", "instance_id": "77"}},
         "points": [{"interval": {"startTime": "2026-10-31T11:55:00Z", "endTime": "2026-10-31T12:00:00Z"}, "value": \(value)}]}
        """
    }

    @Test("of Google's monitoring are percent, and known by the instance's name in the state")
    func googleMonitoring() throws {
        let name = "projects/p/zones/europe-west1-b/instances/web-1"
        let series = [
            Self.google("compute.googleapis.com/instance/cpu/utilization", #"{"doubleValue": 0.125}"#),
            Self.google("compute.googleapis.com/instance/network/received_bytes_count", #"{"int64Value": "4096"}"#),
            Self.google(
                "agent.googleapis.com/memory/percent_used", #"{"doubleValue": 31.5}"#, labels: #""state": "used", "instance_name": "web-1""#
            ),
            Self.google(
                "agent.googleapis.com/memory/percent_used", #"{"doubleValue": 60}"#, labels: #""state": "free", "instance_name": "web-1""#),
        ].joined(separator: ",")
        let (table, problems) = try read(.googleMonitoring, #"{"timeSeries": [\#(series)], "unit": "1"}"#)
        #expect(values(table, name) == [12.5] && values(table, name, .memory) == [31.5] && values(table, name, .networkIn) == [4096])
        #expect(problems.map { $0.contains("note unknown-metric: 1 sample of 'agent.googleapis.com/memory/percent_used'") } == [true])
    }

    @Test(
        "of Google's monitoring that are not all there are partial",
        arguments: [
            (#"{"timeSeries": [], "nextPageToken": "x"}"#, "another page follows"),
            (#"{"timeSeries": [], "executionErrors": [{"code": 4}]}"#, "1 'executionErrors'"),
            (
                #"{"timeSeries": [\#(google("compute.googleapis.com/instance/cpu/utilization", #"{"doubleValue": 0.1}"#, labels: ""))]}"#,
                "does not say of which project, zone and instance"
            ),
            (
                #"{"timeSeries": [\#(google("compute.googleapis.com/instance/cpu/utilization", #"{"stringValue": "x"}"#))]}"#,
                "a point without"
            ),
        ])
    func googleGaps(text: String, problem: String) throws {
        let (_, problems) = try read(.googleMonitoring, text)
        #expect(problems.count == 1 && problems[0].contains(": partial ") && problems[0].contains(problem), "\(problems)")
    }
}
