extension CELValue: CustomStringConvertible {
    /// The value as it is written in an expression.
    package var description: String { "" }
}
