/// Reads the values of a few keys from FOCUS's `Tags`, a JSON object.
///
/// Keys count as they are spelled, with a provider's prefix where there is one. Of a repeated key the last value counts. Numbers and
/// booleans are taken as their text; `null`, lists and objects are no value.
struct TagsReader {
    /// Why the bytes are no JSON object.
    struct Fault: Error {}

    private let bytes: [UInt8]
    private var at = 0

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// For each pair of the object, in order.
    static func forEach(
        in bytes: [UInt8], _ body: (_ key: [UInt8], _ value: [UInt8]?) -> Void
    ) throws(Fault) {
        var reader = TagsReader(bytes)
        try reader.object(body)
    }

    private mutating func object(_ body: (_ key: [UInt8], _ value: [UInt8]?) -> Void) throws(Fault) {
        guard next() == UInt8(ascii: "{") else { throw Fault() }
        if peek() == UInt8(ascii: "}") {
            at += 1
        } else {
            repeat {
                guard next() == UInt8(ascii: "\"") else { throw Fault() }
                let key = try string()
                guard next() == UInt8(ascii: ":") else { throw Fault() }
                body(key, try value())
                guard let separator = next() else { throw Fault() }
                if separator == UInt8(ascii: "}") { break }
                guard separator == UInt8(ascii: ",") else { throw Fault() }
            } while true
        }
        guard peek() == nil else { throw Fault() }
    }

    private mutating func value() throws(Fault) -> [UInt8]? {
        guard let first = peek() else { throw Fault() }
        switch first {
        case UInt8(ascii: "\""):
            at += 1
            return try string()
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            try skipNested()
            return nil
        default:
            let word = word()
            switch word {
            case Array("null".utf8): return nil
            case Array("true".utf8), Array("false".utf8): return word
            default:
                guard let first = word.first, first == UInt8(ascii: "-") || first &- 48 < 10 else { throw Fault() }
                return word
            }
        }
    }

    /// What a list or an object holds, without recursion: brackets are counted, strings passed over.
    private mutating func skipNested() throws(Fault) {
        var depth = 0
        repeat {
            guard let byte = next() else { throw Fault() }
            switch byte {
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            case UInt8(ascii: "\""): _ = try string()
            default: break
            }
        } while depth > 0
    }

    private mutating func word() -> [UInt8] {
        let start = at
        while at < bytes.count, !Self.isSpace(bytes[at]), ![UInt8(ascii: ","), UInt8(ascii: "}")].contains(bytes[at]) { at += 1 }
        return Array(bytes[start..<at])
    }

    /// A string behind its opening quote.
    private mutating func string() throws(Fault) -> [UInt8] {
        var result: [UInt8] = []
        while at < bytes.count {
            let byte = bytes[at]
            at += 1
            switch byte {
            case UInt8(ascii: "\""): return result
            case UInt8(ascii: "\\"): try escape(into: &result)
            default: result.append(byte)
            }
        }
        throw Fault()
    }

    private mutating func escape(into result: inout [UInt8]) throws(Fault) {
        guard at < bytes.count else { throw Fault() }
        at += 1
        switch bytes[at - 1] {
        case UInt8(ascii: "\""): result.append(UInt8(ascii: "\""))
        case UInt8(ascii: "\\"): result.append(UInt8(ascii: "\\"))
        case UInt8(ascii: "/"): result.append(UInt8(ascii: "/"))
        case UInt8(ascii: "b"): result.append(8)
        case UInt8(ascii: "f"): result.append(12)
        case UInt8(ascii: "n"): result.append(10)
        case UInt8(ascii: "r"): result.append(13)
        case UInt8(ascii: "t"): result.append(9)
        case UInt8(ascii: "u"): result.append(contentsOf: Array(String(try escapedScalar()).utf8))
        default: throw Fault()
        }
    }

    /// Behind `\u`; two of them for characters outside the first plane, and U+FFFD for half of a pair.
    private mutating func escapedScalar() throws(Fault) -> Character {
        let unit = try hexadecimal()
        if let scalar = Unicode.Scalar(unit) { return Character(scalar) }
        let mark = at
        if unit < 0xDC00, at + 1 < bytes.count, bytes[at] == UInt8(ascii: "\\"), bytes[at + 1] == UInt8(ascii: "u") {
            at += 2
            let low = try hexadecimal()
            if (0xDC00...0xDFFF).contains(low), let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)) {
                return Character(scalar)
            }
            at = mark
        }
        return "\u{FFFD}"
    }

    private mutating func hexadecimal() throws(Fault) -> UInt32 {
        guard at + 4 <= bytes.count else { throw Fault() }
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = Character(Unicode.Scalar(bytes[at])).hexDigitValue else { throw Fault() }
            value = value << 4 | UInt32(digit)
            at += 1
        }
        return value
    }

    /// The next byte that is no space, and stays.
    private mutating func peek() -> UInt8? {
        while at < bytes.count, Self.isSpace(bytes[at]) { at += 1 }
        return at < bytes.count ? bytes[at] : nil
    }

    private mutating func next() -> UInt8? {
        guard let byte = peek() else { return nil }
        at += 1
        return byte
    }

    private static func isSpace(_ byte: UInt8) -> Bool { [32, 9, 10, 13].contains(byte) }
}
