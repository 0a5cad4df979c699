import CostModel
import Testing

@testable import Server

@Suite("people in a browser")
struct SessionTests {
    private let site = Site()
    private static let form = ["content-type": "application/x-www-form-urlencoded"]

    private func signIn(_ token: String) throws -> Response {
        try site.answer("POST", "/sign-in", token: nil, headers: Self.form, body: Array("token=\(token)".utf8))
    }

    /// `bursar-session=…`
    private func cookie(_ token: String = Site.readToken) throws -> String {
        let header = try #require(try signIn(token).header("Set-Cookie"))
        return String(header.prefix { $0 != ";" })
    }

    @Test("sign in with a token, and see pages by a cookie that scripts and other sites do not get")
    func signsIn() throws {
        let response = try signIn(Site.readToken)
        #expect(response.status == 303 && response.header("Location") == "/ui")
        let header = try #require(response.header("Set-Cookie"))
        #expect(header.hasSuffix("; Path=/; Max-Age=28800; HttpOnly; SameSite=Strict"))
        #expect(!header.contains(Site.readToken))
        let cookie = try cookie()
        for path in ["/ui", "/ui/acme/index.html", "/ui/acme/findings.html", "/ui/acme/teams.html"] {
            let page = try site.answer("GET", path, token: nil, headers: ["cookie": "other=1; \(cookie)"])
            #expect(page.status == 200 && page.contentType == "text/html; charset=utf-8", "\(path)")
            let policy = try #require(page.allHeaders.first { $0.name == "Content-Security-Policy" }?.value)
            #expect(policy.contains("script-src 'sha256-") && policy.contains("default-src 'none'") && !policy.contains("unsafe"))
        }
    }

    @Test(
        "get nowhere with a wrong token, and are led to the form from a page",
        arguments: ["", "wrong-token-0123456789", "a%zz", "x&token=y"])
    func refused(token: String) throws {
        let response = try signIn(token)
        #expect(response.status == 401 && response.header("Set-Cookie") == nil && response.bodyText.contains("no token that may read"))
        let page = try site.answer("GET", "/ui/acme/index.html", token: nil, headers: ["accept": "text/html,*/*"])
        #expect(page.status == 303 && page.header("Location") == "/sign-in")
        #expect(try site.answer("GET", "/ui/acme/index.html", token: nil).status == 401)
    }

    @Test("change nothing by a session, whatever its token may do")
    func readsOnly() throws {
        let cookie = try cookie(Site.writeToken)
        #expect(try site.answer("GET", "/api/v1/workspaces", token: nil, headers: ["cookie": cookie]).status == 200)
        for path in ["reconcile", "suspend", "resume"] {
            let response = try site.answer("POST", "/api/v1/workspaces/acme/\(path)", token: nil, headers: ["cookie": cookie])
            #expect(response.status == 401)
        }
        #expect(site.source.calls.isEmpty)
    }

    @Test("have no session by a cookie that is not ours, twice there, or of another token's owner")
    func forged() throws {
        let cookie = try cookie()
        let parts = cookie.dropFirst("bursar-session=".count).split(separator: ".").map(String.init)
        let writer = try self.cookie(Site.writeToken).dropFirst("bursar-session=".count).split(separator: ".").map(String.init)
        for forged in [
            "\(writer[0]).\(parts[1]).\(parts[2])", "\(parts[0]).\((Int64(parts[1]) ?? 0) + 1).\(parts[2])", "\(parts[0]).\(parts[1]).",
            "\(parts[0]).\(parts[1]).\(String(repeating: "0", count: 64))", "", "..", "x.y.z",
        ] {
            #expect(try site.answer("GET", "/ui", token: nil, headers: ["cookie": "bursar-session=\(forged)"]).status == 401, "\(forged)")
        }
        #expect(try site.answer("GET", "/ui", token: nil, headers: ["cookie": "\(cookie); \(cookie)"]).status == 401)
        // Another process has another key.
        #expect(try Site().answer("GET", "/ui", token: nil, headers: ["cookie": cookie]).status == 401)
    }

    @Test("are signed out by the end of the session, by another token under their name, and by themselves")
    func ends() throws {
        let tokens = try #require(try? BearerTokens(path: site.directory.secret("read reader \(Site.readToken)\n", "own")))
        let identity = try #require(tokens.identity(of: Site.readToken))
        let sessions = Sessions()
        let value = sessions.value(for: identity, at: 1_000)
        #expect(sessions.bearer(of: value, in: tokens, at: 1_000 + Sessions.length - 1)?.name == "reader")
        #expect(sessions.bearer(of: value, in: tokens, at: 1_000 + Sessions.length) == nil)
        #expect(sessions.bearer(of: value, in: tokens, at: 999) == nil)
        let others = try #require(try? BearerTokens(path: site.directory.secret("read reader another-token-0123456789\n", "others")))
        #expect(sessions.bearer(of: value, in: others, at: 1_001) == nil)
        let response = try site.answer("POST", "/sign-out", token: nil)
        #expect(response.status == 303 && response.header("Set-Cookie")?.contains("Max-Age=0") == true)
    }

    @Test("keep cookies to encrypted connections where the server speaks TLS")
    func secure() throws {
        let site = Site { $0.isEncrypted = true }
        let response = try site.answer("POST", "/sign-in", token: nil, headers: Self.form, body: Array("token=\(Site.readToken)".utf8))
        #expect(response.header("Set-Cookie")?.hasSuffix("; Secure") == true)
    }

    @Test("find pages that are not there, and other workspaces, missing")
    func missing() throws {
        for path in ["/ui/acme/other.html", "/ui/other/index.html", "/ui/acme", "/ui/acme/..", "/badges/acme/nobody/score.svg"] {
            #expect(try site.answer("GET", path).status == 404, "\(path)")
        }
        #expect(try Site(SampleArchive(isBroken: true)).answer("GET", "/ui/acme/index.html").status == 503)
    }

    @Test("show badges to who may read, and to everybody where that is said; none has dollars")
    func badges() throws {
        let team = try #require(Sample.scores.last?.team)
        for word in ["score", "level", "streak", "saved", "card"] {
            let path = "/badges/acme/\(team)/\(word).svg"
            #expect(try site.answer("GET", path, token: nil).status == 401)
            let picture = try Site { $0.hasOpenBadges = true }.answer("GET", path, token: nil)
            #expect(picture.status == 200 && picture.contentType == "image/svg+xml" && picture.bodyText.hasPrefix("<svg"))
            #expect(!picture.bodyText.contains("$"))
        }
        #expect(try site.answer("GET", "/badges/acme/\(team)/other.svg").status == 404)
    }
}
