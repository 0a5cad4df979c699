import CostModel

/// Marks the findings that the baseline holds, and says which of its entries have lapsed.
struct BaselineMarks {
    private let baseline: Baseline
    /// Where resources of entries are now.
    private let moved: [ResourceIdentity: ResourceIdentity]

    init(_ baseline: Baseline, moved: [ResourceIdentity: ResourceIdentity] = [:]) {
        self.baseline = baseline
        self.moved = moved
    }

    /// - Parameter allows: whether a policy lets its findings be agreed to.
    func apply(to findings: inout [Finding], allows: (PolicyReference) -> Bool) -> BaselineStatus {
        // An entry that names the present address comes before one that is followed there.
        var waiting = Dictionary(baseline.entries.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        for entry in baseline.entries {
            guard let resource = entry.resource.flatMap({ moved[$0] }) else { continue }
            let key = FindingKey(policy: entry.policy, subject: entry.subject, resource: resource)
            guard waiting[key] == nil else { continue }
            waiting[key] = waiting.removeValue(forKey: entry.key)
        }
        for index in findings.indices where findings[index].verdict != .pass {
            let key = findings[index].key.atAddress.undated
            guard waiting[key] != nil, allows(findings[index].policy) else { continue }
            findings[index].baseline = true
            waiting[key] = nil
        }
        return BaselineStatus(place: baseline.place, entries: baseline.entries.count, lapsed: waiting.values.sorted())
    }
}
