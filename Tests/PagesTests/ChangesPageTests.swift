import Charts
import CostModel
import Reporting
import Testing

@testable import Pages

@Suite("what changed between two days")
struct ChangesPageTests {
    private static let today = Sites.today

    /// - Parameter seen: days before today.
    private static func finding(_ id: String, seen: Int, fixed: Int? = nil) -> FindingEntry {
        var finding = FindingEntry(
            id: id, policy: "tags", rule: "missing-tag", status: fixed == nil ? .open : .fixed, severity: .high, team: "search",
            resource: "infra:aws_instance.web", place: nil, message: "message of \(id)", atStake: Sites.usd(10))
        finding.firstSeen = today.advanced(by: -seen)
        finding.fixed = fixed.map { today.advanced(by: -$0) }
        return finding
    }

    private static var site: SiteContent {
        var site = Sites.empty()
        site.hasHistory = true
        site.findings = [finding("f-old", seen: 40), finding("f-new", seen: 3), finding("f-edge", seen: 7), finding("f-today", seen: 0)]
        site.fixed = [
            finding("f-mended", seen: 40, fixed: 2), finding("f-long-ago", seen: 60, fixed: 30), finding("f-passing", seen: 5, fixed: 1),
        ]
        site.scores = [40, 7, 1].map { back in
            ScoreDay(
                team: "search", day: today.advanced(by: -back), score: Points(hundredths: 9_000 - back * 10), reachedLevel: .silver,
                level: back > 20 ? .bronze : .silver, cost: Sites.usd(1), potentialSavings: Sites.usd(1), waste: Sites.usd(1),
                policyDigest: "")
        }
        site.costs = (2..<40).map { back in
            DailyCost(day: today.advanced(by: -back), team: "search", service: "Compute", amount: Sites.usd(back < 9 ? 20 : 10))
        }
        return site
    }

    private static func markup(_ site: SiteContent, days: ClosedRange<Day>? = nil) -> String {
        SitePages(site, days: days).page("changes.html")?.markup ?? ""
    }

    @Test("has what came and stayed, and what was there and went")
    func findings() {
        let page = Self.markup(Self.site)
        for id in ["f-new", "f-today", "f-mended"] { #expect(page.contains("<code>\(id)</code>"), "\(id)") }
        // There on both days, gone on both, or only in between.
        for id in ["f-old", "f-edge", "f-long-ago", "f-passing"] { #expect(!page.contains(id), "\(id)") }
        #expect(page.contains("2 findings new with $20/month at stake, 1 fixed."))
    }

    @Test("of other days counts by those days")
    func days() {
        let page = Self.markup(Self.site, days: Self.today.advanced(by: -50)...Self.today.advanced(by: -2))
        // The last is fixed after them.
        for id in ["f-old", "f-new", "f-edge", "f-passing", "f-long-ago"] { #expect(page.contains("<code>\(id)</code>"), "\(id)") }
        // Seen and fixed within them, and seen after them.
        for id in ["f-mended", "f-today"] { #expect(!page.contains(id), "\(id)") }
        #expect(!page.contains("bronze") && page.contains("silver"), "no score is known of the first day")
        let month = Self.markup(Self.site, days: Self.today.advanced(by: -30)...Self.today)
        #expect(month.contains("bronze") && month.contains("silver"))
    }

    @Test("compares whole weeks of the bill, and no day that is not whole")
    func weeks() {
        let page = Self.markup(Self.site)
        // Seven days of $20; two of them and five of $10 in the week up to seven days ago.
        #expect(page.contains("$140") && page.contains("$90") && page.contains("+$50"))
        var torn = Self.site
        torn.overview = Sites.full("search").overview
        torn.overview?.unknownDays = Set((0..<30).map { Self.today.advanced(by: -$0) })
        #expect(!Self.markup(torn).contains("Cost of a week"))
    }

    @Test("is known with a ledger only, and asks for other days where a server answers")
    func served() {
        #expect(Self.markup(Sites.empty()).contains("keeps a ledger"))
        #expect(!Self.markup(Self.site).contains("type=\"date\""))
        var site = Self.site
        site.isServed = true
        #expect(Self.markup(site).contains("name=\"from\" value=\"\(Self.today.advanced(by: -7))\""))
    }
}
