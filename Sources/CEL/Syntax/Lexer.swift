/// Cuts an expression into tokens.
struct Lexer {
    let bytes: [UInt8]
    var at = 0

    static func tokens(of text: String, limits: CELLimits) throws(CELProblem) -> [Token] {
        let end = text.utf8.count
        guard text.unicodeScalars.count <= limits.codePoints else {
            throw CELProblem("the expression is longer than the limit of \(limits.codePoints) code points", 0..<end)
        }
        var lexer = Lexer(bytes: Array(text.utf8))
        var tokens: [Token] = []
        while let token = try lexer.next() { tokens.append(token) }
        tokens.append(Token(kind: .end, range: end..<end))
        return tokens
    }

    func byte(_ offset: Int = 0) -> UInt8 { at + offset < bytes.count ? bytes[at + offset] : 0 }

    private mutating func next() throws(CELProblem) -> Token? {
        skipBlanks()
        guard at < bytes.count else { return nil }
        let start = at
        let first = bytes[at]
        let kind: Token.Kind
        if let prefix = textPrefix() {
            kind = try readText(prefix)
        } else if first.isNameStart {
            kind = word()
        } else if first.isDigit || (first == UInt8(ascii: ".") && byte(1).isDigit) {
            kind = try number()
        } else if first == UInt8(ascii: "`") {
            kind = try quotedName()
        } else {
            kind = try .symbol(symbol())
        }
        return Token(kind: kind, range: start..<at)
    }

    private mutating func skipBlanks() {
        while at < bytes.count {
            switch bytes[at] {
            case 0x20, 0x09, 0x0A, 0x0C, 0x0D: at += 1
            case UInt8(ascii: "/") where byte(1) == UInt8(ascii: "/"):
                while at < bytes.count, bytes[at] != 0x0A { at += 1 }
            default: return
            }
        }
    }

    private mutating func word() -> Token.Kind {
        let start = at
        while byte().isNamePart { at += 1 }
        let name = String(decoding: bytes[start..<at], as: UTF8.self)
        return name == "in" ? .symbol(.isIn) : .identifier(name)
    }

    private mutating func quotedName() throws(CELProblem) -> Token.Kind {
        let start = at
        at += 1
        while at < bytes.count, byte() != UInt8(ascii: "`") {
            guard byte().isNamePart || " ./-".utf8.contains(byte()) else {
                throw CELProblem("a name in backquotes has only letters, digits, '_', '.', '-', '/' and spaces", at..<at + 1)
            }
            at += 1
        }
        guard at < bytes.count, at > start + 1 else { throw CELProblem("a name in backquotes does not end", start..<at) }
        at += 1
        return .quoted(String(decoding: bytes[start + 1..<at - 1], as: UTF8.self))
    }

    private mutating func symbol() throws(CELProblem) -> Token.Symbol {
        if at + 1 < bytes.count, let long = Token.Symbol(rawValue: String(decoding: bytes[at...at + 1], as: UTF8.self)) {
            at += 2
            return long
        }
        if let short = Token.Symbol(rawValue: String(decoding: bytes[at...at], as: UTF8.self)) {
            at += 1
            return short
        }
        var width = 1
        while at + width < bytes.count, bytes[at + width] & 0xC0 == 0x80 { width += 1 }
        let found = String(decoding: bytes[at..<at + width], as: UTF8.self)
        let hint =
            switch found {
            case "=": "; equality is '=='"
            case "&": "; 'and' is '&&'"
            case "|": "; 'or' is '||'"
            default: ""
            }
        throw CELProblem("unexpected character '\(found)'\(hint)", at..<at + width)
    }

    private mutating func number() throws(CELProblem) -> Token.Kind {
        let start = at
        if byte() == UInt8(ascii: "0"), byte(1) | 0x20 == UInt8(ascii: "x"), byte(2).hexValue != nil {
            at += 2
            while byte().hexValue != nil { at += 1 }
            return try whole(start, String(decoding: bytes[start + 2..<at], as: UTF8.self), radix: 16)
        }
        while byte().isDigit { at += 1 }
        var isWhole = true
        if byte() == UInt8(ascii: "."), byte(1).isDigit {
            isWhole = false
            at += 1
            while byte().isDigit { at += 1 }
        }
        if byte() | 0x20 == UInt8(ascii: "e") {
            let sign = byte(1) == UInt8(ascii: "+") || byte(1) == UInt8(ascii: "-") ? 1 : 0
            if byte(1 + sign).isDigit {
                isWhole = false
                at += 1 + sign
                while byte().isDigit { at += 1 }
            }
        }
        let digits = String(decoding: bytes[start..<at], as: UTF8.self)
        if isWhole { return try whole(start, digits, radix: 10) }
        guard let value = Double(digits.hasPrefix(".") ? "0" + digits : digits), value.isFinite else {
            throw CELProblem("the number is too large for a double", start..<at)
        }
        return .double(value)
    }

    private mutating func whole(_ start: Int, _ digits: String, radix: Int) throws(CELProblem) -> Token.Kind {
        let value = UInt64(digits, radix: radix)
        let isUnsigned = byte() | 0x20 == UInt8(ascii: "u")
        if isUnsigned { at += 1 }
        guard let value else { throw CELProblem("the number is too large for \(isUnsigned ? "a uint" : "an int")", start..<at) }
        return isUnsigned ? .uint(value) : .int(value)
    }
}

extension UInt8 {
    var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
    var isNameStart: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) || self == UInt8(ascii: "_") }
    var isNamePart: Bool { isNameStart || isDigit }

    var hexValue: UInt32? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(self - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(self - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(self - UInt8(ascii: "A") + 10)
        default: nil
        }
    }
}
