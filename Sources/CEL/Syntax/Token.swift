/// A word of the language and where it stands.
struct Token {
    enum Kind: Equatable {
        case identifier(String)
        /// A field's name between backquotes.
        case quoted(String)
        /// Without a sign: the parser knows whether it may be one more than `Int64` holds.
        case int(UInt64)
        case uint(UInt64)
        case double(Double)
        case string(String)
        case bytes([UInt8])
        case symbol(Symbol)
        case end
    }

    enum Symbol: String {
        case and = "&&", or = "||", equal = "==", different = "!=", lessOrEqual = "<=", greaterOrEqual = ">=", less = "<", greater = ">"
        case plus = "+", minus = "-", times = "*", divided = "/", modulo = "%", not = "!", question = "?", colon = ":"
        case comma = ",", dot = ".", open = "(", close = ")", openBracket = "[", closeBracket = "]", openBrace = "{", closeBrace = "}"
        case isIn = "in"
    }

    var kind: Kind
    var range: Range<Int>
}
