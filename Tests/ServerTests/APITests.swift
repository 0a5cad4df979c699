import CostModel
import JSON
import Reporting
import Server
import Testing

@Suite("the API")
struct APITests {
    private let site = Site()

    private static let lists = ["runs", "findings", "scorecards", "scores/payments", "requests", "savings", "audit"]

    @Test("lists everything page by page, each item once", arguments: lists)
    func pages(list: String) throws {
        let whole = try site.json("GET", "/api/v1/workspaces/acme/\(list)")
        var seen: [JSONValue] = []
        var cursor: String?
        repeat {
            let page = try site.json("GET", "/api/v1/workspaces/acme/\(list)?limit=1" + (cursor.map { "&cursor=\($0)" } ?? ""))
            #expect(page["items"]?.elements.count == 1)
            seen += page["items"]?.elements ?? []
            cursor = page["next"]?.text
        } while cursor != nil
        #expect(seen == whole["items"]?.elements)
        #expect(seen.count > 1)
        #expect(whole["next"] == .null)
    }

    @Test("shows one run, finding and plan, and a workspace")
    func one() throws {
        #expect(try site.json("GET", "/api/v1/workspaces/acme")["condition"]?.text == "ready")
        #expect(try site.json("GET", "/api/v1/workspaces/acme/runs/r-000000000005")["outcome"]?.text == "succeeded")
        #expect(try site.json("GET", "/api/v1/workspaces/acme/findings/f-0a")["finding"]?["rule"]?.text == "missing-tag")
        #expect(try site.json("GET", "/api/v1/workspaces/acme/plans/abc123")["changes"]?.elements.count == 2)
    }

    @Test("writes money exactly")
    func money() throws {
        let run = try site.json("GET", "/api/v1/workspaces/acme/runs/\(Sample.runs[1].id)")
        #expect(run["summary"]?["atStake"] == ["amount": "774.25", "currency": "USD"])
    }

    @Test("shows only the findings that are asked for")
    func filters() throws {
        let open = try site.json("GET", "/api/v1/workspaces/acme/findings?state=open&severity=low&team=payments")
        #expect(open["items"]?.elements.compactMap { $0["id"]?.text } == ["f-2c"])
    }

    @Test("goes on behind an item that is no longer among those that are asked for")
    func filteredCursor() throws {
        let all = try site.json("GET", "/api/v1/workspaces/acme/findings")["items"]?.elements
        let closed = try #require(all?.first { $0["id"]?.text == "f-1b" }?["identity"]?.text)
        let page = try site.json("GET", "/api/v1/workspaces/acme/findings?state=open&cursor=\(closed)")
        #expect(page["items"]?.elements.compactMap { $0["id"]?.text } == ["f-2c"])
    }

    @Test(
        "refuses a query that says nothing it knows",
        arguments: ["limit=0", "limit=201", "limit=+5", "limit=x", "unknown=1", "limit=1&limit=1", "state=open"])
    func wrongQueries(query: String) throws {
        let response = try site.answer("GET", "/api/v1/workspaces/acme/runs?\(query)")
        #expect(response.status == 400)
        #expect(response.contentType == "application/problem+json")
    }

    @Test(
        "knows no other workspaces, runs, findings, plans, teams and paths",
        arguments: [
            "/api/v1/workspaces/other", "/api/v1/workspaces/other/runs", "/api/v1/workspaces/acme/runs/r-none",
            "/api/v1/workspaces/acme/findings/f-none", "/api/v1/workspaces/acme/plans/none", "/api/v1/workspaces/acme/runs?cursor=r-none",
            "/api/v1/workspaces/acme/findings?cursor=f-none", "/api/v1/workspaces/acme/scores/nobody",
            "/api/v1", "/api/v1/workspaces/acme/other", "/api/v2/workspaces",
        ])
    func unknown(path: String) throws {
        let response = try site.answer("GET", path)
        #expect(response.status == 404)
        #expect(try JSONReader.read(response.body).keys == ["status", "title", "detail"])
    }

    @Test("says which methods a path has")
    func methods() throws {
        let read = try site.answer("POST", "/api/v1/workspaces", token: Site.writeToken)
        #expect(read.status == 405)
        #expect(read.header("Allow") == "GET, HEAD")
        #expect(try site.answer("GET", "/api/v1/workspaces/acme/suspend").header("Allow") == "POST")
    }

    @Test("asks the loop, in the name of whose token it is")
    func writes() throws {
        for verb in ["reconcile", "suspend", "resume"] {
            #expect(try site.answer("POST", "/api/v1/workspaces/acme/\(verb)", token: Site.writeToken).status == 202)
        }
        #expect(site.source.calls == ["reconcile acme: user writer", "suspend acme: user writer", "resume acme: user writer"])
    }

    @Test("asks for nothing where no loop runs")
    func readOnly() throws {
        let site = Site(hasLoop: false)
        #expect(try site.answer("POST", "/api/v1/workspaces/acme/reconcile", token: Site.writeToken).status == 409)
        #expect(try site.json("GET", "/api/v1/workspaces")["items"]?.elements.first?["name"]?.text == "acme")
    }

    @Test("says that a ledger cannot be read, and not where it lies")
    func broken() throws {
        var archive = SampleArchive()
        archive.isBroken = true
        let response = try Site(archive).answer("GET", "/api/v1/workspaces/acme/runs")
        #expect(response.status == 503)
        #expect(response.bodyText.contains("the ledger cannot be read"))
    }
}
