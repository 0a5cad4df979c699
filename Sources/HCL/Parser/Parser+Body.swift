import Diagnostics

extension Parser {
    /// Reads attributes and blocks up to the closing brace, which is left to be taken, or to the end of the file.
    mutating func body(isFile: Bool) -> Body {
        var body = Body(attributes: [], blocks: [], range: position..<position)
        var names = NameSet()
        while !gaveUp {
            let token = peek()
            if token.kind == .newline {
                take()
                continue
            }
            if token.kind == .end || token.kind == .closeBrace && !isFile { break }
            let (depth, deepestBefore) = (level, deepest)
            do throws(SyntaxError) {
                try item(into: &body, names: &names)
                try endOfItem()
            } catch {
                report(error)
                (level, deepest) = (depth, deepestBefore)
                recover(from: token.range.lowerBound, behind: max(error.range.lowerBound, position))
            }
        }
        body.range = body.range.lowerBound..<position
        return body
    }

    private mutating func item(into body: inout Body, names: inout NameSet) throws(SyntaxError) {
        guard let name = take(.identifier) else { throw notAnItem(peek()) }
        switch peek().kind {
        case .equals:
            body.attributes.append(try attribute(name))
            if let error = names.insertLast(of: body.attributes) { report(error) }
        case .quote, .openBrace, .identifier:
            try block(name, into: &body)
        default:
            throw .expected("'=' or a block behind '\(text(name.range))'", found: peek())
        }
    }

    private mutating func attribute(_ name: Token) throws(SyntaxError) -> Attribute {
        let equals = take()
        let value = try expression()
        return Attribute(name: text(name.range), nameRange: name.range, equals: equals.range, value: value)
    }

    private mutating func endOfItem() throws(SyntaxError) {
        let token = peek()
        guard token.kind != .newline, token.kind != .end else { return }
        if token.kind == .unterminatedComment { throw .unterminatedComment(token.range) }
        let hint = token.kind == .comma ? "; arguments are separated by line ends" : ""
        throw .expected("the end of the line", found: token, hint: hint)
    }

    private func notAnItem(_ token: Token) -> SyntaxError {
        switch token.kind {
        case .quote: .expected("an argument or block", found: token, hint: "; argument names are not quoted")
        case .unterminatedComment: .unterminatedComment(token.range)
        default: .expected("an argument or block", found: token)
        }
    }
}

// MARK: Blocks

extension Parser {
    /// Reads labels and body. What is inside a block is a node further down.
    private mutating func block(_ type: Token, into outer: inout Body) throws(SyntaxError) {
        let labels = try labels()
        let open = take().range.lowerBound
        try descend()
        let inner = try blockBody()
        level -= 1
        guard let close = take(.closeBrace) else {
            if gaveUp { return }
            throw .unclosedBlock(text(type.range), at: open)
        }
        outer.blocks.append(
            Block(
                type: text(type.range), typeRange: type.range, labels: labels, body: inner, openBrace: open,
                closeBrace: close.range.lowerBound))
    }

    private mutating func blockBody() throws(SyntaxError) -> Body {
        switch peek().kind {
        case .newline, .closeBrace, .end: body(isFile: false)
        default: try singleLineBody()
        }
    }

    private mutating func labels() throws(SyntaxError) -> [Block.Label] {
        var labels: [Block.Label] = []
        while true {
            let token = peek()
            switch token.kind {
            case .openBrace:
                return labels
            case .identifier:
                take()
                labels.append(Block.Label(text: text(token.range), range: token.range))
            case .quote:
                let (template, range) = try template()
                guard let literal = template.literal else { throw .templateInLabel(range) }
                labels.append(Block.Label(text: literal, range: range))
            case .equals:
                throw .expected("'{' or a label", found: token, hint: "; an argument's name is one word")
            default:
                throw .expected("'{' or a label", found: token)
            }
        }
    }

    /// `{ name = value }`: one argument at most, and the brace on its line.
    private mutating func singleLineBody() throws(SyntaxError) -> Body {
        let start = position
        guard let name = take(.identifier) else { throw notAnItem(peek()) }
        guard peek().kind == .equals else {
            throw .expected("'='", found: peek(), hint: "; a block on one line holds one argument")
        }
        let attribute = try attribute(name)
        guard peek().kind == .closeBrace else {
            throw .expected("'}'", found: peek(), hint: "; a block on one line holds one argument")
        }
        return Body(attributes: [attribute], blocks: [], range: start..<peek().range.lowerBound)
    }
}

// MARK: Recovery

extension Parser {
    /// Goes to the end of the line on which the broken item ends: the first behind the error with all of its brackets closed.
    ///
    /// The item is read again from its start to count brackets; as the next item starts behind it, the work stays linear.
    private mutating func recover(from start: Int, behind error: Int) {
        countNewlines(true)
        var open = 0
        var at = start
        while true {
            let token = lexer.token(at: at, newlines: true)
            switch token.kind {
            case .end:
                return move(to: token.range.upperBound)
            case .newline where open <= 0 && token.range.lowerBound >= error:
                return move(to: token.range.lowerBound)
            case .closeBrace where open <= 0 && token.range.lowerBound > error && token.range.lowerBound > start && level > 0:
                return move(to: token.range.lowerBound)
            case .openBrace, .openBracket, .openParenthesis: open += 1
            case .closeBrace, .closeBracket, .closeParenthesis, .stripBrace: open -= 1
            default: break
            }
            at = token.kind == .quote ? endOfString(token.range.upperBound) : token.range.upperBound
        }
    }

    /// Behind the next quote of the line, or at the line's end.
    private func endOfString(_ start: Int) -> Int {
        var at = start
        while let byte = lexer.byte(at), byte != .newline {
            if byte == UInt8(ascii: "\"") { return at + 1 }
            at += byte == UInt8(ascii: "\\") ? 2 : 1
        }
        return min(at, lexer.bytes.count)
    }
}

/// Finds attributes that are set twice, without a table for the many bodies that are small.
private struct NameSet {
    private var first: [String: Range<Int>] = [:]

    /// Takes note of the last attribute; the error if one of the others has its name.
    mutating func insertLast(of attributes: [Attribute]) -> SyntaxError? {
        guard let last = attributes.last else { return nil }
        let others = attributes.dropLast()
        if others.count < 8 {
            guard let other = others.first(where: { $0.name == last.name }) else { return nil }
            return .duplicateAttribute(last.name, at: last.nameRange, first: other.nameRange)
        }
        if first.isEmpty { for other in others where first[other.name] == nil { first[other.name] = other.nameRange } }
        guard let other = first[last.name] else {
            first[last.name] = last.nameRange
            return nil
        }
        return .duplicateAttribute(last.name, at: last.nameRange, first: other)
    }
}
