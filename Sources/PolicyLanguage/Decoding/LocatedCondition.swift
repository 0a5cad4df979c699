import CostModel
import Diagnostics
import YAML

/// An expression with the bytes it is written in.
struct LocatedCondition: Sendable {
    var condition: Condition
    /// The whole value.
    var node: SourceRange
    /// The expression's own bytes, where the file holds them as they are; nil where quotes, escapes or line breaks stand between.
    var text: Range<Int>?

    /// The bytes of a part of the expression, or the whole value where that cannot be told.
    func range(of part: Range<Int>) -> SourceRange {
        guard let text else { return node }
        let lower = min(text.lowerBound + part.lowerBound, text.upperBound)
        return SourceRange(node.file, lower..<max(lower, min(text.lowerBound + part.upperBound, text.upperBound)))
    }
}

extension Shape where Value == LocatedCondition {
    /// An expression in CEL. That it makes sense is checked when it is known what it may name.
    static var condition: Shape {
        let description = ValueDescription.form(name: "an expression in CEL", examples: ["resource.monthlyCost > usd(10)"])
        return Shape(description) { node, context in
            if let scalar = node.scalar, scalar.kind == .bool {
                return LocatedCondition(condition: Condition(scalar.text, at: Place(node.range)), node: node.range, text: node.range.bytes)
            }
            guard let text = context.text(of: node, expected: description) else { return nil }
            return LocatedCondition(
                condition: Condition(text, at: Place(node.range)), node: node.range, text: bytes(of: text, in: node.range))
        }
    }

    /// Where the text stands letter by letter inside a value's bytes.
    private static func bytes(of text: String, in range: SourceRange) -> Range<Int>? {
        let wanted = Array(text.utf8)
        let all = range.file.bytes
        // Behind a quote, or after the line of a block scalar's `|` or `>`.
        let last = min(range.bytes.lowerBound + 200, range.bytes.upperBound - wanted.count)
        guard last >= range.bytes.lowerBound else { return nil }
        for start in range.bytes.lowerBound...last
        where all[start] == wanted.first && all[start..<start + wanted.count].elementsEqual(wanted) {
            return start..<start + wanted.count
        }
        return nil
    }
}
