@testable import HCL

/// All expressions of a tree with those inside them, parents first.
struct Expressions {
    private(set) var all: [Expression] = []

    init(_ body: Body) { visit(body) }

    private mutating func visit(_ body: Body) {
        for attribute in body.attributes { visit(attribute.value) }
        for block in body.blocks { visit(block.body) }
    }

    private mutating func visit(_ expression: Expression) {
        all.append(expression)
        for child in expression.children { visit(child) }
    }
}

/// All object literals of a tree.
struct ObjectLiterals {
    let all: [Expression]

    init(_ body: Body) {
        all = Expressions(body).all.filter { expression in
            if case .object = expression.kind { true } else { false }
        }
    }
}

extension Expression {
    /// The expressions directly inside this one, in no particular order.
    var children: [Expression] {
        switch kind {
        case .number, .bool, .null, .variable, .splatElement: []
        case .template(let template): template.parts.flatMap(\.expressions)
        case .attribute(let value, _): [value]
        case .index(let value, let key): [value, key]
        case .splat(let value, let each, _): [value, each]
        case .call(_, _, let arguments, _): arguments
        case .unary(_, let value): [value]
        case .binary(_, let left, let right): [left, right]
        case .conditional(let condition, let then, let otherwise): [condition, then, otherwise]
        case .tuple(let elements): elements
        case .object(let items): items.flatMap { $0.key.expressions + [$0.value] }
        case .forExpression(let loop): [loop.collection, loop.value] + [loop.key, loop.condition].compactMap { $0 }
        case .parentheses(let inner): [inner]
        }
    }
}

extension ObjectItem.Key {
    fileprivate var expressions: [Expression] {
        switch self {
        case .bare: []
        case .template(let template): template.parts.flatMap(\.expressions)
        case .expression(let expression): [expression]
        }
    }
}

extension Template.Part {
    fileprivate var expressions: [Expression] {
        switch self {
        case .literal: []
        case .interpolation(let expression): [expression]
        case .condition(let condition, let then, let otherwise): [condition] + (then + otherwise).flatMap(\.expressions)
        case .loop(_, _, let collection, let body): [collection] + body.flatMap(\.expressions)
        }
    }
}
