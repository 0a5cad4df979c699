import CostModel
import Foundation
import Reporting
import Server
import TestSupport
import Testing

@Suite("who may ask")
struct AccessTests {
    private static let api = "/api/v1/workspaces"
    private static let write = "/api/v1/workspaces/acme/reconcile"

    @Test("needs a token for the API and for metrics", arguments: [api, "/metrics", "/api/v1/openapi.json"])
    func tokens(path: String) throws {
        let site = Site()
        for token in [nil, "wrong", "read-token-012345678"] {
            let response = try site.answer("GET", path, token: token)
            #expect(response.status == 401)
            #expect(response.header("WWW-Authenticate") == "Bearer realm=\"bursar\"")
        }
        #expect(try site.answer("GET", path).status == 200)
        #expect(try site.answer("GET", path, token: Site.writeToken).status == 200)
    }

    @Test("lets nobody change anything with a token for reading, or none")
    func roles() throws {
        let site = Site()
        #expect(try site.answer("POST", Self.write).status == 403)
        #expect(try site.answer("POST", Self.write, token: nil).status == 401)
        #expect(try Site(hasTokens: false).answer("POST", Self.write, token: nil).status == 403)
        #expect(site.source.calls.isEmpty)
    }

    @Test("takes two credentials in one request for none")
    func twoCredentials() throws {
        let response = try Site().answer("GET", Self.api, headers: ["authorization": "Bearer \(Site.readToken)"])
        #expect(response.status == 401)
    }

    @Test("lets this machine read without tokens, but under its own name only")
    func anonymous() throws {
        let site = Site(hasTokens: false)
        for host in ["localhost:8080", "LOCALHOST", "LocalHost:1", "127.0.0.1", "[::1]:8080"] {
            #expect(try site.answer("GET", Self.api, token: nil, headers: ["host": host]).status == 200)
        }
        for host in ["evil.example", "127.evil.example", "127.0.0.1.evil.example", ""] {
            #expect(try site.answer("GET", Self.api, token: nil, headers: ["host": host]).status == 421)
        }
    }

    @Test("shows probes to everybody, and says no names there")
    func probes() throws {
        let site = Site()
        for path in ["/healthz", "/readyz"] {
            let response = try site.answer("GET", path, token: nil)
            #expect(response.status == 200)
            #expect(!response.bodyText.contains("acme"))
        }
    }

    @Test("lets metrics be open where that is wanted")
    func openMetrics() throws {
        #expect(try Site { $0.hasOpenMetrics = true }.answer("GET", "/metrics", token: nil).status == 200)
    }

    @Test("reads tokens anew when their file changes, and lets nobody in while it is wrong")
    func reload() throws {
        let directory = TemporaryDirectory()
        let path = try directory.secret("read a \(Site.readToken)\n", "tokens")
        let tokens = try BearerTokens(path: path)
        #expect(tokens.bearer(of: Site.readToken)?.role == .read)
        _ = try directory.secret("write b \(Site.writeToken)\n", "tokens")
        #expect(tokens.bearer(of: Site.readToken) == nil)
        #expect(tokens.bearer(of: Site.writeToken)?.name == "b")
        _ = try directory.secret("write b\n", "tokens")
        #expect(tokens.bearer(of: Site.writeToken) == nil)
        #expect(tokens.fault?.message == "\(path):1: expected 'read' or 'write', a name and a token")
        _ = try directory.secret("write b \(Site.writeToken)\n", "tokens", permissions: 0o644)
        #expect(tokens.bearer(of: Site.writeToken) == nil)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        #expect(tokens.bearer(of: Site.writeToken)?.name == "b")
        try FileManager.default.removeItem(atPath: path)
        #expect(tokens.bearer(of: Site.writeToken) == nil)
    }

    @Test("says in the log why nobody is let in")
    func fault() throws {
        let site = Site()
        _ = try site.directory.secret("nothing\n", "tokens")
        #expect(try site.answer("GET", "/metrics").status == 401)
        #expect(site.log.entries.map(\.level) == [.error])
        #expect(site.log.entries.first?.message.hasPrefix("nobody is let in: ") == true)
    }

    @Test("takes a token's digest for the token")
    func digest() throws {
        let digest = SHA256.hexDigest(of: "another-token-0123".utf8)
        let directory = TemporaryDirectory()
        let path = try directory.secret("read a sha256:\(digest)\n", "digest")
        let tokens = try BearerTokens(path: path)
        #expect(tokens.bearer(of: "another-token-0123")?.name == "a")
        #expect(tokens.bearer(of: "sha256:\(digest)") == nil)
    }

    @Test(
        "refuses a file of tokens that others may read, or that says nothing clear",
        arguments: [
            ("read a 0123456789abcdef", 0o644, "can be read by others"), ("read a 0123456789abcdef", 0o620, "can be read by others"),
            ("admin a 0123456789abcdef", 0o600, "expected 'read' or 'write'"), ("read a short", 0o600, "at least 16 characters"),
            ("read a 0123456789abcdef\nread a 0123456789abcdef", 0o600, "stands there twice"),
            ("read a sha256:12", 0o600, "64 hexadecimal digits"),
        ])
    func wrongFiles(text: String, permissions: Int, message: String) throws {
        let directory = TemporaryDirectory()
        let path = try directory.secret(text, "tokens", permissions: permissions)
        let error = #expect(throws: ServerError.self) { try BearerTokens(path: path) }
        #expect(error?.message.contains(message) == true)
        #expect(error?.message.contains("0123456789abcdef") == false, "a token stands in the message")
    }

    @Test("refuses to listen to others without tokens")
    func open() throws {
        let site = Site(hasTokens: false)
        let everywhere = try #require(ListenAddress("0.0.0.0:0"))
        let error = #expect(throws: ServerError.self) { try site.application.listen(on: everywhere) }
        #expect(error?.code == .unsafe)
    }

    @Test("knows addresses, and looks no names up")
    func addresses() {
        #expect(ListenAddress("127.0.0.1:8080")?.isLoopback == true)
        #expect(ListenAddress("localhost:0")?.description == "127.0.0.1:0")
        #expect(ListenAddress("[::1]:80")?.isLoopback == true)
        #expect(ListenAddress("[::]:80")?.isLoopback == false)
        #expect(ListenAddress("0.0.0.0:80")?.isLoopback == false)
        for wrong in ["8080", ":8080", "example.org:80", "127.0.0.1", "127.0.0.1:65536", "::1:80", "127.1:80", "127.0.0.1:-1"] {
            #expect(ListenAddress(wrong) == nil, "\(wrong)")
        }
    }
}
