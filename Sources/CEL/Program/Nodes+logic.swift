/// `a && b && c`: one false operand decides, whatever the others came to.
final class AndNode: TestNode, @unchecked Sendable {
    let operands: [Node]
    init(_ operands: [Node], _ range: Range<Int>) {
        self.operands = operands
        super.init(range)
    }

    override func test(_ frame: inout Frame) -> Truth {
        var failure: CELValue?
        for operand in operands {
            switch operand.test(&frame) {
            case .no: return .no
            case .yes: continue
            case .other:
                if frame.pending.isLimit { return .other }
                failure = failure.map { combined($0, frame.pending) } ?? frame.pending
            }
        }
        guard let failure else { return .yes }
        frame.pending = failure
        return .other
    }
}

final class OrNode: TestNode, @unchecked Sendable {
    let operands: [Node]
    init(_ operands: [Node], _ range: Range<Int>) {
        self.operands = operands
        super.init(range)
    }

    override func test(_ frame: inout Frame) -> Truth {
        var failure: CELValue?
        for operand in operands {
            switch operand.test(&frame) {
            case .yes: return .yes
            case .no: continue
            case .other:
                if frame.pending.isLimit { return .other }
                failure = failure.map { combined($0, frame.pending) } ?? frame.pending
            }
        }
        guard let failure else { return .no }
        frame.pending = failure
        return .other
    }
}

/// Both sides of `a && b` without a list of operands: longer conditions are made of these, which is faster.
final class AndPairNode: TestNode, @unchecked Sendable {
    let left: Node
    let right: Node

    init(_ left: Node, _ right: Node, _ range: Range<Int>) {
        self.left = left
        self.right = right
        super.init(range)
    }

    override func test(_ frame: inout Frame) -> Truth {
        switch left.test(&frame) {
        case .no: return .no
        case .yes: return right.test(&frame)
        case .other:
            let failure = frame.pending
            if failure.isLimit { return .other }
            switch right.test(&frame) {
            case .no: return .no
            case .yes: frame.pending = failure
            case .other: frame.pending = combined(failure, frame.pending)
            }
            return .other
        }
    }
}

final class NotNode: TestNode, @unchecked Sendable {
    let operand: Node
    init(_ operand: Node, _ range: Range<Int>) {
        self.operand = operand
        super.init(range)
    }

    override func test(_ frame: inout Frame) -> Truth {
        let result = operand.test(&frame)
        frame.meter.cost &+= 1
        switch result {
        case .yes: return .no
        case .no: return .yes
        case .other: return .other
        }
    }
}

final class ChoiceNode: Node, @unchecked Sendable {
    let condition: Node
    let yes: Node
    let no: Node

    init(_ condition: Node, _ yes: Node, _ no: Node, _ range: Range<Int>) {
        self.condition = condition
        self.yes = yes
        self.no = no
        super.init(range)
    }

    override func evaluate(_ frame: inout Frame) -> CELValue {
        switch condition.test(&frame) {
        case .yes: yes.evaluate(&frame)
        case .no: no.evaluate(&frame)
        case .other: frame.pending
        }
    }

    override func test(_ frame: inout Frame) -> Truth {
        switch condition.test(&frame) {
        case .yes: yes.test(&frame)
        case .no: no.test(&frame)
        case .other: .other
        }
    }
}

/// Notes which way a condition went. Only in programs that record branches.
final class RecordedTestNode: TestNode, @unchecked Sendable {
    let operand: Node
    let whenTrue: Int
    let whenFalse: Int

    init(_ operand: Node, whenTrue: Int, whenFalse: Int) {
        self.operand = operand
        self.whenTrue = whenTrue
        self.whenFalse = whenFalse
        super.init(operand.range)
    }

    override func test(_ frame: inout Frame) -> Truth {
        let result = operand.test(&frame)
        switch result {
        case .yes: frame.taken.insert(whenTrue)
        case .no: frame.taken.insert(whenFalse)
        case .other: break
        }
        return result
    }
}

/// Notes that a side of `? :` was taken.
final class RecordedNode: Node, @unchecked Sendable {
    let operand: Node
    let branch: Int

    init(_ operand: Node, branch: Int) {
        self.operand = operand
        self.branch = branch
        super.init(operand.range)
    }

    override func evaluate(_ frame: inout Frame) -> CELValue {
        frame.taken.insert(branch)
        return operand.evaluate(&frame)
    }
}

extension CELValue {
    /// An error that nothing absorbs.
    var isLimit: Bool {
        if case .error(let error) = self { return error.isLimit }
        return false
    }
}
