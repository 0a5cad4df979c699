/// Texts and bytes between quotes.
extension Lexer {
    struct TextPrefix {
        var isRaw = false
        var isBytes = false
        var length = 0
    }

    /// The letters in front of a quote; nil where no text starts.
    func textPrefix() -> TextPrefix? {
        var prefix = TextPrefix()
        while prefix.length <= 2 {
            switch byte(prefix.length) {
            case UInt8(ascii: "\""), UInt8(ascii: "'"): return prefix
            case UInt8(ascii: "r"), UInt8(ascii: "R"):
                guard !prefix.isRaw else { return nil }
                prefix.isRaw = true
            case UInt8(ascii: "b"), UInt8(ascii: "B"):
                // Only in front: `rb` is none of the language's prefixes.
                guard prefix.length == 0 else { return nil }
                prefix.isBytes = true
            default: return nil
            }
            prefix.length += 1
        }
        return nil
    }

    mutating func readText(_ prefix: TextPrefix) throws(CELProblem) -> Token.Kind {
        let start = at
        at += prefix.length
        let quote = byte()
        let isTriple = byte(1) == quote && byte(2) == quote
        let width = isTriple ? 3 : 1
        at += width
        var result: [UInt8] = []
        while true {
            guard at < bytes.count else { throw CELProblem("the text does not end", start..<bytes.count) }
            let next = bytes[at]
            if next == quote, !isTriple || (byte(1) == quote && byte(2) == quote) { break }
            if !isTriple, next == 0x0A || next == 0x0D { throw CELProblem("the text does not end on its line", start..<at) }
            if next == UInt8(ascii: "\\"), !prefix.isRaw {
                try readEscape(into: &result, isBytes: prefix.isBytes)
            } else if next == 0x0D, isTriple {
                // A line ends in one character, however the file was saved.
                result.append(0x0A)
                at += byte(1) == 0x0A ? 2 : 1
            } else {
                result.append(next)
                at += 1
            }
        }
        at += width
        return prefix.isBytes ? .bytes(result) : .string(String(decoding: result, as: UTF8.self))
    }

    private mutating func readEscape(into result: inout [UInt8], isBytes: Bool) throws(CELProblem) {
        let start = at
        let letter = byte(1)
        at += 2
        switch letter {
        case UInt8(ascii: "a"): result.append(0x07)
        case UInt8(ascii: "b"): result.append(0x08)
        case UInt8(ascii: "f"): result.append(0x0C)
        case UInt8(ascii: "n"): result.append(0x0A)
        case UInt8(ascii: "r"): result.append(0x0D)
        case UInt8(ascii: "t"): result.append(0x09)
        case UInt8(ascii: "v"): result.append(0x0B)
        case UInt8(ascii: "\\"), UInt8(ascii: "?"), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"): result.append(letter)
        case UInt8(ascii: "x"), UInt8(ascii: "X"): try append(hexDigits(2, start), to: &result, asByte: isBytes, start)
        case UInt8(ascii: "u") where !isBytes: try append(hexDigits(4, start), to: &result, asByte: false, start)
        case UInt8(ascii: "U") where !isBytes: try append(hexDigits(8, start), to: &result, asByte: false, start)
        case UInt8(ascii: "0")...UInt8(ascii: "3"):
            var value = UInt32(letter - UInt8(ascii: "0"))
            for _ in 0..<2 {
                guard let digit = byte().hexValue, digit < 8 else { throw CELProblem("an octal escape has three digits", start..<at) }
                value = value << 3 | digit
                at += 1
            }
            try append(value, to: &result, asByte: isBytes, start)
        default: throw CELProblem("unknown escape; a backslash itself is '\\\\'", start..<min(at, bytes.count))
        }
    }

    private mutating func hexDigits(_ count: Int, _ start: Int) throws(CELProblem) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<count {
            guard let digit = byte().hexValue else { throw CELProblem("the escape needs \(count) hexadecimal digits", start..<at) }
            value = value << 4 | digit
            at += 1
        }
        return value
    }

    private func append(_ value: UInt32, to result: inout [UInt8], asByte: Bool, _ start: Int) throws(CELProblem) {
        if asByte { return result.append(UInt8(value)) }
        guard let scalar = Unicode.Scalar(value) else { throw CELProblem("the escape names no character", start..<at) }
        result += Array(String(Character(scalar)).utf8)
    }
}
