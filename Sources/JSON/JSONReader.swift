/// Reads JSON (RFC 8259) byte by byte, and builds only what is asked for.
///
/// This is the lower of two layers. It walks: whoever reads says what comes next (`object`, `array`, `string`, …) or skips it, and nothing
/// is allocated for a member or an element. State files are large and little of them matters; a bill has tags in each of a million rows.
/// `JSONReader.read(_:)` without a body is the layer above: the whole text as a `JSONValue`.
///
/// The text is UTF-8 and holds one value. What the standard does not allow is refused, with the place where it stands. A key that stands
/// twice in an object is handed out twice, and who walks lets the last one count, as Terraform does; a `JSONValue` is refused.
package struct JSONReader {
    let bytes: UnsafeBufferPointer<UInt8>
    package private(set) var offset = 0
    private var depth = 0
    let limits: JSONLimits
    /// Of the value that is being built, see `JSONLimits.members`.
    var members = 0

    private init(_ bytes: UnsafeBufferPointer<UInt8>, _ limits: JSONLimits) throws(JSONError) {
        self.bytes = bytes
        self.limits = limits
        guard bytes.count <= limits.size else { throw limit("the text is larger than \(limits.size) bytes", at: 0) }
        if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF {
            throw error("the text begins with a byte order mark", at: 0)
        }
    }

    /// Walks through a text. The body must take the whole value: what stands behind it is an error.
    package static func read<Result>(
        _ bytes: UnsafeBufferPointer<UInt8>, limits: JSONLimits = .standard,
        _ body: (inout JSONReader) throws(JSONError) -> Result
    ) throws(JSONError) -> Result {
        var reader = try JSONReader(bytes, limits)
        let result = try body(&reader)
        reader.skipSpace()
        guard reader.offset == bytes.count else { throw reader.error("unexpected text after the value") }
        return result
    }

    package static func read<Result>(
        _ bytes: [UInt8], limits: JSONLimits = .standard, _ body: (inout JSONReader) throws(JSONError) -> Result
    ) throws(JSONError) -> Result {
        try bytes.withUnsafeBufferPointer { (bytes) throws(JSONError) in try read(bytes, limits: limits, body) }
    }

    // MARK: Walking

    package enum Kind {
        case object, array, string, number, bool, null
    }

    /// What comes next, without taking it.
    package mutating func peek() throws(JSONError) -> Kind {
        skipSpace()
        guard offset < bytes.count else { throw error("") }
        switch bytes[offset] {
        case UInt8(ascii: "{"): return .object
        case UInt8(ascii: "["): return .array
        case UInt8(ascii: "\""): return .string
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return .bool
        case UInt8(ascii: "n"): return .null
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
        default: throw error("expected a value")
        }
    }

    /// Calls the body with each key; it must read or skip the value.
    package mutating func object(_ body: (inout JSONReader, JSONText) throws(JSONError) -> Void) throws(JSONError) {
        try open("{", "expected an object")
        if !take("}") {
            repeat {
                let key = try text("expected a key")
                guard take(":") else { throw error("expected ':' after a key") }
                try body(&self, key)
            } while take(",")
            guard take("}") else { throw error("expected ',' or '}'") }
        }
        depth -= 1
    }

    /// Calls the body at each element; it must read or skip it.
    package mutating func array(_ body: (inout JSONReader) throws(JSONError) -> Void) throws(JSONError) {
        try open("[", "expected an array")
        if !take("]") {
            repeat { try body(&self) } while take(",")
            guard take("]") else { throw error("expected ',' or ']'") }
        }
        depth -= 1
    }

    package mutating func skip() throws(JSONError) {
        switch try peek() {
        case .object: try object { (reader, _) throws(JSONError) in try reader.skip() }
        case .array: try array { (reader) throws(JSONError) in try reader.skip() }
        case .string: _ = try text()
        case .number: _ = try number()
        case .bool: _ = try bool()
        case .null: _ = try null()
        }
    }

    private mutating func open(_ bracket: Unicode.Scalar, _ expected: String) throws(JSONError) {
        guard take(bracket) else { throw error(expected) }
        depth += 1
        guard depth <= limits.depth else { throw limit("nested deeper than \(limits.depth) levels", at: offset - 1) }
    }

    // MARK: Words and numbers

    package mutating func bool() throws(JSONError) -> Bool {
        skipSpace()
        if take(word: "true") { return true }
        guard take(word: "false") else { throw error("expected a value") }
        return false
    }

    /// Whether a value is `null`, which is then taken.
    package mutating func null() throws(JSONError) -> Bool {
        guard try peek() == .null else { return false }
        guard take(word: "null") else { throw error("expected a value") }
        return true
    }

    private mutating func take(word: StaticString) -> Bool {
        let length = word.utf8CodeUnitCount
        guard bytes.count - offset >= length else { return false }
        for place in 0..<length where bytes[offset + place] != word.utf8Start[place] { return false }
        offset += length
        return true
    }

    /// A number as it is written: `-12.5e+3`.
    package mutating func number() throws(JSONError) -> UnsafeBufferPointer<UInt8> {
        guard try peek() == .number else { throw error("expected a number") }
        let start = offset
        guard takeNumber(), offset >= bytes.count || !Self.mayBelongToNumber(bytes[offset]) else {
            throw error("invalid number", at: start)
        }
        guard offset - start <= limits.numberLength else { throw limit("a number of more than \(limits.numberLength) bytes", at: start) }
        return UnsafeBufferPointer(rebasing: bytes[start..<offset])
    }

    private mutating func takeNumber() -> Bool {
        takeByte("-")
        if !takeByte("0"), !takeDigits() { return false }
        if takeByte("."), !takeDigits() { return false }
        if takeByte("e") || takeByte("E") {
            if !takeByte("-") { takeByte("+") }
            return takeDigits()
        }
        return true
    }

    /// `01`, `1.2.3` and `12abc` are one mistake each, not a number and something else.
    private static func mayBelongToNumber(_ byte: UInt8) -> Bool {
        byte.isDigit || (byte | 0x20) &- 97 < 26 || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
    }

    private mutating func takeDigits() -> Bool {
        let start = offset
        while offset < bytes.count, bytes[offset].isDigit { offset += 1 }
        return offset > start
    }

    /// A whole number within bounds, written without point and exponent.
    package mutating func integer(in range: ClosedRange<Int>) throws(JSONError) -> Int {
        skipSpace()
        let start = offset
        let isNegative = takeByte("-")
        let firstDigit = offset
        var (at, value) = (firstDigit, 0)
        // No more than 18 digits: no overflow.
        while at < bytes.count, bytes[at].isDigit, at - firstDigit < 18 {
            value = value &* 10 &+ Int(bytes[at] &- 48)
            at += 1
        }
        if isNegative { value = -value }
        let hasLeadingZero = at - firstDigit > 1 && bytes[firstDigit] == UInt8(ascii: "0")
        guard at > firstDigit, !hasLeadingZero, at == bytes.count || !Self.mayBelongToNumber(bytes[at]), range.contains(value)
        else { throw error("expected a whole number between \(range.lowerBound) and \(range.upperBound)", at: start) }
        offset = at
        return value
    }

    // MARK: Strings

    package mutating func string() throws(JSONError) -> String { try text().string }

    /// A string, checked and not copied.
    package mutating func text() throws(JSONError) -> JSONText { try text("expected a string") }

    private mutating func text(_ expected: String) throws(JSONError) -> JSONText {
        guard take("\"") else { throw error(expected) }
        let start = offset
        var (hasEscapes, isASCII) = (false, true)
        var at = start
        while at < bytes.count {
            let byte = bytes[at]
            if byte == UInt8(ascii: "\"") {
                let written = UnsafeBufferPointer(rebasing: bytes[start..<at])
                if !isASCII { try checkUTF8(written, from: start) }
                offset = at + 1
                return JSONText(written: written, hasEscapes: hasEscapes)
            }
            guard byte >= 0x20 else { throw error("a control character in a string", at: at) }
            if byte == UInt8(ascii: "\\") {
                hasEscapes = true
                at += try lengthOfEscape(at)
            } else {
                if byte >= 0x80 { isASCII = false }
                at += 1
            }
        }
        throw error("", at: at)
    }

    private func lengthOfEscape(_ at: Int) throws(JSONError) -> Int {
        guard at + 1 < bytes.count else { throw error("", at: bytes.count) }
        switch bytes[at + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"),
            UInt8(ascii: "r"), UInt8(ascii: "t"):
            return 2
        case UInt8(ascii: "u"):
            for place in at + 2..<at + 6 {
                guard place < bytes.count else { throw error("", at: bytes.count) }
                guard bytes[place].hexadecimalValue != nil else {
                    throw error("expected four hexadecimal digits after '\\u'", at: place)
                }
            }
            return 6
        default: throw error("unknown escape in a string", at: at)
        }
    }

    private func checkUTF8(_ written: UnsafeBufferPointer<UInt8>, from start: Int) throws(JSONError) {
        do throws(UTF8.ValidationError) {
            _ = try UTF8Span(validating: written.span)
        } catch {
            throw self.error("a string that is not UTF-8", at: start + error.byteOffsets.lowerBound)
        }
    }

    // MARK: Bytes

    /// What is wrong where the reader stands, by whoever reads. Our own messages never quote the text: it may hold a secret.
    package func error(_ message: String) -> JSONError { error(message, at: offset) }

    /// What is wrong with a string or a key.
    package func error(_ message: String, at text: JSONText) -> JSONError {
        guard let start = bytes.baseAddress, let place = text.written.baseAddress else { return error(message) }
        return error(message, at: place - start - 1)
    }

    /// Where the text ends there is nothing else to say than that.
    private func error(_ message: String, at place: Int) -> JSONError {
        JSONError(place >= bytes.count ? "the text ends too early" : message, at: min(place, bytes.count), in: bytes)
    }

    func limit(_ message: String, at place: Int) -> JSONError { JSONError(message, at: place, in: bytes, isLimit: true) }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        return takeByte(character)
    }

    @discardableResult
    private mutating func takeByte(_ character: Unicode.Scalar) -> Bool {
        guard offset < bytes.count, bytes[offset] == UInt8(ascii: character) else { return false }
        offset += 1
        return true
    }

    private mutating func skipSpace() {
        while offset < bytes.count {
            switch bytes[offset] {
            case 0x20, 0x0A, 0x0D, 0x09: offset += 1
            default: return
            }
        }
    }
}
