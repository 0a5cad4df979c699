import Charts
import Testing

@testable import Server

@Suite("a page for people")
struct WebPageTests {
    /// A page as one file would make it.
    private static let teams = WebPage("/teams/{team}", policy: .page([.style: [.ownServer], .image: [.ownServer]])) {
        context, call throws(Refusal) in
        guard call.parameter("team") != "nobody" else { throw Refusal(404, "there is no such team") }
        let rows = context.names.map { name -> HTML in "<li>\(name)</li>" }
        return "<h1 title=\"\(call.parameter("team"))\">\(call.parameter("team"))</h1><ul>\(rows)</ul>\(rows.count)"
    }

    private let site = Site(pages: [teams])

    @Test("is one value in a list: it is found at its address, as HTML, with its own policy")
    func shown() throws {
        let response = try site.answer("GET", "/teams/payments")
        #expect(response.status == 200)
        #expect(response.contentType == "text/html; charset=utf-8")
        #expect(response.bodyText == #"<h1 title="payments">payments</h1><ul><li>acme</li></ul>1"#)
        let policy =
            "default-src 'none'; form-action 'none'; img-src 'self'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'"
        #expect(response.allHeaders.filter { $0.name == "Content-Security-Policy" }.map(\.value) == [policy])
    }

    @Test("leaves the policy of every other answer as it is: nothing may be loaded")
    func others() throws {
        for path in ["/metrics", "/api/v1/workspaces", "/teams/nobody"] {
            let policies = try site.answer("GET", path).allHeaders.filter { $0.name == "Content-Security-Policy" }.map(\.value)
            #expect(policies == ["default-src 'none'; frame-ancestors 'none'"], "\(path)")
        }
    }

    @Test("shows text as text, in elements and in attributes")
    func escapes() throws {
        let response = try site.answer("GET", "/teams/<script>\"'&\u{202E}")
        let text = #"&lt;script&gt;&quot;&apos;&amp;\u{202E}"#
        #expect(response.bodyText.hasPrefix("<h1 title=\"\(text)\">\(text)</h1>"))
    }

    @Test("is shown to whom its route says, like everything else")
    func access() throws {
        #expect(try site.answer("GET", "/teams/payments", token: nil).status == 401)
        #expect(try site.answer("POST", "/teams/payments", token: Site.writeToken).status == 405)
    }

    @Test("is there where it is listed, and no other is")
    func listed() throws {
        #expect(try Site().answer("GET", "/teams/payments").status == 404)
        #expect(try Site().answer("GET", "/ui").status == 200)
    }

    @Test("has an icon, which everybody may see and which runs nothing")
    func icon() throws {
        let response = try Site().answer("GET", "/favicon.ico", token: nil)
        #expect(response.status == 200 && response.contentType == "image/svg+xml")
        #expect(response.contentSecurityPolicy == .nothing && response.bodyText.hasPrefix("<svg "))
        let page = try Site().answer("GET", "/ui/acme/index.html")
        #expect(page.bodyText.contains("<link rel=\"icon\" type=\"image/svg+xml\" href=\"/favicon.ico\"/>"))
        #expect(page.contentSecurityPolicy.text.contains("img-src 'self'"))
    }

    @Test("names inline elements by their digest, and never allows all of them")
    func inline() {
        let policy = ContentSecurityPolicy.page([.script: [.ownServer, .inline(digest: "q83v=")], .connect: [.ownServer]])
        #expect(
            policy.text
                == "default-src 'none'; connect-src 'self'; form-action 'none'; script-src 'self' 'sha256-q83v='; base-uri 'none'; "
                + "frame-ancestors 'none'")
    }
}
