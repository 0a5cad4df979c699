import CostModel
import Testing

@testable import Observation

@Suite("Logs of traffic")
struct TrafficLogTests {
    /// 2026-10-05T00:00:00Z
    private static let time = 1_791_158_400
    private static let days = Day("2026-10-01")!..<Day("2026-11-01")!

    private func read(
        _ format: LogFormat, _ text: String, name: String = "a.log", sizeLimit: Int = TrafficLogReader.sizeLimit,
        pairLimit: Int = TrafficCollector.pairLimit
    ) throws -> (pairs: [String], problems: [String]) {
        try read(format, [(name, Array(text.utf8))], sizeLimit: sizeLimit, pairLimit: pairLimit)
    }

    private func read(
        _ format: LogFormat, _ files: [(String, [UInt8])], sizeLimit: Int = TrafficLogReader.sizeLimit,
        pairLimit: Int = TrafficCollector.pairLimit
    ) throws -> (pairs: [String], problems: [String]) {
        let folder = try TemporaryFolder()
        for (name, bytes) in files { try folder.write(name, bytes) }
        let source = LogSource(name: "logs", place: Place(file: "bursar.yaml", line: 9), format: format, paths: ["**"])
        let (table, problems) = TrafficLogReader.read(
            [source], directory: folder.path, days: Self.days, sizeLimit: sizeLimit, pairLimit: pairLimit)
        let pairs = table.entries.map { entry in
            let key = entry.key
            return "\(table.name(key.source)) > \(table.name(key.target)) \(key.kind.name) \(key.day) \(entry.bytes)"
        }
        return (pairs.sorted(), problems.filter { $0.severity != .note }.map(BillFolder.line))
    }

    private static let header = FlowColumns.version2.joined(separator: " ") + "\n"

    /// A record of version 2.
    private static func record(
        _ source: String, _ target: String, _ bytes: Int, interface: String = "eni-1", action: String = "ACCEPT", day: Int = 0
    ) -> String {
        let time = time + day * 86_400
        return "2 123456789010 \(interface) \(source) \(target) 20641 443 6 20 \(bytes) \(time) \(time + 60) \(action) OK\n"
    }

    @Test("version 2 gives the bytes that go out and between private addresses, by day")
    func version2() throws {
        let text =
            Self.header + Self.record("10.0.1.5", "8.8.8.8", 1000) + Self.record("10.0.1.5", "8.8.8.8", 200)
            + Self.record("10.0.1.5", "8.8.8.8", 7, day: 1) + Self.record("8.8.8.8", "10.0.1.5", 900)
            + Self.record("10.0.1.5", "8.8.4.4", 50, action: "REJECT") + Self.record("10.0.1.5", "10.0.2.9", 30)
            + Self.record("10.0.1.5", "8.8.8.8", 5, day: -40)
            + "2 123456789010 eni-1 - - - - - - - \(Self.time) \(Self.time + 60) - NODATA\n"
            + "2 123456789010 eni-1 - - - - - - - \(Self.time) \(Self.time + 60) - SKIPDATA\n"
        let found = try read(.vpcFlow, text)
        #expect(
            found.pairs == [
                "10.0.1.5 > 10.0.2.9 interZone 2026-10-05 30", "10.0.1.5 > 8.8.8.8 internet 2026-10-05 1200",
                "10.0.1.5 > 8.8.8.8 internet 2026-10-06 7",
            ])
        #expect(found.problems.isEmpty)
    }

    @Test("a flow that both ends saw counts once, and the end that saw more of it says how much")
    func bothEnds() throws {
        let text =
            Self.header + Self.record("10.0.1.5", "10.0.2.9", 30, interface: "eni-1")
            + Self.record("10.0.1.5", "10.0.2.9", 32, interface: "eni-2")
        #expect(try read(.vpcFlow, text).pairs == ["10.0.1.5 > 10.0.2.9 interZone 2026-10-05 32"])
    }

    @Test(
        "the fields of later versions say which way it went, in any order",
        arguments: [
            ("10.0.1.5 8.8.8.8 10.0.1.5 8.8.8.8 - egress 8", "10.0.1.5 > 8.8.8.8 internet"),
            ("10.0.1.5 10.0.0.220 10.0.1.5 52.1.1.1 S3 ingress -", "10.0.1.5 > S3 nat"),
            ("10.0.0.220 10.0.1.5 52.1.1.1 10.0.1.5 - egress 1", "52.1.1.1 > 10.0.1.5 nat"),
            ("10.0.1.5 52.1.1.1 10.0.1.5 52.1.1.1 S3 egress 1", "10.0.1.5 > S3 nat"),
            ("10.0.1.5 52.1.1.1 10.0.1.5 52.1.1.1 S3 egress 7", ""),
            ("10.0.1.5 52.1.1.1 10.0.1.5 52.1.1.1 S3 egress 8", "10.0.1.5 > S3 unknown"),
            ("10.0.1.5 10.9.0.1 10.0.1.5 10.9.0.1 - egress 4", "10.0.1.5 > 10.9.0.1 peering"),
            ("10.0.1.5 10.9.0.1 10.0.1.5 10.9.0.1 - egress 5", "10.0.1.5 > 10.9.0.1 interRegion"),
            ("10.0.1.5 192.168.0.1 10.0.1.5 192.168.0.1 - egress 3", "10.0.1.5 > 192.168.0.1 vpn"),
            ("8.8.8.8 10.0.1.5 8.8.8.8 10.0.1.5 - ingress -", ""),
            ("2600:1f18::5 2001:4860::8 2600:1f18::5 2001:4860::8 - egress 8", "2600:1f18::5 > 2001:4860::8 internet"),
        ])
    func routes(record: String, expected: String) throws {
        let header = "srcaddr dstaddr pkt-srcaddr pkt-dstaddr pkt-dst-aws-service flow-direction traffic-path bytes end vpc-id\n"
        let found = try read(.vpcFlow, header + record + " 512 \(Self.time) vpc-1")
        #expect(found.problems.isEmpty)
        #expect(found.pairs == (expected.isEmpty ? [] : [expected + " 2026-10-05 512"]))
    }

    @Test("it is read packed, without its header as CloudWatch exports it, and in parts whose header is repeated")
    func packed() throws {
        let record = Self.record("10.0.1.5", "8.8.8.8", 1000)
        let found = try read(
            .vpcFlow,
            [
                ("a.log.gz", Gzip.member(Array((Self.header + record).utf8))), ("b.log", Array(record.utf8)),
                ("c.log", Array((Self.header + record + Self.header + record).utf8)),
            ])
        #expect(found.problems.isEmpty)
        #expect(found.pairs == ["10.0.1.5 > 8.8.8.8 internet 2026-10-05 4000"])
    }

    @Test("what is no whole log is said, and what stands before counts")
    func broken() throws {
        let record = Self.record("10.0.1.5", "8.8.8.8", 1000)
        let cut = try read(.vpcFlow, Self.header + record + record.dropLast(30))
        #expect(cut.problems == ["a.log:3:1: partial bad-row: 11 fields, where the first line names 14"])
        #expect(cut.pairs == ["10.0.1.5 > 8.8.8.8 internet 2026-10-05 1000"])
        #expect(try read(.vpcFlow, Self.header + record + record.dropLast(2)).problems.count == 1)
        let lines = (0..<5_000).map { Self.record("10.0.1.\($0 % 200)", "8.8.\($0 % 251).\($0 % 7)", $0) }.joined()
        let torn = Gzip.member(Array((Self.header + lines).utf8))
        let found = try read(.vpcFlow, [("a.log.gz", Array(torn.dropLast(torn.count / 3)))])
        #expect(found.problems == ["a.log.gz: partial torn-gzip: the gzip data ends in the middle: the file is torn"])
        #expect(!found.pairs.isEmpty)
    }

    @Test(
        "a file of something else is refused with what is missing",
        arguments: [
            ("", "bad-log: is empty: a flow log has at least the line that names its fields"),
            (
                "srcaddr bytes start\n10.0.1.5 5 1",
                "log-fields: the log lacks dstaddr: add it to the flow log's 'log_format'"
            ),
            ("srcaddr srcaddr dstaddr bytes start\n", "bad-log: its first line names the field 'srcaddr' twice"),
            (
                "team,amount\n",
                "bad-log: is no VPC flow log: its first line names no fields such as 'srcaddr dstaddr bytes start', and is no record of version 2"
            ),
            ("PAR1\u{15}\u{4}", "parquet-log: is Parquet: have the log delivered in text, or write it with DuckDB as CSV with spaces"),
        ])
    func others(text: String, expected: String) throws {
        #expect(try read(.vpcFlow, text).problems == ["a.log: partial " + expected])
    }

    @Test("a file without lines, one of other lines and one that never ends take neither memory nor hours")
    func hostile() throws {
        let zeros = try read(.vpcFlow, [("a.log", [UInt8](repeating: 0, count: 3 << 20))])
        #expect(zeros.problems == ["a.log: partial unreadable-file: line 1 is longer than 64 KB: this is no log in text"])
        let noise = try read(.vpcFlow, Self.header + String(repeating: "noise\n", count: 5_000))
        #expect(noise.problems.contains { $0.contains("none of its first 5001 lines is a record") })
        let record = Self.record("10.0.1.5", "8.8.8.8", 1000)
        let large = Gzip.member(Array((Self.header + String(repeating: record, count: 40_000)).utf8))
        let found = try read(.vpcFlow, [("a.log.gz", large)], sizeLimit: 1 << 20)
        #expect(found.problems == ["a.log.gz: partial unreadable-file: is larger than 0 GB unpacked: name a part of it"])
    }

    @Test("beyond so many pairs the bytes count as those of other addresses, and none is lost")
    func many() throws {
        let text = Self.header + (0..<50).map { Self.record("10.0.1.5", "8.8.8.\($0)", 10) }.joined()
        let found = try read(.vpcFlow, text, pairLimit: 20)
        #expect(found.pairs.contains { $0.hasPrefix("10.0.1.5 > other addresses internet") })
        #expect(found.pairs.count < 25)
        #expect(found.pairs.compactMap { Int($0.split(separator: " ").last ?? "") }.reduce(0, +) == 500)
    }

    @Test("S3's access logs give what a bucket sent to the internet, whatever stands in quotes")
    func s3() throws {
        func line(_ address: String, _ sent: String, _ agent: String = "curl/8") -> String {
            "79a5 photos [05/Oct/2026:00:00:38 +0000] \(address) 79a5 3E57 REST.GET.OBJECT a.jpg \"GET /photos/a b.jpg \"x\" HTTP/1.1\" 200 - \(sent) 9000 70 10 \"-\" \"\(agent)\" - hostid SigV4 - - photos.s3.amazonaws.com TLSv1.2\n"
        }
        let found = try read(
            .s3Access,
            line("192.0.2.3", "7000") + line("192.0.2.3", "-") + line("10.0.1.5", "900") + line("192.0.2.4", "5", "Amazon CloudFront"))
        #expect(found.problems.isEmpty)
        #expect(found.pairs == ["photos > 192.0.2.3 internet 2026-10-05 7000"])
        let cut = try read(.s3Access, line("192.0.2.3", "7000") + line("192.0.2.3", "8").prefix(120))
        #expect(cut.problems == ["a.log:2:1: partial bad-row: is no record of an S3 access log, or ends in the middle"])
    }

    @Test("CloudFront's logs are read by the columns that they name")
    func cloudFront() throws {
        let head = "#Version: 1.0\n#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host)\n"
        let row = "2026-10-05\t01:13:11\tFRA2\t102\t192.0.2.10\tGET\td111.cloudfront.net\n"
        let found = try read(.cloudFront, head + row + row)
        #expect(found.problems.isEmpty)
        #expect(found.pairs == ["d111.cloudfront.net > 192.0.2.10 cdn 2026-10-05 204"])
        #expect(
            try read(.cloudFront, row).problems == [
                "a.log: partial bad-log: is no CloudFront log: no '#Fields:' stands before its first record"
            ])
        let other = "#Fields: date time c-ip\n2026-10-05\t01:13:11\t192.0.2.10\n"
        #expect(try read(.cloudFront, other).problems == ["a.log: partial log-fields: the log lacks sc-bytes, cs(Host)"])
    }
}
