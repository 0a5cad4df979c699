/// Finds out what an expression is the value of.
enum ValueFinder {
    /// Whether the range is all of the value of an argument that has its own line, or of an item of an object that is.
    static func isWholeValue(_ range: Range<Int>, in body: Body, _ lines: SourceLines) -> Bool {
        var body = body
        while let block = body.blocks.first(where: { $0.range.contains(range.lowerBound) }) { body = block.body }
        guard let attribute = body.attributes.first(where: { $0.range.contains(range.lowerBound) }) else { return false }
        var value = attribute.value
        var start = attribute.range.lowerBound
        while lines.isFirstOnLine(start) {
            if value.range == range { return true }
            guard case .object(let items) = value.kind else { return false }
            guard let item = items.first(where: { $0.value.range.contains(range.lowerBound) }) else { return false }
            (value, start) = (item.value, item.range.lowerBound)
        }
        return false
    }
}
