extension Parser {
    /// `[a, b]` or `[for … ]`
    mutating func tuple() throws(SyntaxError) -> Expression {
        let open = take()
        let outer = countNewlines(false)
        if isKeyword("for", peek()) { return try forExpression(open, outerNewlines: outer) }
        var elements: [Expression] = []
        while peek().kind != .closeBracket {
            elements.append(try expression())
            guard take(.comma) != nil else { break }
        }
        guard peek().kind == .closeBracket else { throw .expected("',' or ']'", found: peek(), closing: open) }
        let end = take().range.upperBound
        countNewlines(outer)
        return Expression(.tuple(elements), open.range.lowerBound..<end)
    }

    /// `{ a = b }` or `{for … }`
    mutating func object() throws(SyntaxError) -> Expression {
        let open = take()
        let outer = countNewlines(false)
        // For expressions may go over lines, objects may not: look before deciding.
        if isKeyword("for", peek()) { return try forExpression(open, outerNewlines: outer) }
        countNewlines(true)
        var items: [ObjectItem] = []
        while peek().kind != .closeBrace {
            if take(.newline) != nil { continue }
            items.append(try objectItem(open))
            guard take(.comma) != nil || take(.newline) != nil else { break }
        }
        guard peek().kind == .closeBrace else { throw .expected("a line end, ',' or '}'", found: peek(), closing: open) }
        let end = take().range.upperBound
        countNewlines(outer)
        return Expression(.object(items), open.range.lowerBound..<end)
    }

    private mutating func objectItem(_ open: Token) throws(SyntaxError) -> ObjectItem {
        guard peek().kind != .end else { throw .unclosed(open) }
        let key = try expression()
        let separator = peek()
        guard separator.kind == .equals || separator.kind == .colon else {
            throw .expected("'=' and a value for the key", found: separator, closing: open)
        }
        take()
        let value = try expression()
        return ObjectItem(key: self.key(key), keyRange: key.range, separator: separator.range, value: value)
    }

    /// A lone word is text, not a reference; so are `true` and `null`.
    private func key(_ expression: Expression) -> ObjectItem.Key {
        switch expression.kind {
        case .variable(let name): .bare(name)
        case .bool, .null: .bare(text(expression.range))
        case .template(let template): .template(template)
        default: .expression(expression)
        }
    }

    /// From the word `for` on; line ends already mean nothing.
    private mutating func forExpression(_ open: Token, outerNewlines: Bool) throws(SyntaxError) -> Expression {
        take()
        var loop = try loopHead(open)
        try loopResult(&loop)
        let ellipsis = take(.ellipsis)
        loop.groups = ellipsis != nil
        if isKeyword("if", peek()) {
            take()
            loop.condition = try expression()
        }
        let closer: Token.Kind = open.kind == .openBrace ? .closeBrace : .closeBracket
        guard peek().kind == closer else { throw .expected(closer.name, found: peek(), closing: open) }
        let end = take().range.upperBound
        countNewlines(outerNewlines)
        try check(loop, open, ellipsis)
        return Expression(.forExpression(loop), open.range.lowerBound..<end)
    }

    private mutating func loopHead(_ open: Token) throws(SyntaxError) -> ForExpression {
        let (keyName, valueName) = try loopNames()
        let collection = try expression()
        guard take(.colon) != nil else { throw .expected("':' behind the collection", found: peek(), closing: open) }
        return ForExpression(
            keyName: keyName, valueName: valueName, collection: collection, key: nil, value: collection, groups: false, condition: nil)
    }

    private mutating func loopResult(_ loop: inout ForExpression) throws(SyntaxError) {
        loop.value = try expression()
        guard take(.arrow) != nil else { return }
        loop.key = loop.value
        loop.value = try expression()
    }

    private func check(_ loop: ForExpression, _ open: Token, _ ellipsis: Token?) throws(SyntaxError) {
        if open.kind == .openBrace {
            if loop.key == nil { throw .forExpression("expected 'key => value' inside braces", at: loop.value.range) }
        } else {
            if let key = loop.key { throw .forExpression("a key makes an object; write braces", at: key.range) }
            if let ellipsis { throw .forExpression("'...' groups an object's values; write braces", at: ellipsis.range) }
        }
    }

    /// `k, v in` or `v in`
    mutating func loopNames() throws(SyntaxError) -> (key: String?, value: String) {
        guard let first = take(.identifier) else { throw .expected("a name behind 'for'", found: peek()) }
        var names: (String?, String) = (nil, text(first.range))
        if take(.comma) != nil {
            guard let second = take(.identifier) else { throw .expected("a name behind ','", found: peek()) }
            names = (names.1, text(second.range))
        }
        guard isKeyword("in", peek()) else { throw .expected("'in'", found: peek()) }
        take()
        return names
    }
}
