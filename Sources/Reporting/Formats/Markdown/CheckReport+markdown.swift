import CostModel

extension CheckReport {
    package func markdown() -> String {
        var sections = [headline]
        let open = listed.filter { $0.verdict != .pass && $0.exemption == nil }
        if !open.isEmpty { sections.append(table(open)) }
        if !result.budgets.isEmpty { sections.append(budgets) }
        let exempt = listed.filter { $0.exemption != nil }
        if !exempt.isEmpty { sections.append(Markdown.details(counted(exempt.count, "exempt finding"), table(exempt))) }
        if !problems.isEmpty { sections.append(problems.markdown) }
        sections.append("<sub>\(Markdown.text(context.shortRevision)) as of \(context.evaluatedAt)</sub>\n")
        return sections.joined(separator: "\n")
    }

    private var headline: String {
        let summary = result.summary
        var parts = ["\(summary.fail) failing"]
        if summary.unknown > 0 { parts.append("\(summary.unknown) unknown") }
        if summary.error > 0 { parts.append(counted(summary.error, "error")) }
        if summary.exempt > 0 { parts.append("\(summary.exempt) exempt") }
        let counts = parts.joined(separator: ", ") + " of " + counted(summary.resources, "resource")
        let partial = isPartial ? "\n**Partial:** not everything could be observed; see the problems.\n" : ""
        return "**\(self.open.monthlyAtStake(in: currency).short)/month at stake** · \(counts)\n\(partial)"
    }

    private func table(_ findings: [Finding]) -> String {
        Markdown.table(
            ["per month:", "severity", "team", "place", "resource", "what"],
            findings.map { finding in
                var message = Markdown.text(finding.message)
                if finding.verdict == .unknown, let reason = finding.reason { message += " (\(Markdown.text(reason)))" }
                if let exemption = finding.exemption { message += " · exempt by \(Markdown.code(exemption))" }
                if finding.baseline { message += " · baseline" }
                let isCounted = finding.verdict == .fail && !finding.atStake.amount.isZero
                return [
                    isCounted ? finding.monthlyAtStake.short : "–",
                    finding.verdict == .fail ? finding.severity.rawValue : finding.verdict.rawValue,
                    finding.team.map(Markdown.text) ?? "unowned", Markdown.code(finding.location?.description ?? ""),
                    Markdown.code(finding.shownResource), message,
                ]
            })
    }

    private var budgets: String {
        Markdown.table(
            ["budget", "period", "spent:", "of:", "share:", "forecast:"],
            result.budgets.map { budget in
                [
                    Markdown.text(budget.name), budget.period.description, budget.actual.short, budget.amount.short,
                    percent(budget.actual.amount.ratio(to: budget.amount.amount)), budget.forecast?.short ?? "–",
                ]
            })
    }
}

extension [Problem] {
    /// A list of the problems under a heading.
    var markdown: String {
        "**Problems**\n\n"
            + shown.map { problem in
                let place = problem.place.map { Markdown.code($0) + " " } ?? ""
                return "- \(problem.severity.rawValue): \(place)\(Markdown.text(problem.message))\n"
            }.joined() + further.map { "- and \($0.count) more notes \(Markdown.code($0.id))\n" }.joined()
    }
}
