import Diagnostics

@testable import HCL

/// A tree as one line of text, so that a test can state the whole of it.
enum Dump {
    static func body(_ body: Body) -> String {
        let attributes = body.attributes.map { ($0.range.lowerBound, "\($0.name)=\(expression($0.value))") }
        let blocks = body.blocks.map { block in
            (
                block.range.lowerBound,
                "\(([block.type] + block.labels.map { "'\($0.text)'" }).joined(separator: " "))\(Dump.body(block.body))"
            )
        }
        return "{" + (attributes + blocks).sorted { $0.0 < $1.0 }.map(\.1).joined(separator: "; ") + "}"
    }

    static func expression(_ expression: Expression) -> String {
        switch expression.kind {
        case .number(let text): text
        case .bool(let value): String(value)
        case .null: "null"
        case .template(let template): Dump.template(template)
        case .variable(let name): name
        case .attribute(let value, let name): "\(Dump.expression(value)).\(name)"
        case .index(let value, let key): "\(Dump.expression(value))[\(Dump.expression(key))]"
        case .splat(let value, let each, let full): "splat\(full ? "[*]" : ".*")(\(Dump.expression(value)) \(Dump.expression(each)))"
        case .splatElement: "@"
        case .call(let name, _, let arguments, let expands):
            "\(name)(\(arguments.map(Dump.expression).joined(separator: ", "))\(expands ? "..." : ""))"
        case .unary(let symbol, let value): "(\(symbol == .minus ? "-" : "!")\(Dump.expression(value)))"
        case .binary(let symbol, let left, let right): "(\(Dump.expression(left)) \(symbol.rawValue) \(Dump.expression(right)))"
        case .conditional(let condition, let then, let otherwise):
            "(\(Dump.expression(condition)) ? \(Dump.expression(then)) : \(Dump.expression(otherwise)))"
        case .tuple(let elements): "[\(elements.map(Dump.expression).joined(separator: ", "))]"
        case .object(let items): "{\(items.map(item).joined(separator: ", "))}"
        case .forExpression(let loop): forExpression(loop)
        case .parentheses(let inner): "paren(\(Dump.expression(inner)))"
        }
    }

    static func item(_ item: ObjectItem) -> String { "\(key(item.key)): \(expression(item.value))" }

    static func key(_ key: ObjectItem.Key) -> String {
        switch key {
        case .bare(let name): name
        case .template(let template): Dump.template(template)
        case .expression(let expression): "<\(Dump.expression(expression))>"
        }
    }

    static func template(_ template: Template) -> String {
        switch template.form {
        case .quoted: "\"\(parts(template.parts))\""
        case .heredoc(let indented): "heredoc\(indented ? "-" : "")\"\(parts(template.parts))\""
        }
    }

    private static func parts(_ parts: [Template.Part]) -> String {
        parts.map { part in
            switch part {
            case .literal(let text):
                String(String.UnicodeScalarView(text.unicodeScalars.map { $0 == "\r" ? "␍" : $0 == "\n" ? "␤" : $0 }))
            case .interpolation(let expression): "${\(Dump.expression(expression))}"
            case .condition(let condition, let then, let otherwise):
                "%if(\(expression(condition)))<\(Dump.parts(then))|\(Dump.parts(otherwise))>"
            case .loop(let key, let value, let collection, let body):
                "%for(\(key.map { "\($0), " } ?? "")\(value) in \(expression(collection)))<\(Dump.parts(body))>"
            }
        }.joined()
    }

    private static func forExpression(_ loop: ForExpression) -> String {
        let names = (loop.keyName.map { "\($0), " } ?? "") + loop.valueName
        let key = loop.key.map { "\(expression($0)) => " } ?? ""
        let condition = loop.condition.map { " if \(expression($0))" } ?? ""
        return "for(\(names) in \(expression(loop.collection)): \(key)\(expression(loop.value))\(loop.groups ? "..." : "")\(condition))"
    }
}
