/// A detector of unusual telemetry by contexts: CAD-OSE (Smirnov 2016), which has the fewest false alarms of the small ones on NAB.
///
/// A value becomes three bits of its place in the known range, each a *fact*. A *context* is a set of facts of the step before (the left side)
/// with a set of facts of this step (the right side). Contexts that hold become facts themselves, as *neurons*, so that later contexts are
/// about longer sequences. Contexts are learned from each new pair of sides, and from what it has in common with the pairs before. A value is
/// unusual where few of the contexts whose left side holds have a right side that does, and where many contexts have to be learned.
///
/// It is for telemetry, where alarms must be early and few. Daily cost is judged otherwise: see the module TimeSeries.
struct ContextualDetector {
    /// Longer left sides are not learned from what two pairs have in common.
    private static let longestLeft = 7
    /// How many contexts become facts of the next step.
    private static let mostNeurons = 15
    private static let bits = 3
    /// A score from which on there is silence for a while.
    private static let threshold = 0.75
    /// Where the numbers of neurons begin among facts.
    private static let firstNeuron: Int32 = 1 << 30

    private typealias Facts = [Int32]

    private struct Side {
        var size: Int
        /// Of its facts those that hold now.
        var held: Facts = []
        /// Of a left side: the right sides it has contexts with, and their numbers, in the order in which they were learned.
        var contexts: [(right: Int, context: Int)] = []
        var numbers: [Int: Int] = [:]
    }

    private struct Context {
        var activations = 0
        /// Whether it was a pair of whole sides once.
        var isWhole: Bool
    }

    /// Left and right sides, the way from their facts to them, and which of them have a fact that holds.
    private struct Memory {
        var sides: [Side] = []
        private var numbers: [Facts: Int] = [:]
        private var byFact: [Int32: [Int]] = [:]
        private(set) var touched: [Int] = []

        mutating func number(of facts: Facts) -> Int {
            if let known = numbers[facts] { return known }
            let number = sides.count
            numbers[facts] = number
            sides.append(Side(size: facts.count))
            for fact in facts { byFact[fact, default: []].append(number) }
            return number
        }

        mutating func hold(_ facts: Facts) {
            for number in touched { sides[number].held.removeAll(keepingCapacity: true) }
            var found: [Int] = []
            for fact in facts {
                for number in byFact[fact] ?? [] {
                    if sides[number].held.isEmpty { found.append(number) }
                    sides[number].held.append(fact)
                }
            }
            touched = found.sorted()
        }
    }

    private struct Pair: Hashable {
        var left: [Int32]
        var right: [Int32]
    }

    private var left = Memory()
    private var right = Memory()
    private var contexts: [Context] = []
    private var before: Facts = []
    private var history: [Double] = [1]
    private let minimum: Double
    private let step: Double
    private let rest: Int

    /// - Parameters:
    ///   - range: in which all values lie.
    ///   - rest: for how many values there is silence after an unusual one.
    init(range: ClosedRange<Double>, rest: Int) {
        minimum = range.lowerBound
        let most = Double((1 << Self.bits) - 1)
        let width = range.upperBound - range.lowerBound
        step = (width == 0 ? most : width) / most
        self.rest = rest
    }

    /// How unusual the next value is, from 0 to 1.
    mutating func score(_ value: Double) -> Double {
        let place = max(0, min((1 << Self.bits) - 1, Int((value - minimum) / step)))
        let facts = (0..<Self.bits).map { Int32($0 * 2 + place >> $0 & 1) }
        let (held, learned) = advance(facts)
        let score = (1 - held + learned) / 2
        let isQuiet = rest > 0 && history.suffix(rest).allSatisfy { $0 < Self.threshold }
        history.append(score)
        return isQuiet || rest == 0 ? score : 0
    }

    /// - Returns: which share of the contexts that were expected holds, and which share of those that could be learned is new.
    private mutating func advance(_ facts: Facts) -> (held: Double, learned: Double) {
        var isNew = false
        var whole: Int?
        if !before.isEmpty {
            let known = contexts.count
            let context = learn(Pair(left: before, right: facts), isWhole: true)
            isNew = contexts.count > known
            if isNew { whole = context }
        }
        right.hold(facts)
        var active: [Int] = []
        var selected = 0
        var possible: [Pair] = []
        for number in left.touched {
            let side = left.sides[number]
            let isHeld = side.held.count == side.size
            for (rightNumber, context) in side.contexts where context != whole {
                let other = right.sides[rightNumber]
                if isHeld { selected += 1 }
                guard !other.held.isEmpty else { continue }
                if isHeld, other.held.count == other.size {
                    contexts[context].activations += 1
                    active.append(context)
                } else if isNew, contexts[context].isWhole, side.held.count <= Self.longestLeft {
                    possible.append(Pair(left: side.held, right: other.held))
                }
            }
        }
        var distinct = Set(possible)
        if !before.isEmpty { distinct.insert(Pair(left: before, right: facts)) }
        let neurons = active.sorted { (contexts[$0].activations, $0) < (contexts[$1].activations, $1) }.suffix(Self.mostNeurons)
        before = facts + neurons.map { Self.firstNeuron + Int32($0) }.sorted()
        let known = contexts.count
        for pair in possible { _ = learn(pair, isWhole: false) }
        left.hold(before)
        let added = contexts.count - known + (isNew ? 1 : 0)
        return (
            selected > 0 ? Double(active.count) / Double(selected) : 0,
            isNew && !distinct.isEmpty ? Double(added) / Double(distinct.count) : 0
        )
    }

    /// The number of the context of two sides.
    private mutating func learn(_ pair: Pair, isWhole: Bool) -> Int {
        let (leftNumber, rightNumber) = (left.number(of: pair.left), right.number(of: pair.right))
        if let known = left.sides[leftNumber].numbers[rightNumber] {
            if isWhole { contexts[known].isWhole = true }
            return known
        }
        let number = contexts.count
        contexts.append(Context(isWhole: isWhole))
        left.sides[leftNumber].numbers[rightNumber] = number
        left.sides[leftNumber].contexts.append((rightNumber, number))
        return number
    }
}
