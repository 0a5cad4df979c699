import Foundation
import TestSupport
import Testing

@testable import TimeSeries

@Suite("what to commit to")
struct CommitmentLevelTests {
    /// A year of hours: a base that grows or shrinks, days and nights, weekends, noise, and now and then a batch.
    private func year(_ seed: UInt64) -> [Double] {
        var random = SeededGenerator(seed: seed)
        func draw(_ range: ClosedRange<Double>) -> Double { Double.random(in: range, using: &random) }
        let (base, growth, night, weekend, noise) = (draw(1...50), draw(-0.6...1), draw(0...1), draw(0...1), draw(0...0.5))
        return (0..<8_760).map { hour in
            let trend = 1 + growth * Double(hour) / 8_760
            let isNight = hour % 24 < 8
            let isWeekend = hour / 24 % 7 >= 5
            let batch = draw(0...1) < 0.02 ? draw(0...4) : 0
            return base * max(0, trend * (isNight ? 1 - night : 1) * (isWeekend ? 1 - weekend : 1) * (1 + draw(-1...1) * noise) + batch)
        }
    }

    @Test("on 50 random years it saves as much as the best of all levels that were used")
    func exhaustive() {
        for seed in 1...50 {
            var random = SeededGenerator(seed: UInt64(seed) &* 77)
            let plan = CommitmentLevel(hours: year(UInt64(seed)), rate: Double.random(in: 0.3...0.85, using: &random))
            // What is saved is linear between two levels that were used, so that the best of those is the best of all. Of sorted hours, the
            // first ones are used up and the others take the whole level.
            let sorted = plan.hours.sorted()
            var (below, best) = (0.0, 0.0)
            for (index, level) in sorted.enumerated() {
                let saved = below + level * Double(sorted.count - index) - plan.rate * level * Double(sorted.count)
                best = max(best, saved)
                below += level
            }
            let found = plan.savings(at: plan.best)
            #expect(abs(found - best) <= max(1, best) * 1e-9, "seed \(seed)")
        }
    }

    @Test("what is used in fewer hours than it must be is not committed to")
    func rare() {
        let half = (0..<100).map { $0 < 50 ? 10.0 : 0 }
        #expect(CommitmentLevel(hours: half, rate: 0.6).best == 0)
        #expect(CommitmentLevel(hours: half, rate: 0.4).best == 10)
        #expect(CommitmentLevel(hours: [], rate: 0.4).best == 0)
        // Used just as much as it must be, it saves nothing.
        #expect(CommitmentLevel(hours: half, rate: 0.5).savings(at: 10) == 0)
    }

    @Test("hours that add up to the same days never save more, nor pay for more, than the bounds of those days say")
    func bounds() {
        for seed in 1...20 {
            let hours = year(UInt64(seed))
            let days = stride(from: 0, to: hours.count, by: 24).map { hours[$0..<$0 + 24].reduce(0, +) }
            let bounds = CommitmentLevel.bounds(days: days, rate: 0.7)
            let plan = CommitmentLevel(hours: hours, rate: 0.7)
            #expect(plan.best <= bounds.level + 1e-9)
            #expect(plan.savings(at: plan.best) <= bounds.savings + 1e-6)
        }
    }

    @Test("futures are the same for the same past, and lose where the past lost")
    func futures() {
        let plan = CommitmentLevel(hours: year(3), rate: 0.6)
        let level = plan.best
        let steps = (0..<4).map { (week: $0 * 4, level: level * Double($0 + 1) / 4) }
        let (one, other) = (CommitmentFutures(of: plan, steps: steps, weeks: 52), CommitmentFutures(of: plan, steps: steps, weeks: 52))
        #expect(one.savings == other.savings)
        #expect(one.savings.count == 1_000)
        #expect(one.quantile(0.05) <= one.quantile(0.5) && one.quantile(0.5) <= one.quantile(0.95))
        let flat = CommitmentLevel(hours: Array(repeating: 2, count: 24 * 28), rate: 0.75)
        let sure = CommitmentFutures(of: flat, steps: [(0, 2)], weeks: 52)
        // A quarter of 2 an hour, in each hour of 52 weeks.
        #expect(sure.savings.allSatisfy { abs($0 - 4_368) < 1e-6 })
        let lost = CommitmentFutures(of: flat, steps: [(0, 4)], weeks: 52)
        #expect(lost.lossShare == 1)
    }
}
