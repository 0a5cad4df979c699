/// An expression that is ready to be evaluated, any number of times and on any thread.
package final class CELProgram: Sendable {
    package let text: String
    package let resultType: CELType
    /// What an evaluation costs at least and at most, when it ends with a value.
    package let estimatedCost: ClosedRange<UInt64>
    /// Every variable and every path of declared fields that the expression reads: `resource`, `resource.monthlyCost`.
    package let references: Set<String>
    /// The ways through the expression that results can record; empty unless it was compiled for that.
    package let branches: [CELBranch]
    let root: Node
    let slotCount: Int
    let limits: CELLimits

    init(
        text: String, resultType: CELType, estimatedCost: ClosedRange<UInt64>, references: Set<String>, branches: [CELBranch], root: Node,
        slotCount: Int, limits: CELLimits
    ) {
        self.text = text
        self.resultType = resultType
        self.estimatedCost = estimatedCost
        self.references = references
        self.branches = branches
        self.root = root
        self.slotCount = slotCount
        self.limits = limits
    }

    /// Evaluates the expression.
    ///
    /// - Parameter values: one for each variable of the environment, in its order.
    package func evaluate(_ values: [CELValue]) -> CELResult {
        values.withUnsafeBufferPointer { run($0) }
    }

    /// Evaluates an expression of one variable, without the detour of an array.
    package func evaluate(_ value: CELValue) -> CELResult {
        withUnsafePointer(to: value) { run(UnsafeBufferPointer(start: $0, count: 1)) }
    }
}

/// A way through an expression: one side of a condition.
package struct CELBranch: Hashable, Sendable {
    /// In UTF-8 bytes of the expression.
    package let range: Range<Int>
    /// Such as `'a > 1' is true`.
    package let description: String

    package init(range: Range<Int>, description: String) {
        self.range = range
        self.description = description
    }
}

/// What came of an evaluation.
package struct CELResult: Sendable {
    /// May be `unknown` or `error`.
    package let value: CELValue
    package let cost: UInt64
    /// Indices of the program's branches that were taken; empty unless it records them.
    package let branches: Set<Int>
}
