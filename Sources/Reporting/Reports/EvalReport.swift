package import JSON

/// What `eval` says: the value of an expression, its type, and what it cost.
package struct EvalReport: Report {
    package enum Outcome: String, Hashable, Sendable { case value, unknown, error }

    package var expression: String
    /// As CEL writes it.
    package var value: String
    package var type: String
    package var cost: UInt64
    package var estimate: ClosedRange<UInt64>
    package var outcome: Outcome

    package init(
        expression: String, value: String, type: String, cost: UInt64, estimate: ClosedRange<UInt64>, outcome: Outcome
    ) {
        self.expression = expression
        self.value = value
        self.type = type
        self.cost = cost
        self.estimate = estimate
        self.outcome = outcome
    }

    package func json() -> JSONValue {
        [
            "schemaVersion": JSONValue(ReportContext.schemaVersion), "tool": .string(ReportContext.tool),
            "expression": .string(expression), "outcome": .string(outcome.rawValue), "value": .string(value), "type": .string(type),
            "cost": .number(String(cost)),
            "estimatedCost": ["min": .number(String(estimate.lowerBound)), "max": .number(String(estimate.upperBound))],
        ]
    }

    package func text(_ style: TextStyle) -> String {
        let look: StyledText.Look = outcome == .value ? .bold : outcome == .unknown ? .magenta : .red
        let most = estimate.upperBound > 1_000_000_000 ? "no bound known" : "at most \(estimate.upperBound)"
        let lines = [StyledText(value, look), StyledText("\(type) · cost \(cost), \(most)", .dim)]
        return lines.map { $0.rendered(style) + "\n" }.joined()
    }
}
