/// A pattern as instructions for `PatternMachine`: a non-deterministic automaton after Thompson, written out flat.
struct PatternProgram: Sendable {
    enum Instruction: Sendable {
        case scalar(Unicode.Scalar)
        /// An index into `sets`.
        case set(Int)
        /// Go on at both; the first is preferred.
        case fork(Int, Int)
        case jump(Int)
        /// Remember the place in a slot: 2n is where group n starts, 2n + 1 where it ends.
        case save(Int)
        case assertion(PatternNode.Assertion)
        case accept
    }

    /// Bounds what `((a{100}){100}){100}` can cost: a program's length is a factor of every match.
    static let sizeLimit = 10_000

    private(set) var instructions: [Instruction] = []
    private(set) var sets: [ScalarSet] = []
    /// Counts the nodes visited, because repeated empty groups cost time without leaving instructions.
    private var work = 0

    init(_ root: PatternNode) throws(PatternError) {
        try emit(root)
        try append(.accept)
    }

    private mutating func emit(_ node: PatternNode) throws(PatternError) {
        work += 1
        guard work <= Self.sizeLimit * 4 else { throw tooLarge }
        switch node {
        case .empty: break
        case .scalar(let scalar): try append(.scalar(scalar))
        case .set(let set):
            sets.append(set)
            try append(.set(sets.count - 1))
        case .assertion(let assertion): try append(.assertion(assertion))
        case .capture(let body, let group):
            try append(.save(2 * group))
            try emit(body)
            try append(.save(2 * group + 1))
        case .sequence(let parts):
            for part in parts { try emit(part) }
        case .alternatives(let branches): try emit(branches)
        case .repetition(let body, let repetition): try emit(body, repetition)
        }
    }

    private mutating func emit(_ branches: [PatternNode]) throws(PatternError) {
        var ends: [Int] = []
        for (index, branch) in branches.enumerated() {
            guard index < branches.count - 1 else {
                try emit(branch)
                break
            }
            let fork = instructions.count
            try append(.fork(fork + 1, 0))
            try emit(branch)
            ends.append(instructions.count)
            try append(.jump(0))
            instructions[fork] = .fork(fork + 1, instructions.count)
        }
        for end in ends { instructions[end] = .jump(instructions.count) }
    }

    private mutating func emit(_ body: PatternNode, _ repetition: PatternNode.Repetition) throws(PatternError) {
        guard let maximum = repetition.maximum else { return try emitEndless(body, repetition) }
        for _ in 0..<repetition.minimum { try emit(body) }
        var forks: [Int] = []
        for _ in repetition.minimum..<maximum {
            forks.append(instructions.count)
            try append(.fork(0, 0))
            try emit(body)
        }
        for fork in forks { instructions[fork] = choice(fork + 1, else: instructions.count, repetition) }
    }

    /// `x*` is written as `(x+)?`: where x can be empty, as in `(|a)*`, the first empty round then leaves the loop, as in Perl and Go.
    private mutating func emitEndless(_ body: PatternNode, _ repetition: PatternNode.Repetition) throws(PatternError) {
        let entrance = instructions.count
        if repetition.minimum == 0 { try append(.fork(0, 0)) }
        for _ in 1..<max(repetition.minimum, 1) { try emit(body) }
        let start = instructions.count
        try emit(body)
        let end = instructions.count
        try append(choice(start, else: end + 1, repetition))
        if repetition.minimum == 0 { instructions[entrance] = choice(start, else: end + 1, repetition) }
    }

    private func choice(_ again: Int, else leave: Int, _ repetition: PatternNode.Repetition) -> Instruction {
        repetition.isLazy ? .fork(leave, again) : .fork(again, leave)
    }

    private mutating func append(_ instruction: Instruction) throws(PatternError) {
        guard instructions.count < Self.sizeLimit else { throw tooLarge }
        instructions.append(instruction)
    }

    private var tooLarge: PatternError {
        PatternError("the pattern is too large: written out, its repetitions have more than \(Self.sizeLimit) parts", at: 0)
    }
}
