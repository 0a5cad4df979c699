/// Writes JSON. Equal values give equal bytes.
///
/// The commas are its own business: whoever writes a value or a key writes nothing else. `JSONWriter.bytes(of:)` writes a whole
/// `JSONValue`; the other verbs write a document piece by piece, where it would be large as a value.
package struct JSONWriter {
    package enum Layout: Hashable, Sendable {
        /// Without spaces.
        case compact
        /// On one line, with a space behind each comma and colon.
        case line
        /// For people and machines alike: two spaces of indentation, and on one line whatever is short enough, such as
        /// `{"amount": "1234.56", "currency": "USD"}`.
        case indented
    }

    package internal(set) var bytes: [UInt8] = []
    let escaping: JSONEscaping
    private let hasSpaces: Bool

    /// - Parameter hasSpaces: whether a space stands behind each comma and colon.
    package init(hasSpaces: Bool = false, escaping: JSONEscaping) {
        self.hasSpaces = hasSpaces
        self.escaping = escaping
    }

    package static func bytes(of value: JSONValue, _ layout: Layout, escaping: JSONEscaping) -> [UInt8] {
        var writer = JSONWriter(hasSpaces: layout != .compact, escaping: escaping)
        if layout == .indented { writer.indented(value, depth: 0) } else { writer.value(value) }
        return writer.bytes
    }

    /// In the layout `indented`.
    package static func bytes(of document: JSONDocument, escaping: JSONEscaping) -> [UInt8] {
        var writer = JSONWriter(hasSpaces: true, escaping: escaping)
        writer.indented(document)
        return writer.bytes
    }

    // MARK: Structure

    package mutating func array(_ body: (inout JSONWriter) -> Void) {
        open("[")
        body(&self)
        close("]")
    }

    package mutating func object(_ body: (inout JSONWriter) -> Void) {
        open("{")
        body(&self)
        close("}")
    }

    package mutating func open(_ bracket: Unicode.Scalar) {
        separate()
        bytes.append(UInt8(ascii: bracket))
    }

    package mutating func close(_ bracket: Unicode.Scalar) { bytes.append(UInt8(ascii: bracket)) }

    package mutating func key(_ key: String) {
        text(key)
        bytes.append(UInt8(ascii: ":"))
        if hasSpaces { bytes.append(0x20) }
    }

    /// A line break that JSON does not need, but people and `diff` do.
    package mutating func line() {
        separate()
        bytes.append(0x0A)
    }

    /// The line break behind the document.
    package mutating func end() { bytes.append(0x0A) }

    // MARK: Values

    package mutating func null() { raw("null") }
    package mutating func bool(_ flag: Bool) { raw(flag ? "true" : "false") }
    package mutating func integer(_ number: some FixedWidthInteger & SignedInteger) { raw(String(number)) }
    /// A number as it is written.
    package mutating func number(_ text: String) { raw(text) }

    package mutating func text(_ text: String?) {
        guard let text else { return null() }
        separate()
        escaping.append(quoted: text, to: &bytes)
    }

    package mutating func value(_ value: JSONValue) {
        switch value {
        case .null: null()
        case .bool(let flag): bool(flag)
        case .number(let text): number(text)
        case .string(let text): self.text(text)
        case .array(let elements): array { writer in for element in elements { writer.value(element) } }
        case .object(let members):
            object { writer in
                for member in members {
                    writer.key(member.key)
                    writer.value(member.value)
                }
            }
        }
    }

    private mutating func raw(_ text: String) {
        separate()
        bytes += text.utf8
    }

    /// A comma, where one belongs: not at the start, nor behind a bracket that opens, a key, or a line break that has one before it.
    private mutating func separate() {
        switch bytes.last {
        case nil, UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: ":"), 0x20, 0x0A: return
        default:
            bytes.append(UInt8(ascii: ","))
            if hasSpaces { bytes.append(0x20) }
        }
    }
}
