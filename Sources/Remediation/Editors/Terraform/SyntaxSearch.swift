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
