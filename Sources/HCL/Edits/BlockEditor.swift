import Diagnostics

/// Finds where a new argument of a block goes; alignment is left to `HCLEditor`.
///
/// It stands behind the block's own arguments and before what Terraform writes last: `depends_on` and nested blocks. A value of
/// several lines, such as that of `tags`, has a blank line around.
struct BlockEditor {
    let lines: SourceLines
    let block: Block

    private var bytes: [UInt8] { lines.bytes }

    func insert(_ arguments: [(name: String, value: String)]) -> [TextEdit] {
        let arguments = arguments.filter { !Self.isLong($0.value) } + arguments.filter { Self.isLong($0.value) }
        let inner = lines.deeperIndentation(at: block.range.lowerBound)
        guard !lines.areOnOneLine(block.openBrace, block.closeBrace) else { return expand(text(arguments, inner), arguments) }
        let indentation = block.body.attributes.first.map { lines.indentation(at: $0.range.lowerBound) } ?? inner
        let text = text(arguments, indentation)
        if let anchor { return [insert(text, arguments, behind: anchor)] }
        // Nothing to stand behind: first in the body.
        let end = lines.end(of: block.openBrace)
        let separator = following(block.openBrace) == nil || lines.isFollowedByBlank(end) ? "" : lines.ending
        return [.insert(lines.ending + text + separator, at: end)]
    }

    private static func isLong(_ value: String) -> Bool { value.contains("\n") }

    /// The arguments, each on a line of its own, with a blank line before each that takes several.
    private func text(_ arguments: [(name: String, value: String)], _ indentation: String) -> String {
        var text = ""
        for (index, (name, value)) in arguments.enumerated() {
            if index > 0 { text += Self.isLong(value) ? lines.ending + lines.ending : lines.ending }
            text += indentation + name + " = " + lines.indented(value, by: indentation)
        }
        return text
    }

    private func insert(_ text: String, _ arguments: [(name: String, value: String)], behind anchor: Attribute) -> TextEdit {
        let end = lines.end(of: anchor.range.upperBound)
        let before = Self.isLong(arguments[0].value) || spansLines(anchor) ? lines.ending : ""
        let isLast = following(anchor.range.upperBound) == nil
        let isLong = Self.isLong(arguments[arguments.count - 1].value) || spansLines(anchor)
        let after = isLong && !isLast && !lines.isFollowedByBlank(end) ? lines.ending : ""
        return .insert(lines.ending + before + text + after, at: end)
    }

    /// The last argument in front of the first nested block that is not `depends_on`.
    private var anchor: Attribute? {
        let firstBlock = block.body.blocks.first?.range.lowerBound ?? block.closeBrace
        return block.body.attributes.last { $0.range.lowerBound < firstBlock && $0.name != "depends_on" }
    }

    private func spansLines(_ attribute: Attribute) -> Bool {
        !lines.areOnOneLine(attribute.range.lowerBound, attribute.range.upperBound)
    }

    /// The start of what stands behind an offset in the block, comments included.
    private func following(_ offset: Int) -> Int? {
        let end = lines.end(of: offset)
        let start = end + bytes[end..<block.closeBrace].prefix { $0.isBlank || $0 == .newline || $0 == .carriageReturn }.count
        return start < block.closeBrace ? start : nil
    }

    /// `{}` and `{ a = 1 }` become several lines.
    private func expand(_ text: String, _ arguments: [(name: String, value: String)]) -> [TextEdit] {
        let text = text + lines.ending
        let outer = lines.indentation(at: block.range.lowerBound)
        let inside = block.openBrace + 1..<block.closeBrace
        let leading = bytes[inside].prefix(while: \.isBlank).count
        guard leading < inside.count else { return [TextEdit(inside, lines.ending + text + outer)] }
        let trailing = bytes[inside].reversed().prefix(while: \.isBlank).count
        let separator = Self.isLong(arguments[0].value) ? lines.ending : ""
        let indentation = lines.deeperIndentation(at: block.range.lowerBound)
        return [
            TextEdit(inside.lowerBound..<inside.lowerBound + leading, lines.ending + indentation),
            TextEdit(inside.upperBound - trailing..<inside.upperBound, lines.ending + separator + text + outer),
        ]
    }
}
