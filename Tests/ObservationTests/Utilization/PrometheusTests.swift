import CostModel
import ForgeDouble
import JSON
import Secrets
import Synchronization
import TestSupport
import Testing
import WebClient

@testable import Observation

@Suite("samples of a server that speaks Prometheus' API")
struct PrometheusTests {
    private static let window = Day(year: 2026, month: 10, day: 18).start..<Day(year: 2026, month: 11, day: 1).start
    private static let source = UtilizationSource(
        name: "production", place: Place(file: "bursar.yaml", line: 9), format: .prometheus, paths: [])

    private static func server(
        _ address: String = "http://127.0.0.1:9090", queries: [Metric: String] = [.cpu: "cpu_percent"], step: Int64 = 300
    ) -> MetricServer {
        MetricServer(
            address: address, resourceLabel: "instance_id", queries: queries, step: TimeSpan(seconds: step), answerLimit: 1 << 20)
    }

    private struct Outcome {
        var table = UtilizationTable()
        var problems: [String] = []
        var pauses: [Double] = []
        var asked: [[String: String]] = []

        func values(_ name: String, _ metric: Metric = .cpu) -> [Double]? { table.series[name]?[metric]?.samples.map(\.value) }
    }

    /// Asks a stand-in for the server, by a clock on which only pauses take time.
    private static func read(
        _ server: MetricServer = server(), window: Range<Instant> = window,
        _ answer: ([String: String], Int) throws(HTTPError) -> HTTPResponse
    ) -> Outcome {
        withoutActuallyEscaping(answer) { answer in
            var outcome = Outcome()
            var seconds = 0.0
            var reader = PrometheusReader(source, server) { (request, _) throws(HTTPError) in
                let fields = Self.fields(request.body)
                outcome.asked.append(fields)
                return try answer(fields, outcome.asked.count)
            }
            reader.clock = { seconds }
            reader.pause = { pause in
                outcome.pauses.append(pause)
                seconds += pause
            }
            let collector = SampleCollector(window: window)
            outcome.problems = reader.read(window, into: collector).map(BillFolder.line)
            outcome.table = collector.table
            return outcome
        }
    }

    private static func fields(_ body: [UInt8]) -> [String: String] {
        let pairs = String(decoding: body, as: UTF8.self).split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1).map { String($0).removingEscapes }
            return (parts[0], parts.count > 1 ? parts[1] : "")
        }
        return Dictionary(pairs, uniquingKeysWith: { $1 })
    }

    private static func ok(_ result: String, more: String = "") -> HTTPResponse {
        let text = #"{"status":"success","data":{"resultType":"matrix","result":[\#(result)]}\#(more)}"#
        return HTTPResponse(status: 200, headers: ["content-type": "application/json"], body: Array(text.utf8))
    }

    private static func error(_ status: Int, _ message: String, headers: HTTPHeaders = [:]) -> HTTPResponse {
        let text = #"{"status":"error","errorType":"execution","error":"\#(message)"}"#
        return HTTPResponse(status: status, headers: headers, body: Array(text.utf8))
    }

    /// A series that has a sample at the start of the piece that is asked for.
    private static func one(_ fields: [String: String], _ value: String = "12.5", name: String = "i-1") -> String {
        #"{"metric":{"instance_id":"\#(name)"},"values":[[\#(fields["start"] ?? ""),"\#(value)"]]}"#
    }

    @Test("are asked for in pieces of whole steps, which together are the window")
    func pieces() {
        let now = Self.window.upperBound.adding(TimeSpan(seconds: 77))
        let outcome = Self.read(window: now.subtracting(.days(3))..<now) { (fields, _) in Self.ok(Self.one(fields)) }
        let ranges = outcome.asked.map { (Int64($0["start"] ?? "") ?? 0, Int64($0["end"] ?? "") ?? 0) }
        #expect(ranges.count == 3)
        #expect(ranges.first?.0 == now.seconds - 3 * 86_400 + 223 && ranges.last?.1 == now.seconds - 77)
        #expect(zip(ranges, ranges.dropFirst()).allSatisfy { $0.1 + 300 == $1.0 })
        #expect(ranges.allSatisfy { $0.0 % 300 == 0 && $0.1 % 300 == 0 && ($0.1 - $0.0) / 300 < 11_000 })
        #expect(outcome.asked.allSatisfy { $0["query"] == "cpu_percent" && $0["step"] == "300" })
        #expect(outcome.problems.isEmpty && outcome.values("i-1") == [12.5, 12.5, 12.5])
    }

    @Test("of no number are no samples, and what no machine can do is a gap")
    func numbers() {
        let start = Self.window.lowerBound.seconds
        let values = ["NaN", "+Inf", "-Inf", "7", "-1", "1e9", "0.1"]
        let samples = values.enumerated().map { #"[\#(start + Int64($0.offset) * 300),"\#($0.element)"]"# }.joined(separator: ",")
        let outcome = Self.read { (_, count) in
            Self.ok(count == 1 ? #"{"values":[\#(samples)],"metric":{"instance_id":"i-1"}}"# : "")
        }
        #expect(outcome.values("i-1") == [7, 0.1])
        #expect(
            outcome.problems == [
                "bursar.yaml:9:1: note prometheus: of the utilization 'production' of 'cpu' 3 samples passed over that are no number",
                "bursar.yaml:9:1: partial prometheus: of the utilization 'production' of 'cpu' 2 samples below 0 or above 1000 left out: the unit is another one",
            ])
    }

    @Test("come in any order, and stand by time")
    func order() {
        let start = Self.window.lowerBound.seconds
        let outcome = Self.read { (_, count) in
            Self.ok(
                count == 1
                    ? #"{"metric":{"instance_id":"i-1"},"values":[[\#(start + 600),"3"],[\#(start),"1"],[\#(start + 300),"2"]]}"# : "")
        }
        #expect(outcome.values("i-1") == [1, 2, 3] && outcome.problems.isEmpty)
    }

    @Test("are asked for again where it may pass, later each time, and as the server says")
    func again() {
        let outcome = Self.read { (fields, count) throws(HTTPError) in
            switch count {
            case 1: return Self.error(503, "starting")
            case 2: throw HTTPError(.connection, "no answer")
            case 3: return Self.error(429, "slow down", headers: ["retry-after": "9"])
            default: return Self.ok(Self.one(fields))
            }
        }
        #expect(outcome.pauses == [1, 2, 9] && outcome.problems.isEmpty)
        #expect(outcome.values("i-1")?.count == 14)
    }

    @Test(
        "do not count at all where one question stays without a whole answer",
        arguments: [
            (Self.error(503, "overloaded"), "it answered 503: overloaded", 5),
            (Self.error(400, "parse error at char 3"), "it answered 400: parse error at char 3", 2),
            (Self.error(422, "many-to-many matching not allowed"), "it answered 422: many-to-many matching not allowed", 2),
            (HTTPResponse(status: 401), "it answered 401; 'tokenFile' and 'headers' in the document", 2),
            (HTTPResponse(status: 404), "it answered 404; 'address' is that of the server", 2),
            (
                HTTPResponse(status: 200, body: Array("<!DOCTYPE html><title>Sign in</title>".utf8)),
                "it answered HTML, not Prometheus' JSON", 2
            ),
            (HTTPResponse(status: 200, body: Array(#"{"status":"success","data":{"resultType":"mat"#.utf8)), "the text ends too early", 2),
            (
                HTTPResponse(status: 200, body: Array(#"{"status":"success","data":{"resultType":"vector","result":[]}}"#.utf8)),
                "it answered something else than the matrix of a query over time", 2
            ),
            (HTTPResponse(status: 200, body: Array("[]".utf8)), "expected an object", 2),
            (Self.ok(#"{"metric":{"instance_id":"i-1"},"values":[[1,"1"]]}"#), "a sample that is of no time which was asked for", 2),
            (Self.ok(#"{"metric":{"instance_id":"i-1"},"values":[["x"]]}"#), "expected a number", 2),
            (Self.ok(#"{"metric":{"instance_id":"i-1"},"values":[[1793491200]]}"#), "a sample has a time and a value", 2),
        ])
    func refused(answer: HTTPResponse, message: String, asked: Int) {
        let outcome = Self.read { (fields, count) in count == 1 ? Self.ok(Self.one(fields)) : answer }
        #expect(outcome.table.series.isEmpty)
        #expect(outcome.problems.count == 1 && outcome.problems[0].hasPrefix("bursar.yaml:9:1: partial prometheus:"))
        #expect(outcome.problems[0].contains(message), "\(outcome.problems)")
        #expect(outcome.asked.count == asked)
    }

    /// In a refusal, in a warning, as the name of what is measured, and where the message is cut.
    @Test(
        "are said and kept without the token, in whatever form the server repeats it",
        arguments: [
            "PLAIN", "BASE64", "URLSAFE", "PERCENT", "&#112;ROM", "PROM\\nREST", "PROM\\u200bREST", "PROM\\u001b[0mREST",
        ])
    func secrets(form: String) throws {
        let token = "prom-3+cret/With~Odd.Letters"
        let folder = try TemporaryFolder()
        try folder.write("token", token)
        try FileSystem.setMode(0o600, of: folder.path + "/token")
        var server = Self.server()
        server.tokenFile = folder.path + "/token"
        let basic = Base64.text(of: Array("user:\(token)".utf8))
        let said = [
            ("PLAIN", token), ("BASE64", basic), ("URLSAFE", basic.replacing("+", with: "-").replacing("/", with: "_")),
            ("PERCENT", token.utf8.map { "%" + String($0, radix: 16) }.joined()), ("&#112;ROM", "&#112;" + token.dropFirst()),
            ("PROM", String(token.prefix(9))), ("REST", String(token.dropFirst(9))),
        ].reduce(form) { $0.replacing($1.0, with: $1.1) }
        let warning = #", "warnings": ["store knows not \#(said)"], "infos": ["asked by \#(said)"]"#
        let long = String(repeating: "x", count: 290)
        let answers: [(String, HTTPResponse?)] = [
            ("it answered 401: no such token ***", Self.error(401, "no such token \(said)")),
            ("xx ***", Self.error(400, "\(long) \(said)")), ("store knows not ***", Self.ok("", more: warning)),
            ("asked by ***", Self.ok("", more: warning)), ("one series is of '***'", nil),
        ]
        for (shown, answer) in answers {
            let outcome = Self.read(server) { (fields, _) in
                let one = Self.one(fields, name: said)
                return answer ?? Self.ok(one + "," + one)
            }
            let text = outcome.problems.joined(separator: "\n") + "\(outcome.table.series.keys)"
            #expect(text.contains(shown), "\(text)")
            #expect(!text.contains(said) && !text.contains("prom-3") && !text.contains(basic.prefix(12)), "\(text)")
        }
        let kept = Self.read(server) { (fields, _) in Self.ok(Self.one(fields, name: said)) }
        #expect(kept.table.series.keys.sorted() == ["***"])
    }

    @Test("are asked for in smaller pieces where an answer is too large, and given up where one point is")
    func tooLarge() {
        let day = Self.window.lowerBound..<Self.window.lowerBound.adding(.days(1))
        let outcome = Self.read(window: day) { (fields, _) throws(HTTPError) in
            let points = ((Int64(fields["end"] ?? "") ?? 0) - (Int64(fields["start"] ?? "") ?? 0)) / 300 + 1
            if points > 100 { throw HTTPError(.tooLarge, "the answer is larger than 1 bytes") }
            if points > 50 { return Self.error(422, "query processing would load too many samples into memory in query execution") }
            return Self.ok(Self.one(fields))
        }
        #expect(outcome.problems.isEmpty)
        #expect(outcome.asked.count == 3 + 8 && outcome.values("i-1")?.count == 8)
        let never = Self.read(window: day) { (_, _) throws(HTTPError) in throw HTTPError(.tooLarge, "the answer is larger than 1 bytes") }
        #expect(never.problems.count == 1 && never.problems[0].contains("larger than 1 bytes"))
    }

    @Test("of two series of one resource, or of series without the label, are refused")
    func labels() {
        let twice = Self.read { (fields, _) in Self.ok(Self.one(fields) + "," + Self.one(fields)) }
        #expect(twice.table.series.isEmpty && twice.problems.count == 1)
        #expect(twice.problems[0].contains("more than one series is of 'i-1': the query must add them up by instance_id"))
        let none = Self.read { (_, _) in Self.ok(#"{"metric":{"instance":"10.0.0.1:9100"},"values":[]}"#) }
        #expect(none.problems.count == 1 && none.problems[0].contains("no series has the label 'instance_id'"))
        let some = Self.read { (fields, count) in
            Self.ok(Self.one(fields) + (count == 1 ? #",{"metric":{},"values":[]}"# : ""))
        }
        #expect(some.values("i-1")?.count == 14)
        #expect(some.problems.map { $0.contains("note prometheus") && $0.contains("without the label") } == [true])
    }

    @Test("come with the server's warnings, which make them partial, and with what else it says")
    func warnings() {
        let outcome = Self.read { (fields, _) in
            Self.ok(Self.one(fields), more: #","warnings":["store 10.0.0.7 is not there"],"infos":["metric might not be a counter"]"#)
        }
        #expect(outcome.values("i-1")?.count == 14)
        #expect(
            outcome.problems == [
                "bursar.yaml:9:1: partial prometheus: of the utilization 'production' of 'cpu' it warns: store 10.0.0.7 is not there",
                "bursar.yaml:9:1: note prometheus: of the utilization 'production' of 'cpu' it says: metric might not be a counter",
            ])
        let empty = Self.read { (_, _) in Self.ok("") }
        #expect(empty.problems.map { $0.contains("warning") && $0.contains("there is no series at all") } == [true])
    }

    @Test("of shapes that are known are asked for by queries that are")
    func shapes() {
        var server = Self.server(queries: [:])
        server.shape = .nodeExporter
        server.selector = "job=\"node\""
        server.metrics = [.memory, .cpu, .connections]
        server.queries = [.networkIn: "mine"]
        let queries = PrometheusQueries(server: server)
        #expect(
            queries.all.map(\.text) == [
                #"clamp_min(100 * (1 - avg by (instance_id) (rate(node_cpu_seconds_total{mode="idle",job="node"}[300s]))), 0)"#,
                #"clamp_min(100 * (1 - max by (instance_id) (node_memory_MemAvailable_bytes{job="node"}) / max by (instance_id) (node_memory_MemTotal_bytes{job="node"})), 0)"#,
                "mine",
            ])
        #expect(queries.missing == [.connections])
        server.shape = .cAdvisor
        server.step = TimeSpan(seconds: 3_600)
        #expect(
            PrometheusQueries(server: server).all[0].text
                == #"100 * sum by (instance_id) (rate(container_cpu_usage_seconds_total{id="/",job="node"}[3600s])) / max by (instance_id) (machine_cpu_cores{job="node"})"#
        )
    }

    // MARK: Over a real connection

    private func served(_ behaviour: HTTPListener.Behaviour, _ body: (EngineClients) throws -> Void) throws {
        let listener = try HTTPListener(behaviour)
        listener.start()
        defer { listener.stop() }
        var server = Self.server(listener.origin + "/", queries: [.cpu: "100 * a{b=\"c\"} + 1"])
        server.deadline = TimeSpan(seconds: 2)
        try body(EngineClients([], metricServers: [server], environment: [:]))
    }

    @Test("are the same as in a file")
    func file() throws {
        let folder = try TemporaryFolder()
        var csv = "timestamp,resource_id,metric,value\n"
        for hour in 0..<(14 * 24) {
            for name in ["i-1", "i-2"] {
                let time = Self.window.lowerBound.adding(TimeSpan(seconds: Int64(hour) * 3_600))
                csv += "\(time),\(name),cpu,\(Self.value(name, time))\n"
            }
        }
        try folder.write("a.csv", csv)
        let csvSource = UtilizationSource(name: "f", place: Self.source.place, paths: ["a.csv"])
        let expected = UtilizationReader.read([csvSource], directory: folder.path, window: Self.window)
        #expect(expected.problems.isEmpty && expected.table.series.count == 2)
        let seen = Mutex<HTTPRequest?>(nil)
        try served(
            .answers { request in
                seen.withLock { $0 = request }
                let fields = Self.fields(request.body)
                let range = (Int64(fields["start"] ?? "") ?? 0)...(Int64(fields["end"] ?? "") ?? 0)
                let series = ["i-2", "i-1"].map { name in
                    let samples = stride(from: (range.lowerBound + 3_599) / 3_600 * 3_600, through: range.upperBound, by: 3_600).map {
                        #"[\#($0),"\#(Self.value(name, Instant(seconds: $0)))"]"#
                    }
                    return #"{"metric":{"instance_id":"\#(name)"},"values":[\#(samples.joined(separator: ","))]}"#
                }
                return Self.ok(series.joined(separator: ","))
            }
        ) { clients in
            let found = UtilizationReader.read([Self.source], directory: "/", window: Self.window, clients: clients)
            #expect(found.problems.isEmpty && found.table == expected.table)
        }
        let request = try #require(seen.withLock { $0 })
        #expect(request.method == .post && request.url.hasSuffix("/api/v1/query_range") && !request.url.hasSuffix("//api/v1/query_range"))
        #expect(Self.fields(request.body)["query"] == "100 * a{b=\"c\"} + 1")
    }

    private static func value(_ name: String, _ time: Instant) -> Double {
        Double((time.seconds / 3_600 * (name == "i-1" ? 7 : 13)) % 1_000) / 10
    }

    @Test("are not read where another host is named, nobody says anything, or nobody is configured")
    func unreachable() throws {
        let moved = HTTPResponse(status: 307, headers: ["location": "http://127.0.0.2:1/api/v1/query_range"])
        try served(.answers { _ in moved }) { clients in
            let found = UtilizationReader.read([Self.source], directory: "/", window: Self.window, clients: clients)
            #expect(found.problems.map(\.severity) == [.partial] && found.problems[0].message.contains("redirects to another host"))
        }
        try served(.silent) { clients in
            let found = UtilizationReader.read([Self.source], directory: "/", window: Self.window, clients: clients)
            #expect(found.problems.map(\.severity) == [.partial] && found.problems[0].message.contains("in time"))
        }
        let found = UtilizationReader.read([Self.source], directory: "/", window: Self.window)
        #expect(found.problems.map(\.severity) == [.partial] && found.problems[0].message.contains("no server is configured"))
    }
}

extension String {
    /// Without `%XX`.
    fileprivate var removingEscapes: String {
        var bytes: [UInt8] = []
        var rest = utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let value = UInt8(String(rest.prefix(2)) ?? "", radix: 16) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
