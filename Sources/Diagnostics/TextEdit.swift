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

extension TextEdit {
    /// What is written, as text.
    package var text: String { String(decoding: replacement, as: UTF8.self) }
}

extension Sequence where Element == TextEdit {
    /// The bytes with all edits made; every byte outside the edits' ranges is kept.
    ///
    /// - Returns: `nil` where two edits overlap, two insert at the same place, or one lies outside the bytes.
    package func applied(to bytes: [UInt8]) -> [UInt8]? {
        guard let edits = inOrder(within: bytes.count) else { return nil }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + edits.reduce(0) { $0 + $1.replacement.count })
        var at = 0
        for edit in edits {
            result += bytes[at..<edit.range.lowerBound]
            result += edit.replacement
            at = edit.range.upperBound
        }
        result += bytes[at...]
        return result
    }

    /// The edits in the order of their ranges; `nil` where they cannot all be made in so many bytes.
    func inOrder(within count: Int) -> [TextEdit]? {
        let edits = sorted()
        var at = 0
        var last: TextEdit?
        for edit in edits {
            guard edit.range.lowerBound >= at, edit.range.upperBound <= count, last?.range != edit.range else { return nil }
            at = edit.range.upperBound
            last = edit
        }
        return edits
    }
}
