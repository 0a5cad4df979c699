import CostModel

/// Which open request goes on for which group of a plan: the one of its subject; of what is left, the one that shares the most findings.
///
/// Subjects drift: a finding of one more policy at the same place, a team of another name, another grouping. A request that shares findings
/// with a group is about the same thing, and two for one finding would stand in each other's way.
struct RequestMatching {
    private(set) var pairs: [(record: RequestRecord, group: RequestGroup)] = []
    /// Groups that have no open request.
    private(set) var fresh: [RequestGroup] = []
    /// Open requests that no group goes on with.
    private(set) var left: [RequestRecord] = []

    /// - Parameter groups: the most valuable first.
    init(_ groups: [RequestGroup], _ live: [RequestRecord]) {
        var records: [Int: RequestRecord] = [:]
        left = live
        for (index, group) in groups.enumerated() {
            // Of several that ledgers of old may hold, the first is the one that goes on.
            if let place = left.firstIndex(where: { $0.subject == group.subject.key }) { records[index] = left.remove(at: place) }
        }
        for (index, group) in groups.enumerated() where records[index] == nil {
            let findings = group.findings.map { group.names(of: $0) }
            let shared = left.enumerated().map { place, record in
                let names = record.names
                return (place: place, count: findings.count { $0.contains(where: names.contains) })
            }
            guard let best = shared.filter({ $0.count > 0 }).max(by: { ($0.count, $1.place) < ($1.count, $0.place) }) else { continue }
            records[index] = left.remove(at: best.place)
        }
        for (index, group) in groups.enumerated() {
            if let record = records[index] { pairs.append((record, group)) } else { fresh.append(group) }
        }
    }
}
