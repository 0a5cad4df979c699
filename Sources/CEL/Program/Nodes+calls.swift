/// A call of a function. When the checker could not choose between its forms, the first that takes the arguments is called.
class CallNode: Node, @unchecked Sendable {
    let functions: [Function]
    let arguments: [Node]

    init(_ functions: [Function], _ arguments: [Node], _ range: Range<Int>) {
        self.functions = functions
        self.arguments = arguments
        super.init(range)
    }

    final override func evaluate(_ frame: inout Frame) -> CELValue {
        switch arguments.count {
        case 0: return call(.null, .null, .null, .null, &frame)
        case 1:
            let a = arguments[0].evaluate(&frame)
            return a.isUnusable ? a : call(a, .null, .null, .null, &frame)
        case 2:
            let a = arguments[0].evaluate(&frame)
            let b = arguments[1].evaluate(&frame)
            return strict(a, b) ?? call(a, b, .null, .null, &frame)
        default:
            let a = arguments[0].evaluate(&frame)
            let b = arguments[1].evaluate(&frame)
            let c = arguments[2].evaluate(&frame)
            let d = arguments.count > 3 ? arguments[3].evaluate(&frame) : .null
            let first = strict(a, b)
            let second = strict(c, d)
            if let first { return second.map { combined(first, $0) } ?? first }
            return second ?? call(a, b, c, d, &frame)
        }
    }

    private final func call(_ a: CELValue, _ b: CELValue, _ c: CELValue, _ d: CELValue, _ frame: inout Frame) -> CELValue {
        let before = frame.meter.cost
        for function in functions {
            let cost = function.cost.isFixed ? 1 : function.cost.amount(a.costSize, b.costSize, c.costSize)
            guard frame.meter.charge(cost) else { return located(.error(frame.meter.costError)) }
            let result =
                switch function.body {
                case .none(let body): body(&frame.meter)
                case .one(let body): body(a, &frame.meter)
                case .two(let body): body(a, b, &frame.meter)
                case .three(let body): body(a, b, c, &frame.meter)
                case .four(let body): body(a, b, c, d, &frame.meter)
                case .missing: CELValue.failure("'\(function.name)' is declared only")
                }
            if let result { return located(result) }
            frame.meter.cost = before
        }
        return located(mismatch([a, b, c, d]))
    }

    private final func mismatch(_ values: [CELValue]) -> String {
        let given = values.prefix(arguments.count).map(\.typeName).joined(separator: ", ")
        return "no such overload: '\(functions[0].name)' of (\(given))"
    }
}

/// `a == b` and `a != b`.
final class EqualNode: TestNode, @unchecked Sendable {
    let left: Node
    let right: Node
    let isNegated: Bool

    init(_ left: Node, _ right: Node, isNegated: Bool, _ range: Range<Int>) {
        self.left = left
        self.right = right
        self.isNegated = isNegated
        super.init(range)
    }

    override func test(_ frame: inout Frame) -> Truth {
        let a = left.evaluate(&frame)
        let b = right.evaluate(&frame)
        if let failure = strict(a, b) {
            frame.pending = failure
            return .other
        }
        frame.meter.cost &+= comparisonCost(a, b)
        switch equality(a, b, &frame.meter) {
        case .yes: return isNegated ? .no : .yes
        case .no: return isNegated ? .yes : .no
        case .failed(let value): return truth(of: located(value), &frame)
        }
    }
}

/// A text that is compared to one that is written in the expression.
final class TextEqualNode: TestNode, @unchecked Sendable {
    let operand: Node
    let text: String
    let isNegated: Bool

    init(_ operand: Node, _ text: String, isNegated: Bool, _ range: Range<Int>) {
        self.operand = operand
        self.text = text
        self.isNegated = isNegated
        super.init(range)
    }

    override func test(_ frame: inout Frame) -> Truth {
        switch operand.evaluate(&frame) {
        case .string(let value):
            frame.meter.cost &+= textComparisonCost(value, text)
            return sameText(value, text) == isNegated ? .no : .yes
        case let value where value.isUnusable:
            frame.pending = value
            return .other
        default:
            frame.meter.cost &+= 1
            return isNegated ? .yes : .no
        }
    }
}

@inline(__always)
func textComparisonCost(_ a: String, _ b: String) -> UInt64 { max(1, tenth(UInt64(min(a.utf8.count, b.utf8.count)))) }

func comparisonCost(_ a: CELValue, _ b: CELValue) -> UInt64 {
    switch (a, b) {
    case (.string(let a), .string(let b)): textComparisonCost(a, b)
    case (.bytes(let a), .bytes(let b)): max(1, tenth(UInt64(min(a.count, b.count))))
    default: 1
    }
}

/// `<`, `<=`, `>` and `>=`.
struct Relation: Sendable {
    let whenLess: Bool
    let whenEqual: Bool
    let whenGreater: Bool

    static let all: [String: Relation] = [
        "_<_": Relation(whenLess: true, whenEqual: false, whenGreater: false),
        "_<=_": Relation(whenLess: true, whenEqual: true, whenGreater: false),
        "_>_": Relation(whenLess: false, whenEqual: false, whenGreater: true),
        "_>=_": Relation(whenLess: false, whenEqual: true, whenGreater: true),
    ]

    /// Nil where there is no order.
    @inline(__always)
    func holds(_ order: Order) -> Bool? {
        switch order {
        case .less: whenLess
        case .equal: whenEqual
        case .greater: whenGreater
        case .unordered: false
        case .undefined, .currencies: nil
        }
    }
}

final class OrderNode: TestNode, @unchecked Sendable {
    let left: Node
    let right: Node
    let relation: Relation

    init(_ left: Node, _ right: Node, _ relation: Relation, _ range: Range<Int>) {
        self.left = left
        self.right = right
        self.relation = relation
        super.init(range)
    }

    override func test(_ frame: inout Frame) -> Truth {
        let a = left.evaluate(&frame)
        let b = right.evaluate(&frame)
        if let failure = strict(a, b) {
            frame.pending = failure
            return .other
        }
        frame.meter.cost &+= comparisonCost(a, b)
        let order = order(a, b)
        if let holds = relation.holds(order) { return holds ? .yes : .no }
        frame.pending = disorder(order, a, b)
        return .other
    }

    private func disorder(_ order: Order, _ a: CELValue, _ b: CELValue) -> CELValue {
        if case .currencies = order, case .money(let a) = a, case .money(let b) = b {
            return located("\(a.currency) and \(b.currency) cannot be compared")
        }
        return located("no such overload: \(a.typeName) and \(b.typeName) have no order")
    }
}

/// A number or an amount that is compared to a number that is written in the expression.
final class NumberOrderNode: TestNode, @unchecked Sendable {
    let operand: Node
    let number: CELValue
    let threshold: Threshold
    let double: Double?
    let relation: Relation

    init(_ operand: Node, _ number: CELValue, _ threshold: Threshold, _ relation: Relation, _ range: Range<Int>) {
        self.operand = operand
        self.number = number
        self.threshold = threshold
        self.relation = relation
        if case .double(let value) = number { double = value } else { double = nil }
        super.init(range)
    }

    override func test(_ frame: inout Frame) -> Truth {
        let value = operand.evaluate(&frame)
        frame.meter.cost &+= 1
        let found: Order
        switch value {
        case .double(let value) where double != nil: found = Order(value, double ?? 0)
        case .money(let money): found = threshold.order(money.units)
        case .unknown, .error:
            frame.pending = value
            return .other
        default: found = order(value, number)
        }
        if let holds = relation.holds(found) { return holds ? .yes : .no }
        frame.pending = located("no such overload: \(value.typeName) and \(number.typeName) have no order")
        return .other
    }
}

/// `startsWith`, `endsWith` and `contains` of a text that is written in the expression.
final class TextTestNode: TestNode, @unchecked Sendable {
    enum Kind { case start, end, part }
    let operand: Node
    let kind: Kind
    let text: String
    let cost: Function.Cost

    init(_ operand: Node, _ kind: Kind, _ text: String, _ cost: Function.Cost, _ range: Range<Int>) {
        self.operand = operand
        self.kind = kind
        self.text = text
        self.cost = cost
        super.init(range)
    }

    override func test(_ frame: inout Frame) -> Truth {
        let value = operand.evaluate(&frame)
        guard case .string(let subject) = value else {
            frame.pending = value.isUnusable ? value : located("no such overload: a text is wanted, not \(value.typeName)")
            return .other
        }
        let amount =
            kind == .part
            ? cost.amount(UInt64(subject.utf8.count), UInt64(text.utf8.count), 1) : max(1, tenth(UInt64(text.utf8.count)))
        guard frame.meter.charge(amount) else {
            frame.pending = located(.error(frame.meter.costError))
            return .other
        }
        let holds =
            switch kind {
            case .start: startsWith(subject, text)
            case .end: endsWith(subject, text)
            case .part: contains(subject, text)
            }
        return holds ? .yes : .no
    }
}
