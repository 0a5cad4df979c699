/// How far an expression may go, whoever wrote it.
package struct CELLimits: Sendable {
    /// The length of an expression in code points.
    package var codePoints = 100_000
    /// How deep expressions may nest.
    package var nesting = 250
    /// What one evaluation may cost.
    package var cost: UInt64 = 1_000_000
    /// The longest text or bytes that an expression may produce, in bytes.
    package var textLength = 1_000_000
    /// The longest list or map that an expression may produce.
    package var listLength = 100_000
    /// The largest regular expression times text: the steps one match may take.
    package var patternSteps = 1_000_000
    /// Asked every 100 rounds of a macro, as the thread's `WorkLimit` is; when it says true, the evaluation ends with an error.
    package var interrupt: (@Sendable () -> Bool)?

    package init() {}
    package static let `default` = CELLimits()
}
