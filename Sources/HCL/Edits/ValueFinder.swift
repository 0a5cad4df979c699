/// Finds out what an expression is the value of.
enum ValueFinder {
    /// Whether the range is all of the value of an argument that has its own line, or of an item of an object that is.
    static func isWholeValue(_ range: Range<Int>, in body: Body, _ lines: SourceLines) -> Bool {
        var body = body
        while let block = element(of: body.blocks, at: range.lowerBound, \.range) { body = block.body }
        guard let attribute = element(of: body.attributes, at: range.lowerBound, \.range) else { return false }
        var value = attribute.value
        var start = attribute.range.lowerBound
        while lines.isFirstOnLine(start) {
            if value.range == range { return true }
            guard case .object(let items) = value.kind else { return false }
            guard let item = element(of: items, at: range.lowerBound, \.range) else { return false }
            (value, start) = (item.value, item.range.lowerBound)
        }
        return false
    }

    /// The element that holds the offset; elements stand in source order, so that files with many are fast.
    private static func element<Element>(of elements: [Element], at offset: Int, _ range: (Element) -> Range<Int>) -> Element? {
        var low = 0
        var high = elements.count
        while low < high {
            let middle = (low + high) / 2
            if range(elements[middle]).lowerBound <= offset { low = middle + 1 } else { high = middle }
        }
        guard low > 0, range(elements[low - 1]).contains(offset) else { return nil }
        return elements[low - 1]
    }
}
