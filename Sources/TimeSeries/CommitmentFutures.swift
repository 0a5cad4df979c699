/// What a staged purchase would save in futures drawn from the past: weeks are drawn with repetition, whole, so that nights, weekends and what follows
/// upon what stay as they were.
///
/// Nothing of them is random twice: the generator starts from the data, so that the same bill gives the same spread.
package struct CommitmentFutures: Sendable {
    package static let count = 1_000
    package static let week = 168

    /// What each future saves, ascending.
    package let savings: [Double]

    /// - Parameters:
    ///   - plan: the past, of at least one week.
    ///   - steps: the level that holds from each week on, ascending: `[(0, 2.5), (4, 5)]`.
    ///   - weeks: how long a future is.
    package init(of plan: CommitmentLevel, steps: [(week: Int, level: Double)], weeks: Int) {
        let starts = max(1, plan.hours.count - Self.week + 1)
        let days = stride(from: 0, to: starts, by: 24).map { $0 }
        // What each week that can be drawn saves at each level.
        let worth = steps.map { step in
            let saved = plan.hours.map { min($0, step.level) - plan.rate * step.level }
            var sums = [0.0]
            for value in saved { sums.append(sums[sums.count - 1] + value) }
            return days.map { sums[min($0 + Self.week, saved.count)] - sums[$0] }
        }
        var generator = DataGenerator(plan.hours)
        savings = (0..<Self.count).map { _ in
            var sum = 0.0
            for week in 0..<weeks {
                let drawn = Int(generator.next() % UInt64(days.count))
                guard let step = steps.lastIndex(where: { $0.week <= week }) else { continue }
                sum += worth[step][drawn]
            }
            return sum
        }.sorted()
    }

    /// The nearest-rank quantile.
    package func quantile(_ share: Double) -> Double {
        savings[min(savings.count - 1, max(0, Int((share * Double(savings.count)).rounded(.up)) - 1))]
    }

    /// The share of futures that lose money.
    package var lossShare: Double { Double(savings.count { $0 < 0 }) / Double(savings.count) }
}

/// SplitMix64 (Steele, Lea, Flood 2014), started from numbers.
struct DataGenerator {
    private var state: UInt64

    init(_ values: [Double]) {
        state = values.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ $1.bitPattern) &* 0x0000_0100_0000_01b3 }
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
