import TestSupport
import Testing

@testable import TimeSeries

@Suite("error budgets")
struct BurnTests {
    /// About normally distributed, with a standard deviation of 1.
    private static func chance(_ generator: inout SeededGenerator) -> Double {
        (0..<12).reduce(-6) { sum, _ in sum + Double.random(in: 0..<1, using: &generator) }
    }

    /// On which day of a month of 30 a rule pages that is asked on each.
    private static func pages(_ excess: [Double], reserve: Double, noise: Double) -> Int? {
        excess.indices.first { day in BurnRate(excess: Array(excess[...day]), errorBudget: reserve, noise: noise).page != nil }
    }

    @Test(
        "in 2,000 quiet months at most 5 pages, however noisy the scope is beside its reserve",
        arguments: [(0.05, 0.02), (0.05, 0.05), (0.05, 0.1), (0.1, 0.05), (0.1, 0.1), (0.2, 0.1)])
    func quiet(_ surplus: Double, _ noise: Double) {
        var generator = SeededGenerator(seed: 17)
        let pages = (0..<2_000).count { _ in
            let month = (0..<30).map { _ in Self.chance(&generator) * noise }
            return Self.pages(month, reserve: 30 * surplus, noise: noise) != nil
        }
        #expect(pages <= 5)
    }

    @Test(
        "jumps that overspend are paged before half of the reserve is gone, where chance allows it",
        arguments: [(0.05, 0.02, 0.79), (0.05, 0.05, 0.72), (0.1, 0.05, 0.9), (0.1, 0.1, 0.72), (0.2, 0.1, 0.88)])
    func jumps(_ surplus: Double, _ noise: Double, _ least: Double) {
        var generator = SeededGenerator(seed: 23)
        let reserve = 30 * surplus
        var overspent = 0
        var early = 0
        for _ in 0..<1_000 {
            let first = Int.random(in: 2..<20, using: &generator)
            let size = Double.random(in: 1.2...6, using: &generator) * reserve / Double(30 - first)
            let month = (0..<30).map { day in Self.chance(&generator) * noise + (day >= first ? size : 0) }
            guard month.reduce(0, +) > reserve else { continue }
            overspent += 1
            guard let page = Self.pages(month, reserve: reserve, noise: noise) else { continue }
            if month[...page].reduce(0, +) <= reserve / 2 { early += 1 }
        }
        #expect(overspent > 900)
        #expect(Double(early) >= least * Double(overspent), "\(early) of \(overspent)")
    }

    @Test("slow ramps are paged before nine tenths of the reserve are gone", arguments: [0.005, 0.01, 0.03])
    func ramps(_ growth: Double) {
        let month = (0..<30).map { day in growth * Double(day + 1) }
        let whole = month.reduce(0, +)
        let page = Self.pages(month, reserve: whole * 0.8, noise: 0.001)
        #expect(page.map { month[...$0].reduce(0, +) <= 0.9 * whole * 0.8 } == true)
    }

    @Test("says where no rule can page early, and pages nothing without a reserve or over days that are not known")
    func limits() {
        #expect(BurnRate(excess: [0], errorBudget: 10, noise: 1).isTooNoisy)
        #expect(!BurnRate(excess: [0], errorBudget: 100, noise: 1).isTooNoisy)
        #expect(BurnRate(excess: [50, 50], errorBudget: 0, noise: 1).page == nil)
        #expect(BurnRate(excess: [50, .nan], errorBudget: 100, noise: 1).page == nil)
        #expect(BurnRate(excess: [15, 15], errorBudget: 100, noise: 1).page == .init(days: 2, burned: 30, share: 0.3))
    }

    @Test("the plan of a period knows weekdays and fees, and no spike")
    func plans() throws {
        // From 2026-01-01; the period is April.
        var values = (0..<90).map { day in [2, 3].contains(day % 7) ? 70.0 : 100 }
        for day in [31, 59] { values[day] += 900 }
        values[80] += 500
        let plan = try #require(DailyPlan(values, start: 90, count: 30, firstEpochDay: 20_454))
        #expect(plan.days[0] == 1000)
        #expect(plan.days[1...].allSatisfy { $0 == 100 || $0 == 70 })
        #expect(plan.noise == 1)
        #expect(DailyPlan(Array(values.prefix(20)), start: 20, count: 30, firstEpochDay: 20_454) == nil)
    }
}
