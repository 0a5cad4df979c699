import CostModel

/// Which changes go into a plan first, where it may not hold all of them: what is proposed already, so that it is not taken back for
/// something dearer; last what people turned down or took over, so that it keeps nothing else out.
package struct PlanOrder: Hashable, Sendable {
    private var proposed: Set<String> = []
    private var settled: Set<String> = []

    init(_ records: [RequestRecord], dismissed: (String) -> Bool) {
        for record in records where record.state.isLive {
            if record.isEdited { settled.formUnion(record.findings) } else { proposed.formUnion(record.findings) }
        }
        for record in records where record.state == .dismissed { settled.formUnion(record.findings.filter(dismissed)) }
    }

    /// The lower the sooner.
    func rank(of findings: [String]) -> Int {
        if findings.contains(where: proposed.contains) { return 0 }
        return !findings.isEmpty && findings.allSatisfy(settled.contains) ? 2 : 1
    }
}
