/// Finds the token behind an offset.
///
/// It keeps no state of its own: the parser knows whether line ends count and when it is inside a string.
struct Lexer {
    let bytes: [UInt8]

    /// The next token at or behind `offset`; blanks and comments are passed over, and line ends too unless they are asked for.
    func token(at offset: Int, newlines: Bool) -> Token {
        var start = offset
        while start < bytes.count {
            switch bytes[start] {
            case .space, .tab:
                start += 1
            case .newline:
                if newlines { return Token(kind: .newline, range: start..<start + 1) }
                start += 1
            case .carriageReturn where byte(start + 1) == .newline:
                if newlines { return Token(kind: .newline, range: start..<start + 2) }
                start += 2
            case UInt8(ascii: "#"):
                start = endOfLine(start)
            case UInt8(ascii: "/") where byte(start + 1) == UInt8(ascii: "/"):
                start = endOfLine(start)
            case UInt8(ascii: "/") where byte(start + 1) == UInt8(ascii: "*"):
                guard let end = endOfComment(start) else { return Token(kind: .unterminatedComment, range: start..<start + 2) }
                start = end
            default:
                return visibleToken(start)
            }
        }
        return Token(kind: .end, range: bytes.count..<bytes.count)
    }

    func byte(_ offset: Int) -> UInt8? { offset < bytes.count ? bytes[offset] : nil }

    /// The offset of the line's ending, which may be `\r\n`, or of the file's end.
    func endOfLine(_ offset: Int) -> Int {
        var end = offset
        while end < bytes.count, bytes[end] != .newline { end += 1 }
        if end < bytes.count, end > offset, bytes[end - 1] == .carriageReturn { end -= 1 }
        return end
    }

    /// The offset behind a name that starts here, or the same offset where none does.
    func endOfIdentifier(_ offset: Int) -> Int {
        guard offset < bytes.count else { return offset }
        var end = offset
        while end < bytes.count {
            let byte = bytes[end]
            if byte < 0x80 {
                guard byte.isLetter || byte == .underscore || end > offset && (byte.isDigit || byte == .dash) else { break }
                end += 1
            } else {
                guard let (scalar, width) = scalar(at: end) else { break }
                guard end > offset ? scalar.properties.isIDContinue : scalar.properties.isIDStart else { break }
                end += width
            }
        }
        return end
    }

    private func visibleToken(_ start: Int) -> Token {
        let byte = bytes[start]
        if byte.isLetter || byte == .underscore || byte >= 0x80 {
            let end = endOfIdentifier(start)
            return end > start ? Token(kind: .identifier, range: start..<end) : invalid(start)
        }
        if byte.isDigit { return Token(kind: .number, range: start..<endOfNumber(start)) }
        return punctuation(start)
    }

    private func punctuation(_ start: Int) -> Token {
        let next = byte(start + 1)
        func one(_ kind: Token.Kind) -> Token { Token(kind: kind, range: start..<start + 1) }
        func two(_ kind: Token.Kind) -> Token { Token(kind: kind, range: start..<start + 2) }
        switch bytes[start] {
        case UInt8(ascii: "\""): return one(.quote)
        case UInt8(ascii: "{"): return one(.openBrace)
        case UInt8(ascii: "}"): return one(.closeBrace)
        case UInt8(ascii: "["): return one(.openBracket)
        case UInt8(ascii: "]"): return one(.closeBracket)
        case UInt8(ascii: "("): return one(.openParenthesis)
        case UInt8(ascii: ")"): return one(.closeParenthesis)
        case UInt8(ascii: ","): return one(.comma)
        case UInt8(ascii: "."):
            let isEllipsis = next == UInt8(ascii: ".") && byte(start + 2) == UInt8(ascii: ".")
            return isEllipsis ? Token(kind: .ellipsis, range: start..<start + 3) : one(.dot)
        case UInt8(ascii: "="):
            return next == UInt8(ascii: "=") ? two(.equal) : next == UInt8(ascii: ">") ? two(.arrow) : one(.equals)
        case UInt8(ascii: ":"): return next == UInt8(ascii: ":") ? two(.doubleColon) : one(.colon)
        case UInt8(ascii: "?"): return one(.question)
        case UInt8(ascii: "!"): return next == UInt8(ascii: "=") ? two(.notEqual) : one(.bang)
        case UInt8(ascii: "<"): return next == UInt8(ascii: "=") ? two(.lessOrEqual) : heredoc(start) ?? one(.less)
        case UInt8(ascii: ">"): return next == UInt8(ascii: "=") ? two(.greaterOrEqual) : one(.greater)
        case UInt8(ascii: "&") where next == UInt8(ascii: "&"): return two(.and)
        case UInt8(ascii: "|") where next == UInt8(ascii: "|"): return two(.or)
        case UInt8(ascii: "~") where next == UInt8(ascii: "}"): return two(.stripBrace)
        case UInt8(ascii: "+"): return one(.plus)
        case .dash: return one(.minus)
        case UInt8(ascii: "*"): return one(.star)
        case UInt8(ascii: "/"): return one(.slash)
        case UInt8(ascii: "%"): return one(.percent)
        default: return invalid(start)
        }
    }

    /// Digits with points and exponents, taken as greedily as HCL does: whether they make a number is asked later.
    private func endOfNumber(_ start: Int) -> Int {
        var end = start
        while let byte = byte(end) {
            if byte.isDigit || byte == UInt8(ascii: ".") {
                end += 1
                continue
            }
            guard byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") else { break }
            let signed = self.byte(end + 1) == UInt8(ascii: "+") || self.byte(end + 1) == .dash
            guard let digit = self.byte(end + (signed ? 2 : 1)), digit.isDigit else { break }
            end += signed ? 3 : 2
        }
        while bytes[end - 1] == UInt8(ascii: ".") { end -= 1 }
        return end
    }

    private func heredoc(_ start: Int) -> Token? {
        guard byte(start + 1) == UInt8(ascii: "<") else { return nil }
        let name = byte(start + 2) == .dash ? start + 3 : start + 2
        let end = endOfIdentifier(name)
        guard end > name, let following = byte(end) else { return nil }
        guard following == .newline || following == .carriageReturn && byte(end + 1) == .newline else { return nil }
        return Token(kind: .heredoc, range: start..<end)
    }

    func endOfComment(_ start: Int) -> Int? {
        var at = start + 2
        while at + 1 < bytes.count {
            if bytes[at] == UInt8(ascii: "*"), bytes[at + 1] == UInt8(ascii: "/") { return at + 2 }
            at += 1
        }
        return nil
    }

    private func invalid(_ start: Int) -> Token {
        let width = scalar(at: start)?.width ?? 1
        return Token(kind: .invalid, range: start..<start + width)
    }

    func scalar(at offset: Int) -> (scalar: Unicode.Scalar, width: Int)? {
        var decoder = UTF8()
        var iterator = bytes[offset..<min(offset + 4, bytes.count)].makeIterator()
        guard case .scalarValue(let scalar) = decoder.decode(&iterator) else { return nil }
        return (scalar, UTF8.width(scalar))
    }
}

extension UInt8 {
    static let newline = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
    static let space = UInt8(ascii: " ")
    static let tab = UInt8(ascii: "\t")
    static let dash = UInt8(ascii: "-")
    static let slash = UInt8(ascii: "/")
    static let underscore = UInt8(ascii: "_")

    var isDigit: Bool { self &- UInt8(ascii: "0") < 10 }
    var isLetter: Bool { (self | 0x20) &- UInt8(ascii: "a") < 26 }
    var isBlank: Bool { self == .space || self == .tab }
}
