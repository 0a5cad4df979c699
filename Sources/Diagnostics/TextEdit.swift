/// Replace a range of bytes by others; an empty range inserts.
package struct TextEdit: Hashable, Sendable, Comparable {
    package var range: Range<Int>
    package var replacement: [UInt8]

    package init(_ range: Range<Int>, _ replacement: [UInt8]) {
        self.range = range
        self.replacement = replacement
    }

    package init(_ range: Range<Int>, _ replacement: String) {
        self.init(range, Array(replacement.utf8))
    }

    package static func insert(_ text: String, at offset: Int) -> TextEdit { TextEdit(offset..<offset, text) }

    package static func < (a: TextEdit, b: TextEdit) -> Bool {
        (a.range.lowerBound, a.range.upperBound) < (b.range.lowerBound, b.range.upperBound)
    }
}

extension Sequence where Element == TextEdit {
    /// The bytes with all edits made; every byte outside the edits' ranges is kept.
    ///
    /// - Returns: `nil` where two edits overlap, two insert at the same place, or one lies outside the bytes.
    package func applied(to bytes: [UInt8]) -> [UInt8]? {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + 64)
        var at = 0
        var last: TextEdit?
        for edit in sorted() {
            guard edit.range.lowerBound >= at, edit.range.upperBound <= bytes.count else { return nil }
            if let last, last.range == edit.range { return nil }
            result += bytes[at..<edit.range.lowerBound]
            result += edit.replacement
            at = edit.range.upperBound
            last = edit
        }
        result += bytes[at...]
        return result
    }
}
