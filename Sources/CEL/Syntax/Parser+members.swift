extension Parser {
    /// Words that are kept for hosts of the language: no names and no functions, but fields and methods.
    private static let reserved: Set = [
        "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package", "namespace", "return",
        "var", "void", "while",
    ]

    /// A primary with its selections, calls and indices. A minus in front of a number was read already.
    mutating func member(isNegative: Bool) throws(CELProblem) -> Expression {
        var result = try primary(isNegative: isNegative)
        let start = result.range.lowerBound
        while true {
            if take(.dot) {
                let isOptional = take(.question)
                let (name, range, isQuoted) = try fieldName()
                if !isOptional, !isQuoted, sees(.open) {
                    result = try call(name, target: result, nameRange: range, start: start)
                } else {
                    let field = Expression.Field(name: name, range: range, isOptional: isOptional)
                    result = try make(.select(result, field), start..<lastEnd)
                }
            } else if take(.openBracket) {
                let isOptional = take(.question)
                let key = try expression()
                try expect(.closeBracket)
                result = try make(.index(result, key, isOptional: isOptional), start..<lastEnd)
            } else if sees(.openBrace), let name = result.qualifiedName {
                result = try message(name, start: start)
            } else {
                return result
            }
        }
    }

    private mutating func fieldName() throws(CELProblem) -> (String, Range<Int>, isQuoted: Bool) {
        let token = next
        switch token.kind {
        case .quoted(let name):
            advance()
            return (name, token.range, true)
        case .identifier(let name) where !["true", "false", "null"].contains(name):
            advance()
            return (name, token.range, false)
        default: throw unexpected("a field's name")
        }
    }

    private mutating func primary(isNegative: Bool) throws(CELProblem) -> Expression {
        let token = next
        let start = token.range.lowerBound
        switch token.kind {
        case .int(let magnitude):
            advance()
            guard magnitude <= UInt64(Int64.max) + (isNegative ? 1 : 0) else {
                throw CELProblem("the number is too large for an int", token.range)
            }
            return try constant(.int(isNegative ? 0 &- Int64(truncatingIfNeeded: magnitude) : Int64(magnitude)), token, isNegative)
        case .double(let value): return try literal(.double(isNegative ? -value : value), token, isNegative)
        case .uint(let value): return try literal(.uint(value), token)
        case .string(let value): return try literal(.string(value), token)
        case .bytes(let value): return try literal(.bytes(value), token)
        case .symbol(.open):
            advance()
            let inner = try expression()
            try expect(.close)
            return inner
        case .symbol(.openBracket): return try list()
        case .symbol(.openBrace): return try map()
        case .symbol(.dot):
            advance()
            guard case .identifier(let name) = next.kind else { throw unexpected("a name") }
            return try self.name(name, isAbsolute: true, start: start)
        case .identifier("true"): return try literal(.bool(true), token)
        case .identifier("false"): return try literal(.bool(false), token)
        case .identifier("null"): return try literal(.null, token)
        case .identifier(let name): return try self.name(name, isAbsolute: false, start: start)
        default: throw unexpected("a value")
        }
    }

    private mutating func literal(_ value: CELValue, _ token: Token, _ isNegative: Bool = false) throws(CELProblem) -> Expression {
        advance()
        return try constant(value, token, isNegative)
    }

    private func constant(_ value: CELValue, _ token: Token, _ isNegative: Bool) throws(CELProblem) -> Expression {
        // The sign may stand apart; the range then starts at the number.
        try make(.constant(value), token.range.lowerBound - (isNegative ? 1 : 0)..<token.range.upperBound)
    }

    private mutating func name(_ name: String, isAbsolute: Bool, start: Int) throws(CELProblem) -> Expression {
        let range = next.range
        guard !Self.reserved.contains(name) else { throw CELProblem("'\(name)' is a reserved word", range) }
        advance()
        if sees(.open) { return try call(isAbsolute ? ".\(name)" : name, target: nil, nameRange: range, start: start) }
        return try make(.name(name, isAbsolute: isAbsolute), start..<range.upperBound)
    }

    private mutating func call(_ name: String, target: Expression?, nameRange: Range<Int>, start: Int) throws(CELProblem) -> Expression {
        try expect(.open)
        var arguments: [Expression] = []
        if !sees(.close) {
            repeat { arguments.append(try expression()) } while take(.comma)
        }
        try expect(.close)
        let range = start..<lastEnd
        if let expanded = try macro(name, target: target, arguments, nameRange: nameRange, range: range) { return expanded }
        return try make(.call(name, target: target, arguments, nameRange: nameRange), range)
    }

    private mutating func list() throws(CELProblem) -> Expression {
        let start = next.range.lowerBound
        advance()
        var elements: [(Expression, Bool)] = []
        while !sees(.closeBracket) {
            let isOptional = take(.question)
            elements.append((try expression(), isOptional))
            guard take(.comma) else { break }
        }
        try expect(.closeBracket)
        return try make(.list(elements), start..<lastEnd)
    }

    private mutating func map() throws(CELProblem) -> Expression {
        let start = next.range.lowerBound
        advance()
        var entries: [(Expression, Expression, Bool)] = []
        while !sees(.closeBrace) {
            let isOptional = take(.question)
            let key = try expression()
            try expect(.colon)
            entries.append((key, try expression(), isOptional))
            guard take(.comma) else { break }
        }
        try expect(.closeBrace)
        return try make(.map(entries), start..<lastEnd)
    }

    /// Messages of protocol buffers are read, so that the checker can say that there are none.
    private mutating func message(_ name: String, start: Int) throws(CELProblem) -> Expression {
        try expect(.openBrace)
        while !sees(.closeBrace) {
            _ = take(.question)
            _ = try fieldName()
            try expect(.colon)
            _ = try expression()
            guard take(.comma) else { break }
        }
        try expect(.closeBrace)
        return try make(.message(name), start..<lastEnd)
    }
}

extension Expression {
    /// `a.b.c` when it is nothing but names.
    var qualifiedName: String? {
        switch kind {
        case .name(let name, let isAbsolute): isAbsolute ? ".\(name)" : name
        case .select(let operand, let field) where !field.isOptional && !field.isTest:
            operand.qualifiedName.map { "\($0).\(field.name)" }
        default: nil
        }
    }
}
