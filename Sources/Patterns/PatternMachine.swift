/// Runs a program over a text in one pass, all alternatives side by side: (length of the text) × (length of the
/// program) steps at most, whatever the pattern.
///
/// The threads stand in order of preference, so that the first to accept is the match a backtracking engine would find
/// (Pike's construction, as in RE2).
struct PatternMachine {
    enum Mode {
        /// Does the whole text match?
        case whole
        /// Does any part of it match?
        case anywhere
        /// Where is the leftmost match, and where are its groups?
        case leftmost
    }

    private enum Task {
        case explore(Int)
        case restore(slot: Int, value: Int)
    }

    private let program: PatternProgram
    private let mode: Mode
    /// How many places a thread remembers; none unless they are asked for.
    private let slotCount: Int

    /// The threads at the current place, in order of preference, with their slots one after another.
    private var threads: [Int] = []
    private var threadSlots: [Int] = []
    /// The threads behind the character just read, before jumps and forks are followed.
    private var pending: [Int] = []
    private var pendingSlots: [Int] = []
    /// For each instruction the step at which a thread last came to it.
    private var visited: [Int]
    private var step = 0
    private var tasks: [Task] = []
    private var current: [Int] = []

    init(_ program: PatternProgram, groupCount: Int, mode: Mode) {
        self.program = program
        self.mode = mode
        slotCount = mode == .leftmost ? 2 * (groupCount + 1) : 0
        visited = Array(repeating: -1, count: program.instructions.count)
    }

    /// - Returns: the slots of the match (empty unless `leftmost`), -1 where a group took no part; nil without a match.
    mutating func run(over text: UTF8Text, from start: Int) -> [Int]? {
        var at = start
        var before = text.scalar(endingAt: start)
        var match: [Int]?
        while true {
            let after = text.scalar(at: at)
            followPending(Place(at: at, before: before, after: after.scalar))
            if match == nil, mode != .whole || at == start {
                current = Array(repeating: -1, count: slotCount)
                if slotCount > 0 { current[0] = at }
                follow(0, Place(at: at, before: before, after: after.scalar))
            }
            if let slots = advance(over: after.scalar, at: at) {
                match = slots
                if mode != .leftmost { return slots }
            }
            guard after.width > 0, !pending.isEmpty || (match == nil && mode != .whole) else { return match }
            before = after.scalar
            at += after.width
        }
    }

    private struct Place {
        var at: Int
        var before: Unicode.Scalar?
        var after: Unicode.Scalar?
    }

    private mutating func followPending(_ place: Place) {
        step += 1
        threads.removeAll(keepingCapacity: true)
        threadSlots.removeAll(keepingCapacity: true)
        for index in pending.indices {
            if slotCount > 0 { current = Array(pendingSlots[index * slotCount..<(index + 1) * slotCount]) }
            follow(pending[index], place)
        }
        pending.removeAll(keepingCapacity: true)
        pendingSlots.removeAll(keepingCapacity: true)
    }

    /// Adds every instruction that reads a character or accepts and can be reached from here without reading.
    private mutating func follow(_ start: Int, _ place: Place) {
        tasks.append(.explore(start))
        while let task = tasks.popLast() {
            guard case .explore(let index) = task else {
                if case .restore(let slot, let value) = task { current[slot] = value }
                continue
            }
            guard visited[index] != step else { continue }
            visited[index] = step
            switch program.instructions[index] {
            case .jump(let target): tasks.append(.explore(target))
            case .fork(let first, let second):
                tasks.append(.explore(second))
                tasks.append(.explore(first))
            case .save(let slot):
                if slot < slotCount {
                    tasks.append(.restore(slot: slot, value: current[slot]))
                    current[slot] = place.at
                }
                tasks.append(.explore(index + 1))
            case .assertion(let assertion):
                if holds(assertion, place) { tasks.append(.explore(index + 1)) }
            case .scalar, .set, .accept:
                threads.append(index)
                threadSlots += current
            }
        }
    }

    private func holds(_ assertion: PatternNode.Assertion, _ place: Place) -> Bool {
        switch assertion {
        case .startOfText: place.before == nil
        case .endOfText: place.after == nil
        case .startOfLine: place.before == nil || place.before == "\n"
        case .endOfLine: place.after == nil || place.after == "\n"
        case .wordBoundary: ScalarSet.isWord(place.before) != ScalarSet.isWord(place.after)
        case .noWordBoundary: ScalarSet.isWord(place.before) == ScalarSet.isWord(place.after)
        }
    }

    /// Moves the threads over one character. Returns the slots of the first thread that accepts; those behind it are dropped.
    private mutating func advance(over scalar: Unicode.Scalar?, at place: Int) -> [Int]? {
        for (position, index) in threads.enumerated() {
            let moves: Bool
            switch program.instructions[index] {
            case .scalar(let wanted): moves = wanted == scalar
            case .set(let set): moves = scalar.map(program.sets[set].contains) ?? false
            case .accept where mode != .whole || scalar == nil:
                guard slotCount > 0 else { return [] }
                var slots = Array(threadSlots[position * slotCount..<(position + 1) * slotCount])
                slots[1] = place
                return slots
            default: moves = false
            }
            guard moves else { continue }
            pending.append(index + 1)
            if slotCount > 0 { pendingSlots += threadSlots[position * slotCount..<(position + 1) * slotCount] }
        }
        return nil
    }
}
