import CostModel
import Pages
import Testing

@testable import Server

@Suite("pages that are open")
struct LiveEventTests {
    private let site = Site()

    @Test("learn of a state by the version that they were made of")
    func version() throws {
        let response = try site.answer("GET", "/ui/acme/events")
        #expect(response.status == 200 && response.contentType == "text/event-stream")
        let lines = response.bodyText.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 5 && lines[0] == "retry: 5000" && lines[1] == "event: state" && lines[3].isEmpty && lines[4].isEmpty)
        let version = lines[2].dropFirst("data: ".count)
        let page = try site.answer("GET", "/ui/acme/index.html").bodyText
        #expect(!version.isEmpty && page.contains("data-events=\"events\" data-version=\"\(version)\""))
    }

    @Test("see another version after another run, and none but one line of it")
    func changes() {
        let now = Sample.now
        let before = WorkspaceStatus(name: "acme", observedRevision: "abc", lastSuccess: now)
        let after = WorkspaceStatus(name: "acme", observedRevision: "abc", lastSuccess: Instant(seconds: now.seconds + 1))
        #expect(LiveEvents.version(of: before) != LiveEvents.version(of: after))
        #expect(LiveEvents.version(of: WorkspaceStatus(name: "acme", observedRevision: "a\nevent: x\r\ndata: y")) == "aeventxdatay-0")
        #expect(LiveEvents.version(of: nil) == "none-0")
    }

    @Test("ask nobody but this server, and reports ask nobody")
    func policy() throws {
        let response = try site.answer("GET", "/ui/acme/index.html")
        let policy = response.contentSecurityPolicy.text
        #expect(policy.contains("connect-src 'self'") && policy.contains("'sha256-\(LivePage.scriptDigest)'"))
        #expect(response.bodyText.contains("connect-src &apos;self&apos;"))
        #expect(!(try site.answer("GET", "/ui").contentSecurityPolicy.text.contains("connect-src")))
    }

    @Test("are refused as their pages are")
    func refused() throws {
        #expect(try site.answer("GET", "/ui/acme/events", token: nil).status == 401)
        #expect(try site.answer("GET", "/ui/nowhere/events").status == 404)
    }

    @Test("of changes are asked for other days, and for nothing that is no day")
    func days() throws {
        let page = try site.answer("GET", "/ui/acme/changes.html?from=2026-01-01&to=2026-02-01")
        #expect(page.status == 200 && page.bodyText.contains("Changes from 2026-01-01 to 2026-02-01"))
        for query in ["from=2026-02-01&to=2026-01-01", "from=2026-01-01", "from=x&to=y", "from=2026-01-01&to=2026-01-02&to=2026-01-03"] {
            #expect(try site.answer("GET", "/ui/acme/changes.html?\(query)").status == 400, "\(query)")
        }
    }
}
