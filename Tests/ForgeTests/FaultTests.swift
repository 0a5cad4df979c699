import CostModel
import Forge
import ForgeDouble
import Foundation
import JSON
import Secrets
import TestSupport
import Testing
import WebClient

@Suite("a code host that fails")
struct FaultTests {
    private static func error(_ host: Host, _ fault: Fault, atRequest count: Int = 1) throws -> ForgeError {
        host.double.fail(fault, atRequest: count)
        return try #require(throws: ForgeError.self) { try host.forge.requests(branchPrefix: "bursar/", since: nil) }
    }

    @Test("is told apart by what may pass and what a person must fix", arguments: ForgeContractTests.kinds)
    func codes(kind: CodeHost) throws {
        let host = try Host(kind)
        let now = host.clock.now
        let cases: [(Fault, ForgeError.Code, Int?)] = [
            (.status(500), .unavailable, nil), (.status(503), .unavailable, nil), (.status(401), .unauthorized, nil),
            (.status(403), .forbidden, nil), (.status(404), .notFound, nil), (.status(409), .conflict, nil),
            (.status(422), .invalid, nil),
            (.tooManyRequests(retryAfter: 17), .rateLimited, 17), (.quotaSpent(reset: now + 90), .rateLimited, 90),
            (.quotaSpent(reset: now - 90), .rateLimited, 0), (.timeOutBefore, .unavailable, nil), (.timeOutAfter, .unavailable, nil),
            (.connectionReset, .unavailable, nil), (.garbage, .invalid, nil), (.truncated, .invalid, nil),
            (.redirect("https://evil.example/"), .refused, nil),
        ]
        for (fault, code, wait) in cases {
            let error = try Self.error(host, fault)
            #expect(error.code == code && error.retryAfter == wait, "\(fault): \(error)")
        }
    }

    @Test("is not followed to another host by its pages", arguments: [CodeHost.github, .gitea])
    func foreignLink(kind: CodeHost) throws {
        let host = try Host(kind)
        let error = try Self.error(host, .foreignLink("https://evil.example/api/v3/repos/acme/infra/pulls?page=2"))
        #expect(error.code == .refused)
        #expect(error.message.contains("another host"))
    }

    @Test("does not hold us for ever by pages without end")
    func endless() throws {
        let host = try Host(.github)
        let url = "\(host.double.api)/repos/acme/infra/pulls"
        for count in 1...250 { host.double.fail(.foreignLink("\(url)?page=\(count)"), atRequest: count) }
        let error = try #require(throws: ForgeError.self) { try host.forge.requests(branchPrefix: "", since: nil) }
        #expect(error.message.contains("does not end"))
        #expect(host.double.exchanges.count <= 200)
    }

    @Test("may limit by a second rule, without a field that says so")
    func secondaryLimit() throws {
        let host = try Host(.github)
        let words = ["You have exceeded a secondary rate limit. Please wait.", "You have triggered an abuse detection mechanism."]
        for (text, headers, wait) in [(words[0], HTTPHeaders(), 60), (words[1], HTTPHeaders(), 60), (words[0], ["retry-after": "5"], 5)] {
            let sender = Canned(status: 403, headers: headers, body: "{\"message\": \"\(text)\"}")
            let forge = try host.double.client(token: host.tokenPath, api: host.double.api, sender: sender)
            let error = try #require(throws: ForgeError.self) { try forge.request(1) }
            #expect(error.code == .rateLimited && error.retryAfter == wait)
        }
    }

    @Test("that has the project under another name by now says which setting to change")
    func moved() throws {
        let gitlab = try Host(.gitlab)
        let words = "{\"message\": \"405 Non GET methods are not allowed for moved projects\"}"
        let senders: [any HTTPSending] = [Canned(status: 405, body: words), Moved()]
        for sender in senders {
            let forge = try gitlab.double.client(token: gitlab.tokenPath, api: gitlab.double.api, sender: sender)
            let error = try #require(throws: ForgeError.self) {
                try forge.setStatus(CommitStatus(state: .success, context: "c", description: ""), of: String(repeating: "0", count: 40))
            }
            #expect(error.code == .moved && !error.mayPass && error.message.contains("Set 'forge.project'"), "\(error)")
        }
    }

    @Test("names the token in no error", arguments: ForgeContractTests.kinds)
    func token(kind: CodeHost) throws {
        let host = try Host(kind)
        let echo = EchoSender()
        for status in [400, 401, 403, 404, 409, 422, 429, 500, 302] {
            echo.status = status
            let forge = try host.double.client(token: host.tokenPath, api: host.double.api, sender: echo)
            let error = try #require(throws: ForgeError.self) { try forge.request(1) }
            #expect(!"\(error)\(String(reflecting: error))".contains(host.double.token), "\(error)")
        }
        let file = SecretFile(host.tokenPath, name: "token file")
        #expect("\(file)" == "…" && String(reflecting: file) == "…")
    }

    @Test("repeats the token in no form, neither in an error nor in what is kept of an answer", arguments: ForgeContractTests.kinds)
    func repeated(kind: CodeHost) throws {
        let host = try Host(kind)
        _ = try host.forge.open(host.draft())
        let token = host.double.token
        let basic = Data("bursar:\(token)".utf8).base64EncodedString()
        let escaped = token.utf8.map { "%" + String($0, radix: 16) }.joined()
        for said in [token, "Bearer \(token)", basic, basic.replacing("=", with: "%3D"), escaped, basic.replacing("+", with: "-")] {
            let sender = RepeatingSender(host.double, said)
            let forge = try host.double.client(token: host.tokenPath, api: host.double.api, sender: sender)
            let error = try #require(throws: ForgeError.self) { try forge.request(1) }
            #expect(error.message.contains("***") && !error.message.contains(said), "\(error)")
            sender.status = nil
            let requests = try forge.requests(branchPrefix: "bursar/", since: nil)
            #expect(requests.count == 1)
            #expect("\(requests)".contains("***") && !"\(requests)".contains(said), "\(requests)")
        }
    }

    /// Its list is empty, and says that it goes on at an address that it made of what it was told; there it fails.
    @Test("repeats the token in no address of its own, of a next page or where it fails to go on", arguments: [CodeHost.github, .gitea])
    func linked(kind: CodeHost) throws {
        let host = try Host(kind)
        let token = host.double.token
        let basic = Data("bursar:\(token)".utf8).base64EncodedString()
        let percent = token.utf8.map { "%" + String($0, radix: 16) }.joined()
        for said in [token, basic.replacing("+", with: "-").replacing("/", with: "_"), percent, percent.replacing("%", with: "%25")] {
            for status in [404, 500, 302, nil] {
                let sender = Linking(to: "\(host.double.api)/zz/\(said)", status: status)
                let forge = try host.double.client(token: host.tokenPath, api: host.double.api, sender: sender)
                let error = try #require(throws: ForgeError.self) { try forge.requests(branchPrefix: "bursar/", since: nil) }
                #expect(error.message.contains("***") && !error.message.contains(said), "\(error)")
                let plain = error.message.removingPercentEncoding?.removingPercentEncoding
                #expect(plain?.contains(token) == false, "\(error)")
            }
        }
    }

    @Test("answers an error of a megabyte that is made of the token, and little of it is shown")
    func large() throws {
        let host = try Host(.github)
        let said = Data(String(repeating: host.double.token, count: 3).utf8).base64EncodedString()
        let body = "{\"message\": \"\(String(repeating: said, count: (1 << 20) / said.utf8.count))\"}"
        let forge = try host.double.client(token: host.tokenPath, api: host.double.api, sender: Canned(status: 422, body: body))
        let error = try #require(throws: ForgeError.self) { try forge.request(1) }
        #expect(error.message.hasSuffix("was answered with 422: ***"), "\(error)")
    }

    @Test("is not asked without a token that only we may read")
    func openToken() throws {
        let host = try Host(.github)
        try TestFile.setMode(0o644, of: host.tokenPath)
        let error = try #require(throws: ForgeError.self) { try host.forge.request(1) }
        #expect(error.code == .unauthorized && error.message.contains("chmod 600"))
        #expect(host.double.exchanges.isEmpty)
    }

    @Test("says which part of its answer is missing")
    func missing() throws {
        let host = try Host(.github)
        let forge = try host.double.client(
            token: host.tokenPath, api: host.double.api, sender: Canned(body: #"{"number": 1, "state": "open"}"#))
        let error = try #require(throws: ForgeError.self) { try forge.request(1) }
        #expect(error.code == .invalid && error.message == "the code host's answer has no text 'html_url'")
    }

    @Test("is not believed where its answer is malformed JSON", arguments: MalformedJSON.values)
    func malformed(value: String) throws {
        let host = try Host(.github)
        let forge = try host.double.client(
            token: host.tokenPath, api: host.double.api, sender: Canned(body: "{\"number\": 1, \"x\": \(value)\n}"))
        let error = try #require(throws: ForgeError.self) { try forge.request(1) }
        #expect(error.code == .invalid && error.message.hasPrefix("the code host's answer is no JSON, or was cut off: "))
    }

    @Test("does not exhaust the stack by an answer that nests deep")
    func deep() throws {
        let host = try Host(.github)
        let body = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
        let forge = try host.double.client(token: host.tokenPath, api: host.double.api, sender: Canned(body: body))
        let error = try #require(throws: ForgeError.self) { try forge.request(1) }
        #expect(
            error.message == "the code host's answer nests too deep or is too large: nested deeper than 256 levels (line 1, column 257)")
    }

    @Test("waits for a date by the host's own clock")
    func retryDate() throws {
        let host = try Host(.github)
        let now = host.clock.now
        let sender = Canned(status: 429, headers: ["date": WebTime.http(now), "retry-after": WebTime.http(now + 120)], body: "{}")
        let forge = try host.double.client(token: host.tokenPath, api: host.double.api, sender: sender)
        let error = try #require(throws: ForgeError.self) { try forge.request(1) }
        #expect(error.retryAfter == 120)
    }
}

@Suite("what a code host answered before")
struct ConditionalTests {
    @Test("is asked for again only where it has changed, and never shown to another token", arguments: [CodeHost.github, .gitlab])
    func unchanged(kind: CodeHost) throws {
        let host = try Host(kind)
        let sender = ConditionalSender(host.double)
        let forge = try host.double.client(token: host.tokenPath, sender: sender)
        _ = try forge.open(host.draft(labels: []))
        func statuses() throws -> [Int] {
            let before = host.double.exchanges.count
            _ = try forge.requests(branchPrefix: "bursar/", since: nil)
            return host.double.exchanges[before...].compactMap { $0.response?.status }
        }
        _ = try statuses()
        #expect(try statuses() == [304, 304])
        try host.double.edit(1, title: "another")
        #expect(try statuses().contains(200))
        #expect(try forge.requests(branchPrefix: "bursar/", since: nil).map(\.title) == ["another"])
        try host.directory.write("another\n", to: "token")
        let error = try #require(throws: ForgeError.self) { try forge.requests(branchPrefix: "bursar/", since: nil) }
        #expect(error.code == .unauthorized)
    }

    @Test("is kept up to a size, the newest")
    func size() throws {
        let answers = ["a": 60, "b": 60, "c": 200]
        let asked = Asked()
        let sender = ConditionalSender(Tagged(answers: answers, asked: asked), limit: 100)
        for name in ["a", "a", "b", "a", "c", "c"] { _ = try sender.send(HTTPRequest(.get, "https://forge.example/\(name)")) }
        #expect(asked.all == ["a", "a?", "b", "a", "c", "c"])
    }
}

/// Which were asked for, with a mark where only a change was of interest.
private final class Asked: @unchecked Sendable {  // One test uses it, on one thread.
    var all: [String] = []
}

private struct Tagged: HTTPSending {
    let answers: [String: Int]
    let asked: Asked

    func send(_ request: HTTPRequest) throws(HTTPError) -> HTTPResponse {
        let name = String(request.url.suffix(1))
        let isKnown = request.headers["if-none-match"] != nil
        asked.all.append(name + (isKnown ? "?" : ""))
        if isKnown { return HTTPResponse(status: 304) }
        return HTTPResponse(status: 200, headers: ["etag": "\"1\""], body: [UInt8](repeating: 32, count: answers[name] ?? 0))
    }
}

/// Lists nothing, and says where the list goes on.
private struct Linking: HTTPSending {
    let target: String
    /// Of the page that it leads to; nil: no connection.
    let status: Int?

    init(to target: String, status: Int?) {
        self.target = target
        self.status = status
    }

    func send(_ request: HTTPRequest) throws(HTTPError) -> HTTPResponse {
        guard request.url.contains("/zz/") else {
            return HTTPResponse(status: 200, headers: ["link": "<\(target)>; rel=\"next\""], body: Array("[]".utf8))
        }
        guard let status else { throw HTTPError(.connection, "no connection to \(request.url)") }
        return HTTPResponse(status: status, body: Array("{\"message\": \"no\"}".utf8))
    }
}

/// Reads under the old name, and sends what writes elsewhere.
private struct Moved: HTTPSending {
    func send(_ request: HTTPRequest) throws(HTTPError) -> HTTPResponse {
        guard request.method == .get else { throw HTTPError(.moved, "it redirects what writes, which is not followed") }
        return HTTPResponse(status: 200, body: Array("[]".utf8))
    }
}

/// Answers everything with the same.
struct Canned: HTTPSending {
    var status = 200
    var headers = HTTPHeaders()
    var body: String

    func send(_ request: HTTPRequest) throws(HTTPError) -> HTTPResponse {
        HTTPResponse(status: status, headers: headers, body: Array(body.utf8))
    }
}
