/// Where something stands in a file of the workspace, for people: lines and columns from 1.
package struct Place: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// Relative to the workspace, with `/`.
    package var file: String
    package var line: Int
    package var column: Int
    package var endLine: Int

    package init(file: String, line: Int, column: Int = 1, endLine: Int? = nil) {
        self.file = file
        self.line = line
        self.column = column
        self.endLine = endLine ?? line
    }

    package static func < (a: Place, b: Place) -> Bool { (a.file, a.line, a.column, a.endLine) < (b.file, b.line, b.column, b.endLine) }
    /// `infra/pay/main.tf:12`
    package var description: String { "\(file):\(line)" }
}

/// A range of bytes in a file of the workspace, for edits.
package struct FileSpan: Hashable, Sendable, Comparable {
    package var file: String
    package var bytes: Range<Int>

    package init(file: String, bytes: Range<Int>) {
        self.file = file
        self.bytes = bytes
    }

    package static func < (a: FileSpan, b: FileSpan) -> Bool {
        (a.file, a.bytes.lowerBound, a.bytes.upperBound) < (b.file, b.bytes.lowerBound, b.bytes.upperBound)
    }
}
