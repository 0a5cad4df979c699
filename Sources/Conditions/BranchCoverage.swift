import CEL
package import CostModel

/// Which ways through the expressions of policies a run of tests has taken.
///
/// A class because every evaluation adds to it; it lives in one run and on one thread.
package final class BranchCoverage {
    /// One side of a condition inside an expression.
    package struct Branch: Hashable, Sendable {
        /// Such as `'a > 1' is true`.
        package var description: String
        package var isTaken: Bool

        package init(description: String, isTaken: Bool) {
            self.description = description
            self.isTaken = isTaken
        }
    }

    private var taken: [Condition: Set<Int>] = [:]
    private var branches: [Condition: [String]] = [:]

    package init() {}

    func add(_ condition: Condition, _ program: CELProgram) {
        branches[condition] = program.branches.map(\.description)
    }

    func record(_ condition: Condition, _ result: CELResult) {
        taken[condition, default: []].formUnion(result.branches)
        switch result.value {
        case .bool(true): outcomes[condition, default: []].insert(true)
        case .bool(false): outcomes[condition, default: []].insert(false)
        default: break
        }
    }

    /// Whether the whole expression came out true, and false.
    private var outcomes: [Condition: Set<Bool>] = [:]

    /// The ways through a condition; none where it was never asked.
    package func branches(of condition: Condition) -> [Branch] {
        guard let inside = branches[condition] else { return [] }
        let whole = [true, false].map {
            Branch(description: "'\(condition.text.prefix(60))' is \($0)", isTaken: outcomes[condition]?.contains($0) ?? false)
        }
        return whole
            + inside.indices.map { Branch(description: inside[$0], isTaken: taken[condition]?.contains($0) ?? false) }
    }
}
