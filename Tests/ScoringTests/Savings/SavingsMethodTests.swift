import CostModel
import Testing

@testable import Scoring

@Suite("what realised savings are measured by")
struct SavingsMethodTests {
    private static let merged = SavingsCase.merged
    private static let now = Day(year: 2026, month: 9, day: 20)

    @Test("is the cost of a unit where the bill counts units: growing use is no loss, shrinking use no saving")
    func unitCost() {
        var given = SavingsCase()
        // Twice the hours at half the price: per hour 1 dollar, then 50 cents, of 48 hours.
        given.bill("i-1", hours: 24) { _ in 24 }
        for day in Self.merged.advanced(by: 1)...Day(year: 2026, month: 9, day: 30) {
            given.usage.series["i-1"]?[day]?.quantity = FixedDecimal(48)
        }
        let line = "vested 2026-07-07 730.00 500.00 28 comparable days before, 28 after; cost per unit of 'Hrs'"
        #expect(given.lines(on: Self.now) == [line])
        for day in Self.merged.advanced(by: 1)...Day(year: 2026, month: 9, day: 30) {
            given.usage.series["i-1"]?[day] = BilledUsage.BilledDay(effective: FixedDecimal(6), quantity: FixedDecimal(6), unit: "Hrs")
        }
        #expect(given.records(on: Self.now).map(\.realised) == [.zero(.usd)])
    }

    @Test("is whole days where quantities do not compare, by weekday and past odd days")
    func weekdays() {
        var given = SavingsCase()
        let odd = [-3, -10, 5, 12].map(Self.merged.advanced)
        given.bill("i-1") { day in odd.contains(day) ? 5_000 : (day <= Self.merged ? 24 : 12) / (day.weekday >= 5 ? 2 : 1) }
        // Per week 5 · 12 + 2 · 6 dollars.
        let line = "vested 2026-07-07 312.86 312.86 28 comparable days before, 28 after; cost per weekday"
        #expect(given.lines(on: Self.now) == [line])
    }

    @Test("leaves out the days between the merge and the day on which another product is billed")
    func product() {
        var given = SavingsCase()
        let applied = Self.merged.advanced(by: 9)
        let bill = { (day: Day) in day < applied ? 24 : day == applied ? 18 : 12 }
        given.bill("i-1", hours: 24, product: { $0 < applied ? "large" : $0 == applied ? nil : "small" }, dollars: bill)
        let line = "vested 2026-07-16 365.00 365.00 28 comparable days before, 28 after; cost per unit of 'Hrs'"
        #expect(given.lines(on: Self.now) == [line])
    }

    @Test("leaves out the days until the price of a unit moves, and no single odd day is such a move")
    func price() {
        var given = SavingsCase()
        let applied = Self.merged.advanced(by: 9)
        let bill = { (day: Day) in
            day < applied ? (day == Self.merged.advanced(by: 4) ? 40 : 24) : day == applied ? 18 : 12
        }
        given.bill("i-1", hours: 24, dollars: bill)
        let line = "vested 2026-07-16 365.00 365.00 28 comparable days before, 28 after; cost per unit of 'Hrs'"
        #expect(given.lines(on: Self.now) == [line])
    }

    @Test("leaves out days that the whole bill lacks")
    func gaps() {
        var given = SavingsCase()
        for day in Self.merged.advanced(by: 10)..<Self.merged.advanced(by: 20) {
            given.usage.gaps.insert(day)
            given.usage.series["i-1"]?[day] = nil
        }
        let line = "vested 2026-07-07 365.00 365.00 28 comparable days before, 18 after; cost per weekday"
        #expect(given.lines(on: Self.now) == [line])
    }

    @Test("splits two changes of one resource by time, and shares those of one day by what they promised")
    func twoChanges() {
        var given = SavingsCase()
        let later = Self.merged.advanced(by: 14)
        given.bill("i-1") { $0 <= Self.merged ? 24 : $0 <= later ? 12 : 9 }
        let second = SavingsCase.change("c-2", ["i-1"], Money(FixedDecimal(1_000), .usd))
        given.changes.append(MergedChange(plan: "p", change: second, commit: "abd", merged: later.start))
        #expect(
            given.lines(on: Self.now) == [
                "vested 2026-07-07 365.00 365.00 28 comparable days before, 14 after; cost per weekday",
                "vested 2026-07-21 91.25 91.25 13 comparable days before, 28 after; cost per weekday",
            ])
        given.changes[1].merged = given.changes[0].merged
        given.bill("i-1") { $0 <= Self.merged ? 24 : 12 }
        let shared = "28 comparable days before, 28 after; cost per weekday; shared by estimate with changes of the same day"
        #expect(
            given.lines(on: Self.now) == [
                "vested 2026-07-07 121.67 121.67 \(shared)", "vested 2026-07-07 243.33 243.33 \(shared)",
            ])
        given.changes[1].merged = Self.merged.advanced(by: 3).start
        let reason = "excluded – – – another change took effect within 7 days"
        #expect(given.lines(on: Self.now) == [reason, reason])
    }

    @Test("is not split by a change that promises nothing, such as a tag")
    func tag() {
        var given = SavingsCase()
        let tag = SavingsCase.change("c-2", ["i-1"], nil)
        given.changes.append(MergedChange(plan: "p", change: tag, commit: "abd", merged: Self.merged.advanced(by: 3).start))
        #expect(given.records(on: Self.now).map(\.standing) == [.vested, .excluded])
        #expect(given.records(on: Self.now)[0].realised == Money(FixedDecimal(365), .usd))
    }

    @Test("takes days under all names of a resource together")
    func names() {
        var given = SavingsCase()
        given.changes[0].change.resources[0].billedAs = ["arn:i-1", "i-1"]
        given.bill("arn:i-1") { $0 <= Self.merged ? 2 : 1 }
        #expect(given.records(on: Self.now).map(\.realised) == [Money(FixedDecimal(13).scaled(by: 365, over: 12), .usd)])
    }

    @Test("does not fail on figures that no bill can have")
    func extremes() {
        var given = SavingsCase()
        given.bill("i-1") { _ in 1_000_000_000_000 }
        for (day, entry) in given.usage.series["i-1"] ?? [:] {
            var entry = entry
            entry.unit = "Hrs"
            entry.quantity = day <= Self.merged ? FixedDecimal(raw: 1) : FixedDecimal(1_000_000_000_000)
            given.usage.series["i-1"]?[day] = entry
        }
        #expect(given.records(on: Self.now).map(\.standing) == [.vested])
        for day in Self.merged.advanced(by: -40)...Self.merged {
            given.usage.series["i-1"]?[day]?.effective = FixedDecimal(900_000_000_000)
            given.usage.series["i-1"]?[day]?.quantity = FixedDecimal(raw: FixedDecimal.unit / 1_000_000)
        }
        #expect(given.records(on: Self.now).map(\.standing) == [.vested])
    }
}
