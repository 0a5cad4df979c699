import CostModel
import JSON
import Reporting
import Server
import Store
import Testing

@Suite("the API that writes")
struct OrderAPITests {
    private let site = Site()
    private static let offer = "/api/v1/workspaces/acme/recommendations/g-000000000001-aaaaaaaa"
    private static let json = ["content-type": "application/json"]

    private func post(
        _ path: String, _ body: String = "", key: String? = nil, token: String? = Site.writeToken, headers: [String: String] = json,
        on site: Site? = nil
    ) throws -> Response {
        var headers = headers
        if let key { headers["idempotency-key"] = key }
        return try (site ?? self.site).answer("POST", path, token: token, headers: headers, body: Array(body.utf8))
    }

    private func operation(_ response: Response) throws -> JSONValue {
        #expect(response.status == 202, "\(response.bodyText)")
        let place = try #require(response.header("Location"))
        #expect(try JSONReader.read(response.body)["location"]?.text == place)
        return try site.json("GET", place)
    }

    @Test("what is asked for is written down, told to the loop, and can be asked after")
    func asks() throws {
        let dismissed = try operation(post(Self.offer + "/dismiss", #"{"reason": "we move away"}"#))
        #expect(dismissed["kind"]?.text == "dismiss" && dismissed["state"]?.text == "waiting")
        #expect(dismissed["object"]?.text == "g-000000000001-aaaaaaaa" && dismissed["caller"]?.text == "writer")
        #expect(dismissed["reason"]?.text == "we move away" && dismissed["ended"] == .null)
        let applied = try operation(post(Self.offer + "/apply"))
        #expect(applied["kind"]?.text == "apply" && applied["reason"] == .null)
        let undone = try operation(post("/api/v1/workspaces/acme/plans/abc123/rollback", #"{"reason": "it broke"}"#))
        #expect(undone["kind"]?.text == "rollback" && undone["object"]?.text == "abc123")
        #expect(site.source.calls == ["order acme: user writer", "order acme: user writer", "order acme: user writer"])
        let list = try site.json("GET", "/api/v1/workspaces/acme/operations?state=waiting")
        #expect(list["items"]?.elements.count == 3)
        #expect(try site.json("GET", "/api/v1/workspaces/acme/operations?state=done")["items"]?.elements.isEmpty == true)
    }

    @Test("recommendations are listed with their patches, filtered by standing and team, and shown one by one")
    func recommendations() throws {
        let all = try site.json("GET", "/api/v1/workspaces/acme/recommendations")["items"]?.elements ?? []
        #expect(all.compactMap { $0["standing"]?.text } == ["ready", "open", "waiting"])
        let team = try site.json("GET", "/api/v1/workspaces/acme/recommendations?team=search&standing=open")["items"]?.elements
        #expect(team?.compactMap { $0["id"]?.text } == ["g-000000000002-bbbbbbbb"])
        let one = try site.json("GET", Self.offer)
        #expect(one["changes"]?.elements.first?["patch"]?.text?.contains("+  b") == true)
        #expect(try site.answer("GET", "/api/v1/workspaces/acme/recommendations/g-none").status == 404)
        #expect(try site.answer("GET", "/api/v1/workspaces/acme/operations/o-0123456789ab").status == 404)
        #expect(try site.answer("GET", "/api/v1/workspaces/acme/operations/..").status == 404)
    }

    @Test("before the first run nothing is known: that is said, and is no empty list")
    func unknown() throws {
        var archive = SampleArchive()
        archive.texts = [:]
        let site = Site(archive)
        #expect(try site.answer("GET", "/api/v1/workspaces/acme/recommendations").status == 404)
        #expect(try post(Self.offer + "/apply", on: site).status == 404)
    }

    @Test("only a token that may write asks", arguments: ["apply", "dismiss"])
    func roles(verb: String) throws {
        let body = #"{"reason": "no"}"#
        #expect(try post("\(Self.offer)/\(verb)", body, token: Site.readToken).status == 403)
        #expect(try post("\(Self.offer)/\(verb)", body, token: nil).status == 401)
        #expect(try post("\(Self.offer)/\(verb)", body, token: "another-token-0123456789").status == 401)
        #expect(try post("\(Self.offer)/\(verb)", body, token: nil, on: Site(hasTokens: false)).status == 403)
        #expect(try post("\(Self.offer)/\(verb)", body, on: Site(hasLoop: false)).status == 409)
        #expect(site.source.calls.isEmpty && site.source.orders.all().isEmpty)
    }

    @Test("the same key and body are answered alike, and nothing is asked for twice; another body or place is refused")
    func idempotency() throws {
        let (path, body) = (Self.offer + "/dismiss", #"{"reason": "no"}"#)
        let first = try post(path, body, key: "k-1")
        let second = try post(path, #"{ "reason" : "no" }"#, key: "k-1")
        #expect(first.status == 202 && first == second)
        #expect(site.source.calls.count == 1)
        #expect(try post(path, #"{"reason": "another"}"#, key: "k-1").status == 422)
        #expect(try post(Self.offer + "/apply", body, key: "k-1").status == 422)
        #expect(try post(path.replacing("0001-aaaaaaaa", with: "0002-bbbbbbbb"), body, key: "k-1").status == 422)
        // Once it has ended, too, and where what it was about is gone.
        let id = try #require(JSONReader.read(first.body)["operation"]?.text)
        let order = try #require(try site.source.orders.order(id))
        try site.source.orders.end(order.ended(.done("turned down", url: nil), at: Sample.now))
        #expect(try post(path, body, key: "k-1") == first)
        #expect(try site.json("GET", #require(first.header("Location")))["state"]?.text == "done")
        #expect(try post(path, body, key: "k-2") != first)
        #expect(try post(path, body) != post(path, body))
    }

    @Test("while a key is being answered, it is not answered again")
    func concurrent() throws {
        let (path, body) = (Self.offer + "/dismiss", #"{"reason": "no"}"#)
        var statuses: [Int] = []
        site.source.whilePlacing { statuses.append(try post(path, body, key: "k").status) }
        #expect(try post(path, body, key: "k").status == 202)
        #expect(statuses == [409])
        #expect(try post(path, body, key: "k").status == 202)
        #expect(site.source.orders.all().count == 1)
    }

    @Test(
        "keys that no header should hold are refused",
        arguments: ["", " ", "a b", "ä", String(repeating: "k", count: 201), "a\tb"])
    func keys(key: String) throws {
        #expect(try post(Self.offer + "/apply", key: key).status == 400)
        #expect(site.source.calls.isEmpty)
    }

    private static let bodies: [(body: String, status: Int)] = [
        ("", 400), ("{}", 400), ("[]", 400), ("null", 400), (#""no""#, 400), (#"{"reason": 1}"#, 400), (#"{"reason": null}"#, 400),
        (#"{"reason": ""}"#, 400), (#"{"reason": "a\u0000b"}"#, 400), (#"{"reason": "a\nb"}"#, 400),
        (#"{"reason": "a", "reason": "b"}"#, 400), (#"{"reason": "a", "more": 1}"#, 400), (#"{"reason": "a"} x"#, 400),
        (#"{"reason": ["a"]}"#, 400),
        ("{\"reason\": \"\(String(repeating: "x", count: 501))\"}", 400), ("{\"reason\": \"\(String(repeating: "ä", count: 500))\"}", 202),
        (String(repeating: "[", count: 10_000), 400), ("{\"reason\": \"\(String(repeating: "x", count: 20_000))\"}", 413),
        ("{\"reason\": \"the key is ghp_\(String(repeating: "aB3dE6gH9j", count: 4))\"}", 422),
    ]

    @Test("bodies that are not what is asked for are refused, each with a problem", arguments: bodies)
    func hostile(body: String, status: Int) throws {
        let response = try post(Self.offer + "/dismiss", body)
        #expect(response.status == status)
        if status != 202 {
            #expect(response.contentType == "application/problem+json")
            #expect(!response.bodyText.contains("ghp_"))
            #expect(site.source.calls.isEmpty && site.source.orders.all().isEmpty)
        }
    }

    @Test("a body of another type is refused; what takes none may have none")
    func types() throws {
        let body = #"{"reason": "no"}"#
        #expect(try post(Self.offer + "/dismiss", body, headers: [:]).status == 415)
        #expect(try post(Self.offer + "/dismiss", body, headers: ["content-type": "text/plain"]).status == 415)
        #expect(try post(Self.offer + "/dismiss", body, headers: ["content-type": "application/json; charset=utf-8"]).status == 202)
        #expect(try post(Self.offer + "/apply", "{}").status == 400)
        #expect(try post(Self.offer + "/apply?x=1").status == 400)
    }

    @Test("what is not there, not merged, or rests is not asked for")
    func refused() throws {
        #expect(try post("/api/v1/workspaces/acme/recommendations/g-none/apply").status == 404)
        #expect(try post("/api/v1/workspaces/other/recommendations/g-none/apply").status == 404)
        #expect(try post("/api/v1/workspaces/acme/plans/none/rollback").status == 404)
        let open = try #require(Sample.requests.first { $0.state == .open }?.plan.digest)
        var status = Sample.status
        status.isSuspended = true
        #expect(try post(Self.offer + "/apply", on: Site(source: SampleSource([status]))).status == 409)
        var archive = SampleArchive()
        archive.requestRecords = Sample.requests.filter { $0.plan.digest == open && $0.state == .open }
        let refused = try post("/api/v1/workspaces/acme/plans/\(open)/rollback", on: Site(archive))
        #expect(refused.status == 409 && refused.bodyText.contains("open, not merged"))
        #expect(site.source.calls.isEmpty)
    }

    @Test("a hundred that wait are enough: who asks for more is told when to come again")
    func full() throws {
        for _ in 1...100 { #expect(try post(Self.offer + "/apply").status == 202) }
        let response = try post(Self.offer + "/apply")
        #expect(response.status == 429 && response.header("Retry-After") == "60")
    }

    @Test("the pages show patches, and places that lead to the code host, as the newest run left them")
    func pages() throws {
        let headers = ["accept": "text/html"]
        let findings = try site.answer("GET", "/ui/acme/findings.html", headers: headers).bodyText
        #expect(findings.contains("https://forge.example/acme/infra/blob/\(Sample.commit)/infra/main.tf#L12"))
        #expect(!findings.contains("gone.tf"))
        let overview = try site.answer("GET", "/ui/acme/index.html", headers: headers).bodyText
        #expect(overview.contains("+  b") && overview.contains("infra/a.tf:3"))
        var archive = SampleArchive()
        archive.texts[KeptDetails.key] = nil
        archive.texts[RequestOffers.key] = "{}"
        let without = try Site(archive).answer("GET", "/ui/acme/findings.html", headers: headers)
        #expect(without.status == 200 && !without.bodyText.contains("infra/main.tf"))
    }
}
