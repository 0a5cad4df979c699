import CostModel
import Testing

@Suite("findings that were caught on the way")
struct CaughtFindingsTests {
    private static let start = Day(year: 2026, month: 7, day: 1)

    private static func entry(_ id: String, _ day: Int, team: String? = "payments") -> CaughtFindings.Entry {
        .init(
            id: id, policy: PolicyReference(.tagging, "tags"), rule: "missing-tag", severity: .high, team: team, resource: "infra:a",
            message: id, commit: "c", merge: "m", merged: start.advanced(by: day))
    }

    @Test("are counted in a span of which every day is known, with what is not known beside")
    func count() {
        var caught = CaughtFindings(since: Self.start)
        caught.add([Self.entry("f-1", 3)], .init(day: Self.start.advanced(by: 3), judged: 1))
        caught.add([Self.entry("f-2", 3, team: "search")], .init(day: Self.start.advanced(by: 3), judged: 1, single: 2))
        caught.add([Self.entry("f-3", 9)], .init(day: Self.start.advanced(by: 9), judged: 1, unjudged: 1))
        let week = caught.count(in: Self.start..<Self.start.advanced(by: 7))
        #expect(week.findings == 2 && week.arrivals.judged == 2 && week.arrivals.single == 2 && week.arrivals.unjudged == 0)
        #expect(week.sentence == "caught on the way: 2 findings; 2 merges were judged; not known of 2 changes that came as one commit")
        #expect(caught.count(in: Self.start..<Self.start.advanced(by: 7)) { $0.team == "search" }.findings == 1)
        let quiet = caught.count(in: Self.start.advanced(by: 20)..<Self.start.advanced(by: 27))
        #expect(quiet.sentence == "caught on the way: none; no merge was judged")
    }

    @Test("of a span that began before anybody looked are not known, which is not none")
    func unknown() {
        let caught = CaughtFindings(since: Self.start, entries: [Self.entry("f-1", 3)])
        let count = caught.count(in: Self.start.advanced(by: -1)..<Self.start.advanced(by: 7))
        #expect(count.findings == nil)
        #expect(count.sentence == "caught on the way: not known: merges are looked at since 2026-07-01")
    }

    @Test("are forgotten after 400 days, and are never more than the ledger can hold")
    func memory() {
        var caught = CaughtFindings(since: Self.start)
        caught.add((0..<3_000).map { Self.entry("f-\($0)", 1) }, .init(day: Self.start.advanced(by: 1), judged: 1))
        #expect(caught.entries.count == 2_000 && caught.entries.last?.id == "f-2999")
        caught.add([Self.entry("f-x", 401)], .init(day: Self.start.advanced(by: 401), judged: 1))
        #expect(caught.entries.map(\.id) == ["f-x"] && caught.arrivals.count == 1)
    }
}
