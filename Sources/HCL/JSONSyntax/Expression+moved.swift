/// An expression is parsed from what a JSON string means; these put it where the string is written.
extension Range<Int> {
    /// - Parameter offsets: for each byte where it is written, and one more for the end.
    func moved(_ offsets: [Int]) -> Range<Int> {
        let last = offsets.count - 1
        let start = offsets[Swift.min(lowerBound, last)]
        // Behind the last byte ends what stands for it, be that one byte or an escape.
        return start..<Swift.max(start, offsets[Swift.min(upperBound, last)])
    }
}

extension Expression {
    func moved(_ offsets: [Int]) -> Expression { Expression(kind.moved(offsets), range.moved(offsets)) }
}

extension Expression.Kind {
    fileprivate func moved(_ offsets: [Int]) -> Expression.Kind {
        switch self {
        case .number, .bool, .null, .variable, .splatElement: self
        case .template(let template): .template(template.moved(offsets))
        case .attribute(let value, let name): .attribute(value.moved(offsets), name: name)
        case .index(let value, let key): .index(value.moved(offsets), key: key.moved(offsets))
        case .splat(let value, let each, let full): .splat(value.moved(offsets), each: each.moved(offsets), full: full)
        case .call(let name, let nameRange, let arguments, let expandsLast):
            .call(name: name, nameRange: nameRange.moved(offsets), arguments: arguments.map { $0.moved(offsets) }, expandsLast: expandsLast)
        case .unary(let sign, let value): .unary(sign, value.moved(offsets))
        case .binary(let sign, let left, let right): .binary(sign, left.moved(offsets), right.moved(offsets))
        case .conditional(let condition, let then, let otherwise):
            .conditional(condition.moved(offsets), then: then.moved(offsets), otherwise: otherwise.moved(offsets))
        case .tuple(let elements): .tuple(elements.map { $0.moved(offsets) })
        case .object(let items): .object(items.map { $0.moved(offsets) })
        case .forExpression(let loop): .forExpression(loop.moved(offsets))
        case .parentheses(let inner): .parentheses(inner.moved(offsets))
        }
    }
}

extension ObjectItem {
    fileprivate func moved(_ offsets: [Int]) -> ObjectItem {
        ObjectItem(
            key: key.moved(offsets), keyRange: keyRange.moved(offsets), separator: separator.moved(offsets), value: value.moved(offsets))
    }
}

extension ObjectItem.Key {
    fileprivate func moved(_ offsets: [Int]) -> ObjectItem.Key {
        switch self {
        case .bare: self
        case .template(let template): .template(template.moved(offsets))
        case .expression(let expression): .expression(expression.moved(offsets))
        }
    }
}

extension ForExpression {
    fileprivate func moved(_ offsets: [Int]) -> ForExpression {
        ForExpression(
            keyName: keyName, valueName: valueName, collection: collection.moved(offsets), key: key?.moved(offsets),
            value: value.moved(offsets), groups: groups, condition: condition?.moved(offsets))
    }
}

extension Template {
    fileprivate func moved(_ offsets: [Int]) -> Template {
        literal == nil ? Template(form: form, parts: parts.map { $0.moved(offsets) }) : self
    }
}

extension Template.Part {
    func moved(_ offsets: [Int]) -> Template.Part {
        switch self {
        case .literal: self
        case .interpolation(let expression): .interpolation(expression.moved(offsets))
        case .condition(let condition, let then, let otherwise):
            .condition(condition.moved(offsets), then: then.map { $0.moved(offsets) }, otherwise: otherwise.map { $0.moved(offsets) })
        case .loop(let keyName, let valueName, let collection, let body):
            .loop(keyName: keyName, valueName: valueName, collection: collection.moved(offsets), body: body.map { $0.moved(offsets) })
        }
    }
}
