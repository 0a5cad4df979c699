/// What a condition came to. When it is `other`, the frame holds the error or unknown.
enum Truth: UInt8 {
    case no, yes, other
}

/// One step of a program. Nodes do not change once they are built, so that programs can run on many threads.
class Node: @unchecked Sendable {
    // Unchecked because subclasses cannot inherit the check; they only have `let`s of Sendable types and other nodes.

    /// Where in the expression it was written, in UTF-8 bytes.
    final let range: Range<Int>

    init(_ range: Range<Int>) { self.range = range }

    /// The value, which may be an error or unknown.
    func evaluate(_ frame: inout Frame) -> CELValue { preconditionFailure("every node evaluates") }

    /// The value as a condition, without the detour of a `CELValue` where a node can.
    func test(_ frame: inout Frame) -> Truth {
        truth(of: evaluate(&frame), &frame)
    }

    @inline(__always)
    final func truth(of value: CELValue, _ frame: inout Frame) -> Truth {
        if case .bool(let value) = value { return value ? .yes : .no }
        frame.pending = value.isUnusable ? value : located("no such overload: a condition is true or false, not \(value.typeName)")
        return .other
    }

    final func located(_ message: String) -> CELValue { .error(CELError(message, range: range)) }

    /// Gives an error the place where it came up.
    @inline(__always)
    final func located(_ value: CELValue) -> CELValue {
        guard case .error(let error) = value, error.range == nil else { return value }
        return .error(CELError(error.message, range: range, isLimit: error.isLimit))
    }
}

/// A node that is made for conditions: its value is what its test says.
class TestNode: Node, @unchecked Sendable {
    final override func evaluate(_ frame: inout Frame) -> CELValue {
        switch test(&frame) {
        case .yes: .bool(true)
        case .no: .bool(false)
        case .other: frame.pending
        }
    }
}

extension CELValue {
    /// Errors and unknowns go through everything that uses them.
    @inline(__always)
    var isUnusable: Bool {
        switch self {
        case .error, .unknown: true
        default: false
        }
    }

    /// The type as messages say it.
    var typeName: String { type.spoken }

    /// The type of the value at run time.
    package var type: CELType {
        switch self {
        case .null: .null
        case .bool: .bool
        case .int: .int
        case .uint: .uint
        case .double: .double
        case .string: .string
        case .bytes: .bytes
        case .list: .list(.dyn)
        case .map: .map(.dyn, .dyn)
        case .object(let object): .object(object.type)
        case .timestamp: .timestamp
        case .duration: .duration
        case .money: .money
        case .quantity: .quantity
        case .ip: .ip
        case .cidr: .cidr
        case .type: .type(nil)
        case .optional: .optional(.dyn)
        case .unknown: .opaque("unknown", [])
        case .error: .opaque("error", [])
        case .absent: .null
        }
    }
}
