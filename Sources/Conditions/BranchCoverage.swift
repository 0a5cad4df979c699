import CEL
package import CostModel
internal import Synchronization

/// Which ways through the expressions of policies a run of tests has taken.
///
/// A class because every evaluation adds to it, from whatever thread.
package final class BranchCoverage: Sendable {
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

    /// What is known of one condition.
    private struct Ways {
        /// Of the branches inside.
        var descriptions: [String] = []
        var taken: Set<Int> = []
        /// Whether the whole expression came out true, and false.
        var outcomes: Set<Bool> = []
    }

    private let ways = Mutex<[Condition: Ways]>([:])

    package init() {}

    func add(_ condition: Condition, _ program: CELProgram) {
        ways.withLock { $0[condition, default: Ways()].descriptions = program.branches.map(\.description) }
    }

    func record(_ condition: Condition, _ result: CELResult) {
        ways.withLock { ways in
            ways[condition, default: Ways()].taken.formUnion(result.branches)
            if case .bool(let outcome) = result.value { ways[condition, default: Ways()].outcomes.insert(outcome) }
        }
    }

    /// The ways through a condition; none where it was never asked.
    package func branches(of condition: Condition) -> [Branch] {
        guard let ways = ways.withLock({ $0[condition] }) else { return [] }
        let whole = [true, false].map {
            Branch(description: "'\(condition.text.prefix(60))' is \($0)", isTaken: ways.outcomes.contains($0))
        }
        return whole + ways.descriptions.indices.map { Branch(description: ways.descriptions[$0], isTaken: ways.taken.contains($0)) }
    }
}
