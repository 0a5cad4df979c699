/// Which teams stand below which.
package struct Lineage: Sendable {
    private let children: [String: [String]]

    package init(_ teams: [Team]) {
        children = Dictionary(grouping: teams.filter { $0.parent != nil }, by: { $0.parent ?? "" }).mapValues { $0.map(\.name) }
    }

    /// All teams below a team, at any depth; a circle ends where it began.
    package func descendants(of team: String) -> Set<String> {
        var found: Set<String> = []
        var open = children[team] ?? []
        while let next = open.popLast() {
            guard next != team, found.insert(next).inserted else { continue }
            open += children[next] ?? []
        }
        return found
    }
}
