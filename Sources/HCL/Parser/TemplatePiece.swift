/// A template before its directives are paired up: a flat run of text, interpolations and directives.
///
/// HCL strips white space on this level, where the text of a heredoc is still one piece a line; the results differ otherwise.
struct TemplatePiece {
    enum Kind {
        case literal(String)
        case interpolation(Expression)
        case ifStart(Expression)
        case elseMark
        case ifEnd
        case forStart(key: String?, value: String, collection: Expression)
        case forEnd
    }

    var kind: Kind
    var range: Range<Int>

    var literal: String? {
        if case .literal(let text) = kind { text } else { nil }
    }
}

/// A template while it is being read.
struct TemplateRun {
    var pieces: [TemplatePiece] = []
    /// Whether the sequence just read ended in `~}`.
    var stripsNext = false
    var openDirectives = 0

    /// What is left of it. An interpolation beside text is a text, also where all of that text was stripped away.
    func assembled() throws(SyntaxError) -> [Template.Part] {
        var assembler = TemplateAssembler(pieces)
        let parts = try assembler.assemble()
        guard pieces.count > 1, parts.count == 1, case .interpolation = parts[0] else { return parts }
        return parts + [.literal("")]
    }
}

extension [TemplatePiece] {
    /// `${~` and `%{~` take the white space of the text directly in front.
    mutating func stripEnd() {
        guard let text = last?.literal else { return }
        let kept = text.unicodeScalars.reversed().drop { $0.properties.isWhitespace }
        self[count - 1].kind = .literal(String(String.UnicodeScalarView(kept.reversed())))
    }

    /// Takes from each line of a `<<-` heredoc the white space that all of them begin with; lines that are blank do not count.
    ///
    /// Like HCL this looks at the written text only, never at what is interpolated, and behind a stripped line end it sees no new line.
    mutating func stripIndentation() {
        var smallest = Int.max
        var leading: [Int] = []
        var atLineStart = true
        for index in indices {
            let text = self[index].literal
            let endsLine = text?.utf8.last == .newline
            if atLineStart {
                guard let text else {
                    smallest = 0
                    atLineStart = false
                    continue
                }
                let indentation = text.unicodeScalars.prefix { $0.properties.isWhitespace }
                if indentation.count < text.unicodeScalars.count || !endsLine {
                    smallest = Swift.min(smallest, indentation.count)
                    leading.append(index)
                }
            }
            atLineStart = endsLine
        }
        guard smallest > 0, smallest < Int.max else { return }
        for index in leading {
            let text = self[index].literal ?? ""
            self[index].kind = .literal(String(text.unicodeScalars.dropFirst(smallest)))
        }
    }
}

/// Pairs up directives and joins neighbouring text.
struct TemplateAssembler {
    private let pieces: [TemplatePiece]
    private var next = 0

    init(_ pieces: [TemplatePiece]) { self.pieces = pieces }

    mutating func assemble() throws(SyntaxError) -> [Template.Part] {
        let parts = try parts()
        guard next < pieces.count else { return parts }
        throw .directive("directive closes nothing", at: pieces[next].range)
    }

    /// Reads up to a piece that closes or divides a directive, which is left.
    private mutating func parts() throws(SyntaxError) -> [Template.Part] {
        var parts: [Template.Part] = []
        while next < pieces.count {
            let piece = pieces[next]
            switch piece.kind {
            case .elseMark, .ifEnd, .forEnd:
                return parts
            case .literal(let text):
                next += 1
                append(text, to: &parts)
            case .interpolation(let expression):
                next += 1
                parts.append(.interpolation(expression))
            case .ifStart(let condition):
                next += 1
                parts.append(try conditional(condition, opening: piece.range))
            case .forStart(let key, let value, let collection):
                next += 1
                let body = try self.parts()
                guard next < pieces.count, case .forEnd = pieces[next].kind else { throw unclosed("endfor", opening: piece.range) }
                next += 1
                parts.append(.loop(keyName: key, valueName: value, collection: collection, body: body))
            }
        }
        return parts
    }

    private mutating func conditional(_ condition: Expression, opening: Range<Int>) throws(SyntaxError) -> Template.Part {
        let then = try parts()
        var otherwise: [Template.Part] = []
        if next < pieces.count, case .elseMark = pieces[next].kind {
            next += 1
            otherwise = try parts()
        }
        guard next < pieces.count, case .ifEnd = pieces[next].kind else { throw unclosed("endif", opening: opening) }
        next += 1
        return .condition(condition, then: then, otherwise: otherwise)
    }

    private func append(_ text: String, to parts: inout [Template.Part]) {
        if case .literal(let before) = parts.last {
            parts[parts.count - 1] = .literal(before + text)
        } else if !text.isEmpty {
            parts.append(.literal(text))
        }
    }

    private func unclosed(_ word: String, opening: Range<Int>) -> SyntaxError {
        guard next < pieces.count else { return .directive("directive has no '%{ \(word) }'", at: opening) }
        return .directive("expected '%{ \(word) }'", at: pieces[next].range, opening: opening)
    }
}
