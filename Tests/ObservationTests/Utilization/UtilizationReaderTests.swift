import CostModel
import Testing

@testable import Observation

@Suite("utilisation samples")
struct UtilizationReaderTests {
    private let window = Day(year: 2026, month: 10, day: 18).start..<Day(year: 2026, month: 11, day: 1).start

    private func read(_ folder: TemporaryFolder, _ paths: [String] = ["*"]) -> (table: UtilizationTable, problems: [String]) {
        let source = UtilizationSource(name: "metrics", place: Place(file: "bursar.yaml", line: 12), paths: paths)
        let (table, problems) = UtilizationReader.read([source], directory: folder.path, window: window)
        return (table, problems.map(BillFolder.line))
    }

    @Test("that are older than 'maxAge', or do not come at all, are a gap", arguments: ["2026-10-31T12:00:00Z,i-1,cpu,1\n", ""])
    func age(row: String) throws {
        let folder = try TemporaryFolder()
        try folder.write("a.csv", "timestamp,resource_id,metric,value\n" + row)
        func problems(_ maxAge: TimeSpan?) -> [String] {
            let source = UtilizationSource(name: "metrics", place: Place(file: "bursar.yaml", line: 12), paths: ["*"], maxAge: maxAge)
            return UtilizationReader.read([source], directory: folder.path, window: window).problems.map(\.id)
        }
        #expect(problems(nil) == [])
        #expect(problems(.hours(11)) == ["stale-utilization"])
        #expect(problems(.hours(12)) == (row.isEmpty ? ["stale-utilization"] : []))
    }

    @Test("are kept within the window, by resource, metric and time")
    func samples() throws {
        let folder = try TemporaryFolder()
        try folder.write(
            "a.csv",
            """
            value,metric,extra,resource_id,timestamp
            12.5,cpu,,i-1,2026-10-31T12:00:00Z
            1e1,cpu,,i-1,2026-10-31T11:00:00Z
            7,memory,,i-1,2026-10-31 11:00:00
            1,cpu,,i-2,2026-10-18
            2,cpu,,i-2,2026-10-17T23:59:59Z
            3,cpu,,i-2,2026-11-01T00:00:00Z
            4,gpu,,i-2,2026-10-31
            5,gpu,,i-2,2026-10-31
            """)
        try folder.write("b.csv.gz", Gzip.member("timestamp,resource_id,metric,value\n2026-10-20,i-1,cpu,0.1\n"))
        try folder.write("c.csv", "timestamp,resource_id,metric,value\n2026-10-20,i-1,cpu,0.1\n")
        let (table, problems) = read(folder)
        #expect(table.series["i-1"]?[.cpu]?.samples.map(\.value) == [0.1, 10, 12.5])
        #expect(table.series["i-1"]?[.memory]?.samples.map(\.value) == [7])
        #expect(table.series["i-2"]?[.cpu]?.samples.map(\.value) == [1])
        #expect(
            problems == [
                "a.csv: note unknown-metric: 2 samples of 'gpu' passed over: known metrics are cpu, memory, connections, network_in_bytes, network_out_bytes, disk_ops",
                "c.csv: note repeated-file: holds the same as b.csv.gz: it counts once",
            ])
    }

    @Test(
        "that cannot be read are problems at their place",
        arguments: [
            ("yesterday,i-1,cpu,1", "2:1: partial bad-row: timestamp: expected a time such as 2026-10-31T12:00:00Z, found 'yesterday'"),
            ("2026-10-31,,cpu,1", "2:12: partial bad-row: resource_id: expected a resource's id, found nothing"),
            ("2026-10-31,i-1,,1", "2:16: partial bad-row: metric: expected a metric's name, found nothing"),
            ("2026-10-31,i-1,cpu,", "2:20: partial bad-row: value: expected a number that is not negative, found nothing"),
            ("2026-10-31,i-1,cpu,NaN", "2:20: partial bad-row: value: expected a number that is not negative, found 'NaN'"),
            ("2026-10-31,i-1,cpu,inf", "2:20: partial bad-row: value: expected a number that is not negative, found 'inf'"),
            ("2026-10-31,i-1,cpu,1e999", "2:20: partial bad-row: value: expected a number that is not negative, found '1e999'"),
            ("2026-10-31,i-1,cpu,0x10", "2:20: partial bad-row: value: expected a number that is not negative, found '0x10'"),
            ("2026-10-31,i-1,cpu,-1", "2:20: partial bad-row: value: expected a number that is not negative, found '-1'"),
            ("2026-10-31,i-1,cpu", "2:16: partial wrong-field-count: 3 fields: expected 4, as in the header"),
        ])
    func faults(row: String, problem: String) throws {
        let folder = try TemporaryFolder()
        try folder.write("a.csv", "timestamp,resource_id,metric,value\n\(row)\n2026-10-31,i-1,cpu,5\n")
        let (table, problems) = read(folder)
        #expect(table.series["i-1"]?[.cpu]?.samples.map(\.value) == [5])
        #expect(problems == ["a.csv:" + problem])
    }

    @Test("missing columns and files are never clean")
    func missing() throws {
        let folder = try TemporaryFolder()
        try folder.write("a.csv", "time,resource_id,metric,value\n")
        #expect(
            read(folder, ["a.csv", "b.csv"]).problems == [
                "a.csv:1: partial missing-column: the column 'timestamp' is missing",
                "bursar.yaml:12:1: partial no-file: no file matches 'b.csv'",
            ])
    }

    @Test(
        "numbers are rounded to the nearest",
        arguments: ["0", "12", "0.1", "99.99999999999999", "123456789.123456", "1e-7", ".5", "5.", "+3", "123456789012345678901234567890"])
    func numbers(text: String) {
        let bytes = Array(text.utf8)
        #expect(bytes.withUnsafeBufferPointer { DecimalNumber.parse($0) } == Double(text))
    }
}
