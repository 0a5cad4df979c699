/// A text that is no JSON, or more than this reader takes.
package struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
    package let message: String
    /// In bytes from the start.
    package let offset: Int

    package var description: String { "\(message) (at byte \(offset))" }
}

/// Reads one JSON document strictly (RFC 8259): UTF-8, no duplicate keys, nothing behind the value, and within limits.
package struct JSONReader {
    package static let sizeLimit = 64 << 20
    package static let depthLimit = 64

    private let bytes: [UInt8]
    private var at = 0

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    package static func read(_ bytes: [UInt8]) throws(JSONError) -> JSONValue {
        guard bytes.count <= sizeLimit else { throw JSONError(message: "the document is larger than 64 MiB", offset: sizeLimit) }
        var reader = JSONReader(bytes)
        let value = try reader.value(depth: 0)
        reader.skipSpace()
        guard reader.at == bytes.count else { throw reader.error("unexpected text behind the document") }
        return value
    }

    private var next: UInt8? { at < bytes.count ? bytes[at] : nil }

    private func error(_ message: String) -> JSONError { JSONError(message: message, offset: at) }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { at += 1 }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: character) else { return false }
        at += 1
        return true
    }

    private mutating func value(depth: Int) throws(JSONError) -> JSONValue {
        guard depth <= Self.depthLimit else { throw error("nested deeper than \(Self.depthLimit) levels") }
        skipSpace()
        switch next {
        case UInt8(ascii: "{"): return try object(depth)
        case UInt8(ascii: "["): return try array(depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case nil: throw error("the document ends early")
        default: return try number()
        }
    }

    private mutating func word(_ word: String, _ value: JSONValue) throws(JSONError) -> JSONValue {
        guard bytes[at...].starts(with: word.utf8) else { throw error("expected a value") }
        at += word.utf8.count
        return value
    }

    private mutating func object(_ depth: Int) throws(JSONError) -> JSONValue {
        at += 1
        var members: [JSONValue.Member] = []
        var keys: Set<String> = []
        skipSpace()
        if take("}") { return .object([]) }
        repeat {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw error("expected a key") }
            let start = at
            let key = try string()
            guard keys.insert(key).inserted else { throw JSONError(message: "duplicate key '\(key)'", offset: start) }
            skipSpace()
            guard take(":") else { throw error("expected ':' behind a key") }
            members.append(.init(key, try value(depth: depth + 1)))
            skipSpace()
        } while take(",")
        guard take("}") else { throw error("expected ',' or '}'") }
        return .object(members)
    }

    private mutating func array(_ depth: Int) throws(JSONError) -> JSONValue {
        at += 1
        var elements: [JSONValue] = []
        skipSpace()
        if take("]") { return .array([]) }
        repeat {
            elements.append(try value(depth: depth + 1))
            skipSpace()
        } while take(",")
        guard take("]") else { throw error("expected ',' or ']'") }
        return .array(elements)
    }

    private mutating func number() throws(JSONError) -> JSONValue {
        let start = at
        _ = take("-")
        if !take("0") { try digits() }
        if take(".") { try digits() }
        if take("e") || take("E") {
            if !take("-") { _ = take("+") }
            try digits()
        }
        return .number(String(decoding: bytes[start..<at], as: UTF8.self))
    }

    private mutating func digits() throws(JSONError) {
        let start = at
        while let byte = next, byte &- 48 < 10 { at += 1 }
        guard at > start else { throw error("expected a value") }
    }
}

extension JSONReader {
    private mutating func string() throws(JSONError) -> String {
        at += 1
        var text: [UInt8] = []
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\""):
                at += 1
                guard let string = String(validating: text, as: UTF8.self) else { throw error("a string that is not UTF-8") }
                return string
            case UInt8(ascii: "\\"):
                at += 1
                text.append(contentsOf: UTF8.encode(try escape()) ?? UTF8.encodedReplacementCharacter)
            case 0..<0x20: throw error("a control character in a string")
            default:
                text.append(byte)
                at += 1
            }
        }
        throw error("a string is never closed")
    }

    private mutating func escape() throws(JSONError) -> Unicode.Scalar {
        let letter = next
        at += 1
        switch letter {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try unicodeEscape()
        default: throw error("unknown escape in a string")
        }
    }

    private mutating func unicodeEscape() throws(JSONError) -> Unicode.Scalar {
        let first = try codeUnit()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard UTF16.isLeadSurrogate(first), take("\\"), take("u") else { throw error("half a surrogate pair") }
        let second = try codeUnit()
        guard UTF16.isTrailSurrogate(second) else { throw error("half a surrogate pair") }
        return UTF16.decode(UTF16.EncodedScalar([first, second]))
    }

    private mutating func codeUnit() throws(JSONError) -> UInt16 {
        guard at + 4 <= bytes.count else { throw error("a string is never closed") }
        var unit: UInt16 = 0
        for byte in bytes[at..<at + 4] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { throw error("expected four hexadecimal digits") }
            unit = unit << 4 | UInt16(digit)
        }
        at += 4
        return unit
    }
}
