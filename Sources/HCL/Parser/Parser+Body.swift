import Diagnostics

extension Parser {
    /// Reads attributes and blocks up to the closing brace of `owner`, which is left to be taken, or to the end of the file.
    mutating func body(of owner: Block?) -> Body {
        var body = Body(attributes: [], blocks: [], range: position..<position)
        var names = NameSet()
        while !gaveUp {
            let token = peek()
            if token.kind == .newline {
                take()
                continue
            }
            if token.kind == .end || token.kind == .closeBrace && owner != nil { break }
            let (depth, deepestBefore) = (level, deepest)
            do throws(SyntaxError) {
                try item(into: &body, names: &names)
                try endOfItem()
            } catch {
                report(error)
                (level, deepest) = (depth, deepestBefore)
                recover(from: token.range.lowerBound, behind: error.range.lowerBound)
            }
        }
        body.range = body.range.lowerBound..<position
        return body
    }

    private mutating func item(into body: inout Body, names: inout NameSet) throws(SyntaxError) {
        guard let name = take(.identifier) else { throw notAnItem(peek()) }
        switch peek().kind {
        case .equals:
            let attribute = try attribute(name)
            names.insert(attribute, behind: body.attributes) { report($0) }
            body.attributes.append(attribute)
        case .quote, .openBrace, .identifier:
            if let block = try block(name) { body.blocks.append(block) }
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
    /// Reads labels and body; nil where the body never ends, which is reported.
    private mutating func block(_ type: Token) throws(SyntaxError) -> Block? {
        var block = Block(
            type: text(type.range), typeRange: type.range, labels: [], body: Body(attributes: [], blocks: [], range: 0..<0),
            openBrace: 0, closeBrace: 0)
        block.labels = try labels()
        block.openBrace = take().range.lowerBound
        try descend()
        switch peek().kind {
        case .newline, .closeBrace, .end: block.body = body(of: block)
        default: block.body = try singleLineBody()
        }
        level -= 1
        guard let close = take(.closeBrace) else {
            if !gaveUp { throw .unclosedBlock(block.type, at: block.openBrace) }
            return nil
        }
        block.closeBrace = close.range.lowerBound
        return block
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

    mutating func insert(_ attribute: Attribute, behind others: [Attribute], report: (SyntaxError) -> Void) {
        if others.count < 8 {
            guard let other = others.first(where: { $0.name == attribute.name }) else { return }
            return report(.duplicateAttribute(attribute.name, at: attribute.nameRange, first: other.nameRange))
        }
        if first.isEmpty { for other in others where first[other.name] == nil { first[other.name] = other.nameRange } }
        if let other = first[attribute.name] {
            report(.duplicateAttribute(attribute.name, at: attribute.nameRange, first: other))
        } else {
            first[attribute.name] = attribute.nameRange
        }
    }
}
