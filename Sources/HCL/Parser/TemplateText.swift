/// Turns the written text of a template into what it stands for.
enum TemplateText {
    /// Resolves `$${` and `%%{`, and in a quoted string the backslash escapes.
    static func decode(_ bytes: [UInt8], _ range: Range<Int>, quoted: Bool) throws(SyntaxError) -> String {
        let slice = bytes[range]
        let isPlain = !slice.contains { $0 == UInt8(ascii: "\\") && quoted || $0 == UInt8(ascii: "$") || $0 == UInt8(ascii: "%") }
        if isPlain { return try string(slice, range) }
        var result: [UInt8] = []
        result.reserveCapacity(range.count)
        var at = range.lowerBound
        while at < range.upperBound {
            let byte = bytes[at]
            switch byte {
            case UInt8(ascii: "\\") where quoted:
                at = try escape(bytes, at, before: range.upperBound, into: &result)
            case UInt8(ascii: "$"), UInt8(ascii: "%"):
                result.append(byte)
                let isEscape = at + 2 < range.upperBound && bytes[at + 1] == byte && bytes[at + 2] == UInt8(ascii: "{")
                if isEscape { result.append(UInt8(ascii: "{")) }
                at += isEscape ? 3 : 1
            default:
                result.append(byte)
                at += 1
            }
        }
        return try string(result[...], range)
    }

    /// The text as it is written.
    static func string(_ bytes: ArraySlice<UInt8>, _ range: Range<Int>) throws(SyntaxError) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .invalidUTF8(range) }
        return text
    }

    /// Resolves the escape at the backslash, and gives the offset behind it.
    private static func escape(
        _ bytes: [UInt8], _ start: Int, before end: Int, into result: inout [UInt8]
    ) throws(SyntaxError) -> Int {
        guard start + 1 < end else { throw .invalidEscape(start..<end) }
        switch bytes[start + 1] {
        case UInt8(ascii: "n"): result.append(.newline)
        case UInt8(ascii: "r"): result.append(.carriageReturn)
        case UInt8(ascii: "t"): result.append(.tab)
        case UInt8(ascii: "\""): result.append(UInt8(ascii: "\""))
        case UInt8(ascii: "\\"): result.append(UInt8(ascii: "\\"))
        case UInt8(ascii: "u"): return try codePoint(bytes, start, digits: 4, before: end, into: &result)
        case UInt8(ascii: "U"): return try codePoint(bytes, start, digits: 8, before: end, into: &result)
        default: throw .invalidEscape(start..<start + 2)
        }
        return start + 2
    }

    private static func codePoint(
        _ bytes: [UInt8], _ start: Int, digits: Int, before end: Int, into result: inout [UInt8]
    ) throws(SyntaxError) -> Int {
        let stop = start + 2 + digits
        guard stop <= end else { throw .invalidEscape(start..<end) }
        let written = String(decoding: bytes[start + 2..<stop], as: UTF8.self)
        guard written.allSatisfy(\.isHexDigit), let value = UInt32(written, radix: 16), let scalar = Unicode.Scalar(value) else {
            throw .invalidEscape(start..<stop)
        }
        result += Array(String(scalar).utf8)
        return stop
    }
}
