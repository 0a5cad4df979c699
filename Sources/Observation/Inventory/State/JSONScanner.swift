import CostModel

/// Why a text is not the JSON that was expected, and where.
struct JSONError: Error {
    var offset: Int
    var message: String
}

/// Walks through JSON byte by byte and builds only what is asked for: state files are large, and little of them matters.
///
/// It lives inside `withUnsafeBufferPointer`; every access is checked against the count.
struct JSONScanner {
    private let bytes: UnsafeBufferPointer<UInt8>
    private(set) var offset = 0
    private var depth = 0

    static let deepest = 256

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { offset = 3 }
    }

    // MARK: Walking

    /// Calls the body with each key; it must read or skip the value.
    mutating func object(_ body: (inout JSONScanner, String) throws(JSONError) -> Void) throws(JSONError) {
        try open("{")
        defer { depth -= 1 }
        if take("}") { return }
        repeat {
            let key = try string()
            guard take(":") else { throw error("':' expected") }
            try body(&self, key)
        } while take(",")
        guard take("}") else { throw error("',' or '}' expected") }
    }

    /// Calls the body at each element; it must read or skip it.
    mutating func array(_ body: (inout JSONScanner) throws(JSONError) -> Void) throws(JSONError) {
        try open("[")
        defer { depth -= 1 }
        if take("]") { return }
        repeat { try body(&self) } while take(",")
        guard take("]") else { throw error("',' or ']' expected") }
    }

    mutating func end() throws(JSONError) {
        skipSpace()
        guard offset == bytes.count else { throw error("nothing expected behind the document") }
    }

    // MARK: Values

    enum Kind {
        case object, array, string, number, bool, null
    }

    /// What comes next, without taking it.
    mutating func peek() throws(JSONError) -> Kind {
        skipSpace()
        guard offset < bytes.count else { throw error("the text ends too early") }
        switch bytes[offset] {
        case UInt8(ascii: "{"): return .object
        case UInt8(ascii: "["): return .array
        case UInt8(ascii: "\""): return .string
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return .bool
        case UInt8(ascii: "n"): return .null
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
        default: throw error("a value expected")
        }
    }

    mutating func skip() throws(JSONError) {
        switch try peek() {
        case .object: try object { (scanner, _) throws(JSONError) in try scanner.skip() }
        case .array: try array { (scanner) throws(JSONError) in try scanner.skip() }
        case .string: try skipString()
        case .number: _ = try numberText()
        case .bool, .null: try word()
        }
    }

    /// A string or null, else the value is skipped: nil.
    mutating func stringIfPresent() throws(JSONError) -> String? {
        guard try peek() == .string else {
            try skip()
            return nil
        }
        return try string()
    }

    mutating func string() throws(JSONError) -> String {
        skipSpace()
        let start = offset + 1
        let hasEscapes = try skipString()
        let inside = UnsafeBufferPointer(rebasing: bytes[start..<offset - 1])
        return hasEscapes ? try unescaped(inside, at: start) : String(decoding: inside, as: UTF8.self)
    }

    mutating func numberText() throws(JSONError) -> String { String(decoding: try number(), as: UTF8.self) }

    /// The bytes of a number, or of what begins as one.
    mutating func number() throws(JSONError) -> UnsafeBufferPointer<UInt8> {
        skipSpace()
        let start = offset
        while offset < bytes.count, bytes[offset] &- 48 < 10 || Self.isNumberSign(bytes[offset]) { offset += 1 }
        guard offset > start else { throw error("a number expected") }
        return UnsafeBufferPointer(rebasing: bytes[start..<offset])
    }

    @inline(__always)
    private static func isNumberSign(_ byte: UInt8) -> Bool {
        byte == 0x2B || byte == 0x2D || byte == 0x2E || byte | 0x20 == 0x65
    }

    /// A whole number within bounds.
    mutating func integer(in range: ClosedRange<Int>) throws(JSONError) -> Int {
        skipSpace()
        let start = offset
        let isNegative = offset < bytes.count && bytes[offset] == UInt8(ascii: "-")
        if isNegative { offset += 1 }
        let firstDigit = offset
        var value = 0
        // No more than 18 digits: no overflow.
        while offset < bytes.count, bytes[offset] &- 48 < 10, offset - firstDigit < 18 {
            value = value * 10 + Int(bytes[offset] &- 48)
            offset += 1
        }
        if isNegative { value = -value }
        let goesOn = offset < bytes.count && (bytes[offset] &- 48 < 10 || Self.isNumberSign(bytes[offset]))
        guard offset > firstDigit, !goesOn, range.contains(value) else {
            throw JSONError(offset: start, message: "a whole number between \(range.lowerBound) and \(range.upperBound) expected")
        }
        return value
    }

    /// The decimal numbers of a string, with a space between two.
    mutating func decimals() throws(JSONError) -> [FixedDecimal] {
        skipSpace()
        let start = offset + 1
        try skipString()
        var numbers: [FixedDecimal] = []
        for word in bytes[start..<offset - 1].split(separator: 0x20, omittingEmptySubsequences: false) {
            do throws(FixedDecimal.ParseError) {
                numbers.append(try FixedDecimal(parsing: UnsafeBufferPointer(rebasing: word)))
            } catch { throw JSONError(offset: start, message: error.description) }
        }
        return numbers
    }

    /// Whether a value is `null`, which is then taken.
    mutating func null() throws(JSONError) -> Bool {
        guard try peek() == .null else { return false }
        try word()
        return true
    }

    // MARK: Bytes

    func error(_ message: String) -> JSONError {
        JSONError(offset: min(offset, bytes.count), message: offset >= bytes.count ? "the text ends too early" : message)
    }

    private mutating func open(_ character: Unicode.Scalar) throws(JSONError) {
        guard take(character) else { throw error("'\(character)' expected") }
        depth += 1
        guard depth <= Self.deepest else { throw error("nested too deeply") }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard offset < bytes.count, bytes[offset] == UInt8(ascii: character) else { return false }
        offset += 1
        return true
    }

    private mutating func skipSpace() {
        while offset < bytes.count, bytes[offset] <= 0x20, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[offset]) { offset += 1 }
    }

    private mutating func word() throws(JSONError) {
        for word in ["true", "false", "null"] as [StaticString] {
            let length = word.utf8CodeUnitCount
            guard bytes.count - offset >= length else { continue }
            if (0..<length).allSatisfy({ bytes[offset + $0] == word.utf8Start[$0] }) {
                offset += length
                return
            }
        }
        throw error("a value expected")
    }

    /// Returns whether there are escapes.
    @discardableResult
    private mutating func skipString() throws(JSONError) -> Bool {
        guard take("\"") else { throw error("a string expected") }
        var hasEscapes = false
        while offset < bytes.count {
            let byte = bytes[offset]
            offset += 1
            if byte == UInt8(ascii: "\"") { return hasEscapes }
            guard byte >= 0x20 else { break }
            if byte == UInt8(ascii: "\\") {
                hasEscapes = true
                offset += 1
            }
        }
        throw error("the string is not closed")
    }

    private func unescaped(_ inside: UnsafeBufferPointer<UInt8>, at start: Int) throws(JSONError) -> String {
        var units: [UInt8] = []
        units.reserveCapacity(inside.count)
        var at = 0
        while at < inside.count {
            guard inside[at] == UInt8(ascii: "\\") else {
                units.append(inside[at])
                at += 1
                continue
            }
            guard at + 1 < inside.count else { throw JSONError(offset: start + at, message: "an escape is not complete") }
            let letter = inside[at + 1]
            at += 2
            switch letter {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): units.append(letter)
            case UInt8(ascii: "n"): units.append(0x0A)
            case UInt8(ascii: "t"): units.append(0x09)
            case UInt8(ascii: "r"): units.append(0x0D)
            case UInt8(ascii: "b"): units.append(0x08)
            case UInt8(ascii: "f"): units.append(0x0C)
            case UInt8(ascii: "u"):
                guard let (scalar, length) = Self.scalar(inside, at) else {
                    throw JSONError(offset: start + at, message: "an escape is not complete")
                }
                units += String(scalar).utf8
                at += length
            default: throw JSONError(offset: start + at, message: "there is no such escape")
            }
        }
        return String(decoding: units, as: UTF8.self)
    }

    /// The character of `\u` escapes, two for those beyond U+FFFF, and how many bytes it took; half a pair becomes U+FFFD.
    private static func scalar(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> (Unicode.Scalar, Int)? {
        guard let high = codeUnit(bytes, at) else { return nil }
        if let scalar = Unicode.Scalar(high) { return (scalar, 4) }
        guard high < 0xDC00, at + 5 < bytes.count, bytes[at + 4] == UInt8(ascii: "\\"), bytes[at + 5] == UInt8(ascii: "u"),
            let low = codeUnit(bytes, at + 6), 0xDC00..<0xE000 ~= low,
            let scalar = Unicode.Scalar(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
        else { return ("\u{FFFD}", 4) }
        return (scalar, 10)
    }

    private static func codeUnit(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> UInt32? {
        guard at + 4 <= bytes.count else { return nil }
        let digits = String(decoding: UnsafeBufferPointer(rebasing: bytes[at..<at + 4]), as: UTF8.self)
        return digits.utf8.allSatisfy { $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") } ? UInt32(digits, radix: 16) : nil
    }
}
