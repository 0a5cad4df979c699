/// A single value: its text after quotes and escapes are undone, and what YAML 1.2 takes it for.
package struct YAMLScalar: Sendable, Hashable {
    package enum Style: Sendable, Hashable {
        case plain, singleQuoted, doubleQuoted, literal, folded
    }

    /// What the core schema of YAML 1.2 makes of it. `yes`, `no`, `on` and dates are strings; so is everything in quotes.
    package enum Kind: String, Sendable, Hashable {
        case null, bool, int, float, string
    }

    package var text: String
    package var style: Style
    package var kind: Kind

    package init(text: String, style: Style) {
        self.text = text
        self.style = style
        kind = style == .plain ? CoreSchema.kind(ofPlain: text) : .string
    }

    package var bool: Bool? { kind == .bool ? text.lowercased() == "true" : nil }

    /// Nil for anything that is no integer, and for an integer beyond 64 bits.
    package var int: Int? {
        guard kind == .int else { return nil }
        if text.hasPrefix("0x") { return Int(text.dropFirst(2), radix: 16) }
        if text.hasPrefix("0o") { return Int(text.dropFirst(2), radix: 8) }
        return Int(text)
    }
}

extension YAMLScalar {
    /// A text as it can be written wherever a scalar may stand: plain where that reads back as the same string, else in double quotes.
    package static func written(_ text: String) -> String {
        let isSimple = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
            default: "_./-".utf8.contains(byte)
            }
        }
        if isSimple, !text.hasPrefix("-"), !text.hasPrefix("."), CoreSchema.kind(ofPlain: text) == .string { return text }
        let escaped = text.unicodeScalars.map { scalar in
            switch scalar {
            case "\"", "\\": "\\\(scalar)"
            case "\n": "\\n"
            case "\t": "\\t"
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}", "\u{FEFF}": "\\U" + hexadecimal(scalar.value)
            default: String(scalar)
            }
        }
        return "\"\(escaped.joined())\""
    }

    private static func hexadecimal(_ value: UInt32) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }
}

/// The tag resolution of YAML 1.2, chapter 10.3: which plain scalars are not strings.
enum CoreSchema {
    static func kind(ofPlain text: String) -> YAMLScalar.Kind {
        switch text {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE", "false", "False", "FALSE": return .bool
        case ".nan", ".NaN", ".NAN": return .float
        default: return number(ArraySlice(text.utf8)) ?? .string
        }
    }

    private static func number(_ text: ArraySlice<UInt8>) -> YAMLScalar.Kind? {
        if text.starts(with: Array("0x".utf8)) { return isAll(text.dropFirst(2), hexDigit) ? .int : nil }
        if text.starts(with: Array("0o".utf8)) { return isAll(text.dropFirst(2), octalDigit) ? .int : nil }
        var rest = text
        if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
        if [".inf", ".Inf", ".INF"].contains(where: { rest.elementsEqual($0.utf8) }) { return .float }
        let whole = rest.prefix(while: digit)
        rest = rest.dropFirst(whole.count)
        guard !rest.isEmpty else { return whole.isEmpty ? nil : .int }
        var fraction: ArraySlice<UInt8> = []
        if rest.first == UInt8(ascii: ".") {
            fraction = rest.dropFirst().prefix(while: digit)
            rest = rest.dropFirst(1 + fraction.count)
        }
        guard !whole.isEmpty || !fraction.isEmpty else { return nil }
        guard let e = rest.first else { return .float }
        guard e == UInt8(ascii: "e") || e == UInt8(ascii: "E") else { return nil }
        rest = rest.dropFirst()
        if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
        return isAll(rest, digit) ? .float : nil
    }

    private static func isAll(_ text: ArraySlice<UInt8>, _ test: (UInt8) -> Bool) -> Bool { !text.isEmpty && text.allSatisfy(test) }
    private static func digit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }
    private static func octalDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "7") ~= byte }
    private static func hexDigit(_ byte: UInt8) -> Bool {
        digit(byte) || UInt8(ascii: "a")...UInt8(ascii: "f") ~= byte || UInt8(ascii: "A")...UInt8(ascii: "F") ~= byte
    }
}
