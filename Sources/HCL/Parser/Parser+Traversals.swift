extension Parser {
    /// Reads `.name`, `[key]`, `.0`, `.*` and `[*]` behind a value, as many as there are.
    mutating func traversals(of value: Expression) throws(SyntaxError) -> Expression {
        var value = value
        while true {
            let next = peek().kind
            guard next == .dot || next == .openBracket else { return value }
            try pushDown()
            value = next == .dot ? try member(of: value) : try index(of: value)
        }
    }

    private mutating func member(of value: Expression) throws(SyntaxError) -> Expression {
        take()
        let token = peek()
        switch token.kind {
        case .identifier, .number:
            return try step(into: value)
        case .star:
            take()
            var each = Expression(.splatElement, token.range)
            while peek().kind == .dot {
                take()
                if peek().kind == .star { throw .nestedSplat(peek().range) }
                try pushDown()
                each = try step(into: each)
            }
            return Expression(.splat(value, each: each, full: false), value.range.lowerBound..<each.range.upperBound)
        default:
            throw .expected("a name behind '.'", found: token)
        }
    }

    /// `name` or the legacy index `0` behind a point.
    private mutating func step(into value: Expression) throws(SyntaxError) -> Expression {
        let token = peek()
        let range = value.range.lowerBound..<token.range.upperBound
        switch token.kind {
        case .identifier:
            take()
            return Expression(.attribute(value, name: text(token.range)), range)
        case .number:
            take()
            guard !lexer.bytes[token.range].contains(UInt8(ascii: ".")) else { throw .chainedLegacyIndex(token.range) }
            return Expression(.index(value, key: Expression(.number(text(token.range)), token.range)), range)
        default:
            throw .expected("a name behind '.'", found: token)
        }
    }

    private mutating func index(of value: Expression) throws(SyntaxError) -> Expression {
        let open = take()
        if let star = take(.star) {
            guard take(.closeBracket) != nil else { throw .expected("']'", found: peek(), closing: open) }
            try descend()
            let each = try traversals(of: Expression(.splatElement, star.range.lowerBound..<position))
            level -= 1
            return Expression(.splat(value, each: each, full: true), value.range.lowerBound..<each.range.upperBound)
        }
        let outer = countNewlines(false)
        let key = try expression()
        guard peek().kind == .closeBracket else { throw .expected("']'", found: peek(), closing: open) }
        let end = take().range.upperBound
        countNewlines(outer)
        return Expression(.index(value, key: key), value.range.lowerBound..<end)
    }
}
