import CostModel

extension CheckReport {
    /// Findings by team, the most money first; then budgets, exemptions and problems; the verdict last, where a terminal shows it.
    /// Against a base: what the change does.
    package func text(_ style: TextStyle) -> String {
        if let comparison { return text(of: comparison, style) }
        let sections = [findingsText(style), budgetsText(style), exemptionsText(style), suppressedText(style), problems.text(style)]
        return (sections.filter { !$0.isEmpty } + [summaryText(style)]).joined(separator: "\n")
    }

    private func findingsText(_ style: TextStyle) -> String {
        let groups = Dictionary(grouping: listed, by: \.team).map { (team: $0.key, findings: $0.value) }
        let totals = Dictionary(grouping: open, by: \.team).mapValues { $0.monthlyAtStake(in: currency) }
        let sorted = groups.sorted { a, b in
            if (a.team == nil) != (b.team == nil) { return b.team == nil }
            let left = totals[a.team]??.amount ?? .zero
            let right = totals[b.team]??.amount ?? .zero
            return left == right ? (a.team ?? "") < (b.team ?? "") : left > right
        }
        let tables = sorted.map { table($0.findings) }
        guard let layout = tables.first?.layout(style, with: tables) else { return "" }
        return zip(sorted, tables).map { group, table in
            let total = totals[group.team] ?? nil
            let title =
                StyledText(group.team ?? "unowned", .bold)
                + (total.map { $0.amount.isZero ? "" : StyledText(" · \($0.short)/month at stake") } ?? "")
            return title.rendered(style) + "\n" + table.render(style, layout)
        }.joined(separator: "\n")
    }

    private func table(_ findings: [Finding]) -> TextTable {
        var table = TextTable([
            .init("", .trailing), .init(), .init(), .init(), .init("", .leading, .shrinks), .init("", .leading, .stacks),
        ])
        for finding in findings {
            table.append([
                finding.stakeText, finding.verdictText, StyledText(finding.id, .dim),
                StyledText(finding.location?.description ?? "", .cyan), StyledText(finding.shownResource), finding.messageText,
            ])
        }
        return table
    }

    private func budgetsText(_ style: TextStyle) -> String {
        guard !result.budgets.isEmpty else { return "" }
        var table = TextTable([
            .init("", .leading, .shrinks), .init(), .init(), .init("", .trailing), .init("", .trailing), .init("", .leading, .stacks),
        ])
        for budget in result.budgets {
            let share = budget.actual.amount.ratio(to: budget.amount.amount)
            let look: StyledText.Look = (share ?? 0) > 1 ? .red : (share ?? 0) > 0.8 ? .yellow : .green
            let forecast = budget.forecast.map { ", \($0.short) forecast" } ?? (budget.closed ? "" : ", no forecast")
            table.append([
                StyledText(budget.name), StyledText(budget.period.description, .dim), StyledText(Bar.of(share ?? 0, width: 16), look),
                StyledText(percent(share), look), StyledText("\(budget.actual.short) of \(budget.amount.short)"),
                StyledText((budget.closed ? "closed" : "to date") + forecast, .dim),
            ])
        }
        return StyledText("Budgets", .bold).rendered(style) + "\n" + table.render(style)
    }

    private func exemptionsText(_ style: TextStyle) -> String {
        let shown = result.exemptions.filter { showsAll || $0.standing != .active }
        guard !shown.isEmpty else { return "" }
        var table = TextTable([.init(), .init(), .init(), .init("", .leading, .stacks)])
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
        var table = TextTable([.init(), .init(), .init("", .leading, .shrinks), .init("", .leading, .stacks)])
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
        if summary.suppressed > 0 { parts.append(StyledText("\(summary.suppressed) held back")) }
        if let stake = open.monthlyAtStake(in: currency), !stake.amount.isZero {
            parts.append(StyledText("\(stake.short)/month at stake", .bold))
        }
        var lines = [parts.joined(separator: " · ")]
        let fixable = open.count(where: \.isFixable)
        if fixable > 0 { lines.append(StyledText("[*] \(fixable) can be fixed: ", .dim) + "bursar plan") }
        if isPartial { lines.append(StyledText("partial: not everything could be observed, see the problems above", .alarm)) }
        let head = StyledText("\(context.shortRevision) as of \(context.evaluatedAt)", .dim)
        return (lines + [head]).map { $0.rendered(style) + "\n" }.joined()
    }

    /// `12 failing (2 high, 10 medium), 7 of policies that block`
    private var failingText: String {
        let failing = result.findings.filter { $0.verdict == .fail && $0.exemption == nil }
        let severities = Severity.allCases.reversed().compactMap { severity in
            let count = failing.count { $0.severity == severity }
            return count > 0 ? "\(count) \(severity)" : nil
        }
        let blocking = failing.count { $0.enforcement == .block && !$0.baseline }
        return "\(result.summary.fail) failing (\(severities.joined(separator: ", ")))"
            + (blocking > 0 ? ", \(blocking) of policies that block" : "")
            + (result.summary.baseline > 0 ? ", \(result.summary.baseline) in the baseline" : "")
    }
}
