/// Watches one leaf of the bill day by day: what it costs, what it should, and what it has got used to.
///
/// Days must be judged in order. Values are money per day; NaN is a day of which nothing is known.
package struct LeafWatch: Sendable {
    /// As billed.
    package let cost: [Double]
    /// Money per unit; NaN where nothing was used or the bill says no quantity.
    package let price: [Double]
    /// As learned: what was unusual is replaced by its expectation, so that it teaches nothing.
    package private(set) var learned: [Double]
    package private(set) var found: [Unusual] = []
    /// Days before this index are forgotten: a shift has become the new normal.
    private(set) var start = 0
    private var inARow = 0
    private var relearned: [(day: Int, change: Double)] = []
    private let firstEpochDay: Int
    /// The excess of a day over its own expectation, where it was asked for.
    private var excesses: [Int: Double] = [:]

    /// Nothing is judged before this index: there is too little to compare with.
    package static let warmUp = 35
    /// After so many days in a row a shift is the new normal.
    static let newNormal = 15

    package init(cost: [Double], price: [Double] = [], firstEpochDay: Int) {
        self.cost = cost
        self.price = price
        self.firstEpochDay = firstEpochDay
        learned = cost
    }

    /// Judges the day at index `day`.
    ///
    /// - Parameters:
    ///   - teamDay: What the team's day usually costs, in money.
    ///   - settled: Whether the day's charges are complete. If not, it may only show that it is already too much, and is not learned.
    @discardableResult
    package mutating func judge(_ day: Int, teamDay: Double, settled: Bool = true, sensitivity: Double = 1) -> Unusual? {
        guard !cost[day].isNaN else { return nil }
        defer { if !settled { learned[day] = .nan } }
        guard day >= Self.warmUp else { return nil }
        var result = unusualLevel(day, teamDay: teamDay, sensitivity: sensitivity)
        if let rate = unusualRate(day) {
            if let level = result {
                result = Unusual(day: day, excess: max(level.excess, rate), expected: cost[day] - max(level.excess, rate), rate: rate)
            } else {
                result = Unusual(day: day, excess: rate, expected: cost[day] - rate, rate: rate)
            }
        }
        guard let result else {
            inARow = 0
            return nil
        }
        found.append(result)
        guard settled else { return result }
        inARow += 1
        learned[day] = result.expected
        if inARow >= Self.newNormal { accept(upTo: day) }
        return result
    }

    /// What `learned` of earlier days changed by since this was asked last, by day.
    mutating func takeRelearned() -> [(day: Int, change: Double)] {
        defer { relearned = [] }
        return relearned
    }

    /// Replaces a day by its expectation because the bill itself was wrong about it.
    mutating func correct(_ day: Int, to expected: Double) {
        found.removeAll { $0.day == day }
        learned[day] = expected
        inARow = 0
    }

    /// What has been found for so long is learned as it is, and what was before is forgotten.
    private mutating func accept(upTo day: Int) {
        let row = found.suffix(inARow)
        if inARow == Self.newNormal, let first = row.first { start = first.day }
        for one in row where one.day < day { relearned.append((one.day, cost[one.day] - learned[one.day])) }
        for one in row { learned[one.day] = cost[one.day] }
    }

    /// What a forecast made on `day` may go by: each day without what was unusual, unless that has been going on for three days.
    ///
    /// Days of which nothing is known are NaN. All days before `day` must have been judged, and none later.
    package func steadyValues(before day: Int) -> (values: [Double], start: Int) {
        var values = Array(learned[..<day])
        var run: [Unusual] = []
        for one in found.reversed() where one.day < day {
            guard (run.last?.day ?? day) - one.day <= (run.isEmpty ? 2 : 3) else { break }
            run.append(one)
        }
        if run.count >= 3 { for one in run { values[one.day] = cost[one.day] } }
        return (values, start)
    }

    // MARK: - Level

    package static func floor(teamDay: Double) -> Double { 0.002 * teamDay + 0.01 }

    package func expectation(_ day: Int, teamDay: Double) -> Expectation {
        Expectation(of: learned, day: day, start: min(start, day), floor: Self.floor(teamDay: teamDay))
    }

    private mutating func unusualLevel(_ day: Int, teamDay: Double, sensitivity: Double) -> Unusual? {
        let value = cost[day]
        let material = 0.005 * teamDay / sensitivity
        // The expectation is at least 0, so what is this small need not be looked at.
        guard value > material, !isCommon(value, on: day, sensitivity: sensitivity) else { return nil }
        let usual = expectation(day, teamDay: teamDay)
        func exceeds(_ excess: Double, _ expected: Double) -> Bool {
            excess > 6 * usual.scale / sensitivity && excess > 1.5 * usual.worst / sensitivity
                && excess > 0.12 * expected / sensitivity && excess > material
        }
        var excess = value - usual.expected
        guard exceeds(excess, usual.expected) else { return nil }
        var expected = usual.expected
        let recurring = recurringExcess(day, teamDay: teamDay)
        if recurring > 0.3 * excess {
            expected += recurring
            excess -= recurring
            guard excess > 0.3 * recurring, exceeds(excess, expected) else { return nil }
        }
        guard breaksHabit(day, value) else { return nil }
        return Unusual(day: day, excess: excess, expected: expected, clarity: excess / usual.scale)
    }

    /// Whether a value is so common on its weekday that no expectation can make it unusual; false says nothing.
    ///
    /// Where all 56 days are known, weekday effects leave the slopes between whole weeks as they are, so that the trend is none or their median. Two
    /// values of the same weekday that, moved by that, are as large are at least as far above the level: the value cannot exceed one and a half times
    /// the second largest excess. This spares most days their medians, and decides none otherwise.
    private func isCommon(_ value: Double, on day: Int, sensitivity: Double) -> Bool {
        let window = Expectation.window
        guard sensitivity <= 1.5, day - start >= window else { return false }
        return learned.withUnsafeBufferPointer { values in
            func secondLargest(_ fall: Double) -> Double {
                var (largest, second) = (-Double.infinity, -Double.infinity)
                for back in stride(from: 7, through: window, by: 7) {
                    let other = values[day - back] - fall * Double(back)
                    if other > largest { (largest, second) = (other, largest) } else if other > second { second = other }
                }
                return second
            }
            guard value <= secondLargest(0), let slope = Self.slope(values, before: day) else { return false }
            let bound = secondLargest(slope < 0 ? -slope * 1.000_001 : 0)
            return value <= bound - 1e-9 * (abs(bound) + 1)
        }
    }

    /// The median of the slopes between the eight whole weeks before a day; nil where one of their days is not known.
    private static func slope(_ values: UnsafeBufferPointer<Double>, before day: Int) -> Double? {
        let weeks = Expectation.window / 7
        return withUnsafeTemporaryAllocation(of: Double.self, capacity: weeks + weeks * (weeks - 1) / 2) { room in
            for week in 0..<weeks {
                var mean = 0.0
                for index in day - 7 * week - 7..<day - 7 * week { mean += values[index] }
                guard !mean.isNaN else { return nil }
                room.initializeElement(at: week, to: mean / 7)
            }
            var count = weeks
            for later in 0..<weeks {
                for earlier in later + 1..<weeks {
                    room.initializeElement(at: count, to: (room[later] - room[earlier]) / Double(7 * (earlier - later)))
                    count += 1
                }
            }
            return Middle.median(reordering: UnsafeMutableBufferPointer(rebasing: room[weeks...]))
        }
    }

    /// By how much the same place of the three months before exceeded its own expectation, at least 0.
    private mutating func recurringExcess(_ day: Int, teamDay: Double) -> Double {
        let places = MonthPlace.precedents(of: firstEpochDay + day)
        let byDay = places.byDay.compactMap { ownExcess($0 - firstEpochDay, teamDay: teamDay) }
        let byEnd = places.byEnd.compactMap { ownExcess($0 - firstEpochDay, teamDay: teamDay) }
        return max(0, Middle.median(byDay), Middle.median(byEnd))
    }

    /// What a day cost above what was expected of it then; nil where nothing can be said.
    private mutating func ownExcess(_ day: Int, teamDay: Double) -> Double? {
        guard day > 0, !cost[day].isNaN else { return nil }
        if let known = excesses[day] { return known }
        let usual = Expectation(of: learned, day: day, start: start < day ? start : 0, floor: Self.floor(teamDay: teamDay))
        let excess = cost[day] - usual.expected
        excesses[day] = excess
        return excess
    }

    /// Whether a value is beyond what a leaf does that is not active every day.
    ///
    /// Looked at are 168 days. What was found unusual is no precedent, unless it happened three times; what is going on is none for itself.
    private func breaksHabit(_ day: Int, _ value: Double) -> Bool {
        let first = max(start, day - 168)
        var unusual = [Bool](repeating: false, count: max(0, day - first))
        var separate = 0
        var current = day
        var previous = Int.min / 2
        for one in found where one.day >= first && one.day < day {
            unusual[one.day - first] = true
            if one.day - previous > 3 { separate += 1 }
            previous = one.day
        }
        for one in found.reversed() where one.day < day {
            guard current - one.day <= 3 else { break }
            current = one.day
        }
        var known = 0
        var active = 0
        var bouts = 0
        var most = 0.0
        var logarithms: [Double] = []
        var wasActive = false
        for index in first..<max(first, day) where !cost[index].isNaN {
            known += 1
            let isActive = cost[index] > 0
            if isActive { active += 1 }
            if isActive, index < current, separate >= 3 || !unusual[index - first] {
                most = max(most, cost[index])
                logarithms.append(cost[index])
                if !wasActive { bouts += 1 }
                wasActive = true
            } else {
                wasActive = false
            }
        }
        guard known > 0, Double(active) <= 0.6 * Double(known) else { return true }
        guard bouts >= 10 else { return value > 2.5 * most }
        let spread = LogSpread(logarithms)
        return value > 1.6 * most && value > spread.bound(3.2)
    }

    // MARK: - Rate

    /// The money that a dearer unit costs, where the price had stood still for ten of the last 30 days.
    private func unusualRate(_ day: Int) -> Double? {
        guard !price.isEmpty, !price[day].isNaN else { return nil }
        // The lower median is 2 % cheaper only where more than half of the prices are.
        var known = 0
        var cheaper = 0
        for index in max(0, day - 30)..<day where !price[index].isNaN {
            known += 1
            if price[day] > 1.02 * price[index] { cheaper += 1 }
        }
        guard cheaper > (known - 1) / 2 else { return nil }
        let before = price[max(0, day - 30)..<day].filter { !$0.isNaN }
        guard let old = Middle.lowerMedian(Array(before)), old > 0, price[day] > 1.02 * old else { return nil }
        guard before.count(where: { abs($0 - old) <= 0.002 * old }) >= 10 else { return nil }
        return cost[day] * (1 - old / price[day])
    }
}
