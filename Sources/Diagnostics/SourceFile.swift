/// A file's bytes under the name people know it by, with the map from byte offsets to lines and columns.
///
/// Every parser of the project works on bytes of a `SourceFile`, so that a range in one of them can always be shown to a person.
package final class SourceFile: Sendable {
    /// The path as it is shown: relative to the workspace, with `/`.
    package let path: String
    package let bytes: [UInt8]
    /// The offset at which each line starts; always at least one.
    private let lineStarts: [Int]
    /// Before every 1,024th byte: how many bytes so far continue a scalar. A line may be as long as its file, and is not counted anew for
    /// each column.
    private let continuations: [Int]
    private static let stride = 1_024
    private let hasContinuations: Bool

    package init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
        var starts = [0]
        var marks: [Int] = []
        marks.reserveCapacity(bytes.count / Self.stride + 1)
        var continued = 0
        bytes.withUnsafeBufferPointer { buffer in
            for offset in buffer.indices {
                if offset % Self.stride == 0 { marks.append(continued) }
                if buffer[offset] == UInt8(ascii: "\n") { starts.append(offset + 1) }
                if buffer[offset] & 0xC0 == 0x80 { continued += 1 }
            }
        }
        if bytes.count % Self.stride == 0 { marks.append(continued) }
        lineStarts = starts
        continuations = marks
        hasContinuations = continued > 0
    }

    /// How many scalars begin in a range: counted one by one where it is short, as most lines are.
    private func scalars(_ range: Range<Int>) -> Int {
        guard hasContinuations else { return range.count }
        guard range.count < Self.stride else { return scalars(before: range.upperBound) - scalars(before: range.lowerBound) }
        return range.count - bytes[range].count { $0 & 0xC0 == 0x80 }
    }

    /// How many scalars begin before an offset.
    private func scalars(before offset: Int) -> Int {
        let mark = offset / Self.stride
        let rest = bytes[mark * Self.stride..<offset].count { $0 & 0xC0 == 0x80 }
        return offset - continuations[mark] - rest
    }

    package convenience init(path: String, text: String) {
        self.init(path: path, bytes: Array(text.utf8))
    }

    package var lineCount: Int { lineStarts.count }

    /// The line, from 1, that holds the offset.
    package func line(at offset: Int) -> Int {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return low + 1
    }

    /// Line and column, both from 1; columns count Unicode scalars, as editors do, and a byte order mark counts as none.
    package func position(at offset: Int) -> SourcePosition {
        let line = line(at: offset)
        var start = lineStarts[line - 1]
        if line == 1, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { start = min(3, offset) }
        return SourcePosition(line: line, column: scalars(min(start, bytes.count)..<min(max(offset, start), bytes.count)) + 1)
    }

    /// The byte range of a line without its line ending.
    package func contentRange(ofLine line: Int) -> Range<Int> {
        let start = lineStarts[line - 1]
        var end = line < lineStarts.count ? lineStarts[line] - 1 : bytes.count
        if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return start..<end
    }

    /// The byte range of a line with its line ending.
    package func fullRange(ofLine line: Int) -> Range<Int> {
        lineStarts[line - 1]..<(line < lineStarts.count ? lineStarts[line] : bytes.count)
    }

    /// The text of a byte range; bytes that are not UTF-8 become U+FFFD.
    package func text(_ range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }
}

/// Line and column, both from 1.
package struct SourcePosition: Hashable, Sendable, Comparable {
    package var line: Int
    package var column: Int

    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    package static func < (a: SourcePosition, b: SourcePosition) -> Bool { (a.line, a.column) < (b.line, b.column) }
}

/// A range of bytes in a file.
package struct SourceRange: Sendable {
    package var file: SourceFile
    package var bytes: Range<Int>

    package init(_ file: SourceFile, _ bytes: Range<Int>) {
        self.file = file
        self.bytes = bytes
    }

    package var start: SourcePosition { file.position(at: bytes.lowerBound) }
    package var end: SourcePosition { file.position(at: bytes.upperBound) }
    package var text: String { file.text(bytes) }
}
