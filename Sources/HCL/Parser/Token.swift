/// A piece of the language between white space, comments left out.
///
/// A string is not a token: only its opening is. What lies inside is read by the template parser, because it holds expressions again.
struct Token {
    enum Kind: UInt8 {
        case identifier, number
        /// A `"` that opens a template.
        case quote
        /// `<<EOT` or `<<-EOT`, without the line ending that must follow.
        case heredoc
        case openBrace, closeBrace, openBracket, closeBracket, openParenthesis, closeParenthesis
        /// `~}`, which may close an interpolation or a directive.
        case stripBrace
        case equals, colon, doubleColon, comma, dot, ellipsis, arrow, question
        case or, and, equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
        case plus, minus, star, slash, percent, bang
        case newline, end
        /// A byte that begins nothing.
        case invalid
        /// `/*` without its `*/`.
        case unterminatedComment
    }

    var kind: Kind
    var range: Range<Int>
}

extension Token.Kind {
    /// How a message names it.
    var name: String {
        switch self {
        case .identifier: "a name"
        case .number: "a number"
        case .quote: "a string"
        case .heredoc: "a heredoc"
        case .openBrace: "'{'"
        case .closeBrace: "'}'"
        case .openBracket: "'['"
        case .closeBracket: "']'"
        case .openParenthesis: "'('"
        case .closeParenthesis: "')'"
        case .stripBrace: "'~}'"
        case .equals: "'='"
        case .colon: "':'"
        case .doubleColon: "'::'"
        case .comma: "','"
        case .dot: "'.'"
        case .ellipsis: "'...'"
        case .arrow: "'=>'"
        case .question: "'?'"
        case .or: "'||'"
        case .and: "'&&'"
        case .equal: "'=='"
        case .notEqual: "'!='"
        case .less: "'<'"
        case .lessOrEqual: "'<='"
        case .greater: "'>'"
        case .greaterOrEqual: "'>='"
        case .plus: "'+'"
        case .minus: "'-'"
        case .star: "'*'"
        case .slash: "'/'"
        case .percent: "'%'"
        case .bang: "'!'"
        case .newline: "the end of the line"
        case .end: "the end of the file"
        case .invalid: "a character that has no meaning here"
        case .unterminatedComment: "a comment without an end"
        }
    }

    /// The operator and how tightly it binds, as the HCL specification ranks them.
    var binaryOperator: (operator: BinaryOperator, precedence: Int)? {
        switch self {
        case .or: (.or, 1)
        case .and: (.and, 2)
        case .equal: (.equal, 3)
        case .notEqual: (.notEqual, 3)
        case .less: (.less, 4)
        case .lessOrEqual: (.lessOrEqual, 4)
        case .greater: (.greater, 4)
        case .greaterOrEqual: (.greaterOrEqual, 4)
        case .plus: (.add, 5)
        case .minus: (.subtract, 5)
        case .star: (.multiply, 6)
        case .slash: (.divide, 6)
        case .percent: (.remainder, 6)
        default: nil
        }
    }
}
