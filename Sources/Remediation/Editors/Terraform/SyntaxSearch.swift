import CostModel
import Diagnostics
import HCL

/// Finds nodes again by the byte ranges under which they were observed.
extension Body {
    func expression(at range: Range<Int>) -> Expression? {
        for attribute in attributes where attribute.value.range.contains(range) { return attribute.value.descendant(at: range) }
        for block in blocks where block.range.contains(range) { return block.body.expression(at: range) }
        return nil
    }

    func block(at range: Range<Int>) -> Block? {
        for block in blocks where block.range.contains(range) {
            return block.range == range ? block : block.body.block(at: range)
        }
        return nil
    }
}

extension Expression {
    func descendant(at wanted: Range<Int>) -> Expression? {
        if range == wanted { return self }
        for child in children where child.range.contains(wanted) {
            if let found = child.descendant(at: wanted) { return found }
        }
        return nil
    }
}

extension Range<Int> {
    /// Whether another range lies inside.
    func contains(_ other: Range<Int>) -> Bool { lowerBound <= other.lowerBound && other.upperBound <= upperBound }
}

/// The byte ranges of the object literals of a file.
struct ObjectLiterals {
    private let path: String
    private var ranges: [Range<Int>] = []

    init(in file: HCLFile, where counts: (Range<Int>) -> Bool = { _ in true }) {
        path = file.source.path
        visit(file.body)
        ranges.removeAll { !counts($0) }
    }

    /// The innermost object literal around a range, else the range itself.
    func location(of bytes: Range<Int>) -> EditLocation {
        let around = ranges.filter { $0.lowerBound < bytes.lowerBound && bytes.upperBound < $0.upperBound }
        guard let innermost = around.min(by: { $0.count < $1.count }) else { return .value(FileSpan(file: path, bytes: bytes)) }
        return .collection(FileSpan(file: path, bytes: innermost))
    }

    private mutating func visit(_ body: Body) {
        for attribute in body.attributes { visit(attribute.value) }
        for block in body.blocks { visit(block.body) }
    }

    private mutating func visit(_ expression: Expression) {
        if case .object(let items) = expression.kind {
            ranges.append(expression.range)
            for item in items { visit(item.value) }
            return
        }
        for child in expression.children { visit(child) }
    }
}
