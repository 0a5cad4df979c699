/// Where something stands in a file of the workspace, for people: lines and columns from 1.
///
/// In 32 bits each, because every resource and every tag of a tree has some.
package struct Place: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// Relative to the workspace, with `/`.
    package var file: String
    private let first: Int32
    private let offset: Int32
    private let last: Int32

    package init(file: String, line: Int, column: Int = 1, endLine: Int? = nil) {
        self.file = file
        first = Int32(clamping: line)
        offset = Int32(clamping: column)
        last = Int32(clamping: endLine ?? line)
    }

    package var line: Int { Int(first) }
    package var column: Int { Int(offset) }
    package var endLine: Int { Int(last) }

    package static func < (a: Place, b: Place) -> Bool { (a.file, a.line, a.column, a.endLine) < (b.file, b.line, b.column, b.endLine) }
    /// `infra/pay/main.tf:12`
    package var description: String { "\(file):\(line)" }
}

/// A range of bytes in a file of the workspace, for edits. Files of code are smaller than 4 GiB: parsers refuse much smaller ones.
package struct FileSpan: Hashable, Sendable, Comparable {
    package var file: String
    private let start: UInt32
    private let end: UInt32

    package init(file: String, bytes: Range<Int>) {
        self.file = file
        start = UInt32(bytes.lowerBound)
        end = UInt32(bytes.upperBound)
    }

    package var bytes: Range<Int> { Int(start)..<Int(end) }

    package static func < (a: FileSpan, b: FileSpan) -> Bool {
        (a.file, a.bytes.lowerBound, a.bytes.upperBound) < (b.file, b.bytes.lowerBound, b.bytes.upperBound)
    }
}
