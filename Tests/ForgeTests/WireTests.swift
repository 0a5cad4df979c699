import CostModel
import Forge
import ForgeDouble
import Synchronization
import Testing
import WebClient

/// Over real connections on this machine.
@Suite("the way to a code host")
struct WireTests {
    private static func listening<Result>(_ behaviour: HTTPListener.Behaviour, _ body: (HTTPListener) throws -> Result) throws -> Result {
        let listener = try HTTPListener(behaviour)
        listener.start()
        defer { listener.stop() }
        return try body(listener)
    }

    private static func sender(deadline: Double = 120, size: Int = 1 << 20) -> HTTPClient {
        HTTPClient(version: "1.2.3", rules: .init(deadline: deadline, responseSize: size))
    }

    @Test("carries method, fields, body and what comes back")
    func exchange() throws {
        let seen = Mutex<HTTPRequest?>(nil)
        try Self.listening(
            .answers { request in
                seen.withLock { $0 = request }
                return HTTPResponse(status: 201, headers: ["X-Test": "yes"], body: Array("{}".utf8))
            }
        ) { listener in
            let request = HTTPRequest(.patch, listener.origin + "/a%2Fb?c=d%20e", headers: ["x-one": "1"], body: Array("body".utf8))
            let response = try Self.sender().send(request)
            #expect(response.status == 201 && response.body == Array("{}".utf8) && response.headers["x-test"] == "yes")
        }
        let request = try #require(seen.withLock { $0 })
        #expect(request.method == .patch && request.url.hasSuffix("/a%2Fb?c=d%20e") && request.body == Array("body".utf8))
        #expect(request.headers["user-agent"] == "bursar/1.2.3" && request.headers["X-One"] == "1" && request.headers["cookie"] == nil)
    }

    @Test("sends no cookie back")
    func cookies() throws {
        let cookies = Mutex<[String?]>([])
        try Self.listening(
            .answers { request in
                cookies.withLock { $0.append(request.headers["cookie"]) }
                return HTTPResponse(status: 200, headers: ["set-cookie": "session=1; Path=/"])
            }
        ) { listener in
            let sender = Self.sender()
            for _ in 0..<2 { _ = try sender.send(HTTPRequest(.get, listener.origin + "/")) }
        }
        #expect(cookies.withLock { $0 } == [nil, nil])
    }

    @Test("gives up on a host that says nothing")
    func silence() throws {
        try Self.listening(.silent) { listener in
            let error = try #require(throws: HTTPError.self) {
                try Self.sender(deadline: 0.3).send(HTTPRequest(.get, listener.origin + "/x?token=y"))
            }
            #expect(error.code == .timedOut)
            #expect(!error.message.contains("token"))
        }
    }

    @Test("reports a connection that nobody takes, and one that breaks in the middle")
    func broken() throws {
        let gone = try HTTPListener(.silent)
        let port = gone.port
        gone.start()
        gone.stop()
        let refused = try #require(throws: HTTPError.self) {
            try Self.sender().send(HTTPRequest(.get, "http://127.0.0.1:\(port)/"))
        }
        #expect(refused.code == .connection || refused.code == .timedOut)
        try Self.listening(.raw(Array("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf".utf8))) { listener in
            let error = try #require(throws: HTTPError.self) { try Self.sender().send(HTTPRequest(.get, listener.origin + "/")) }
            #expect(error.code == .connection)
        }
    }

    @Test(
        "a write goes out once and whole, also where the server closes the connection that it kept, and is not sent again unasked",
        arguments: [HTTPRequest.Method.post, .patch, .put, .delete], [true, false])
    func keptAlive(method: HTTPRequest.Method, closesAlways: Bool) throws {
        let body = Array(repeating: UInt8(ascii: "x"), count: 200_000)
        let seen = Mutex<[Int]>([])
        try Self.listening(
            .keepsAlive { request, earlier in
                guard request.method != .get else { return HTTPResponse(status: 200, body: Array("{}".utf8)) }
                seen.withLock { $0.append(request.body.count) }
                // A connection that had a request before is closed by now, as far as the server is concerned.
                return closesAlways || earlier > 0 ? nil : HTTPResponse(status: 200, body: Array("{}".utf8))
            }
        ) { listener in
            let sender = Self.sender()
            for _ in 0..<3 {
                #expect(try sender.send(HTTPRequest(.get, listener.origin + "/a")).status == 200)
                let write = HTTPRequest(method, listener.origin + "/b", body: body)
                if closesAlways {
                    let error = try #require(throws: HTTPError.self) { try sender.send(write) }
                    #expect(error.code == .connection)
                } else {
                    #expect(try sender.send(write).status == 200)
                }
            }
        }
        #expect(seen.withLock { $0 } == [body.count, body.count, body.count])
    }

    @Test("reads an answer in chunks")
    func chunked() throws {
        let text = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n3\r\n{\"a\r\n5\r\n\": 1}\r\n0\r\n\r\n"
        try Self.listening(.raw(Array(text.utf8))) { listener in
            let response = try Self.sender().send(HTTPRequest(.get, listener.origin + "/"))
            #expect(response.body == Array("{\"a\": 1}".utf8))
        }
    }

    @Test("stops reading where the answer is too large, declared or not", arguments: [true, false])
    func size(isDeclared: Bool) throws {
        let body = [UInt8](repeating: 32, count: 300_000)
        let head = "HTTP/1.1 200 OK\r\n\(isDeclared ? "content-length: \(body.count)\r\n" : "")connection: close\r\n\r\n"
        try Self.listening(.raw(Array(head.utf8) + body)) { listener in
            let error = try #require(throws: HTTPError.self) {
                try Self.sender(size: 100_000).send(HTTPRequest(.get, listener.origin + "/"))
            }
            #expect(error.code == .tooLarge)
        }
    }

    @Test("follows a redirect on the same host, and none to another")
    func redirects() throws {
        let paths = Mutex<[String]>([])
        try Self.listening(
            .answers { request in
                paths.withLock { $0.append(request.url) }
                let path = request.url.split(separator: "/").last ?? ""
                switch path {
                case "here": return HTTPResponse(status: 301, headers: ["location": "/there"])
                case "there": return HTTPResponse(status: 200, body: Array("ok".utf8))
                case "round": return HTTPResponse(status: 302, headers: ["location": "/round"])
                default: return HTTPResponse(status: 302, headers: ["location": "http://localhost:1/elsewhere"])
                }
            }
        ) { listener in
            let sender = Self.sender()
            #expect(try sender.send(HTTPRequest(.get, listener.origin + "/here")).body == Array("ok".utf8))
            for path in ["/away", "/round"] {
                let error = try #require(throws: HTTPError.self) { try sender.send(HTTPRequest(.get, listener.origin + path)) }
                #expect(error.code == .refused)
            }
            // A repository that was renamed is read under its old name; what writes is for a person to point elsewhere.
            let error = try #require(throws: HTTPError.self) { try sender.send(HTTPRequest(.post, listener.origin + "/here")) }
            #expect(error.code == .moved)
        }
        #expect(paths.withLock { $0.filter { $0.hasSuffix("/round") }.count } == 4)
    }

    @Test(
        "does not go out unencrypted, nor with a user's name in the address",
        arguments: [
            "http://forge.example/", "ftp://127.0.0.1/", "https://user:secret@forge.example/", "/relative",
            "http://127.0.0.1.evil.example/",
        ])
    func plain(url: String) throws {
        let error = try #require(throws: HTTPError.self) { try Self.sender().send(HTTPRequest(.get, url)) }
        #expect(error.code == .refused && !error.message.contains("secret"))
    }

    @Test("leads the whole client to its pages", arguments: ForgeContractTests.kinds)
    func client(kind: CodeHost) throws {
        let host = try Host(kind)
        for index in 1...3 { _ = try host.forge.open(host.draft("bursar/g-\(index)", labels: [])) }
        host.double.limitPages(to: 1)
        let double = host.double
        let answers = HTTPListener.Behaviour.answers { request in
            var inner = request
            // The double knows itself by its own address, the listener only by its port.
            inner.url = double.origin + request.url.dropFirst(request.url.prefix(while: { $0 != ":" }).count + 3).drop { $0 != "/" }
            guard var response = try? double.send(inner) else { return HTTPResponse(status: 500) }
            let own =
                String(request.url.prefix("http://127.0.0.1:".count))
                + request.url.dropFirst("http://127.0.0.1:".count).prefix { $0 != "/" }
            response.headers["link"] = response.headers["link"].map {
                $0.split(separator: double.origin, omittingEmptySubsequences: false).joined(separator: own)
            }
            return response
        }
        try Self.listening(answers) { listener in
            let api = listener.origin + double.api.dropFirst(double.origin.count)
            let forge = try double.client(token: host.tokenPath, api: api, sender: Self.sender())
            #expect(try forge.requests(branchPrefix: "bursar/", since: nil).map(\.number) == [3, 2, 1])
            try forge.close(2)
        }
        #expect(host.double.requests.map(\.isOpen) == [true, false, true])
    }
}
