/// How much to commit to, by the marginal rule: one unit more is worth it while the share of hours in which it would be used is above the
/// commitment's price as a share of the on-demand price.
///
/// With D(h) the on-demand use of hour h and r that price, committing to x saves Σ min(D(h), x) − r·x·H over H hours. The sum grows by the number of hours with
/// D(h) > x, so the best x is the value that just more than r·H hours reach. It is exact, not searched.
package struct CommitmentLevel: Sendable {
    /// On-demand use by hour, in money.
    package let hours: [Double]
    /// What a committed unit costs, as a share of the on-demand price: above zero, below one.
    package let rate: Double

    package init(hours: [Double], rate: Double) {
        precondition(rate > 0 && rate < 1, "a commitment's price is a share of the on-demand price")
        self.hours = hours.map { max(0, $0) }
        self.rate = rate
    }

    /// The best level, in on-demand money per hour; zero: none is worth it.
    package var best: Double {
        guard !hours.isEmpty else { return 0 }
        let needed = Int((rate * Double(hours.count)).rounded(.down))
        return hours.sorted(by: >)[min(needed, hours.count - 1)]
    }

    /// What committing to a level saves over the hours; below zero where it costs more than it saves.
    package func savings(at level: Double) -> Double {
        hours.reduce(0) { $0 + min($1, level) } - rate * level * Double(hours.count)
    }

    /// The share of hours in which a level is used wholly.
    package func use(of level: Double) -> Double {
        hours.isEmpty ? 0 : Double(hours.count { $0 >= level }) / Double(hours.count)
    }

    /// What bounds follow where only the use of whole days is known. A level above the mean of a day over the rate can be worth nothing, whatever
    /// the hours were (Markov's inequality), and no day saves more than with the same use in each of its hours (Jensen's).
    package static func bounds(days: [Double], rate: Double) -> (level: Double, savings: Double) {
        let flat = CommitmentLevel(hours: days.map { $0 / 24 }, rate: rate)
        let mean = flat.hours.isEmpty ? 0 : flat.hours.reduce(0, +) / Double(flat.hours.count)
        return (mean / rate, max(0, flat.savings(at: flat.best)) * 24)
    }
}
