import CostModel

/// Changes that belong together: a rule may set several arguments, and its finding goes only when all of them are made.
enum ChangeGroups {
    /// The changes in their order, those that share a finding in one group, where the first of them stands.
    static func groups(_ changes: [LocatedChange]) -> [[LocatedChange]] {
        var groupOf: [Int] = Array(changes.indices)
        var first: [String: Int] = [:]
        for index in changes.indices {
            for finding in Set(changes[index].requests.map(\.finding)) {
                guard let other = first[finding] else {
                    first[finding] = index
                    continue
                }
                let (from, to) = (groupOf[index], groupOf[other])
                guard from != to else { continue }
                for at in groupOf.indices where groupOf[at] == from || groupOf[at] == to { groupOf[at] = min(from, to) }
            }
        }
        return Dictionary(grouping: changes.indices, by: { groupOf[$0] }).sorted { $0.key < $1.key }.map { $0.value.map { changes[$0] } }
    }

    /// Findings whose edits lie in several files: each patch is of one file and has to fix its findings alone.
    static func scattered(_ changes: [LocatedChange]) -> Set<String> {
        var files: [String: Set<String>] = [:]
        for change in changes {
            for request in change.requests { files[request.finding, default: []].insert(change.location.span.file) }
        }
        return Set(files.filter { $0.value.count > 1 }.keys)
    }
}
