import CostModel

/// What people have closed: which findings, and what fixing them promised.
///
/// It goes by content and not by a request's identity, so that neither a group from which one file is gone nor one that is grouped in
/// another way counts as new, and a group into which something new comes does.
struct Dismissals {
    struct End: Hashable {
        /// Nil: for good.
        var until: Instant?
    }

    private let dismissal: TimeSpan?
    /// By the name of a finding, see `Finding.names`: when the last that was closed with it ended.
    private var ended: [String: Instant] = [:]
    /// What was promised for which findings, the last first.
    private var promises: [(findings: Set<String>, savings: FixedDecimal)] = []

    /// - Parameter records: all of a workspace.
    init(_ records: [RequestRecord], settings: RequestSettings, now: Instant) {
        dismissal = settings.dismissal
        for record in records.sorted(by: { $0.opened < $1.opened }) where record.state == .dismissed {
            let end = record.ended ?? record.updated
            if let dismissal, end.adding(dismissal) <= now { continue }
            for change in record.plan.changes {
                for name in change.names { ended[name] = max(ended[name] ?? end, end) }
                promises.insert((change.names, change.monthlySavings?.amount ?? .zero), at: 0)
            }
        }
    }

    func contains(_ name: String) -> Bool { ended[name] != nil }

    /// When a group may come back; nil when it may now: it holds a finding that nobody dismissed, or saves over a quarter more than what was
    /// dismissed.
    func end(covering group: RequestGroup) -> End? {
        let ends = group.findings.map { group.names(of: $0).compactMap { ended[$0] }.max() }
        guard let first = ends.compactMap({ $0 }).min(), !ends.contains(nil) else { return nil }
        let before = group.plan.changes.reduce(FixedDecimal.zero) { $0 + promise(for: group.names(of: $1.findings)) }
        let now = group.monthlySavings?.amount ?? .zero
        guard before.isZero || now.raw * 4 <= before.raw * 5 else { return nil }
        return End(until: dismissal.map { first.adding($0) })
    }

    /// By findings: a change has another name when its file has, or one of its findings is gone.
    private func promise(for names: Set<String>) -> FixedDecimal {
        promises.first { !$0.findings.isDisjoint(with: names) }?.savings ?? .zero
    }
}
