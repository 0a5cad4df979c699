import CostModel

/// Writes JSON without spaces. The commas are its own business: whoever writes a value or a key writes nothing else.
struct CompactJSON {
    private(set) var bytes: [UInt8] = []

    /// A line break that JSON does not need, but people and `diff` do.
    mutating func line() {
        separate()
        bytes.append(0x0A)
    }

    /// The line break behind the document.
    mutating func end() { bytes.append(0x0A) }

    mutating func open(_ bracket: Unicode.Scalar) {
        separate()
        bytes.append(UInt8(ascii: bracket))
    }

    mutating func close(_ bracket: Unicode.Scalar) { bytes.append(UInt8(ascii: bracket)) }

    mutating func array(_ body: (inout CompactJSON) -> Void) {
        open("[")
        body(&self)
        close("]")
    }

    mutating func object(_ body: (inout CompactJSON) -> Void) {
        open("{")
        body(&self)
        close("}")
    }

    mutating func key(_ key: String) {
        text(key)
        bytes.append(UInt8(ascii: ":"))
    }

    mutating func null() { raw("null") }
    mutating func integer(_ number: some FixedWidthInteger & SignedInteger) { raw(String(number)) }
    mutating func decimal(_ number: FixedDecimal) { raw(number.description) }

    /// The shortest text that reads as the same number.
    mutating func number(_ number: Double) {
        let text = number.description
        raw(text.hasSuffix(".0") ? String(text.dropLast(2)) : text)
    }

    mutating func text(_ text: String?) {
        guard let text else { return null() }
        separate()
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case 0..<0x20, 0x7F:
                let digits = String(byte, radix: 16)
                bytes += "\\u00\(digits.utf8.count == 1 ? "0" : "")\(digits)".utf8
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func raw(_ text: String) {
        separate()
        bytes += text.utf8
    }

    /// A comma, where one belongs: not at the start, nor behind a bracket that opens, a colon, or a line break that has one before it.
    private mutating func separate() {
        guard let last = bytes.last, last != UInt8(ascii: "["), last != UInt8(ascii: "{"), last != UInt8(ascii: ":"), last != 0x0A else {
            return
        }
        bytes.append(UInt8(ascii: ","))
    }
}
