import Diagnostics
import JSON

extension JSONBodyReader {
    mutating func expression(_ node: JSONNode, _ reading: BodySchema.Reading, depth: Int) -> Expression {
        switch node.kind {
        case .null: return Expression(.null, node.range)
        case .bool(let flag): return Expression(.bool(flag), node.range)
        case .number(let text): return Expression(.number(text), node.range)
        case .string(let text): return expression(text, reading, depth: depth)
        case .array(let elements):
            var values: [Expression] = []
            for element in elements { values.append(expression(element, reading, depth: depth + 1)) }
            return Expression(.tuple(values), node.range)
        case .object(let members): return Expression(.object(items(members, reading, depth: depth + 1)), node.range)
        }
    }

    private mutating func items(_ members: [JSONNode.Member], _ reading: BodySchema.Reading, depth: Int) -> [ObjectItem] {
        var items: [ObjectItem] = []
        var names: [String: Range<Int>] = [:]
        for member in members {
            // A key is a template wherever its value may be one.
            let key = template(member.key, isLiteral: reading != .expression, depth: depth)
            if let name = key.literal {
                if let first = names[name] { report(.duplicateAttribute(name, at: member.key.range, first: first)) }
                names[name] = member.key.range
            }
            items.append(
                ObjectItem(
                    key: .template(key), keyRange: member.key.range, separator: member.colon..<member.colon + 1,
                    value: expression(member.value, reading, depth: depth)))
        }
        return items
    }

    private mutating func expression(_ text: JSONStringNode, _ reading: BodySchema.Reading, depth: Int) -> Expression {
        if reading == .native, let native = native(text, depth: depth) { return native }
        return Expression(.template(template(text, isLiteral: reading == .literal, depth: depth)), text.range)
    }

    // MARK: Texts

    private mutating func template(_ text: JSONStringNode, isLiteral: Bool, depth: Int) -> Template {
        if isLiteral || !text.mayHoldSequence {
            return Template(plain: text.text)
        }
        let decoded = text.decoded(from: source.bytes)
        do throws(SyntaxError) {
            let parts = try Parser.parseTemplate(SourceFile(path: source.path, bytes: decoded.bytes), limits: limits, depth: depth)
            return Template(form: .quoted, parts: parts.map { $0.moved(decoded.offsets) })
        } catch {
            report(SyntaxError(id: error.id, message: error.message, range: error.range.moved(decoded.offsets)))
            return Template(plain: "")
        }
    }

    /// A text that is an expression by itself; nil for one that is none, which old code writes as a template.
    private func native(_ text: JSONStringNode, depth: Int) -> Expression? {
        guard !text.mayHoldSequence else { return nil }
        let decoded = text.decoded(from: source.bytes)
        let (expression, errors) = Parser.parseExpression(SourceFile(path: source.path, bytes: decoded.bytes), limits: limits)
        guard let expression, errors.isEmpty else { return nil }
        return expression.moved(decoded.offsets)
    }
}

extension JSONStringNode {
    /// Whether `${` or `%{` is in it, escaped or not.
    fileprivate var mayHoldSequence: Bool {
        var last: UInt8 = 0
        for byte in text.utf8 {
            if byte == UInt8(ascii: "{"), last == UInt8(ascii: "$") || last == UInt8(ascii: "%") { return true }
            last = byte
        }
        return false
    }
}
