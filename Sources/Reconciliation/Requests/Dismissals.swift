import CostModel

/// What people have closed: which findings, and what mending them promised.
///
/// It goes by content and not by a request's identity, so that a group from which one file is gone does not count as a new one, and a
/// group into which something new comes does.
struct Dismissals {
    struct End: Hashable {
        /// Nil: for good.
        var until: Instant?
    }

    private let records: [RequestRecord]
    private let dismissal: TimeSpan?

    /// - Parameter records: those of one subject.
    init(_ records: [RequestRecord], settings: RequestSettings, now: Instant) {
        let dismissal = settings.dismissal
        self.dismissal = dismissal
        self.records = records.filter { record in
            guard record.state == .dismissed else { return false }
            return dismissal.map { (record.ended ?? record.updated).adding($0) > now } ?? true
        }
    }

    /// When a group may come back; nil when it may now: it holds a finding that nobody dismissed, or saves over a quarter more than what was
    /// dismissed.
    func end(covering group: RequestGroup) -> End? {
        var findings: Set<String> = []
        var promised: [String: FixedDecimal] = [:]
        for change in records.sorted(by: { $0.opened < $1.opened }).flatMap(\.plan.changes) {
            findings.formUnion(change.findings)
            promised[change.id] = change.monthlySavings?.amount ?? .zero
        }
        guard !records.isEmpty, group.findings.allSatisfy(findings.contains) else { return nil }
        let before = group.plan.changes.reduce(FixedDecimal.zero) { $0 + (promised[$1.id] ?? .zero) }
        let now = group.monthlySavings?.amount ?? .zero
        guard before.isZero || now.raw * 4 <= before.raw * 5 else { return nil }
        return End(until: dismissal.flatMap { span in records.map { ($0.ended ?? $0.updated).adding(span) }.max() })
    }
}
