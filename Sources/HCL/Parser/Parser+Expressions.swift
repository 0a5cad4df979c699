extension Parser {
    /// Reads an expression of any kind; whether it may go over line ends is the caller's choice.
    mutating func expression() throws(SyntaxError) -> Expression {
        let outer = deepest
        deepest = level
        try descend()
        let condition = try binary(above: 0)
        let result = peek().kind == .question ? try conditional(condition) : condition
        level -= 1
        deepest = max(deepest, outer)
        return result
    }

    /// `condition ? then : otherwise`, from the question mark on.
    private mutating func conditional(_ condition: Expression) throws(SyntaxError) -> Expression {
        try pushDown()
        take()
        let then = try expression()
        guard take(.colon) != nil else { throw .expected("':' and the value for the other case", found: peek()) }
        let otherwise = try expression()
        return Expression(
            .conditional(condition, then: then, otherwise: otherwise), condition.range.lowerBound..<otherwise.range.upperBound)
    }

    /// Operators that bind tighter than the given precedence; those of one rank go from left to right.
    private mutating func binary(above precedence: Int) throws(SyntaxError) -> Expression {
        let outer = deepest
        deepest = level
        var left = try operand()
        while let (symbol, rank) = peek().kind.binaryOperator, rank > precedence {
            take()
            try pushDown()
            level += 1
            let right = try binary(above: rank)
            level -= 1
            left = Expression(.binary(symbol, left, right), left.range.lowerBound..<right.range.upperBound)
        }
        deepest = max(deepest, outer)
        return left
    }

    /// A term with its signs in front and its traversals behind.
    private mutating func operand() throws(SyntaxError) -> Expression {
        switch peek().kind {
        case .minus: return try unary(.minus)
        case .bang: return try unary(.not)
        default: return try traversals(of: try term())
        }
    }

    private mutating func unary(_ symbol: UnaryOperator) throws(SyntaxError) -> Expression {
        let start = take().range.lowerBound
        try descend()
        let operand = try operand()
        level -= 1
        return Expression(.unary(symbol, operand), start..<operand.range.upperBound)
    }
}

// MARK: Terms

/// What stands between two levels of a tree is kept small: names, numbers and mistakes are made by functions of their own, so that what they
/// need takes no room on the stack while what lies inside is read.
extension Parser {
    private mutating func term() throws(SyntaxError) -> Expression {
        let token = peek()
        switch token.kind {
        case .identifier: return try name()
        case .quote, .heredoc: return try string()
        case .number: return try number()
        case .openBracket: return try tuple()
        case .openBrace: return try object()
        case .openParenthesis: return try parentheses()
        default: throw noValue(token)
        }
    }

    private func noValue(_ token: Token) -> SyntaxError {
        switch token.kind {
        case .unterminatedComment: .unterminatedComment(token.range)
        case .invalid: .expected("a value", found: token, hint: hint(for: token))
        default: .expected("a value", found: token)
        }
    }

    private mutating func string() throws(SyntaxError) -> Expression {
        let (template, range) = try template()
        return Expression(.template(template), range)
    }

    private func hint(for token: Token) -> String {
        switch lexer.bytes[token.range.lowerBound] {
        case UInt8(ascii: "'"), UInt8(ascii: "`"): "; strings are written in double quotes"
        default: ""
        }
    }

    private mutating func name() throws(SyntaxError) -> Expression {
        let token = take()
        let next = peek().kind
        return next == .openParenthesis || next == .doubleColon ? try call(token) : word(token)
    }

    private func word(_ token: Token) -> Expression {
        if isKeyword("true", token) { return Expression(.bool(true), token.range) }
        if isKeyword("false", token) { return Expression(.bool(false), token.range) }
        if isKeyword("null", token) { return Expression(.null, token.range) }
        return Expression(.variable(text(token.range)), token.range)
    }

    private mutating func number() throws(SyntaxError) -> Expression {
        let token = take()
        let points = lexer.bytes[token.range].prefix { $0 | 0x20 != UInt8(ascii: "e") }.count { $0 == UInt8(ascii: ".") }
        let exponents = lexer.bytes[token.range].count { $0 | 0x20 == UInt8(ascii: "e") }
        let pointBehindExponent = lexer.bytes[token.range].drop { $0 | 0x20 != UInt8(ascii: "e") }.contains(UInt8(ascii: "."))
        guard points <= 1, exponents <= 1, !pointBehindExponent else { throw .invalidNumber(token.range) }
        return Expression(.number(text(token.range)), token.range)
    }

    private mutating func parentheses() throws(SyntaxError) -> Expression {
        let open = take()
        let outer = countNewlines(false)
        let inner = try expression()
        guard peek().kind == .closeParenthesis else { throw .expected("')'", found: peek(), closing: open) }
        let close = take()
        countNewlines(outer)
        return Expression(.parentheses(inner), open.range.lowerBound..<close.range.upperBound)
    }

    /// `name(…)` or `provider::name::function(…)`, from behind the first name.
    private mutating func call(_ first: Token) throws(SyntaxError) -> Expression {
        let (name, nameRange, open) = try function(first)
        let outer = countNewlines(false)
        var arguments: [Expression] = []
        var expandsLast = false
        while peek().kind != .closeParenthesis {
            arguments.append(try expression())
            if take(.ellipsis) != nil {
                expandsLast = true
                break
            }
            guard take(.comma) != nil else { break }
        }
        guard peek().kind == .closeParenthesis else {
            throw .expected(expandsLast ? "')' behind '...'" : "',' or ')'", found: peek(), closing: open)
        }
        let end = take().range.upperBound
        countNewlines(outer)
        return Expression(
            .call(name: name, nameRange: nameRange, arguments: arguments, expandsLast: expandsLast), first.range.lowerBound..<end)
    }

    /// The function's whole name and the bracket behind it.
    private mutating func function(_ first: Token) throws(SyntaxError) -> (name: String, range: Range<Int>, open: Token) {
        var range = first.range
        var name = text(first.range)
        while take(.doubleColon) != nil {
            guard let part = take(.identifier) else { throw .expected("a function's name behind '::'", found: peek()) }
            name += "::" + text(part.range)
            range = range.lowerBound..<part.range.upperBound
        }
        guard let open = take(.openParenthesis) else { throw .expected("'(' behind the function's name", found: peek()) }
        return (name, range, open)
    }
}
