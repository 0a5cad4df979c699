extension Expression {
    /// The expressions directly inside this one, in source order.
    package var children: [Expression] {
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
        case .forExpression(let loop): [loop.collection, loop.key, loop.value, loop.condition].compactMap(\.self)
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

extension Expression {
    /// A text, a small number, true, false or null that is written out: it has a value wherever it stands.
    package var isPlain: Bool {
        switch kind {
        case .bool, .null: true
        case .number(let digits): digits.utf8.count <= 18 && digits.utf8.allSatisfy(\.isDigit)
        case .template(let template):
            template.parts.allSatisfy { part in
                if case .literal = part { true } else { false }
            }
        default: false
        }
    }
}
