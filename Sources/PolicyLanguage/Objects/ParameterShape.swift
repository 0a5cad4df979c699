import CostModel
import Diagnostics
import YAML

extension Shape where Value == [Rule.Parameter] {
    /// `parameters` of a rule: names and values, read as CEL's `params`.
    static var parameters: Shape {
        let value = Shape<Rule.Parameter.Value>.parameter
        let map = Shape<[MapEntry<Rule.Parameter.Value>]>.map(key: .form(name: "a name", examples: ["minimumDays"]), of: value)
        return Shape(map.description) { node, context in
            guard let entries = map.read(node, context) else { return nil }
            var isRight = true
            for entry in entries where !isName(entry.key.value) {
                context.report(
                    "wrong-value", "parameter '\(entry.key.value.shortened)' must be a name of letters, digits and '_'", at: entry.key.range
                )
                isRight = false
            }
            return isRight ? entries.map { Rule.Parameter(name: $0.key.value, value: $0.value) } : nil
        }
    }

    private static func isName(_ text: String) -> Bool {
        text.first?.isNumber != true && text.utf8.count <= 63
            && text.utf8.allSatisfy { byte in
                byte == UInt8(ascii: "_") || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
                    || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
            }
    }
}

extension Shape where Value == Rule.Parameter.Value {
    static var parameter: Shape {
        let description = ValueDescription.literal(
            name: "a string, a number, a truth value or a list of them", examples: ["30", "gp3"], mayBeList: true)
        return Shape(description) { node, context in value(of: node, context, description, depth: 0) }
    }

    private static func value(of node: YAMLNode, _ context: DecodingContext, _ description: ValueDescription, depth: Int) -> Value? {
        if let elements = node.sequence, depth == 0 {
            let values = elements.map { value(of: $0, context.entry(at: $0), description, depth: 1) }
            let found = values.compactMap(\.self)
            return found.count == values.count ? .list(found) : nil
        }
        switch node.scalar.map({ ($0.kind, $0) }) {
        case (.bool, let scalar)?: if let flag = scalar.bool { return .bool(flag) }
        case (.int, let scalar)?: if let number = scalar.int { return .integer(number) }
        case (.float, let scalar)?: if let number = FixedDecimal(exactly: scalar.text) { return .number(number) }
        case (.string, let scalar)?: return .string(scalar.text)
        default: break
        }
        context.reportWrongType(description, node)
        return nil
    }
}
