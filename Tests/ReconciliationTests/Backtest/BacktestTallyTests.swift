import CostModel
import Git
import Testing

@testable import Reconciliation

/// What becomes of single findings, step by step, without a bill.
@Suite("the tally of a back-test")
struct BacktestTallyTests {
    private static let policy = PolicyReference(.rightsizing, "machines")
    private static let commit = ObjectID("1111111111111111111111111111111111111111")!
    private static func day(_ number: Int) -> Instant { Instant(seconds: 1_793_491_200).adding(.days(number)) }

    private func life(_ state: FindingLife.State, opened: Int?, seen: Int, fixed: Int? = nil, saving: String = "30") -> FindingLife {
        var life = FindingLife(
            id: "f-1", policy: Self.policy, rule: "oversized-instance", verdict: .fail, severity: .medium, team: "payments",
            resource: "infra/app:aws_instance.web", subject: nil, message: "too large", state: state, firstSeen: Self.day(0),
            lastSeen: Self.day(seen), opened: opened.map(Self.day), fixed: fixed.map(Self.day), atStake: Money(FixedDecimal(28), .usd))
        life.monthlySavings = Money(FixedDecimal(exactly: saving)!, .usd)
        if state == .disappearing { life.missedSince = fixed.map(Self.day) ?? Self.day(seen + 1) }
        return life
    }

    /// - Parameter empty: whether an evaluation without any finding came first.
    private func tally(_ steps: [(Int, FindingLife)], empty: Bool = true) throws -> [Backtest.Entry] {
        let estate = try SmallEstate()
        var touched = TouchedFiles(try estate.open())
        var tally = BacktestTally(.usd)
        let all = (empty ? [(-1, [])] : []) + steps.map { ($0.0, [$0.1]) }
        for (day, lives) in all {
            try tally.add(
                .init(now: Self.day(day), commit: Self.commit, days: 1), lives, [],
                present: [ResourceIdentity(root: "infra/app", address: "aws_instance.web")], &touched)
        }
        return tally.result().entries
    }

    @Test("what fixing it would have saved is its monthly savings over the days that it was there")
    func saved() throws {
        let entries = try tally([
            (0, life(.appearing, opened: nil, seen: 0)), (1, life(.open, opened: 0, seen: 1)),
            (2, life(.open, opened: 0, seen: 2, saving: "60")),
            (3, life(.disappearing, opened: 0, seen: 2)), (4, life(.fixed, opened: 0, seen: 2, fixed: 3)),
        ])
        // Two days at 30 and one at 60 a month of 365/12 days.
        #expect(entries.map(\.saved) == [Money(FixedDecimal(120).scaled(by: 12, over: 365), .usd)])
        #expect(entries[0].gone == Self.day(3).day)
        #expect(entries[0].days(until: Self.day(4).day) == 3)
        #expect(entries[0].isWrong)
    }

    @Test("one that was there before the first evaluation is never called wrong")
    func thereBefore() throws {
        let entries = try tally([(0, life(.open, opened: 0, seen: 0)), (1, life(.fixed, opened: 0, seen: 0, fixed: 1))], empty: false)
        #expect(entries.map(\.wasThere) == [true])
        #expect(entries.map(\.isWrong) == [false])
    }

    @Test("one that lasts for more than a week is not wrong, and one that is exempt saves nothing")
    func lasting() throws {
        var exempt = life(.open, opened: 1, seen: 2)
        exempt.isExempt = true
        let entries = try tally([
            (1, life(.appearing, opened: nil, seen: 1)), (2, exempt), (9, life(.fixed, opened: 1, seen: 2, fixed: 9)),
        ])
        #expect(entries.map(\.isWrong) == [false])
        #expect(entries.map(\.saved) == [Money(FixedDecimal(30).scaled(by: 12, over: 365), .usd)])
    }

    @Test("one that is seen once and never again was never opened")
    func flicker() throws {
        #expect(try tally([(0, life(.appearing, opened: nil, seen: 0)), (1, life(.appearing, opened: nil, seen: 0))]).isEmpty)
    }
}
