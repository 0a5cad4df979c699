/// A shell-like pattern over a whole value: `aws_*`, `aws_instance.legacy?`.
///
/// `*` is any run of characters (also none, also `/`), `?` is exactly one. Brackets, quotes and backslashes stand for
/// themselves, because resource addresses are full of them: `infra/pay:aws_instance.x["a"]`. Where `[a-z]` should be a
/// class, say `Glob(withClasses:)`.
///
/// Matching needs at most (length of the value) × (length of the pattern) steps.
package struct Glob: Hashable, Sendable {
    private enum Token: Hashable {
        case literal(Unicode.Scalar)
        case anyOne
        case anyRun
        case oneOf(ScalarSet)
    }

    /// The pattern as it was written.
    package let pattern: String
    private let tokens: [Token]

    /// A pattern in which brackets are literal.
    package init(_ pattern: String) {
        self.pattern = pattern
        tokens = Glob.merged(pattern.unicodeScalars.map(Glob.wildcardOrLiteral))
    }

    /// A pattern in which `[a-z]` is one of the characters and `[!a-z]` any other.
    package init(withClasses pattern: String) throws(PatternError) {
        self.pattern = pattern
        var tokens: [Token] = []
        var rest = pattern.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            guard scalar == "[" else {
                tokens.append(Glob.wildcardOrLiteral(scalar))
                continue
            }
            let offset = pattern.utf8.distance(from: pattern.startIndex, to: rest.startIndex) - 1
            tokens.append(.oneOf(try Glob.characterClass(&rest, openedAt: offset)))
        }
        self.tokens = Glob.merged(tokens)
    }

    package func matches(_ value: String) -> Bool {
        matches(value.unicodeScalars)
    }

    /// Whether the pattern has no wildcard and matches exactly one value.
    package var isLiteral: Bool { literalLength == tokens.count }

    /// How many characters of a value the pattern fixes: the measure by which the more specific of two patterns wins.
    package var literalLength: Int {
        tokens.count { if case .literal = $0 { true } else { false } }
    }

    func matches(_ value: some BidirectionalCollection<Unicode.Scalar>) -> Bool {
        var token = 0
        var at = value.startIndex
        // Only the last run has to be able to give way: whatever an earlier one could take, this one can take too.
        var lastRun: Int?
        var lastRunEnd = value.startIndex
        while at != value.endIndex {
            if token < tokens.count, tokens[token] == .anyRun {
                token += 1
                lastRun = token
                lastRunEnd = at
            } else if token < tokens.count, accepts(tokens[token], value[at]) {
                token += 1
                at = value.index(after: at)
            } else if let lastRun {
                token = lastRun
                lastRunEnd = value.index(after: lastRunEnd)
                at = lastRunEnd
            } else {
                return false
            }
        }
        return tokens[token...].allSatisfy { $0 == .anyRun }
    }

    private func accepts(_ token: Token, _ scalar: Unicode.Scalar) -> Bool {
        switch token {
        case .literal(let literal): literal == scalar
        case .anyOne: true
        case .anyRun: false
        case .oneOf(let set): set.contains(scalar)
        }
    }

    private static func wildcardOrLiteral(_ scalar: Unicode.Scalar) -> Token {
        switch scalar {
        case "*": .anyRun
        case "?": .anyOne
        default: .literal(scalar)
        }
    }

    private static func merged(_ tokens: [Token]) -> [Token] {
        var result: [Token] = []
        for token in tokens where token != .anyRun || result.last != .anyRun { result.append(token) }
        return result
    }

    /// Reads behind `[`. A `]` in first place is literal, as in the shell.
    private static func characterClass(_ rest: inout Substring.UnicodeScalarView, openedAt offset: Int) throws(PatternError) -> ScalarSet {
        var set = ScalarSet()
        let isNegated = rest.first == "!" || rest.first == "^"
        if isNegated { rest.removeFirst() }
        var isFirst = true
        while let scalar = rest.popFirst() {
            if scalar == "]", !isFirst {
                return isNegated ? set.inverted : set
            }
            isFirst = false
            var upper = scalar
            if rest.first == "-", let end = rest.dropFirst().first, end != "]" {
                rest.removeFirst(2)
                upper = end
            }
            guard scalar <= upper else { throw PatternError("the range '\(scalar)-\(upper)' runs backwards", at: offset) }
            set.insert(scalar.value...upper.value)
        }
        throw PatternError("'[' is never closed", at: offset)
    }
}
