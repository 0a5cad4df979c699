import CostModel
import Glibc
import JSON
import Reporting
import Server
import Synchronization
import Testing

@Suite("traces")
struct TraceTests {
    /// A collector: this server's own listener.
    private final class Collector: Sendable {
        private let bodies = Mutex<[Request]>([])
        var requests: [Request] { bodies.withLock { $0 } }

        func listen(status: Int = 200, before: @escaping @Sendable () -> Void = {}) throws -> HTTPListener {
            try HTTPListener(try #require(ListenAddress("127.0.0.1:0"))) { [self] request in
                before()
                bodies.withLock { $0.append(request) }
                return .json([:], status: status)
            }
        }
    }

    private func exporter(to listener: HTTPListener) throws -> TraceExporter {
        try TraceExporter(endpoint: "http://\(listener.address)/", version: "0.0.0")
    }

    @Test("are one span a stage below that of the run, with the same ids each time")
    func spans() throws {
        let collector = Collector()
        let listener = try collector.listen()
        let exporter = try exporter(to: listener)
        for _ in 0..<2 { exporter.observe(Sample.ended) }
        exporter.finish(milliseconds: 10_000)
        #expect(exporter.counts == (0, 2))
        let requests = collector.requests
        #expect(requests.count == 2)
        #expect(requests.first?.path == ["v1", "traces"])
        #expect(requests.first?.header("content-type") == "application/json")
        #expect(requests.first?.body == requests.last?.body)
        let document = try JSONReader.read(requests.first?.body ?? [])
        let spans = document["resourceSpans"]?.elements.first?["scopeSpans"]?.elements.first?["spans"]?.elements ?? []
        #expect(spans.compactMap { $0["name"]?.text } == ["reconcile"] + Stage.allCases.map(\.rawValue))
        #expect(Set(spans.compactMap { $0["traceId"]?.text }).count == 1)
        #expect(Set(spans.compactMap { $0["spanId"]?.text }).count == spans.count)
        #expect(spans[0]["traceId"]?.text?.count == 32)
        #expect(spans[0]["spanId"]?.text?.count == 16)
        #expect(spans.dropFirst().allSatisfy { $0["parentSpanId"] == spans[0]["spanId"] })
        #expect(spans[1]["startTimeUnixNano"]?.text == "1793491200000000000")
        #expect(spans[1]["endTimeUnixNano"]?.text == "1793491200040000000")
    }

    @Test("are dropped and counted when the collector refuses them, or is not there")
    func refused() throws {
        let listener = try Collector().listen(status: 503)
        let refused = try exporter(to: listener)
        refused.observe(Sample.ended)
        refused.finish(milliseconds: 10_000)
        #expect(refused.counts == (1, 0))
        listener.stop()
        let gone = try exporter(to: listener)
        gone.observe(Sample.ended)
        gone.finish(milliseconds: 10_000)
        #expect(gone.counts == (1, 0))
    }

    @Test("never make a run wait, and only so many of them wait themselves")
    func bounded() throws {
        let (isUnderWay, isOpen) = (Flag(), Flag())
        let listener = try Collector().listen(before: {
            isUnderWay.set()
            while !isOpen.isSet { usleep(1_000) }
        })
        let exporter = try exporter(to: listener)
        exporter.observe(Sample.ended)
        while !isUnderWay.isSet { usleep(1_000) }
        for _ in 0..<(TraceExporter.capacity + 9) { exporter.observe(Sample.ended) }
        #expect(exporter.counts.dropped == 9)
        isOpen.set()
        exporter.finish(milliseconds: 20_000)
        #expect(exporter.counts == (9, TraceExporter.capacity + 1))
    }

    @Test("go nowhere else than to an http or https address", arguments: ["", "localhost:4318", "ftp://h", "file:///tmp", "http://u:p@h"])
    func endpoints(endpoint: String) {
        #expect(throws: ServerError.self) { try TraceExporter(endpoint: endpoint, version: "0") }
    }
}
