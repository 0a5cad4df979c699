/// Reads the grammar by precedence climbing.
struct Parser {
    let limits: CELLimits
    private let tokens: [Token]
    private var position = 0
    private var nesting = 0

    static func parse(_ text: String, limits: CELLimits) throws(CELProblem) -> Expression {
        var parser = Parser(limits: limits, tokens: try Lexer.tokens(of: text, limits: limits))
        let expression = try parser.expression()
        guard parser.next.kind == .end else { throw parser.unexpected("the end") }
        return expression
    }

    private init(limits: CELLimits, tokens: [Token]) {
        self.limits = limits
        self.tokens = tokens
    }

    var next: Token { tokens[position] }
    var lastEnd: Int { position > 0 ? tokens[position - 1].range.upperBound : 0 }

    mutating func advance() { position += 1 }

    func sees(_ symbol: Token.Symbol) -> Bool { next.kind == .symbol(symbol) }

    mutating func take(_ symbol: Token.Symbol) -> Bool {
        guard sees(symbol) else { return false }
        position += 1
        return true
    }

    mutating func expect(_ symbol: Token.Symbol) throws(CELProblem) {
        guard take(symbol) else { throw unexpected("'\(symbol.rawValue)'") }
    }

    func unexpected(_ wanted: String) -> CELProblem {
        let found: String =
            switch next.kind {
            case .end: "the expression ends"
            case .symbol(let symbol): "found '\(symbol.rawValue)'"
            case .identifier(let name): "found '\(name)'"
            default: "found a literal"
            }
        return CELProblem("expected \(wanted), but \(found)", next.range)
    }

    func make(_ kind: Expression.Kind, _ range: Range<Int>) throws(CELProblem) -> Expression {
        let expression = Expression(kind, range)
        guard expression.depth <= limits.nesting else { throw tooDeep(range) }
        return expression
    }

    private func tooDeep(_ range: Range<Int>) -> CELProblem {
        CELProblem("the expression nests deeper than the limit of \(limits.nesting)", range)
    }

    mutating func expression() throws(CELProblem) -> Expression {
        nesting += 1
        defer { nesting -= 1 }
        guard nesting <= limits.nesting else { throw tooDeep(next.range) }
        let condition = try disjunction()
        guard take(.question) else { return condition }
        let yes = try disjunction()
        try expect(.colon)
        let no = try expression()
        return try make(.choice(condition, yes, no), condition.range.lowerBound..<no.range.upperBound)
    }

    private mutating func disjunction() throws(CELProblem) -> Expression {
        var operands = [try conjunction()]
        while take(.or) { operands.append(try conjunction()) }
        return operands.count == 1 ? operands[0] : try make(.or(operands), span(operands))
    }

    private mutating func conjunction() throws(CELProblem) -> Expression {
        var operands = [try binary(0)]
        while take(.and) { operands.append(try binary(0)) }
        return operands.count == 1 ? operands[0] : try make(.and(operands), span(operands))
    }

    private func span(_ operands: [Expression]) -> Range<Int> {
        operands[0].range.lowerBound..<operands[operands.count - 1].range.upperBound
    }

    /// Relations are level 0, sums 1, products 2.
    private mutating func binary(_ level: Int) throws(CELProblem) -> Expression {
        guard level < 3 else { return try unary() }
        var left = try binary(level + 1)
        while case .symbol(let symbol) = next.kind, Self.level(symbol) == level {
            let place = next.range
            advance()
            let right = try binary(level + 1)
            let range = left.range.lowerBound..<right.range.upperBound
            left = try make(.call(symbol == .isIn ? "@in" : "_\(symbol.rawValue)_", target: nil, [left, right], nameRange: place), range)
        }
        return left
    }

    private static func level(_ symbol: Token.Symbol) -> Int? {
        switch symbol {
        case .equal, .different, .less, .lessOrEqual, .greater, .greaterOrEqual, .isIn: 0
        case .plus, .minus: 1
        case .times, .divided, .modulo: 2
        default: nil
        }
    }

    private mutating func unary() throws(CELProblem) -> Expression {
        var signs: [Token] = []
        while sees(.not) || sees(.minus) {
            signs.append(next)
            advance()
        }
        var isNegative = false
        if signs.last?.kind == .symbol(.minus) {
            switch next.kind {
            case .int, .double:
                isNegative = true
                signs.removeLast()
            default: break
            }
        }
        var result = try member(isNegative: isNegative)
        for sign in signs.reversed() {
            let name = sign.kind == .symbol(.not) ? "!_" : "-_"
            let range = sign.range.lowerBound..<result.range.upperBound
            result = try make(.call(name, target: nil, [result], nameRange: sign.range), range)
        }
        return result
    }
}
