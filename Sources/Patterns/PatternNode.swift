/// A pattern's syntax tree. Flags such as `(?i)` are already worked into the nodes.
indirect enum PatternNode {
    case empty
    case scalar(Unicode.Scalar)
    case set(ScalarSet)
    /// A condition on the place that takes no characters.
    case assertion(Assertion)
    /// `(…)` with its number from 1; group 0 is the whole match.
    case capture(PatternNode, group: Int)
    case sequence([PatternNode])
    case alternatives([PatternNode])
    case repetition(PatternNode, Repetition)

    enum Assertion: Sendable {
        case startOfText, endOfText, startOfLine, endOfLine, wordBoundary, noWordBoundary
    }

    struct Repetition {
        var minimum: Int
        /// nil: without end.
        var maximum: Int?
        /// Takes as little as possible. Only the extent of a match depends on it, never whether there is one.
        var isLazy: Bool
    }
}
