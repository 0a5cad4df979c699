import CostModel
import Testing

@testable import Scoring

/// 12 dollars a day are 365 a month.
@Suite("the standing of a merged change's savings")
struct SavingsStandingTests {
    private static let merged = SavingsCase.merged
    private static func day(_ text: String) -> Day { Day(text)! }

    @Test("is pending until both sides have seven settled days")
    func pending() {
        var given = SavingsCase()
        given.end(on: Self.merged.advanced(by: 8))
        #expect(
            given.lines(on: Self.merged.advanced(by: 9)) == [
                "pending – – – waits for 7 comparable days on each side: 28 before, 6 after"
            ])
        given.end(on: Self.merged.advanced(by: 9))
        #expect(
            given.lines(on: Self.merged.advanced(by: 10)) == [
                "measured 2026-07-07 365.00 365.00 28 comparable days before, 7 after; cost per weekday"
            ])
    }

    @Test("is pending without a bill")
    func noBill() {
        var given = SavingsCase()
        given.usage = BilledUsage()
        #expect(
            given.lines(on: Self.day("2026-09-01")) == ["pending – – – the bill is missing, read only in part, or has no charge of usage"])
        // What was known stands, that it cannot be measured as well.
        given = SavingsCase(names: ["i-9"])
        given.known = given.records(on: Self.day("2026-09-01"))
        given.usage = BilledUsage()
        #expect(given.records(on: Self.day("2026-09-02")) == given.known)
    }

    @Test("is pending while the day's own charges may still arrive, whatever the bill holds")
    func closedDays() {
        let given = SavingsCase()
        #expect(given.records(on: Self.merged.advanced(by: 7)).map(\.standing) == [.pending])
        #expect(given.records(on: Self.merged.advanced(by: 8)).map(\.standing) == [.measured])
    }

    @Test("vests 30 days after the merge, with the lesser of estimate and dollars")
    func vested() {
        var given = SavingsCase(estimate: 100)
        let vests = Self.merged.start.adding(.hours(12)).adding(.days(30))
        func standing(_ now: Instant) -> [SavingsStatus] {
            RealisedSavings.measure(given.changes, usage: given.usage, lives: [], known: [], now: now, currency: .usd).map(\.standing)
        }
        #expect(standing(vests.subtracting(.hours(1))) == [.measured])
        #expect(standing(vests) == [.vested])
        let line = "vested 2026-07-07 365.00 100.00 28 comparable days before, 28 after; cost per weekday"
        #expect(given.lines(on: Self.day("2026-09-01")) == [line])
        given.bill("i-1") { $0 <= Self.merged ? 24 : 30 }
        let dearer = "vested 2026-07-07 -182.50 0.00 28 comparable days before, 28 after; cost per weekday"
        #expect(given.lines(on: Self.day("2026-09-01")) == [dearer])
    }

    @Test("is clawed back when a finding comes back within 60 days, and stays so")
    func clawedBack() {
        var given = SavingsCase()
        given.addLife(opened: Self.merged.advanced(by: 61))
        #expect(given.records(on: Self.day("2026-09-20")).map(\.standing) == [.vested])
        given.lives = []
        given.addLife(opened: Self.merged.advanced(by: 60))
        let line =
            "clawed-back 2026-07-07 365.00 0.00 the finding f-c-1 came back on 2026-09-04; 28 comparable days before, 28 after; "
            + "cost per weekday"
        #expect(given.lines(on: Self.day("2026-09-20")) == [line])
        given.known = given.records(on: Self.day("2026-09-20"))
        given.lives = []
        #expect(given.lines(on: Self.day("2026-09-21")) == [line])
    }

    @Test("is not clawed back by a finding that was open before the merge")
    func openBefore() {
        var given = SavingsCase()
        given.addLife(opened: Self.merged)
        given.addLife(opened: nil)
        #expect(given.records(on: Self.day("2026-09-20")).map(\.standing) == [.vested])
    }

    @Test("is excluded, with the reason, where nothing can be measured or earned")
    func excluded() {
        let now = Self.day("2026-09-20")
        #expect(SavingsCase(estimate: nil).lines(on: now) == ["excluded – – – the plan promised no saving"])
        #expect(SavingsCase(names: [""]).lines(on: now) == ["excluded – – – nothing names its resources on a bill"])
        #expect(SavingsCase(names: ["i-9"]).lines(on: now) == ["excluded – – – the bill does not name its resource"])
        var young = SavingsCase()
        young.bill("i-1") { $0 <= Self.merged.advanced(by: -90) ? nil : 24 }
        #expect(young.lines(on: now) == ["excluded – – – its resource was on the bill for less than 90 days before the merge"])
        var ripe = SavingsCase()
        ripe.bill("i-1") { $0 < Self.merged.advanced(by: -90) ? nil : 24 }
        #expect(ripe.records(on: now).map(\.standing) == [.vested])
        var gone = SavingsCase()
        gone.bill("i-1") { $0 <= Self.merged.advanced(by: 4) ? 24 : nil }
        #expect(gone.lines(on: now) == ["excluded – – – its resource vanished from the bill"])
        var foreign = SavingsCase()
        foreign.changes[0].change.monthlySavings = Money(FixedDecimal(5), Currency("EUR")!)
        #expect(foreign.lines(on: now) == ["excluded – – – the plan promised EUR, the bill is in USD"])
    }

    @Test("of a change of several resources counts those that can be measured, each once, and names the rest")
    func several() {
        var given = SavingsCase(names: ["i-1", "i-2", "i-1", "i-3"])
        given.bill("i-2") { $0 <= Self.merged ? 10 : 7 }
        given.bill("i-3") { $0 <= Self.merged ? 10 : nil }
        let line =
            "vested 2026-07-07 456.25 456.25 28 comparable days before, 28 after; cost per weekday; "
            + "1 left out: its resource vanished from the bill"
        #expect(given.lines(on: Self.day("2026-09-20")) == [line])
    }

    @Test("stays where the bill no longer reaches back")
    func shortBill() {
        var given = SavingsCase()
        given.known = given.records(on: Self.merged.advanced(by: 20))
        #expect(given.known.map(\.standing) == [.measured])
        given.usage.covered = Self.day("2026-07-03")...Self.day("2026-09-30")
        let line = "vested 2026-07-07 365.00 365.00 28 comparable days before, 19 after; cost per weekday"
        #expect(given.lines(on: Self.merged.advanced(by: 40)) == [line])
        given.usage = BilledUsage()
        #expect(given.records(on: Self.merged.advanced(by: 40)).map(\.standing) == [.vested])
    }

    @Test("is final once it vested and 60 days went by")
    func final() {
        var given = SavingsCase()
        let now = Self.merged.advanced(by: 61)
        given.known = given.records(on: now)
        given.bill("i-1") { _ in 1 }
        #expect(given.records(on: now.advanced(by: 1)) == given.known)
    }
}
