/// Why a text is not JSON, or not the JSON that was expected, and where.
package struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
    package let message: String
    /// In bytes from the start of the text.
    package let offset: Int
    /// Counts from 1, as `column` does; a column is one Unicode scalar.
    package let line: Int
    package let column: Int
    /// It may be JSON, but is more than the limits allow.
    package let isLimit: Bool

    /// The line and column are counted here, and nowhere while all is well.
    init(_ message: String, at offset: Int, in bytes: UnsafeBufferPointer<UInt8>, isLimit: Bool = false) {
        self.message = message
        self.isLimit = isLimit
        self.offset = offset
        let before = bytes.prefix(offset)
        line = before.count { $0 == 0x0A } + 1
        let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        column = before[lineStart...].count { $0 & 0xC0 != 0x80 } + 1
    }

    package var description: String { "\(message) (line \(line), column \(column))" }
}
