/// One character written by others: `%41`, `%u0041`, `\u0041`, `\u{41}`, `\x41`, `\101`, `\n`, `\/`, `&#65;`, `&#x41;`, `&plus;`.
struct TextEscape {
    var bytes: [UInt8]
    /// Of how it is written, in bytes.
    var length: Int

    static func isSign(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "%") || byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "&") }

    /// Nil where none stands there.
    init?(in text: UnsafeBufferPointer<UInt8>, at start: Int) {
        guard start + 1 < text.count else { return nil }
        let found: (bytes: [UInt8], length: Int)? =
            switch text[start] {
            case UInt8(ascii: "%"): Self.percent(text, start)
            case UInt8(ascii: "\\"): Self.backslash(text, start)
            case UInt8(ascii: "&"): Self.entity(text, start)
            default: nil
            }
        guard let found else { return nil }
        (bytes, length) = found
    }

    private typealias Found = (bytes: [UInt8], length: Int)

    private static func percent(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Found? {
        if text[start + 1] | 0x20 == UInt8(ascii: "u") { return number(text, start + 2, digits: 4).flatMap { scalar($0, length: 6) } }
        return number(text, start + 1, digits: 2).map { ([UInt8($0)], 3) }
    }

    private static func backslash(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Found? {
        switch text[start + 1] {
        case UInt8(ascii: "n"): return ([0x0A], 2)
        case UInt8(ascii: "r"): return ([0x0D], 2)
        case UInt8(ascii: "t"): return ([0x09], 2)
        case UInt8(ascii: "e"): return ([0x1B], 2)
        case UInt8(ascii: "u"), UInt8(ascii: "U"), UInt8(ascii: "x"), UInt8(ascii: "X"):
            if start + 2 < text.count, text[start + 2] == UInt8(ascii: "{") { return braced(text, start) }
            if text[start + 1] | 0x20 == UInt8(ascii: "x") { return number(text, start + 2, digits: 2).map { ([UInt8($0)], 4) } }
            if text[start + 1] == UInt8(ascii: "U"), let value = number(text, start + 2, digits: 8) { return scalar(value, length: 10) }
            return number(text, start + 2, digits: 4).flatMap { scalar($0, length: 6) }
        case UInt8(ascii: "0")...UInt8(ascii: "3"):
            if let value = number(text, start + 1, digits: 3, base: 8) { return ([UInt8(value)], 4) }
            return text[start + 1] == UInt8(ascii: "0") ? ([0], 2) : nil
        case UInt8(ascii: "4")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): return nil
        case let byte where byte > 0x20 && byte < 0x7F: return ([byte], 2)
        default: return nil
        }
    }

    /// `\u{41}`
    private static func braced(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Found? {
        guard let end = text[(start + 3)...].prefix(9).firstIndex(of: UInt8(ascii: "}")), end > start + 3,
            let value = number(text, start + 3, digits: end - start - 3)
        else { return nil }
        return scalar(value, length: end + 1 - start)
    }

    private static func entity(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Found? {
        guard let end = text[(start + 1)...].prefix(18).firstIndex(of: UInt8(ascii: ";")), end > start + 1 else { return nil }
        let length = end + 1 - start
        guard text[start + 1] == UInt8(ascii: "#") else {
            return names[String(decoding: text[(start + 1)..<end], as: UTF8.self)].flatMap { scalar($0, length: length) }
        }
        let isHex = text[start + 2] | 0x20 == UInt8(ascii: "x")
        let digits = start + (isHex ? 3 : 2)
        return number(text, digits, digits: end - digits, base: isHex ? 16 : 10).flatMap { scalar($0, length: length) }
    }

    /// HTML's, of the characters that tokens and base64 are made of, and of those that nobody sees.
    private static let names: [String: UInt32] = [
        "amp": 0x26, "lt": 0x3C, "gt": 0x3E, "quot": 0x22, "apos": 0x27, "plus": 0x2B, "sol": 0x2F, "equals": 0x3D, "excl": 0x21,
        "num": 0x23, "dollar": 0x24, "percnt": 0x25, "lpar": 0x28, "rpar": 0x29, "ast": 0x2A, "midast": 0x2A, "comma": 0x2C,
        "period": 0x2E, "colon": 0x3A, "semi": 0x3B, "quest": 0x3F, "commat": 0x40, "lsqb": 0x5B, "lbrack": 0x5B,
        "bsol": 0x5C, "rsqb": 0x5D, "rbrack": 0x5D, "Hat": 0x5E, "lowbar": 0x5F, "UnderBar": 0x5F, "grave": 0x60, "lcub": 0x7B,
        "lbrace": 0x7B, "verbar": 0x7C, "vert": 0x7C, "rcub": 0x7D, "rbrace": 0x7D, "NewLine": 0x0A, "Tab": 0x09, "shy": 0xAD,
        "zwj": 0x200D, "zwnj": 0x200C, "lrm": 0x200E, "rlm": 0x200F, "ZeroWidthSpace": 0x200B, "NoBreak": 0x2060,
    ]

    private static func scalar(_ value: UInt32, length: Int) -> Found? {
        Unicode.Scalar(value).map { (Array(String($0).utf8), length) }
    }

    /// Nil where there are not so many digits, or where it is larger than any character.
    private static func number(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, digits: Int, base: UInt32 = 16) -> UInt32? {
        guard digits > 0, start + digits <= text.count else { return nil }
        var value: UInt32 = 0
        for byte in text[start..<(start + digits)] {
            let digit: UInt32
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = UInt32(byte - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = UInt32(byte - UInt8(ascii: "a") + 10)
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = UInt32(byte - UInt8(ascii: "A") + 10)
            default: return nil
            }
            guard digit < base else { return nil }
            value = value * base + digit
            guard value <= 0x10FFFF else { return nil }
        }
        return value
    }
}
