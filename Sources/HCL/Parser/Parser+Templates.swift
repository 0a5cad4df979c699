extension Parser {
    /// Reads a quoted string or heredoc, at its opening token.
    mutating func template() throws(SyntaxError) -> (template: Template, range: Range<Int>) {
        let open = take()
        return open.kind == .quote ? try quoted(open) : try heredoc(open)
    }

    private mutating func quoted(_ open: Token) throws(SyntaxError) -> (template: Template, range: Range<Int>) {
        // Nearly every string is plain: what is written is its text.
        if let end = lexer.endOfPlainText(from: position) {
            let text = try TemplateText.string(lexer.bytes[position..<end], position..<end)
            move(to: end + 1)
            return (Template(plain: text), open.range.lowerBound..<position)
        }
        var run = TemplateRun()
        while true {
            let start = position
            let end = lexer.endOfText(from: start, quoted: true)
            if end > start { try appendText(start..<end, quoted: true, to: &run) }
            guard let stop = lexer.byte(end), stop != .newline, stop != .carriageReturn else { throw .unterminatedString(open.range) }
            if stop == UInt8(ascii: "\"") {
                move(to: end + 1)
                return (Template(form: .quoted, parts: try run.assembled()), open.range.lowerBound..<end + 1)
            }
            try sequence(at: end, in: &run)
        }
    }

    /// HCL knows `\r` only in front of `\n`.
    private func loneCarriageReturn(_ range: Range<Int>) -> Range<Int>? {
        let place = lexer.bytes[range].indices.first { lexer.bytes[$0] == .carriageReturn && lexer.byte($0 + 1) != .newline }
        return place.map { $0..<$0 + 1 }
    }

    private func text(of range: Range<Int>, quoted: Bool) throws(SyntaxError) -> String {
        if let lone = loneCarriageReturn(range) { throw .invalidLineEnding(lone) }
        return try TemplateText.decode(lexer.bytes, range, quoted: quoted)
    }

    private func appendText(_ range: Range<Int>, quoted: Bool, to run: inout TemplateRun) throws(SyntaxError) {
        var text = try text(of: range, quoted: quoted)
        if run.stripsNext { text = String(String.UnicodeScalarView(text.unicodeScalars.drop { $0.properties.isWhitespace })) }
        run.stripsNext = false
        run.pieces.append(TemplatePiece(kind: .literal(text), range: range))
    }
}

// MARK: Standing alone

extension Parser {
    /// Reads all of the text as a template, as HCL reads a string of JSON.
    mutating func standaloneTemplate() throws(SyntaxError) -> [Template.Part] {
        var run = TemplateRun()
        while lexer.byte(position) != nil {
            let start = position
            let stop = lexer.endOfText(from: start, quoted: false)
            let isSequence = lexer.byte(stop).map { $0 != .newline } ?? false
            let end = isSequence ? stop : min(stop + 1, lexer.bytes.count)
            if end > start { try appendText(start..<end, quoted: false, to: &run) }
            if isSequence { try sequence(at: stop, in: &run) } else { move(to: end) }
        }
        return try run.assembled()
    }
}

// MARK: Heredocs

extension Parser {
    private mutating func heredoc(_ open: Token) throws(SyntaxError) -> (template: Template, range: Range<Int>) {
        let (marker, indented) = lexer.heredocMarker(open)
        var run = TemplateRun()
        var atLineStart = true
        move(to: lexer.nextLine(open.range.upperBound))
        while true {
            let start = position
            if atLineStart, let end = lexer.endOfMarker(marker, at: start) {
                move(to: end)
                if indented { run.pieces.stripIndentation() }
                var assembler = TemplateAssembler(run.pieces)
                return (
                    Template(form: .heredoc(indented: indented), parts: try assembler.assemble()), open.range.lowerBound..<end
                )
            }
            let stop = lexer.endOfText(from: start, quoted: false)
            guard let byte = lexer.byte(stop) else {
                move(to: stop)
                throw .unterminatedHeredoc(text(marker), at: open.range)
            }
            let isSequence = byte != .newline
            let end = isSequence ? stop : stop + 1
            if end > start { try appendText(start..<end, quoted: false, to: &run) }
            atLineStart = !isSequence
            if isSequence { try sequence(at: stop, in: &run) } else { move(to: end) }
        }
    }
}

// MARK: Sequences

extension Parser {
    /// Reads `${ … }` or `%{ … }`.
    private mutating func sequence(at start: Int, in run: inout TemplateRun) throws(SyntaxError) {
        let stripsBefore = lexer.byte(start + 2) == UInt8(ascii: "~")
        let opening = start..<start + (stripsBefore ? 3 : 2)
        if stripsBefore { run.pieces.stripEnd() }
        move(to: opening.upperBound)
        let outer = countNewlines(false)
        let isDirective = lexer.bytes[start] == UInt8(ascii: "%")
        let kind = isDirective ? try directive(opening, in: &run) : TemplatePiece.Kind.interpolation(try expression())
        let close = peek()
        switch close.kind {
        case .closeBrace, .stripBrace: take()
        case .end, .quote: throw .unclosedInterpolation(opening)
        case .unterminatedComment: throw .unterminatedComment(close.range)
        default: throw .extraInInterpolation(close, opening: opening)
        }
        countNewlines(outer)
        run.pieces.append(TemplatePiece(kind: kind, range: start..<close.range.upperBound))
        run.stripsNext = close.kind == .stripBrace
    }

    private mutating func directive(_ opening: Range<Int>, in run: inout TemplateRun) throws(SyntaxError) -> TemplatePiece.Kind {
        guard let word = take(.identifier) else {
            throw .directive("expected 'if', 'else', 'endif', 'for' or 'endfor'; write '%%{' for the characters", at: opening)
        }
        switch text(word.range) {
        case "if":
            try open(&run)
            return .ifStart(try expression())
        case "for":
            try open(&run)
            let (key, value) = try loopNames()
            return .forStart(key: key, value: value, collection: try expression())
        case "else": return .elseMark
        case "endif":
            close(&run)
            return .ifEnd
        case "endfor":
            close(&run)
            return .forEnd
        case let other:
            throw .directive("unknown directive '\(other)'; write '%%{' for the characters", at: word.range)
        }
    }

    /// What a directive holds lies one node deeper.
    private mutating func open(_ run: inout TemplateRun) throws(SyntaxError) {
        try descend()
        run.openDirectives += 1
    }

    private mutating func close(_ run: inout TemplateRun) {
        guard run.openDirectives > 0 else { return }
        level -= 1
        run.openDirectives -= 1
    }
}
