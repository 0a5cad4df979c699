/// A value that is written in the expression.
final class ConstantNode: Node, @unchecked Sendable {
    let value: CELValue
    init(_ value: CELValue, _ range: Range<Int>) {
        self.value = value
        super.init(range)
    }

    override func evaluate(_ frame: inout Frame) -> CELValue { value }
}

/// What can only fail: an unknown name in an expression that was not checked.
final class FailureNode: Node, @unchecked Sendable {
    let message: String
    init(_ message: String, _ range: Range<Int>) {
        self.message = message
        super.init(range)
    }

    override func evaluate(_ frame: inout Frame) -> CELValue { located(message) }
}

final class VariableNode: Node, @unchecked Sendable {
    let index: Int
    let name: String
    init(_ index: Int, name: String, _ range: Range<Int>) {
        self.index = index
        self.name = name
        super.init(range)
    }

    override func evaluate(_ frame: inout Frame) -> CELValue {
        frame.meter.cost &+= 1
        guard index < frame.variables.count else { return located("no value for '\(name)'") }
        if case .absent = frame.variables[index] { return located("no value for '\(name)'") }
        return frame.variables[index]
    }
}

/// A name that a macro introduced.
final class LocalNode: Node, @unchecked Sendable {
    let slot: Int
    init(_ slot: Int, _ range: Range<Int>) {
        self.slot = slot
        super.init(range)
    }

    override func evaluate(_ frame: inout Frame) -> CELValue {
        frame.meter.cost &+= 1
        return frame.slots[slot]
    }
}

/// A declared field of a variable: what policies read most.
final class VariableFieldNode: Node, @unchecked Sendable {
    let variable: Int
    let type: CELObjectType
    let field: Int
    let name: String

    init(variable: Int, type: CELObjectType, field: Int, name: String, _ range: Range<Int>) {
        self.variable = variable
        self.type = type
        self.field = field
        self.name = name
        super.init(range)
    }

    override func evaluate(_ frame: inout Frame) -> CELValue {
        frame.meter.cost &+= 2
        if variable < frame.variables.count, case .object(let object) = frame.variables[variable], object.type === type {
            let value = object.values[field]
            if case .absent = value { return located("no such field '\(name)'") }
            return value
        }
        guard variable < frame.variables.count else { return located("no value for the variable with '\(name)'") }
        return located(frame.variables[variable].selecting(name))
    }
}

/// A field of an object or the entry of a map.
final class SelectNode: Node, @unchecked Sendable {
    let operand: Node
    let name: String
    let isOptional: Bool

    init(_ operand: Node, _ name: String, isOptional: Bool, _ range: Range<Int>) {
        self.operand = operand
        self.name = name
        self.isOptional = isOptional
        super.init(range)
    }

    override func evaluate(_ frame: inout Frame) -> CELValue {
        let value = operand.evaluate(&frame)
        frame.meter.cost &+= 1
        return located(isOptional ? value.selectingOptionally(name) : value.selecting(name))
    }
}

/// `has(a.b)`.
final class HasNode: TestNode, @unchecked Sendable {
    let operand: Node
    let name: String

    init(_ operand: Node, _ name: String, _ range: Range<Int>) {
        self.operand = operand
        self.name = name
        super.init(range)
    }

    override func test(_ frame: inout Frame) -> Truth {
        let value = operand.evaluate(&frame)
        frame.meter.cost &+= 1
        return truth(of: located(value.has(name)), &frame)
    }
}

final class IndexNode: Node, @unchecked Sendable {
    let operand: Node
    let key: Node
    let isOptional: Bool

    init(_ operand: Node, _ key: Node, isOptional: Bool, _ range: Range<Int>) {
        self.operand = operand
        self.key = key
        self.isOptional = isOptional
        super.init(range)
    }

    override func evaluate(_ frame: inout Frame) -> CELValue {
        let value = operand.evaluate(&frame)
        let key = key.evaluate(&frame)
        if let failure = strict(value, key) {
            frame.meter.cost &+= 1
            return failure
        }
        guard frame.meter.charge(1 + keyCost(key)) else { return located(.error(frame.meter.costError)) }
        return located(isOptional ? value.elementOptionally(key) : value.element(key))
    }
}

/// What an unusable argument makes of a call: unknown before error, and of errors the first.
@inline(__always)
func strict(_ a: CELValue, _ b: CELValue) -> CELValue? {
    guard a.isUnusable || b.isUnusable else { return nil }
    return combined(a, b)
}

func combined(_ a: CELValue, _ b: CELValue) -> CELValue {
    switch (a, b) {
    // A limit ends everything.
    case (.error(let error), _) where error.isLimit: a
    case (_, .error(let error)) where error.isLimit: b
    case (.unknown(let a), .unknown(let b)): .unknown(a.merged(with: b))
    case (.unknown, _): a
    case (_, .unknown): b
    case (.error, _): a
    default: b
    }
}
