import Foundation
import Server
import Synchronization
import Testing

/// What strangers may send, over real sockets.
@Suite("the listener")
struct ListenerTests {
    /// Answers with what it was asked, and remembers how often.
    private final class Echo: Sendable {
        let listener: HTTPListener
        let seen: Seen

        init(
            _ change: (inout HTTPListener.Limits) -> Void = { _ in }, uptime: @escaping @Sendable () -> Int64 = HTTPListener.uptime
        ) throws {
            var limits = HTTPListener.Limits()
            limits.body = 1_000
            change(&limits)
            let seen = Seen()
            listener = try HTTPListener(try #require(ListenAddress("127.0.0.1:0")), limits: limits, uptime: uptime) { request in
                seen.add(request)
                return .text("\(request.method) \(request.path) \(request.body.count)\n")
            }
            self.seen = seen
        }

        var port: UInt16 { listener.address.port }
    }

    private final class Seen: Sendable {
        private let requests = Mutex<[Request]>([])
        var all: [Request] { requests.withLock { $0 } }
        func add(_ request: Request) { requests.withLock { $0.append(request) } }
        func forget() { requests.withLock { $0 = [] } }
    }

    private static func status(_ answer: String) -> Int { Int(answer.split(separator: " ").dropFirst().first ?? "") ?? 0 }

    @Test("answers a request, and says what may be done with the answer")
    func answer() throws {
        let echo = try Echo()
        let answer = try RawConnection.ask("GET /a/b?x=1%262&y HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n", port: echo.port)
        #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
        for header in [
            "Cache-Control: no-store", "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options: nosniff", "Content-Type: text/plain; charset=utf-8",
        ] { #expect(answer.contains("\r\n\(header)\r\n"), "\(header)") }
        #expect(answer.hasSuffix("\r\n\r\nGET [\"a\", \"b\"] 0\n"))
        #expect(echo.seen.all.first?.query == [.init("x", "1&2"), .init("y", "")])
        #expect(echo.seen.all.first?.client == "127.0.0.1")
    }

    @Test("leaves the body out of the answer to HEAD")
    func head() throws {
        let echo = try Echo()
        let answer = try RawConnection.ask("HEAD /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n", port: echo.port)
        #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
        #expect(answer.hasSuffix("\r\n\r\n"))
        #expect(answer.contains("Content-Length: 13\r\n"))
    }

    @Test("takes a body, in pieces too")
    func body() throws {
        let echo = try Echo()
        let connection = try RawConnection(port: echo.port)
        connection.send("POST /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: 6\r\n\r\nabc")
        connection.send("def")
        #expect(connection.readAll().hasSuffix("POST [\"a\"] 6\n"))
        #expect(echo.seen.all.first?.body == Array("abcdef".utf8))
    }

    @Test("refuses a body that is announced too large before a byte of it is there")
    func largeBody() throws {
        let echo = try Echo()
        for length in ["1001", "99999999999999"] {
            let answer = try RawConnection.ask("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: \(length)\r\n\r\n", port: echo.port)
            #expect(Self.status(answer) == 413)
            #expect(answer.contains("application/problem+json"))
        }
        #expect(echo.seen.all.isEmpty)
    }

    @Test(
        "refuses a body without a clear length",
        arguments: [
            "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nabc",
            "Content-Length: -1\r\n\r\n", "Content-Length: abc\r\n\r\n", "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
            "Content-Length: 99999999999999999999999\r\n\r\n",
        ])
    func lengths(rest: String) throws {
        let echo = try Echo()
        let answer = try RawConnection.ask("POST /a HTTP/1.1\r\nHost: h\r\n\(rest)", port: echo.port)
        #expect([0, 400, 411, 413].contains(Self.status(answer)), "\(answer)")
        #expect(echo.seen.all.isEmpty)
    }

    @Test(
        "refuses a header with a blank before its colon, or a name that is none: a proxy may read another request there",
        arguments: [
            "Content-Length : 5\r\n\r\nabcde", "Content-Length\t: 5\r\n\r\nabcde", "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
            "X Y: 1\r\n\r\n", "Authorization : Bearer x\r\n\r\n", "X-\u{7F}: 1\r\n\r\n", "X(a): 1\r\n\r\n", "X\u{E9}: 1\r\n\r\n",
        ])
    func headerNames(rest: String) throws {
        let echo = try Echo()
        let answer = try RawConnection.ask("POST /a HTTP/1.1\r\nHost: h\r\n\(rest)", port: echo.port)
        #expect(Self.status(answer) == 400, "\(answer)")
        #expect(echo.seen.all.isEmpty)
    }

    @Test(
        "refuses a header whose value another reader may end elsewhere, and more than one Host",
        arguments: [
            "Host: h\r\nX: a\rY: b\r\n\r\n",
            "Host: h\r\nX: \u{1}\r\n\r\n", "Host: h\r\nX: \u{7F}\r\n\r\n", "Host: h\r\nHost: h\r\n\r\n", "Host: h\r\nhost: i\r\n\r\n",
        ])
    func headerValues(rest: String) throws {
        let echo = try Echo()
        let answer = try RawConnection.ask("GET /a HTTP/1.1\r\n\(rest)", port: echo.port)
        #expect(Self.status(answer) == 400, "\(answer)")
        #expect(echo.seen.all.isEmpty)
    }

    @Test(
        "refuses a head that another reader may read in another way: a NUL, a bare line feed, a folded line",
        arguments: [
            "Authorization: Bearer a\0b\r\n", "Authorization: Bearer a\0\r\nX: y\r\n", "Authorization: Bearer a\0\0\nX: y\r\n",
            "Authorization: Bearer a\r\nContent-Length: 3\0 9\r\n", "X-User: al\0ice\r\n", "X-User: \0alice\r\n", "X: a\nX-User: root\r\n",
            "X: a\n\r\n", "X: a\r\n X-User: root\r\n", "X: a\r\n\tb\r\nY: c\r\n", "X: a\r\n b\r\n c\r\n", "X:\n a\r\n",
            "\0\r\nX-User: root\r\n", "X: a\r\n\0b\r\nX-User: root\r\n", "X: a\n",
        ])
    func heads(rest: String) throws {
        let echo = try Echo()
        let request = "POST /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\(rest)\r\nabcGET /b HTTP/1.1\r\nHost: h\r\n\r\n"
        let answer = try RawConnection.ask(request, port: echo.port)
        #expect(Self.status(answer) == 400, "\(answer)")
        #expect(echo.seen.all.isEmpty)
    }

    @Test(
        "refuses a first line that another reader may read in another way",
        arguments: [
            "GET /a\0b HTTP/1.1\r\nHost: h\r\n\r\n", "GET /a?b=c\0&d=e HTTP/1.1\r\nHost: h\r\n\r\n", "GET /a HTTP/1.1\nHost: h\r\n\r\n",
            "GET\0X /a HTTP/1.1\r\nHost: h\r\n\r\n", "GET  /a HTTP/1.1\r\nHost: h\r\n\r\n", "GET /a HTTP/1.1\r\nHost: local\0host\r\n\r\n",
            "GET /a HTTP/1.1\r\nHost: h\n\n",
        ])
    func firstLines(request: String) throws {
        let echo = try Echo { $0.headDeadline = 300 }
        let answer = try RawConnection.ask(request, port: echo.port)
        #expect([0, 400].contains(Self.status(answer)), "\(answer)")
        #expect(echo.seen.all.isEmpty)
    }

    @Test("takes headers with blanks, tabs and nothing around and in their values, in pieces and one request behind another")
    func blanks() throws {
        let echo = try Echo()
        let connection = try RawConnection(port: echo.port)
        let head = "Host:h\r\nX-Empty:\r\nX-Blank: \t \r\nX-Wide: \t a b\tc \t\r\nCookie: a=b; c=d\r\nCookie: e=f\r\nX-Last:"
        connection.send("\r\nGET /a?b=c&d&&e=%20+f& HTTP/1.1\r\n\(head)\r\n\r\nPOST /b? HTTP/1.1\r\nContent-Len")
        connection.send("gth: 3\r\n\(head) z\r\n\r\nabcGET / HTTP/1.0\r\n\r\n")
        let answers = connection.readAll()
        #expect(answers.split(separator: "HTTP/1.1 200 OK").count == 3, "\(answers)")
        #expect(echo.seen.all.map(\.path) == [["a"], ["b"], []])
        #expect(echo.seen.all.first?.header("x-wide")?.hasPrefix("a b\tc") == true)
        #expect(echo.seen.all.first?.query.map(\.name) == ["b", "d", "", "e"])
        #expect(echo.seen.all.dropFirst().first?.body == Array("abc".utf8))
    }

    @Test("answers a query of many fields, and refuses one of more at once", arguments: [200, 201, 250, 4_000])
    func manyFields(count: Int) throws {
        let echo = try Echo()
        let query = Array(repeating: "a=b", count: count).joined(separator: "&")
        let answer = try RawConnection.ask("GET /a?\(query) HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n", port: echo.port)
        #expect(Self.status(answer) == (count <= 200 ? 200 : 414), "\(answer)")
        #expect(echo.seen.all.map(\.query.count) == (count <= 200 ? [count] : []))
    }

    @Test(
        "refuses too many headers, and a head that is too long, with an answer", arguments: [300, 16_100, 16_300, 16_500, 20_000, 50_000])
    func headSizes(size: Int) throws {
        let echo = try Echo()
        let fields =
            size == 300
            ? (0..<size).map { "X-\($0): 1\r\n" }.joined() : "X: " + String(repeating: "a", count: size) + "\r\n"
        let answer = try RawConnection.ask("GET /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\(fields)\r\n", port: echo.port)
        let isTaken = size != 300 && size + 60 < 16 << 10
        #expect(Self.status(answer) == (isTaken ? 200 : 431), "\(answer.prefix(200))")
        #expect(answer.split(separator: "HTTP/1.1 ", omittingEmptySubsequences: false).count == 2)
        let long = try RawConnection.ask(
            "GET /\(String(repeating: "a", count: max(size, 16_500))) HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n", port: echo.port)
        #expect(Self.status(long) == 414, "\(long.prefix(200))")
    }

    @Test(
        "sends one status line, whatever was wrong with the request",
        arguments: [
            "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 2000\r\nExpect: 100-continue\r\n\r\n",
            "POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n",
            "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length : 5\r\n\r\nabcde", "GET /%zz HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
            "GET /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n", "NONSENSE\r\n\r\n", "GET /a HTTP/9.9\r\nHost: h\r\n\r\n",
            "GET /a HTTP/1.1\r\nConnection: close\r\n\r\n",
            "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 2000\r\n\r\nGET /a HTTP/1.1\r\nHost: h\r\n\r\n",
        ])
    func statusLine(request: String) throws {
        let echo = try Echo()
        let answer = try RawConnection.ask(request, port: echo.port)
        #expect(answer.split(separator: "HTTP/1.1 ", omittingEmptySubsequences: false).count <= 2, "\(answer)")
    }

    @Test(
        "answers a head that is malformed once, with a 4xx, and closes, in whatever pieces it comes",
        arguments: noLengths.map { "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: \($0)\r\n\r\nhello" } + [
            "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length : 5\r\n\r\nhello", "POST /a HTTP/1.1\r\nHost: h\r\nX: a\0b\r\n\r\n",
            "POST /a HTTP/1.1\r\nHost: h\r\nX: a\rY: b\r\n\r\n", "POST /a HTTP/1.1\r\nHost: h\r\nX: a\r\n b\r\n\r\n",
            "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
            "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nContent-Length: x\r\n\r\nhello",
            "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: x\r\nContent-Length: 5\r\n\r\nhello",
            "POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
            "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "POST /a HTTP/1.1\r\nContent-Length: x\r\n\r\nhello", "POST /a HTTP/1.0\r\nContent-Length: x\r\n\r\nhello",
            "HEAD /a HTTP/1.1\r\nHost: h\r\nContent-Length: x\r\n\r\n", "POST /%zz HTTP/1.1\r\nHost: h\r\nContent-Length: x\r\n\r\n",
            "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: x\r\nX: \(String(repeating: "a", count: 20_000))\r\n\r\n",
            "GET\r\n\r\n", " GET /a HTTP/1.1\r\nHost: h\r\n\r\n", "GET\t/a\tHTTP/1.1\r\nHost: h\r\n\r\n",
            "\u{16}\u{3}\u{1}\u{2}\0\u{1}\0\r\n\r\n", "GET /a HTTX/1.1\r\nHost: h\r\n\r\n", "GET /a http/1.1\r\nHost: h\r\n\r\n",
        ])
    func malformed(request: String) throws {
        let echo = try Echo()
        let pieces = [[request], request.split(separator: "\r\n", omittingEmptySubsequences: false).map { $0 + "\r\n" }]
        for pieces in pieces {
            // A good head that is still on its way takes no part in it.
            let other = try RawConnection(port: echo.port)
            other.send("GET /b HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n")
            let connection = try RawConnection(port: echo.port)
            for piece in pieces { connection.send(piece) }
            let answer = connection.readAll()
            #expect((400..<500).contains(Self.status(answer)), "\(answer)")
            #expect(answer.split(separator: "HTTP/1.1 ", omittingEmptySubsequences: false).count == 2, "\(answer)")
            #expect(answer.contains("\r\nConnection: close\r\n"), "\(answer)")
            #expect(echo.seen.all.isEmpty)
            other.send("Connection: close\r\n\r\n")
            #expect(other.readAll().hasPrefix("HTTP/1.1 200 "))
            #expect(echo.seen.all.map(\.path) == [["b"]])
            echo.seen.forget()
        }
    }

    @Test("answers what stood before a malformed head, and that once", arguments: noLengths)
    func malformedBehindGood(length: String) throws {
        let echo = try Echo()
        let answer = try RawConnection.ask(
            "GET /a HTTP/1.1\r\nHost: h\r\n\r\nPOST /b HTTP/1.1\r\nHost: h\r\nContent-Length: \(length)\r\n\r\n", port: echo.port)
        let answers = answer.split(separator: "HTTP/1.1 ", omittingEmptySubsequences: false)
        #expect(answers.count == 3 && answers[1].hasPrefix("200 ") && answers[2].hasPrefix("4"), "\(answer)")
        #expect(echo.seen.all.map(\.path) == [["a"]])
    }

    @Test("says nothing on a connection on which nothing was asked")
    func silent() throws {
        let echo = try Echo()
        let connection = try RawConnection(port: echo.port)
        echo.listener.stop()
        #expect(connection.readAll().isEmpty)
    }

    @Test("refuses huge headers and paths")
    func largeHead() throws {
        let echo = try Echo()
        let long = String(repeating: "a", count: 100_000)
        for head in ["GET /\(long) HTTP/1.1\r\nHost: h\r\n\r\n", "GET /a HTTP/1.1\r\nHost: h\r\nX: \(long)\r\n\r\n"] {
            #expect([0, 400, 413, 414, 431].contains(Self.status(try RawConnection.ask(head, port: echo.port))))
        }
        let many = (0..<10_000).map { "X-\($0): 1\r\n" }.joined()
        #expect(
            [0, 400, 413, 431].contains(Self.status(try RawConnection.ask("GET /a HTTP/1.1\r\nHost: h\r\n\(many)\r\n", port: echo.port))))
        #expect(echo.seen.all.isEmpty)
    }

    @Test(
        "refuses what is no HTTP, and paths that are none",
        arguments: [
            "\r\n\r\n\r\n\r\n", "GET\r\n\r\n", "\u{16}\u{3}\u{1}\r\n\r\n", "GET /%zz HTTP/1.1\r\nHost: h\r\n\r\n",
            "GET /%00 HTTP/1.1\r\nHost: h\r\n\r\n", "GET /%ff HTTP/1.1\r\nHost: h\r\n\r\n", "GET /a?b=%0a HTTP/1.1\r\nHost: h\r\n\r\n",
            "GET a HTTP/1.1\r\nHost: h\r\n\r\n", "GET http://h/a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
        ])
    func garbage(text: String) throws {
        let echo = try Echo { $0.headDeadline = 300 }
        let answer = try RawConnection.ask(text, port: echo.port)
        #expect([0, 400, 404, 405, 501, 505].contains(Self.status(answer)), "\(answer)")
        #expect(echo.seen.all.isEmpty)
    }

    @Test("tells a slash from its escape")
    func slashes() throws {
        let echo = try Echo()
        _ = try RawConnection.ask("GET /a%2Fb/..%2f/%2e%2e HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n", port: echo.port)
        #expect(echo.seen.all.first?.path == ["a/b", "../", ".."])
    }

    @Test("ends a connection whose request does not come, however slowly it drips")
    func slowHead() throws {
        let clock = SteppingClock()
        let echo = try Echo({ $0.headDeadline = 300 }, uptime: clock.look)
        let connection = try RawConnection(port: echo.port)
        connection.send("GET /a HTTP/1.1\r\nHost: h\r\n")
        // Never silent between two looks at the clock: only the deadline can end it.
        #expect(clock.ends { connection.send("X: 1\r\n") })
        #expect(echo.seen.all.isEmpty)
    }

    @Test("ends a connection whose body does not come")
    func slowBody() throws {
        let clock = SteppingClock()
        let echo = try Echo({ $0.bodyDeadline = 300 }, uptime: clock.look)
        let connection = try RawConnection(port: echo.port)
        connection.send("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 900\r\n\r\n")
        #expect(clock.ends { connection.send("x") })
        #expect(echo.seen.all.isEmpty)
        echo.listener.stop()
        #expect(echo.listener.requestsInProgress == 0)
    }

    @Test("answers others while some are slow")
    func others() throws {
        let echo = try Echo()
        let slow = try (0..<40).map { _ in try RawConnection(port: echo.port) }
        for connection in slow { connection.send("GET /slow HTTP/1.1\r\n") }
        #expect(try RawConnection.ask("GET /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n", port: echo.port).hasPrefix("HTTP/1.1 200"))
    }

    @Test("takes only so many connections of one client")
    func perClient() throws {
        let echo = try Echo { $0.connectionsPerClient = 4 }
        let held = try (0..<4).map { _ in try RawConnection(port: echo.port) }
        for connection in held { connection.send("GET /held HTTP/1.1\r\n") }
        // Accepted by the system, and closed without an answer.
        #expect(try RawConnection.ask("GET /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n", port: echo.port) == "")
        withExtendedLifetime(held) {}
    }

    @Test("answers many at a time, each with its own")
    func concurrent() async throws {
        let echo = try Echo()
        let port = echo.port
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for index in 0..<100 {
                group.addTask {
                    let answer = try RawConnection.ask(
                        "POST /\(index) HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: 2\r\n\r\nab", port: port)
                    return answer.hasSuffix("POST [\"\(index)\"] 2\n")
                }
            }
            for try await isRight in group { #expect(isRight) }
        }
        #expect(echo.seen.all.count == 100)
    }

    /// Without tasks: they would wait for threads that other tests hold, and the client does not wait that long.
    @Test("lets a request end when it is stopped, and takes no more")
    func stop() throws {
        let (reached, gate, answered) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let listener = try HTTPListener(try #require(ListenAddress("127.0.0.1:0"))) { _ in
            reached.signal()
            gate.wait()
            return .text("done\n")
        }
        let port = listener.address.port
        let answer = Mutex("")
        Thread.detachNewThread {
            let text = try? RawConnection.ask("GET /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n", port: port)
            answer.withLock { $0 = text ?? "no answer" }
            answered.signal()
        }
        reached.wait()
        Thread.detachNewThread {
            Thread.sleep(forTimeInterval: 0.2)
            gate.signal()
        }
        listener.stop(grace: 60_000)
        answered.wait()
        #expect(answer.withLock { $0 }.hasSuffix("done\n"))
        #expect(throws: RawConnection.Failure.self) { try RawConnection(port: port) }
    }

    @Test("says that a port is taken")
    func taken() throws {
        let echo = try Echo()
        let error = #expect(throws: ServerError.self) {
            try HTTPListener(try #require(ListenAddress("127.0.0.1:\(echo.port)"))) { _ in .text("") }
        }
        #expect(error?.message == "cannot listen on 127.0.0.1:\(echo.port): address already in use")
    }
}

/// What stands in a `Content-Length` and is no length.
private let noLengths = [
    "1x", "-1", "+5", "5,5", "", "0x5", "5 5", "5.0", "\u{663}", "99999999999999999999999", "18446744073709551616", "1e3", "--", "5\t5",
    "5;5",
    "\"5\"", "NaN",
]

/// A clock that is 50 ms later at each look, however fast the machine is.
private final class SteppingClock: Sendable {
    private let milliseconds = Mutex<Int64>(1_000_000)
    private let looks = DispatchSemaphore(value: 0)

    @Sendable func look() -> Int64 {
        defer { looks.signal() }
        return milliseconds.withLock { time in
            time += 50
            return time
        }
    }

    /// Does something between looks until it cannot be done any more; false where that never comes.
    func ends(_ body: () -> Bool) -> Bool {
        for _ in 0..<100 {
            if !body() { return true }
            looks.wait()
        }
        return false
    }
}

final class Flag: Sendable {
    private let value = Mutex(false)
    var isSet: Bool { value.withLock { $0 } }
    func set() { value.withLock { $0 = true } }
}
