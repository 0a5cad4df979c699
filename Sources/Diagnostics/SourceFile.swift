/// A file's bytes under the name people know it by, with the map from byte offsets to lines and columns.
///
/// Every parser of the project works on bytes of a `SourceFile`, so that a range in one of them can always be shown to a person.
package final class SourceFile: Sendable {
    /// The path as it is shown: relative to the workspace, with `/`.
    package let path: String
    package let bytes: [UInt8]
    /// The offset at which each line starts; always at least one. In 32 bits: a tree has many lines, and no file of it has 4 GB.
    private let lineStarts: [UInt32]
    /// Before every 1,024th byte: how many bytes so far continue a scalar; empty where none does. A line may be as long as its file, and is
    /// not counted anew for each column.
    private let continuations: [Int]
    private static let stride = 1_024

    package init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
        lineStarts = Self.lineStarts(bytes)
        continuations = Self.continuations(bytes)
    }

    private static func lineStarts(_ bytes: [UInt8]) -> [UInt32] {
        // Counted first, so that nothing grows.
        var count = 1
        forEachLineEnd(bytes) { _ in count += 1 }
        return [UInt32](unsafeUninitializedCapacity: count) { starts, initializedCount in
            var line = 1
            starts.initializeElement(at: 0, to: 0)
            forEachLineEnd(bytes) { offset in
                starts.initializeElement(at: line, to: UInt32(clamping: offset + 1))
                line += 1
            }
            initializedCount = count
        }
    }

    /// Calls with the offset of each `\n`: eight bytes are looked at together, and most hold none.
    private static func forEachLineEnd(_ bytes: [UInt8], _ body: (Int) -> Void) {
        let lineEnd = UInt8(ascii: "\n")
        bytes.withUnsafeBytes { buffer in
            var offset = 0
            while offset < buffer.count {
                if offset + 8 <= buffer.count {
                    // A byte that is a line end becomes zero, and only below a zero byte does the subtraction carry into a high bit.
                    let others = buffer.loadUnaligned(fromByteOffset: offset, as: UInt64.self) ^ 0x0A0A_0A0A_0A0A_0A0A
                    if (others &- 0x0101_0101_0101_0101) & ~others & 0x8080_8080_8080_8080 == 0 {
                        offset += 8
                        continue
                    }
                }
                let end = min(offset + 8, buffer.count)
                while offset < end {
                    if buffer[offset] == lineEnd { body(offset) }
                    offset += 1
                }
            }
        }
    }

    private static func continuations(_ bytes: [UInt8]) -> [Int] {
        guard !bytes.isASCII else { return [] }
        var marks: [Int] = []
        marks.reserveCapacity(bytes.count / stride + 1)
        var continued = 0
        for offset in bytes.indices {
            if offset % stride == 0 { marks.append(continued) }
            if bytes[offset] & 0xC0 == 0x80 { continued += 1 }
        }
        if bytes.count % stride == 0 { marks.append(continued) }
        return continued > 0 ? marks : []
    }

    /// How many scalars begin in a range: counted one by one where it is short, as most lines are.
    private func scalars(_ range: Range<Int>) -> Int {
        guard !continuations.isEmpty else { return range.count }
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
            if Int(lineStarts[middle]) <= offset { low = middle } else { high = middle }
        }
        return low + 1
    }

    /// Line and column, both from 1; columns count Unicode scalars, as editors do, and a byte order mark counts as none.
    package func position(at offset: Int) -> SourcePosition {
        let line = line(at: offset)
        var start = Int(lineStarts[line - 1])
        if line == 1, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { start = min(3, offset) }
        return SourcePosition(line: line, column: scalars(min(start, bytes.count)..<min(max(offset, start), bytes.count)) + 1)
    }

    /// The byte range of a line without its line ending.
    package func contentRange(ofLine line: Int) -> Range<Int> {
        let start = Int(lineStarts[line - 1])
        var end = line < lineStarts.count ? Int(lineStarts[line]) - 1 : bytes.count
        if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return start..<end
    }

    /// The byte range of a line with its line ending.
    package func fullRange(ofLine line: Int) -> Range<Int> {
        Int(lineStarts[line - 1])..<(line < lineStarts.count ? Int(lineStarts[line]) : bytes.count)
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

extension [UInt8] {
    /// Whether all bytes are ASCII: eight are looked at together.
    fileprivate var isASCII: Bool {
        withUnsafeBytes { buffer in
            let words = buffer.count / 8
            for word in 0..<words where buffer.loadUnaligned(fromByteOffset: word * 8, as: UInt64.self) & 0x8080_8080_8080_8080 != 0 {
                return false
            }
            return buffer[(words * 8)...].allSatisfy { $0 < 0x80 }
        }
    }
}
