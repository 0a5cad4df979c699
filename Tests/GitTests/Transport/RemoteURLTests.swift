import Foundation
import Git
import Testing

@Suite("a remote's address")
struct RemoteURLTests {
    @Test(
        "is taken for what Git takes it for",
        arguments: [
            ("https://git.example.com/a/b.git", RemoteURL.Scheme.https, "git.example.com", nil),
            ("https://git.example.com:8443/a", .https, "git.example.com", 8443),
            ("http://127.0.0.1:80/a", .http, "127.0.0.1", 80),
            ("http://[::1]:80/a", .http, "[::1]", 80),
            ("http://localhost/a", .http, "localhost", nil),
            ("ssh://git@git.example.com:2222/a/b.git", .ssh, "git.example.com", 2222),
            ("git@git.example.com:a/b.git", .ssh, "git.example.com", nil),
            ("git.example.com:/a", .ssh, "git.example.com", nil),
        ] as [(String, RemoteURL.Scheme, String, Int?)])
    func accepted(text: String, scheme: RemoteURL.Scheme, host: String, port: Int?) throws {
        let url = try RemoteURL(text)
        #expect(url.scheme == scheme)
        #expect(url.host == host)
        #expect(url.port == port)
        #expect(url.description == text)
    }

    @Test(
        "is refused when it could run something, pass for an option, or hold a secret",
        arguments: [
            "", " ", "-oProxyCommand=x:y", "--upload-pack=touch x", "ext::sh -c touch", "ext::x", "fd::17", "foo::https://a/b",
            "https::https://a/b",
            "https://a/b\nc", "https://a/b\u{1B}[0m", "https://a b/c", "ssh://-oProxyCommand=x/a", "ssh://-x@host/a", "ssh://a@-host/b",
            "-x@host:a", "host:-a", "ssh://host/-a", "https://user:hunter2@host/a", "https://hunter2@host/a", "ssh://user:hunter2@host/a",
            "https://user:hunter2@host:80/a", "user:hunter2@host:a", "user:hunter2@host/a", "https:///a", "https://host", "https://host/",
            "https://host:0/a", "https://host:x/a", "https://host:99999/a",
            "HTTPS://host/a", "ftp://host/a", "file://host/a", "relative/path", "./a", "https://ho$t/a", "https://h`x`/a",
            "https://host/a?x=hunter2",
            "https://host\\@evil/a", "ssh://a'b@host/c", "https://[zz]/a", "http://host.example.com/a", "http://127.0.0.1.example.com/a",
            "http://127.evil/a", "git://host/a", "/srv/a", "file:///srv/a", "https://host@/a", "host::a",
        ])
    func refused(text: String) throws {
        let error = try #require(try transportError { _ = try RemoteURL(text) }, "'\(text)' is accepted")
        #expect(error.code == .refused)
        #expect(!error.mayPass)
        #expect(!error.message.contains("hunter2"), "\(error.message)")
    }

    @Test("may speak more where that is allowed", arguments: ["http://host/a", "git://host/a", "/srv/a", "file:///srv/a"])
    func allowed(text: String) throws {
        let url = try RemoteURL(text, allowing: [.http, .git, .file])
        #expect(try transportError { _ = try Mirror(at: "/nonexistent/x", remote: url, settings: TransportSettings()) }?.code == .refused)
    }

    @Test(
        "to this machine may be unencrypted, as the pages say",
        arguments: [
            ("http://127.0.0.1/x", true), ("http://127.9.9.9:80/x", true), ("http://localhost/x", true), ("http://[::1]:8080/x", true),
            ("http://127.0.0.1.example/x", false), ("http://localhost.example/x", false), ("http://10.0.0.1/x", false),
            ("http://[::2]/x", false),
            ("http://0.0.0.0/x", false), ("git://127.0.0.1/x", false),
        ])
    func loopback(address: String, isAllowed: Bool) throws {
        #expect(((try? RemoteURL(address)) != nil) == isAllowed)
        let pages = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Sources/Commands/Commands.docc")
        let limits = try String(contentsOf: pages.appending(path: "Limits.md"), encoding: .utf8)
        #expect(
            limits.contains("`http` to this machine (`127.0.0.0/8`, `::1`, `localhost`), unless the operator allows more (`protocols`)"))
        let loop = try String(contentsOf: pages.appending(path: "Loop.md"), encoding: .utf8)
        #expect(loop.contains("`http` to this machine is always allowed"))
    }
}
