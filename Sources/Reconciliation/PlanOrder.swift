import CostModel

/// Which changes go into a plan first, where it may not hold all of them: what is proposed already, so that it is not taken back for
/// something dearer; last what people turned down or took over, so that it keeps nothing else out.
package struct PlanOrder: Hashable, Sendable {
    private var proposed: Set<String> = []
    private var settled: Set<String> = []

    /// - Parameter putOff: names of findings that people put off for now.
    init(_ records: [RequestRecord], dismissed: (String) -> Bool, putOff: Set<String> = []) {
        settled = putOff
        for record in records where record.state.isLive {
            if record.isEdited { settled.formUnion(record.names) } else { proposed.formUnion(record.names) }
        }
        for record in records where record.state == .dismissed { settled.formUnion(record.names.filter(dismissed)) }
    }

    /// The lower the sooner.
    ///
    /// - Parameter findings: the names of each, see `Finding.names`.
    func rank(of findings: [[String]]) -> Int {
        if findings.contains(where: { $0.contains(where: proposed.contains) }) { return 0 }
        return !findings.isEmpty && findings.allSatisfy { $0.contains(where: settled.contains) } ? 2 : 1
    }
}
