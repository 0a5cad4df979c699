/// The order in which allocations are carried out: who divides all of a team comes after everybody who gives that team a share.
///
/// It follows from what they say, never from the order in which they are written.
package struct AllocationOrder: Sendable {
    /// By place in the list that was handed in.
    package private(set) var order: [Int] = []
    /// The names of allocations that hand the same money round in a circle, the first by name first; nil: there is none.
    package private(set) var circle: [String]?

    package init(_ allocations: [Allocation], teams: [Team]) {
        let lineage = Lineage(teams)
        let names = teams.map(\.name)
        // For each allocation the teams that it divides with what they were given.
        let givers: [Set<String>] = allocations.map { allocation in
            allocation.scope.wholeTeam.map { lineage.descendants(of: $0).union([$0]) } ?? []
        }
        let receivers = allocations.map { Set($0.receivers(among: names, lineage)) }
        var state: [Int: Bool] = [:]
        var path: [Int] = []

        func visit(_ at: Int) {
            if let isDone = state[at] {
                guard !isDone, circle == nil, let begin = path.firstIndex(of: at) else { return }
                let round = path[begin...].map { allocations[$0].name }
                let first = round.indices.min { round[$0] < round[$1] } ?? 0
                circle = Array(round[first...] + round[..<first])
                return
            }
            state[at] = false
            path.append(at)
            for before in allocations.indices where !givers[at].isDisjoint(with: receivers[before]) { visit(before) }
            path.removeLast()
            state[at] = true
            order.append(at)
        }
        for at in allocations.indices.sorted(by: { allocations[$0].name < allocations[$1].name }) { visit(at) }
    }
}

extension Allocation {
    /// The teams that get a share, by name: 'teams' is all but the one that gives and those under it.
    package func receivers(among teams: [String], _ lineage: Lineage) -> [String] {
        switch split {
        case .fixed(let shares): return shares.keys.sorted()
        case .even, .byCost, .byMetric:
            if let recipients { return recipients.sorted() }
            let givers = scope.lines.team.map { lineage.descendants(of: $0).union([$0]) } ?? []
            return teams.filter { !givers.contains($0) }.sorted()
        }
    }
}
