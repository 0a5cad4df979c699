import CostModel

/// Marks the findings that the baseline holds, and says which of its entries have lapsed.
struct BaselineMarks {
    private let baseline: Baseline

    init(_ baseline: Baseline) {
        self.baseline = baseline
    }

    /// - Parameter allows: whether a policy lets its findings be agreed to.
    func apply(to findings: inout [Finding], allows: (PolicyReference) -> Bool) -> BaselineStatus {
        var waiting = Set(baseline.entries.map(\.id))
        for index in findings.indices where findings[index].verdict != .pass && waiting.contains(findings[index].id) {
            guard allows(findings[index].policy) else { continue }
            findings[index].baseline = true
            waiting.remove(findings[index].id)
        }
        return BaselineStatus(place: baseline.place, entries: baseline.entries.count, lapsed: waiting.sorted())
    }
}
