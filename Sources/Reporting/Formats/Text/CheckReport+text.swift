import CostModel

extension CheckReport {
    /// Findings by team and policy, the most money first; then budgets, exemptions and problems; the sum and what to do next last, where a
    /// terminal shows them. Against a base: what the change does.
    package func text(_ style: TextStyle) -> String {
        if let comparison { return text(of: comparison, style) }
        let findings = FindingList(style, isWhole: showsAll || showsFull).text(of: teamSections(style))
        let sections =
            findings + [
                budgetsText(style), exemptionsText(style), suppressedText(style), problems.text(style), summaryText(style),
                nextText(style),
            ]
        return sections.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private func teamSections(_ style: TextStyle) -> [FindingList.Section] {
        // A team without failing findings has nothing at stake; one with a finding of an unknown amount has nobody knows what.
        let teams = Dictionary(grouping: listed, by: \.team).map { team, findings in
            (team: team, findings: findings, stake: findings.lazy.filter(\.isFailing).monthlyAtStake(in: currency))
        }
        let sorted = teams.sorted { a, b in
            if (a.team == nil) != (b.team == nil) { return b.team == nil }
            return a.stake == b.stake ? (a.team ?? "") < (b.team ?? "") : Money.precedes(a.stake, b.stake)
        }
        return sorted.map { team in
            let title =
                StyledText(team.team ?? "unowned", .bold)
                + (team.stake.map { $0.amount.isZero ? "" : StyledText(" · \($0.short)/month at stake") } ?? "")
            return FindingList.Section(title: title, parts: policyParts(team.findings, style))
        }
    }

    /// The policy with the most money first; of those with none, the one with the worst finding.
    private func policyParts(_ findings: [Finding], _ style: TextStyle) -> [FindingList.Section.Part] {
        let policies = Dictionary(grouping: findings, by: \.policy).map { policy, findings in
            let open = findings.lazy.filter(\.isFailing)
            return (policy: policy, findings: findings, stake: open.monthlyAtStake(in: currency), severity: open.map(\.severity).max())
        }
        let sorted = policies.sorted { a, b in
            if a.stake != b.stake { return Money.precedes(a.stake, b.stake) }
            guard a.severity != b.severity else { return a.policy < b.policy }
            guard let left = a.severity, let right = b.severity else { return b.severity == nil }
            return left > right
        }
        return sorted.map { policy in
            var title = StyledText(policy.policy.description)
            if let first = policy.findings.first { title += StyledText(" · \(first.enforcement.verb)", .dim) }
            if let stake = policy.stake, !stake.amount.isZero { title += StyledText(" · \(stake.short)/month", .dim) }
            if policy.findings.count > 1 { title += StyledText(" · \(policy.findings.count) findings", .dim) }
            return .init(title: title, groups: FindingGroup.groups(of: policy.findings, joinsInstances: style.isTerminal))
        }
    }

    private func budgetsText(_ style: TextStyle) -> String {
        guard !result.budgets.isEmpty else { return "" }
        var table = TextTable([
            .init("", .leading, .shrinks), .init(), .init(), .init("", .trailing), .init("", .trailing), .init("", .leading, .wraps),
        ])
        // What it shows, the percentage says too.
        let hasBars = style.width.map { $0 >= 100 } ?? true
        for budget in result.budgets {
            let share = budget.share
            let look: StyledText.Look = (share ?? 0) > 1 ? .red : (share ?? 0) > 0.8 ? .yellow : .green
            let lacksForecast = budget.judged && !budget.closed && budget.matched && budget.perUnit == nil
            let forecast = budget.forecast.map { ", \($0.short) forecast" } ?? (lacksForecast ? ", no forecast" : "")
            table.append([
                StyledText(budget.name), StyledText(budget.period.description, .dim),
                hasBars ? StyledText(Bar.of(share ?? 0, width: 16), look) : "",
                StyledText(percent(share), look), StyledText("\(budget.known?.short ?? "–") of \(budget.amount.short)"),
                StyledText(budget.standing + forecast + (budget.unitText.map { ", \($0)" } ?? ""), .dim),
            ])
        }
        return StyledText("Budgets", .bold).rendered(style) + "\n" + table.render(style)
    }

    private func exemptionsText(_ style: TextStyle) -> String {
        let shown = result.exemptions.filter { showsAll || $0.standing != .active }
        guard !shown.isEmpty else { return "" }
        var table = TextTable([.init("", .leading, .shrinks), .init(), .init(), .init("", .leading, .wraps)])
        for exemption in shown {
            let look: StyledText.Look = exemption.standing == .expired ? .red : exemption.standing == .active ? .green : .yellow
            table.append([
                StyledText(exemption.name), StyledText(exemption.standing.rawValue, look),
                StyledText(exemption.standing == .expired ? "on \(exemption.expires)" : "until \(exemption.expires)", .dim),
                StyledText(exemption.place.description, .cyan) + StyledText(" · \(counted(exemption.findings.count, "finding"))"),
            ])
        }
        return StyledText("Exemptions", .bold).rendered(style) + "\n" + table.render(style)
    }

    private func suppressedText(_ style: TextStyle) -> String {
        guard showsAll, !result.suppressed.isEmpty else { return "" }
        var table = TextTable([.init(), .init("", .leading, .shrinks), .init("", .leading, .shrinks), .init("", .leading, .wraps)])
        for item in result.suppressed {
            table.append([
                StyledText(item.reason.rawValue, .yellow), StyledText(item.location.description, .cyan),
                StyledText(item.resource.identity.shown(at: item.location)), StyledText(item.detail),
            ])
        }
        return StyledText("Held back", .bold).rendered(style) + "\n" + table.render(style)
    }

    private func summaryText(_ style: TextStyle) -> String {
        let summary = result.summary
        var parts = [StyledText(counted(summary.resources, "resource"))]
        parts.append(summary.fail == 0 ? StyledText("nothing fails", .green) : StyledText(failingText, .red))
        if summary.unknown > 0 { parts.append(StyledText("\(summary.unknown) unknown", .magenta)) }
        if summary.error > 0 { parts.append(StyledText(counted(summary.error, "error"), .red)) }
        if summary.exempt > 0 { parts.append(StyledText("\(summary.exempt) exempt")) }
        if summary.shadow > 0 { parts.append(StyledText("\(summary.shadow) in shadow")) }
        if summary.suppressed > 0 { parts.append(StyledText("\(summary.suppressed) held back")) }
        if let stake = failing.monthlyAtStake(in: currency), !stake.amount.isZero {
            parts.append(StyledText("\(stake.short)/month at stake", .bold))
        }
        var lines = [parts.joined(separator: " · ")]
        if let fixableText { lines.append(fixableText) }
        if isPartial { lines.append(StyledText("partial: not everything could be observed, see the problems above", .alarm)) }
        let head = StyledText("\(context.shortRevision) as of \(context.evaluatedAt)", .dim)
        return (lines + [head]).flatMap { $0.lines(style) }.joined()
    }

    /// What to press next.
    func nextText(_ style: TextStyle) -> String {
        let actions = showsNext ? nextActions : []
        guard !actions.isEmpty else { return "" }
        var table = TextTable([.init("", .trailing), .init(), .init("", .leading, .wraps)])
        for action in actions {
            let stake = action.monthly.flatMap { $0.amount.isZero ? nil : "\($0.short)/month" } ?? ""
            table.append([StyledText(stake, .bold), StyledText(action.command, .cyan), StyledText(action.reason)])
        }
        return StyledText("Next", .bold).rendered(style) + "\n" + table.render(style)
    }

    /// What `[*]` means, where no next action says so.
    var fixableText: StyledText? {
        let fixable = actionable.count(where: \.isFixable)
        guard !showsNext, fixable > 0 else { return nil }
        return StyledText("[*] \(fixable) can be fixed: ", .dim) + "bursar plan"
    }

    /// `12 failing (2 high, 10 medium), 7 of policies that block`
    private var failingText: String {
        let summary = result.summary
        let severities = Severity.allCases.reversed().compactMap { severity in
            summary.failing[severity].map { "\($0) \(severity)" }
        }
        return "\(summary.fail) failing (\(severities.joined(separator: ", ")))"
            + (summary.blocking > 0 ? ", \(summary.blocking) of policies that block" : "")
            + (summary.baseline > 0 ? ", \(summary.baseline) in the baseline" : "")
    }
}

extension BudgetStatus {
    /// How much of the period is in the actual: `closed`, `to date`, `30 of 92 days known`.
    fileprivate var standing: String {
        if !matched { return "no row matched" }
        if closed { return "closed" }
        if isOver { return "\(coverage.counted) known" + (coverage.fault.map { "; \($0)" } ?? "") }
        return lacksDays ? "to date, \(coverage.description)" : "to date"
    }
}

extension Enforcement {
    /// What a policy does with a failing finding.
    fileprivate var verb: String {
        switch self {
        case .block: "blocks"
        case .warn: "warns"
        case .shadow: "shadow"
        }
    }
}
