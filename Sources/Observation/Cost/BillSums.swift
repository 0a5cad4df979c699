import CostModel

/// What rows add up to: all sums of one question.
final class BillSums {
    let aggregator: BillAggregator
    let days: DayTally
    let usage: UsageTally?
    let units: UnitTally?

    init(_ aggregator: BillAggregator, days: DayTally, usage: UsageTally?, units: UnitTally? = nil) {
        self.aggregator = aggregator
        self.days = days
        self.usage = usage
        self.units = units
    }

    var numbers: BillNumbers { aggregator.numbers }
    var receiver: RowReceiver { .aggregator(aggregator, days: days, usage: usage, units: units) }

    /// One for the same question, with nothing in it.
    func empty() -> BillSums {
        let aggregator = BillAggregator(aggregator.query)
        return BillSums(aggregator, days: days.empty(aggregator.numbers.names), usage: usage?.empty(), units: units?.empty())
    }

    /// Whether nothing was added up yet.
    var isEmpty: Bool {
        let marks = marks
        return marks.names == 1 && marks.currencies == 0 && marks.tagSets == 1 && marks.keys == 0 && marks.cells == 0
            && aggregator.rowCount == 0
    }

    private func exchange(with other: BillSums) {
        numbers.exchange(with: other.numbers)
        aggregator.exchange(with: other.aggregator)
        days.exchange(with: other.days)
        if let usage, let theirs = other.usage { usage.exchange(with: theirs) }
        if let units, let theirs = other.units { units.exchange(with: theirs) }
    }

    /// How far its tables have grown.
    var marks: Marks {
        Marks(
            names: numbers.names.count, currencies: numbers.currencies.count, tagSets: numbers.tagSets.count,
            keys: aggregator.keys.count, cells: days.count)
    }

    struct Marks {
        var names = 0
        var currencies = 0
        var tagSets = 0
        var keys = 0
        var cells = 0
    }

    /// Adds everything of some tallies. Nil where that is more than can be held: nothing is added then.
    ///
    /// - Parameter parts: of each how far it had grown by which step. The steps of all of them together count upwards, and what is new in them is met in
    ///     that order: so the numbers come out as if one tally had read all rows one after another.
    func merge(_ parts: [(tally: BillSums, steps: [(number: Int, marks: Marks)])]) -> [MergeNumbers]? {
        guard aggregator.canHold(parts.map(\.tally.aggregator)) else { return nil }
        var merges = parts.map { BillMerge($0.tally, into: self) }
        let steps = parts.indices.flatMap { at in parts[at].steps.map { (part: at, number: $0.number, marks: $0.marks) } }
        for step in steps.sorted(by: { $0.number < $1.number }) { merges[step.part].advance(to: step.marks) }
        for at in merges.indices { merges[at].finish() }
        return merges.map(\.numbers)
    }

    /// Takes everything of another tally, which is not used any more; false where that is more than can be held.
    func take(_ other: BillSums) -> Bool {
        guard !isEmpty || other.aggregator.isExceeded else {
            exchange(with: other)
            return true
        }
        return merge([(other, [(0, other.marks)])]) != nil
    }
}

/// The numbers that things of one tally have in another.
struct MergeNumbers {
    fileprivate(set) var names: [Int32] = []
    fileprivate(set) var currencies: [Int32] = []
    fileprivate(set) var tagSets: [Int32] = []

    @inline(__always)
    func name(_ number: Int32) -> Int32 { number < 0 ? number : names[Int(number)] }

    func currency(_ number: Int) -> Int { number < 0 ? number : Int(currencies[number]) }
}

/// Adds one tally to another, in the order in which it grew.
private struct BillMerge {
    private let from: BillSums
    private let into: BillSums
    private(set) var numbers = MergeNumbers()
    private var keys = 0
    private var cells = 0
    private var key: [Int32]

    init(_ from: BillSums, into: BillSums) {
        self.from = from
        self.into = into
        key = Array(repeating: 0, count: from.aggregator.query.dimensions.count)
    }

    mutating func advance(to marks: BillSums.Marks) {
        for name in numbers.names.count..<max(marks.names, numbers.names.count) {
            numbers.names.append(into.numbers.names.number(of: from.numbers.names.bytes(of: Int32(name))))
        }
        for currency in numbers.currencies.count..<max(marks.currencies, numbers.currencies.count) {
            numbers.currencies.append(into.numbers.number(of: from.numbers.currencies[currency]))
        }
        for set in numbers.tagSets.count..<max(marks.tagSets, numbers.tagSets.count) {
            let values = from.numbers.tagSets.values(of: Int32(set)).map { numbers.name($0) }
            numbers.tagSets.append(into.numbers.tagSets.number(of: values))
        }
        let dimensions = from.aggregator.query.dimensions
        while keys < marks.keys {
            let stated = from.aggregator.keys[keys]
            for at in dimensions.indices { key[at] = number(stated[at], of: dimensions[at]) }
            into.aggregator.add(key, sumsOf: keys, in: from.aggregator)
            keys += 1
        }
        while cells < marks.cells {
            into.days.add(cell: cells, of: from.days) { numbers.name($0) }
            cells += 1
        }
    }

    func finish() {
        into.aggregator.addTotals(of: from.aggregator)
        if let usage = from.usage { into.usage?.add(usage) }
        if let units = from.units { into.units?.add(units) }
    }

    @inline(__always)
    private func number(_ number: Int32, of dimension: BillDimension) -> Int32 {
        switch dimension {
        case .day, .chargeMonth, .billingMonth, .category, .pricing, .hour, .transfer: number
        case .currency: number < 0 ? number : numbers.currencies[Int(number)]
        case .text, .team, .tag: numbers.name(number)
        case .tagSet: numbers.tagSets[Int(number)]
        }
    }
}
