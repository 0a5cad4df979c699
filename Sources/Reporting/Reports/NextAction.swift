import CostModel

/// What a person could do next: a command to press, why, and the dollars it is about.
struct NextAction: Hashable, Sendable {
    /// What is at stake in a month; nil where it is not about dollars, or nobody knows.
    var monthly: Money?
    var command: String
    var reason: String
}

extension CheckReport {
    /// How many are offered.
    private static var actionLimit: Int { 3 }
    /// Blocking findings that are too many to fix on a first day.
    private static var firstDay: Int { 20 }

    /// The best next actions: what users miss, what is fixed by a command, what costs most beside that, what will soon count again, and how to begin.
    var nextActions: [NextAction] {
        let open = actionable
        let all = [brokenObjective(open), planning(open), explaining(open), exemptionsEnd, baseline(open), missingCosts(open), trial]
        return Array(all.compactMap(\.self).prefix(Self.actionLimit))
    }

    /// What a service promises stands before any saving.
    private func brokenObjective(_ open: [Finding]) -> NextAction? {
        guard let finding = open.first(where: \.breaksObjective) else { return nil }
        let message = finding.resource == nil ? finding.message : "\(finding.shownResource): \(finding.message)"
        return NextAction(command: "bursar explain \(finding.id)", reason: "before any saving: \(message)")
    }

    private func planning(_ open: [Finding]) -> NextAction? {
        let fixable = open.filter(\.isFixable)
        guard !fixable.isEmpty else { return nil }
        let savings = fixable.compactMap(\.monthlySavings).reduce(.zero(currency), +)
        let what = fixable.count == 1 ? "patches the finding marked [*]" : "patches the \(fixable.count) findings marked [*]"
        return NextAction(
            monthly: fixable.monthlyAtStake(in: currency), command: "bursar plan",
            reason: what + (savings.amount.isZero ? "" : ", which saves \(savings.short)/month"))
    }

    /// The most costly finding that no plan fixes; where there is none, the most costly of all.
    private func explaining(_ open: [Finding]) -> NextAction? {
        guard result.unknownSpend == nil else { return nil }
        let manual = open.filter { !$0.isFixable }
        let groups = FindingGroup.groups(of: manual.isEmpty ? open : manual, joinsInstances: false)
        guard let group = groups.first, let stake = group.shownAtStake else { return nil }
        let message = group.first.resource == nil ? group.message : "\(group.shownResource): \(group.message)"
        return NextAction(
            monthly: stake, command: "bursar explain \(group.first.id)",
            reason: (manual.isEmpty ? "the most costly: " : "the most costly that no patch fixes: ") + message)
    }

    private var exemptionsEnd: NextAction? {
        let ending = result.exemptions.filter { $0.standing == .expiring && !$0.returning.isEmpty }
            .min { ($0.expires, $0.name) < ($1.expires, $1.name) }
        guard comparison == nil, let ending else { return nil }
        let returning = Set(ending.returning)
        let findings = result.findings.filter { $0.verdict != .pass && returning.contains($0.id) }
        guard let first = findings.first else { return nil }
        return NextAction(
            monthly: findings.monthlyAtStake(in: currency), command: "bursar explain \(first.id)",
            reason: "counts again after \(ending.expires), when exemption \(ending.name) ends"
                + (findings.count > 1 ? ", and so do \(findings.count - 1) more" : ""))
    }

    /// For the first day: without it no change could be merged before everything is fixed.
    private func baseline(_ open: [Finding]) -> NextAction? {
        let blocking = open.count(where: \.blocks)
        guard comparison == nil, result.baseline == nil, blocking >= Self.firstDay else { return nil }
        return NextAction(
            command: "bursar baseline", reason: "for a first day: records what fails now, so that only new findings fail a check")
    }

    /// For a change that edits policies: what they would have found before anybody merges them.
    private var trial: NextAction? {
        guard let comparison, backtest == nil, comparison.policies.contains(where: { $0.kind != .removed && $0.policy.kind.makesFindings })
        else { return nil }
        return NextAction(
            command: "bursar backtest", reason: "what the changed policies would have found in the last 90 days, and saved")
    }

    private func missingCosts(_ open: [Finding]) -> NextAction? {
        // Who says that there is no bill need not look for it.
        guard comparison == nil, result.unknownSpend == nil, result.spend.isEmpty, open.contains(where: { $0.resource != nil }) else {
            return nil
        }
        return NextAction(
            command: "bursar cost --by service",
            reason: "no resource has a cost: see whether the bill is there, and whether states bring the ids by which it names resources")
    }
}
