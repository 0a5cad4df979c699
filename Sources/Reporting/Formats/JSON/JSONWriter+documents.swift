internal import Diagnostics
package import JSON

// How everything that a user or another program reads is written.

extension JSONEscaping {
    /// Beyond what JSON asks for, everything is escaped that does something to a terminal, or to JavaScript (U+2028).
    package static let printable = JSONEscaping(letters: "nrt") { !$0.isPrintable }
}

extension JSONWriter {
    /// The document with a newline behind it.
    package static func write(_ value: JSONValue) -> [UInt8] { endedLine(bytes(of: value, .indented, escaping: .printable)) }

    package static func write(_ document: JSONDocument) -> [UInt8] { endedLine(bytes(of: document, escaping: .printable)) }

    /// The value on one line, with a newline behind it: one of many in a stream.
    package static func line(_ value: JSONValue) -> [UInt8] { endedLine(bytes(of: value, .line, escaping: .printable)) }

    /// In place: documents are large.
    private static func endedLine(_ document: consuming [UInt8]) -> [UInt8] {
        document.append(0x0A)
        return document
    }
}
