import CostModel

/// What people have closed or put off: which findings, and what fixing them promised.
///
/// It goes by content and not by a request's identity, so that neither a group from which one file is gone nor one that is grouped in
/// another way counts as new, and a group into which something new comes does.
struct Dismissals {
    struct End: Hashable {
        /// Nil: for good.
        var until: Instant?
        /// Who put it off; nil: somebody closed a request.
        var person: String?

        fileprivate func isBefore(_ other: End) -> Bool { (until?.seconds ?? .max) < (other.until?.seconds ?? .max) }
    }

    /// By the name of a finding, see `Finding.names`: until when it is not proposed, of several the last.
    private var ends: [String: End] = [:]
    /// What was promised for which findings, the last first.
    private var promises: [(findings: Set<String>, savings: FixedDecimal)] = []
    /// The same of what was put off, each as a whole.
    private var snoozed: [(findings: Set<String>, savings: FixedDecimal)] = []

    /// - Parameters:
    ///   - records: all of a workspace.
    ///   - snoozes: those that are over, too.
    init(_ records: [RequestRecord], snoozes: [Snooze] = [], settings: RequestSettings, now: Instant) {
        for record in records.sorted(by: { $0.opened < $1.opened }) where record.state == .dismissed {
            let end = End(until: settings.dismissal.map { (record.ended ?? record.updated).adding($0) })
            if let until = end.until, until <= now { continue }
            for change in record.plan.changes {
                for name in change.names { note(end, of: name) }
                promises.insert((change.names, change.monthlySavings?.amount ?? .zero), at: 0)
            }
        }
        for snooze in snoozes where snooze.until > now {
            for name in snooze.findings { note(End(until: snooze.until, person: snooze.person), of: name) }
            snoozed.insert((Set(snooze.findings), snooze.monthlySavings?.amount ?? .zero), at: 0)
        }
    }

    private mutating func note(_ end: End, of name: String) {
        if let known = ends[name], !known.isBefore(end) { return }
        ends[name] = end
    }

    /// Names of findings that people put off for now.
    var putOff: Set<String> { snoozed.reduce(into: []) { $0.formUnion($1.findings) } }

    func contains(_ name: String) -> Bool { ends[name] != nil }

    /// When a group may come back; nil when it may now: it holds a finding that nobody dismissed, or saves over a quarter more than what was
    /// dismissed.
    func end(covering group: RequestGroup) -> End? {
        let ends = group.findings.map { finding in group.names(of: finding).compactMap { self.ends[$0] }.max { $0.isBefore($1) } }
        guard let first = ends.compactMap(\.self).min(by: { $0.isBefore($1) }), !ends.contains(nil) else { return nil }
        let before = promise(for: group)
        let now = group.monthlySavings?.amount ?? .zero
        guard before.isZero || now.raw * 4 <= before.raw * 5 else { return nil }
        return first
    }

    /// By findings: a change has another name when its file has, or one of its findings is gone.
    private func promise(for group: RequestGroup) -> FixedDecimal {
        var asleep: Set<Int> = []
        var sum = FixedDecimal.zero
        for change in group.plan.changes {
            let names = group.names(of: change.findings)
            if let closed = promises.first(where: { !$0.findings.isDisjoint(with: names) }) {
                sum = sum + closed.savings
            } else if let place = snoozed.firstIndex(where: { !$0.findings.isDisjoint(with: names) }) {
                asleep.insert(place)
            }
        }
        return asleep.reduce(sum) { $0 + snoozed[$1].savings }
    }
}
