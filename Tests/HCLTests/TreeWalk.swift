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
