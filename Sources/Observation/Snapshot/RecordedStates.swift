package import CostModel

/// What state files said when they were read, for somebody who has only that.
package struct RecordedStates: Hashable, Sendable {
    /// The root modules whose states were looked for.
    package var roots: [String]
    package var states: [StateJoin.Source]
    package var problems: [ObservationProblem]

    package init(roots: [String] = [], states: [StateJoin.Source] = [], problems: [ObservationProblem] = []) {
        self.roots = roots
        self.states = states
        self.problems = problems
    }

    /// The names under which the bill and the metrics may know a resource of any state, in their comparable form.
    var resourceNames: Set<String> {
        var names: Set<String> = []
        for entry in states.lazy.flatMap(\.state.resources.values) {
            names.formUnion(entry.deployed.comparableNames)
        }
        return names
    }
}
