/// Walks over tokens the way `terraform fmt` counts them, with the sequences inside strings, to find lines and what stands on them.
///
/// It reads any text that begins outside of strings and brackets, keeps its place on a stack of its own and never fails: what does
/// not parse is somebody else's problem.
struct LayoutScanner {
    enum Event {
        /// A bracket, `${` or `%{`.
        case open
        case close
        case equals
        case newline
        /// A comment that lasts until the line ends.
        case comment
        /// `/* … */`
        case blockComment
        case other
        case end
    }

    private enum Mode {
        /// Outside of strings; the braces that were opened since.
        case code(braces: Int)
        case quoted
        case heredoc(marker: Range<Int>, atLineStart: Bool)
    }

    private let lexer: Lexer
    private var modes: [Mode] = [.code(braces: 0)]
    private(set) var position: Int

    init(_ bytes: [UInt8], from start: Int) {
        lexer = Lexer(bytes: bytes)
        position = start
    }

    /// The next event and its bytes.
    mutating func next() -> (event: Event, range: Range<Int>) {
        let start: Int
        let event: Event
        switch modes[modes.count - 1] {
        case .code(let braces):
            while lexer.byte(position)?.isBlank ?? false { position += 1 }
            start = position
            event = code(braces)
        case .quoted:
            start = position
            event = quoted()
        case .heredoc(let marker, let atLineStart):
            start = position
            event = heredoc(marker, atLineStart)
        }
        return (event, start..<position)
    }

    private mutating func code(_ braces: Int) -> Event {
        if lexer.byte(position) == UInt8(ascii: "#")
            || lexer.byte(position) == UInt8(ascii: "/") && lexer.byte(position + 1) == UInt8(ascii: "/")
        {
            position = lexer.endOfLine(position)
            return .comment
        }
        if lexer.byte(position) == UInt8(ascii: "/"), lexer.byte(position + 1) == UInt8(ascii: "*") {
            position = lexer.endOfComment(position) ?? lexer.bytes.count
            return .blockComment
        }
        let token = lexer.token(at: position, newlines: true)
        position = token.range.upperBound
        switch token.kind {
        case .end: return .end
        case .newline: return .newline
        case .equals: return .equals
        case .openBrace:
            modes[modes.count - 1] = .code(braces: braces + 1)
            return .open
        case .closeBrace, .stripBrace:
            if braces == 0, modes.count > 1 { modes.removeLast() } else { modes[modes.count - 1] = .code(braces: max(0, braces - 1)) }
            return .close
        case .openBracket, .openParenthesis: return .open
        case .closeBracket, .closeParenthesis: return .close
        case .quote:
            modes.append(.quoted)
            return .other
        case .heredoc:
            position = lexer.nextLine(position)
            modes.append(.heredoc(marker: lexer.heredocMarker(token).marker, atLineStart: true))
            return .other
        default: return .other
        }
    }

    private mutating func quoted() -> Event {
        let stop = lexer.endOfText(from: position, quoted: true)
        if stop > position {
            position = min(stop, lexer.bytes.count)
            return .other
        }
        return sequence(at: stop)
    }

    private mutating func heredoc(_ marker: Range<Int>, _ atLineStart: Bool) -> Event {
        if atLineStart, let end = lexer.endOfMarker(marker, at: position) {
            position = end
            modes.removeLast()
            return .other
        }
        let stop = lexer.endOfText(from: position, quoted: false)
        let endsLine = lexer.byte(stop) == .newline
        modes[modes.count - 1] = .heredoc(marker: marker, atLineStart: endsLine)
        guard stop > position || endsLine else { return sequence(at: stop) }
        position = endsLine ? stop + 1 : stop
        return .other
    }

    /// `${` and `%{` open code; a quote closes the string, and so does anything a string cannot hold.
    private mutating func sequence(at stop: Int) -> Event {
        guard let byte = lexer.byte(stop) else { return .end }
        guard byte == UInt8(ascii: "$") || byte == UInt8(ascii: "%") else {
            modes.removeLast()
            position = byte == UInt8(ascii: "\"") ? stop + 1 : stop
            return .other
        }
        position = stop + (lexer.byte(stop + 2) == UInt8(ascii: "~") ? 3 : 2)
        modes.append(.code(braces: 0))
        return .open
    }
}
