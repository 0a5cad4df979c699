import CostModel
import Git

/// Follows the lives of findings through a back-test: when each opened and went, by what, and what it would have saved.
struct BacktestTally {
    /// One evaluation.
    struct Step {
        var now: Instant
        var commit: ObjectID
        /// How many days it stands for: those until the next one.
        var days: Int
    }

    private struct Span {
        var life: FindingLife
        var opened: Day
        var wasThere: Bool
        /// Monthly savings times days.
        var savings: FixedDecimal
        /// The file that declares the resource; nil for a part of the bill.
        var file: String?
        /// The commit of the last evaluation that saw it.
        var lastCommit: ObjectID
        var gone: Day?
        var end = Backtest.Entry.End.stays
    }

    private var running: [String: Span] = [:]
    private var ended: [Span] = []
    /// Of findings that were seen and are not open yet: monthly savings times days.
    private var pending: [String: FixedDecimal] = [:]
    private var commits: [Instant: ObjectID] = [:]
    private var first: Instant?
    /// Of each budget the period that the last evaluation judged.
    private var periods: [PolicyReference: String] = [:]
    private let currency: Currency

    init(_ currency: Currency) {
        self.currency = currency
    }

    /// Takes one more evaluation.
    ///
    /// - Parameters:
    ///   - lives: all of them, as they are after it.
    ///   - present: the resources that the code has.
    ///   - touched: which files commits have otherwise than others.
    mutating func add(
        _ step: Step, _ lives: [FindingLife], _ findings: [Finding], present: Set<ResourceIdentity>, _ touched: inout TouchedFiles
    ) throws(WorkspaceError) {
        commits[step.now] = step.commit
        if first == nil { first = step.now }
        var files: [String: String] = [:]
        for finding in findings {
            if let period = finding.period { periods[finding.policy] = period }
            if finding.resource != nil, finding.hasLife { files[finding.key.identity] = finding.location?.file }
        }
        var stillPending: [String: FixedDecimal] = [:]
        for life in lives {
            if let former = life.formerIdentity { rename(former, to: life.identity) }
            let isSeen = life.lastSeen == step.now
            let saves = life.isExempt ? .zero : life.monthlySavings?.amount ?? .zero
            let amount = isSeen ? FixedDecimal(raw: saves.raw * Int128(step.days)) : .zero
            if var span = running.removeValue(forKey: life.identity) {
                if life.state == .fixed || life.state == .appearing {
                    try close(&span, life, present, &touched)
                    ended.append(span)
                } else {
                    span.savings += amount
                    span.life = life
                    if isSeen { (span.lastCommit, span.file) = (step.commit, files[life.identity] ?? span.file) }
                    running[life.identity] = span
                }
            } else if life.isOpenFinding, let opened = life.opened {
                running[life.identity] = Span(
                    life: life, opened: opened.day, wasThere: opened == first, savings: (pending[life.identity] ?? .zero) + amount,
                    file: files[life.identity], lastCommit: step.commit)
            } else if isSeen {
                // Seen before, it goes on; seen again after it was missed, it begins anew.
                stillPending[life.identity] = life.missedSince == nil ? (pending[life.identity] ?? .zero) + amount : amount
            }
        }
        pending = stillPending
    }

    private mutating func rename(_ former: String, to identity: String) {
        if let span = running.removeValue(forKey: former) { running[identity] = span }
        if let amount = pending.removeValue(forKey: former) { pending[identity] = amount }
    }

    private func close(
        _ span: inout Span, _ life: FindingLife, _ present: Set<ResourceIdentity>, _ touched: inout TouchedFiles
    ) throws(WorkspaceError) {
        // One that came back at once is known by when it was missed first.
        let fixed = life.fixed ?? life.missedSince ?? life.lastSeen
        span.gone = fixed.day
        let commit = commits[fixed] ?? span.lastCommit
        let hasLeft = life.key.resource.map { !present.contains($0) } ?? false
        var changed = false
        if let file = span.file { changed = try touched.differs(file, between: span.lastCommit, and: commit) }
        if let period = life.period, let now = periods[life.policy], now != period {
            span.end = .over
        } else {
            span.end = hasLeft || changed ? .changed(commit: commit.description) : .byItself
        }
    }

    /// What was found, in the order in which it opened; and how many findings nobody could tell of.
    func result() -> (entries: [Backtest.Entry], unknown: Int) {
        let spans = ended + running.values
        let entries = spans.filter { $0.life.verdict == .fail }.map { span in
            let life = span.life
            return Backtest.Entry(
                identity: life.identity, id: life.id, policy: life.policy, rule: life.rule, severity: life.severity, team: life.team,
                resource: life.resource, subject: life.subject, message: life.message, opened: span.opened, gone: span.gone, end: span.end,
                wasThere: span.wasThere, atStake: life.atStake,
                // A month is a twelfth of a year.
                saved: Money(span.savings.scaled(by: 12, over: 365), currency))
        }
        return (
            entries.sorted {
                ($0.opened, $0.policy, $0.resource ?? "", $0.identity) < ($1.opened, $1.policy, $1.resource ?? "", $1.identity)
            },
            spans.count - entries.count
        )
    }
}

extension FindingLife {
    /// Whether it is open, and not only about to be.
    fileprivate var isOpenFinding: Bool { state == .open || state == .disappearing }
}
