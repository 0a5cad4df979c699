import CostModel
import Testing

@testable import Server

@Suite("people that a proxy names")
struct TrustedProxyTests {
    private static let header = "x-forwarded-user"

    private func site(tokens: Bool = false, addresses: String = "10.0.0.0/8,fd00::/8") -> Site {
        Site(hasTokens: tokens) { $0.proxy = TrustedProxy(header: "X-Forwarded-User", addresses: addresses) }
    }

    private func ask(
        _ site: Site, _ method: String = "GET", _ path: String = "/ui/acme/index.html", from client: String = "10.1.2.3",
        named names: [String] = ["maintainer"]
    ) throws -> Response {
        var request = try Site.request(method, path, token: nil, headers: ["accept": "text/html"], body: [])
        request.client = client
        request.headers += names.map { .init(Self.header, $0) }
        return site.application.answer(request)
    }

    @Test("see pages, from the proxy's addresses only", arguments: ["10.1.2.3", "10.255.0.1", "::ffff:10.1.2.3", "fd12::1"])
    func trusted(client: String) throws {
        #expect(try ask(site(), from: client).status == 200)
    }

    @Test("are nobody from elsewhere, without a name, and with two", arguments: [false, true])
    func untrusted(tokens: Bool) throws {
        let site = site(tokens: tokens)
        for client in ["11.1.2.3", "127.0.0.1", "fe80::1", "::ffff:11.0.0.1", "", "10.1.2.3.4"] {
            #expect(try ask(site, from: client).status == 303, "\(client)")
        }
        for names in [[], [""], ["   "], ["a", "b"], [String(repeating: "x", count: 201)]] {
            #expect(try ask(site, named: names).status == 303, "\(names)")
        }
    }

    @Test("read and change nothing")
    func readsOnly() throws {
        let site = site()
        #expect(try ask(site, "GET", "/api/v1/workspaces").status == 200)
        for path in ["reconcile", "suspend", "resume"] {
            #expect(try ask(site, "POST", "/api/v1/workspaces/acme/\(path)").status == 401)
        }
        #expect(site.source.calls.isEmpty)
    }

    @Test("are no other way around a wrong token")
    func wrongToken() throws {
        var request = try Site.request("GET", "/api/v1/workspaces", token: "wrong-token-0123456789", headers: [:], body: [])
        request.client = "10.1.2.3"
        request.headers.append(.init(Self.header, "maintainer"))
        #expect(site(tokens: true).application.answer(request).status == 401)
    }

    @Test("are sent to the proxy where there are no tokens, and to the form where there are")
    func signIn() throws {
        let alone = try ask(site(), "GET", "/sign-in", from: "127.0.0.1")
        #expect(alone.status == 401 && alone.bodyText.contains("through the proxy") && !alone.bodyText.contains("<form"))
        #expect(try ask(site(tokens: true), "GET", "/sign-in", from: "127.0.0.1").bodyText.contains("<form"))
    }

    @Test(
        "cannot be set up by what is no header and no address",
        arguments: [
            ("", "10.0.0.1"), ("X User", "10.0.0.1"), ("X-User", ""), ("X-User", "proxy.example"), ("X-User", "10.0.0.0/33"),
            ("X-User", "10.0.0.0/-1"), ("X-User", "10.0.0.1,"), ("X-User", "10.0.0.0/8/8"), ("X-User", "fd00::/129"),
        ])
    func malformed(header: String, addresses: String) {
        #expect(TrustedProxy(header: header, addresses: addresses) == nil)
    }

    @Test("belong to whole networks, bit by bit")
    func bits() throws {
        for (client, isIn) in [("192.168.4.1", true), ("192.168.7.255", true), ("192.168.8.0", false), ("192.168.3.255", false)] {
            #expect(try ask(site(addresses: "192.168.4.0/22"), from: client).status == (isIn ? 200 : 303), "\(client)")
        }
        #expect(try ask(site(addresses: "0.0.0.0/0"), from: "203.0.113.9").status == 200)
        #expect(try ask(site(addresses: "0.0.0.0/0"), from: "2001:db8::1").status == 303)
    }
}
