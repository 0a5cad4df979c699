import CostModel
import Store
import Testing

@Suite("scores, badges and costs in the ledger")
struct ScoreTests {
    private let test = TestLedger()

    @Test("a team has one score a day, the last one put")
    func scores() throws {
        let ledger = try test.open()
        let days = (0..<3).map { Samples.day.advanced(by: $0) }
        try ledger.put(days.map { Samples.score(day: $0) } + [Samples.score(team: "a")])
        var again = Samples.score(day: days[1])
        again.score = nil
        try ledger.put([again])
        #expect(try ledger.scores(team: "payments", since: days[1]) == [again, Samples.score(day: days[2])])
        #expect(try ledger.scores().map(\.team) == ["a", "payments", "payments", "payments"])
        #expect(try ledger.scores(team: "nobody") == [])
    }

    @Test("a badge is given once for its evidence")
    func badges() throws {
        let ledger = try test.open()
        try ledger.put([Samples.badge(), Samples.badge(evidence: "bb")])
        var again = Samples.badge()
        again.reason = "another"
        try ledger.put([again])
        #expect(try ledger.badges(team: "payments") == [Samples.badge(), Samples.badge(evidence: "bb")])
        #expect(try ledger.badges(team: "search") == [])
    }

    @Test("a later bill replaces the days it restates, and those alone")
    func costs() throws {
        let ledger = try test.open()
        let days = (0..<4).map { Samples.day.advanced(by: $0) }
        try ledger.replaceCosts(days: days[0]...days[3], days.map { Samples.cost($0) })
        try ledger.replaceCosts(days: days[1]...days[2], [Samples.cost(days[2], team: nil, "7")])
        #expect(
            try ledger.costs(days: days[0]...days[3])
                == [Samples.cost(days[0]), Samples.cost(days[2], team: nil, "7"), Samples.cost(days[3])])
        #expect(try ledger.costs(days: days[1]...days[1]) == [])
    }
}
