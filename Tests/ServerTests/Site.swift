import CostModel
import JSON
import Reporting
import Synchronization
import TestSupport

@testable import Server

/// A server without a socket: what it knows, who may ask, and the clock it goes by.
final class Site {
    static let readToken = "read-token-0123456789"
    static let writeToken = "write-token-0123456789"
    static let secret = "a-webhook-secret-of-acme"

    let directory = TemporaryDirectory()
    let source: SampleSource
    let log = MemoryLog()
    let runs = RunMeter()
    let clock = TestClock()
    let application: Application

    /// - Parameters:
    ///   - hasLoop: false: only what is remembered is served.
    ///   - hasTokens: false: anonymous.
    init(
        _ archive: SampleArchive = SampleArchive(), source: SampleSource = SampleSource(), hasLoop: Bool = true, hasTokens: Bool = true,
        pages: [WebPage] = WebPage.all, change: (inout Application.Settings) -> Void = { _ in }
    ) {
        self.source = source
        var archive = archive
        archive.folder = source.orders
        let clock = clock
        let context = ServerContext(
            source: hasLoop ? source : nil, archive: archive,
            workspaces: [ServedWorkspace(name: Sample.workspace, repository: "https://forge.example/acme/infra.git")],
            clock: { Sample.now }, uptime: { clock.now })
        var settings = Application.Settings()
        settings.requestsPerSecond = 10_000
        if hasTokens { settings.tokens = Self.tokens(in: directory) }
        change(&settings)
        application = Application(context, settings, runs: runs, log: log, version: "0.0.0", pages: pages)
    }

    private static func tokens(in directory: TemporaryDirectory) -> BearerTokens? {
        // A site without its tokens lets nobody in, and every test of it says so.
        try? BearerTokens(path: directory.secret("# who\nread reader \(readToken)\nwrite writer \(writeToken)\n", "tokens"))
    }

    func answer(
        _ method: String, _ target: String, token: String? = Site.readToken, headers: [String: String] = [:], body: [UInt8] = []
    ) throws -> Response {
        application.answer(try Self.request(method, target, token: token, headers: headers, body: body))
    }

    /// What is answered with 200 or 202, read as JSON.
    func json(_ method: String, _ target: String, token: String? = Site.readToken) throws -> JSONValue {
        let response = try answer(method, target, token: token)
        guard response.status < 300 else { throw Unexpected(response: response) }
        return try JSONReader.read(response.body)
    }

    static func request(
        _ method: String, _ target: String, token: String?, headers: [String: String], body: [UInt8]
    ) throws -> Request {
        let parts = target.split(separator: "?", maxSplits: 1)
        let query = parts.count < 2 ? [] : parts[1].split(separator: "&").map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
        var fields = headers.sorted { $0.key < $1.key }.map { Request.Field($0.key, $0.value) }
        if let token { fields.append(.init("authorization", "Bearer \(token)")) }
        if headers["host"] == nil { fields.append(.init("host", "127.0.0.1:8080")) }
        return Request(
            method: method, path: parts[0].split(separator: "/").map(String.init),
            query: query.map { Request.Field($0[0], $0.count > 1 ? $0[1] : "") }, headers: fields, body: body)
    }

    struct Unexpected: Error { var response: Response }
}

final class TestClock: Sendable {
    private let milliseconds = Mutex<Int64>(1_000_000)
    var now: Int64 { milliseconds.withLock { $0 } }
    func advance(milliseconds: Int64) { self.milliseconds.withLock { $0 += milliseconds } }
}

final class MemoryLog: LogSink {
    private let all = Mutex<[LogEntry]>([])
    var entries: [LogEntry] { all.withLock { $0 } }
    func write(_ entry: LogEntry) { all.withLock { $0.append(entry) } }
}

extension JSONValue {
    var text: String? { if case .string(let text) = self { text } else { nil } }
    var elements: [JSONValue] { if case .array(let elements) = self { elements } else { [] } }
    var keys: [String] { if case .object(let members) = self { members.map(\.key) } else { [] } }
}

extension Response {
    var bodyText: String { String(decoding: body, as: UTF8.self) }
    func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}
