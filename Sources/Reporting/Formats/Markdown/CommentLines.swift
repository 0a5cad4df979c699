import CostModel

/// The lines of a comment that are seen at once: the most important of findings, policies and what is pending.
struct CommentLines {
    /// By rank: pending exemptions, changes of policies, findings that are there, findings that are gone.
    private let groups: [(least: Int, count: Int, line: (Int) -> String)]

    init(_ comparison: Comparison) {
        let changes = FindingGroup.groups(of: comparison.changes(.new, .gone, .changed), joinsInstances: false)
        // What fails is asked about first; exempt, shadow and unknown findings wait.
        let pressing = changes.filter { $0.first.isOpen } + changes.filter { !$0.first.isOpen }
        let fixed = FindingGroup.groups(of: comparison.changes(.fixed), joinsInstances: false)
        let (pending, policies) = (comparison.pending, comparison.policies)
        groups = [
            (2, pending.count, { Self.line(pending[$0]) }), (3, policies.count, { Self.line(policies[$0], in: comparison) }),
            (5, pressing.count, { Self.line(pressing[$0]) }), (1, fixed.count, { Self.line(fixed: fixed[$0]) }),
        ]
    }

    /// So many lines, in the order in which they are read: each group has its least, and findings take what the others leave.
    func chosen(_ count: Int) -> [String] {
        var shares = groups.map { min($0.least, $0.count) }
        for index in [2, 1, 3, 0] {
            shares[index] += min(groups[index].count - shares[index], max(0, count - shares.reduce(0, +)))
        }
        // Where even the least is too much, the last groups give way.
        for index in [3, 2, 1] where shares.reduce(0, +) > count { shares[index] -= min(shares[index], shares.reduce(0, +) - count) }
        return [2, 3, 1, 0].flatMap { group in (0..<shares[group]).map(groups[group].line) }
    }

    /// `infra/pay/main.tf:12` **instance_type → m5.xlarge** saves $140/month · why · `bursar explain f-…`
    private static func line(_ group: FindingGroup) -> String {
        let finding = group.first
        let message = Markdown.text(cut(group.message, 160))
        var parts: [String] = []
        if let what = proposal(group) {
            let savings = group.findings.compactMap(\.monthlySavings)
            let saves = savings.isEmpty ? money(group) : " saves \(savings.reduce(.zero(savings[0].currency), +).short)/month"
            parts = ["\(place(finding))**\(what)**\(saves)", message]
        } else {
            parts = ["\(place(finding))\(message)\(money(group))"]
        }
        parts.append(finding.verdict == .fail ? group.severity.rawValue : finding.verdict.rawValue)
        if finding.status == .shadow { parts.append("shadow") }
        if let exemption = finding.exemption { parts.append("exempt by \(Markdown.code(cut(exemption, 60)))") }
        if !group.remarks.details.isEmpty { parts.append(Markdown.text(cut(group.remarks.details.joined(separator: ", "), 160))) }
        if let cause = group.remarks.cause { parts.append(Markdown.text(cut(cause, 80))) }
        if group.fixable > 0 { parts.append("patch: `bursar plan`") }
        parts.append("why: `bursar explain \(finding.id)`")
        return parts.joined(separator: " · ")
    }

    private static func line(fixed group: FindingGroup) -> String {
        let gone = group.shownAtStake.map { " −\($0.short)/month" } ?? ""
        return "fixed: \(place(group.first))\(Markdown.text(cut(group.message, 160)))\(gone)"
    }

    /// What would be written: `m5.2xlarge → m5.xlarge` where the message opens with the present size, else `team → payments`.
    private static func proposal(_ group: FindingGroup) -> String? {
        let finding = group.first
        let proposals = group.findings.flatMap(\.proposal)
        guard finding.verdict == .fail, let (key, value) = proposals.min(by: { ($0.key, $0.value) < ($1.key, $1.value) }) else {
            return nil
        }
        let opening = finding.message.prefix { $0 != " " }
        let isSize = finding.rule == "oversized-instance" && opening.contains(".")
        let more = proposals.count > 1 ? ", …" : ""
        return Markdown.text(cut("\(isSize ? String(opening) : key) → \(value)", 100) + more)
    }

    private static func money(_ group: FindingGroup) -> String {
        // What a change adds is said by its finding.
        group.first.policy.kind == .guardrail ? "" : group.stakeText.map { " \($0)/month at stake" } ?? ""
    }

    private static func place(_ finding: Finding) -> String {
        Markdown.code(shortPlace(finding.location)) + (finding.location == nil ? "" : " ")
    }

    /// `policies/budget.yaml:9` payments-monthly: amount 12,000 → 9,000 USD · causes 1 new
    private static func line(_ policy: Comparison.PolicyChange, in comparison: Comparison) -> String {
        let sentences = policy.sentences.prefix(2).map { cut($0, 120) }
        let more = policy.sentences.count > 2 ? "; and \(policy.sentences.count - 2) more" : ""
        let effects = comparison.effects(of: policy.policy)
        let place = Markdown.code(shortPlace(policy.fields.first?.place ?? policy.place))
        return "\(place) \(Markdown.text(cut(policy.policy.name, 60))): \(Markdown.text(sentences.joined(separator: "; ") + more))"
            + (effects.isEmpty ? "" : " · causes \(effects)")
    }

    private static func line(_ pending: Comparison.Pending) -> String {
        "\(Markdown.code(shortPlace(pending.place))) \(Markdown.text(cut(pending.what, 80))) counts once it is merged: "
            + Markdown.text(cut(pending.effect, 120))
    }

    private static func shortPlace(_ place: Place?) -> String { cutStart(place?.description ?? "", 100) }
}
