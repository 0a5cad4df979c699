/// jsondecode(): JSON as objects and tuples.
struct JSONReader {
    private let bytes: [UInt8]
    private var at = 0
    private var depth = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func document() throws(EvaluationError) -> Value {
        let value = try value()
        skipSpace()
        guard at == bytes.count else { throw Self.malformed }
        return value
    }

    private static let malformed = EvaluationError("jsondecode() needs valid JSON")

    private mutating func skipSpace() {
        while at < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[at]) { at += 1 }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard at < bytes.count, bytes[at] == UInt8(ascii: character) else { return false }
        at += 1
        return true
    }

    private mutating func take(word: String) -> Bool {
        guard bytes[at...].starts(with: word.utf8) else { return false }
        at += word.utf8.count
        return true
    }

    private mutating func value() throws(EvaluationError) -> Value {
        depth += 1
        defer { depth -= 1 }
        skipSpace()
        guard at < bytes.count, depth < 64 else { throw Self.malformed }
        switch bytes[at] {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(try string())
        default:
            if take(word: "true") { return .bool(true) }
            if take(word: "false") { return .bool(false) }
            if take(word: "null") { return .null }
            return try number()
        }
    }

    private mutating func object() throws(EvaluationError) -> Value {
        at += 1
        var entries: [MapValue.Entry] = []
        if take("}") { return .map(MapValue([])) }
        repeat {
            skipSpace()
            guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else { throw Self.malformed }
            let key = try string()
            guard take(":") else { throw Self.malformed }
            entries.append(MapValue.Entry(key, try value()))
        } while take(",")
        guard take("}") else { throw Self.malformed }
        return .map(MapValue(entries))
    }

    private mutating func array() throws(EvaluationError) -> Value {
        at += 1
        var elements: [Value] = []
        if take("]") { return .tuple([]) }
        repeat { elements.append(try value()) } while take(",")
        guard take("]") else { throw Self.malformed }
        return .tuple(elements)
    }

    private mutating func number() throws(EvaluationError) -> Value {
        let start = at
        while at < bytes.count, bytes[at] &- 48 < 10 || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains(bytes[at]) { at += 1 }
        guard let number = Number(String(decoding: bytes[start..<at], as: UTF8.self)) else { throw Self.malformed }
        return .number(number)
    }

    private mutating func string() throws(EvaluationError) -> String {
        at += 1
        var units: [UInt8] = []
        while at < bytes.count {
            let byte = bytes[at]
            at += 1
            if byte == UInt8(ascii: "\"") { return String(decoding: units, as: UTF8.self) }
            guard byte >= 0x20 else { break }
            guard byte == UInt8(ascii: "\\") else {
                units.append(byte)
                continue
            }
            guard at < bytes.count else { break }
            at += 1
            switch bytes[at - 1] {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): units.append(bytes[at - 1])
            case UInt8(ascii: "n"): units.append(0x0A)
            case UInt8(ascii: "t"): units.append(0x09)
            case UInt8(ascii: "r"): units.append(0x0D)
            case UInt8(ascii: "b"): units.append(0x08)
            case UInt8(ascii: "f"): units.append(0x0C)
            case UInt8(ascii: "u"): units += String(Character(try scalar())).utf8
            default: throw Self.malformed
            }
        }
        throw Self.malformed
    }

    private mutating func scalar() throws(EvaluationError) -> Unicode.Scalar {
        let high = try codeUnit()
        if let scalar = Unicode.Scalar(high) { return scalar }
        guard high < 0xDC00, at + 1 < bytes.count, bytes[at] == UInt8(ascii: "\\"), bytes[at + 1] == UInt8(ascii: "u") else {
            return "\u{FFFD}"
        }
        at += 2
        let low = try codeUnit()
        guard 0xDC00..<0xE000 ~= low else { return "\u{FFFD}" }
        return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)) ?? "\u{FFFD}"
    }

    private mutating func codeUnit() throws(EvaluationError) -> UInt32 {
        guard at + 4 <= bytes.count, let unit = UInt32(String(decoding: bytes[at..<at + 4], as: UTF8.self), radix: 16) else {
            throw Self.malformed
        }
        at += 4
        return unit
    }
}
