import CostModel
import JSON
import Reporting
import Testing

@testable import Server

@Suite("what the newest evaluation left, by the API and on pages")
struct StandingAPITests {
    private let site = Site()
    private static let root = "/api/v1/workspaces/acme"

    private static let lists = ["campaigns", "caught", "budgets", "forecasts", "anomalies", "simulations"]

    @Test("is listed page by page, each item once", arguments: lists)
    func pages(list: String) throws {
        let whole = try site.json("GET", "\(Self.root)/\(list)")
        var (seen, cursor): ([JSONValue], String?) = ([], nil)
        repeat {
            let page = try site.json("GET", "\(Self.root)/\(list)?limit=1" + (cursor.map { "&cursor=\($0)" } ?? ""))
            seen += page["items"]?.elements ?? []
            cursor = page["next"]?.text
        } while cursor != nil
        #expect(seen == whole["items"]?.elements && seen.count > 1)
    }

    @Test("says how budgets stand and what they are expected to come to")
    func budgets() throws {
        let own = try site.json("GET", "\(Self.root)/budgets?team=payments")["items"]?.elements
        #expect(own?.count == 1 && own?[0]["name"]?.text == "payments-monthly" && own?[0]["severity"]?.text == "high")
        #expect(
            own?[0]["spent"] == ["amount": "450", "currency": "USD"] && own?[0]["burn"]?["burned"] == ["amount": "60", "currency": "USD"])
        let forecasts = try site.json("GET", "\(Self.root)/forecasts")["items"]?.elements
        #expect(forecasts?[0]["budget"] == .null && forecasts?[0]["expected"] == ["amount": "950", "currency": "USD"])
    }

    @Test("a season shows the best three, and of the team that is asked about its place, card and wins")
    func season() throws {
        let all = try site.json("GET", "\(Self.root)/season")
        #expect(all["season"]?.text == "2026-Q4" && all["wins"]?.elements == [] && all["bingo"] == .null)
        let own = try site.json("GET", "\(Self.root)/season?team=payments")
        #expect(own["wins"]?.elements.first?["changes"]?.elements == ["c-9"])
        #expect(own["notes"]?.elements.first?.text?.contains("no bingo card") == true)
        #expect(try site.json("GET", "\(Self.root)/season?season=2026-Q3")["over"] == .bool(true))
        for (query, status) in [
            ("season=2027-Q1", 404), ("season=2026-Q5", 400), ("season=x", 400), ("team=nobody", 404),
            ("season=2026-Q3&season=2026-Q3", 400),
        ] { #expect(try site.answer("GET", "\(Self.root)/season?\(query)").status == status, "\(query)") }
    }

    @Test("says what was prevented and caught, and of what nothing is known")
    func prevented() throws {
        let said = try site.json("GET", "\(Self.root)/prevented")
        #expect(said["caught"] == 2 && said["singleCommits"] == 3 && said["mergesJudged"] == 1)
        // The sample's ledger began today.
        #expect(said["prevented"] == .null && said["sentence"]?.text?.contains("not known") == true)
    }

    @Test("adds up what was offered, merged and saved, by team and in all")
    func figures() throws {
        let figures = try site.json("GET", "\(Self.root)/figures")
        #expect(figures["all"]?["offered"] == 4 && figures["all"]?["merged"] == 2 && figures["all"]?["adoption"] == .number("100.00"))
        #expect(figures["all"]?["verified"]?.elements == [["amount": "20", "currency": "USD"]])
        #expect(figures["teams"]?.elements.map { $0["team"]?.text } == ["payments"])
        #expect(figures["teams"]?.elements.first?["adoption"] == .null, "nobody decided on its request yet")
    }

    @Test(
        "that nothing is known of is said to be so, and is no empty list",
        arguments: ["campaigns", "season", "caught", "budgets", "forecasts", "anomalies", "simulations"])
    func unknown(path: String) throws {
        var archive = SampleArchive()
        for texts in [[:], [KeptEvaluation.key: "{\"version\": 0}", CaughtFindings.key: "{"]] {
            archive.texts = texts
            let response = try Site(archive).answer("GET", "\(Self.root)/\(path)")
            #expect(response.status == 404 && response.bodyText.contains("the next run of the loop"))
        }
    }

    @Test("scenarios that could not be simulated are no list of none")
    func unsimulated() throws {
        var (archive, kept) = (SampleArchive(), Sample.kept)
        kept.simulations = nil
        archive.texts[KeptEvaluation.key] = kept.text
        #expect(try Site(archive).answer("GET", "\(Self.root)/simulations").status == 404)
    }

    @Test(
        "stands on the server's pages as on those of a report",
        arguments: [
            ("budgets.html", ["$450 spent of $900", "$950 expected", "burned", "$60"]),
            ("index.html", ["2026-11 so far", "20 of 30 days"]),
            ("references.html", ["2 blocks, 1 reference", "aws_sqs_queue.policy"]),
            ("campaigns.html", ["autumn", "winter", "10 days left"]),
            ("season.html", ["Season 2026-Q4", "for"]), ("team-payments.html", ["Season 2026-Q4", "git apply plan/c-9.patch"]),
            ("prevented.html", ["f-c1", "3 came as one commit"]), ("findings.html", ["2 findings caught on the way"]),
        ] as [(String, [String])])
    func shown(page: String, words: [String]) throws {
        let text = try site.answer("GET", "/ui/acme/\(page)").bodyText
        for word in words { #expect(text.contains(word), "'\(word)' is not on \(page)") }
    }

    @Test("that is missing or damaged leaves pages as they are without it")
    func withoutIt() throws {
        var archive = SampleArchive()
        archive.texts = [KeptEvaluation.key: "{", ResourceGraph.key: "[]", CaughtFindings.key: ""]
        for page in ["index.html", "budgets.html", "references.html", "campaigns.html", "season.html", "prevented.html"] {
            #expect(try Site(archive).answer("GET", "/ui/acme/\(page)").status == 200, "\(page)")
        }
        #expect(try Site(archive).answer("GET", "/ui/acme/budgets.html").bodyText.contains("nothing is known of them here"))
    }
}
