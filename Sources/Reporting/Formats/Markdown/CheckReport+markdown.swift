import CostModel

extension CheckReport {
    /// Against a base the comment on a pull request, which code hosts limit; else all of it.
    package func markdown() -> String { markdown(limit: comparison == nil ? nil : Self.commentLimit) }

    package func markdown(limit: Int?) -> String {
        if let comparison { return comment(on: comparison, limit: limit ?? Self.commentLimit) }
        var page = MarkdownPage(limit: limit, reserve: 1_000)
        page.add(headline)
        let raised = listed.filter(\.isRaised)
        page.add(table: Self.titles, FindingGroup.groups(of: raised, joinsInstances: false), cells: row)
        page.add(table: ["budget", "period", "spent:", "of:", "share:", "forecast:"], result.budgets, cells: row)
        let exempt = listed.filter { $0.exemption != nil }
        if !exempt.isEmpty {
            page.add("<details><summary>\(counted(exempt.count, "exempt finding"))</summary>\n")
            page.add(table: Self.titles, FindingGroup.groups(of: exempt, joinsInstances: false), cells: row)
            page.add("</details>\n")
        }
        page.add(problems.markdownRows, under: "**Problems**\n\n") { $0 }
        page.add("<sub>\(Markdown.text(context.shortRevision)) as of \(context.evaluatedAt)</sub>\n")
        return page.text
    }

    private var headline: String {
        let summary = result.summary
        var parts = ["\(summary.fail) failing"]
        if summary.unknown > 0 { parts.append("\(summary.unknown) unknown") }
        if summary.error > 0 { parts.append(counted(summary.error, "error")) }
        if summary.exempt > 0 { parts.append("\(summary.exempt) exempt") }
        if summary.shadow > 0 { parts.append("\(summary.shadow) in shadow") }
        let counts = parts.joined(separator: ", ") + " of " + counted(summary.resources, "resource")
        let partial = isPartial ? "\n**Partial:** not everything could be observed; see the problems.\n" : ""
        let stake = result.unknownSpend == nil ? failing.monthlyAtStake(in: currency) : nil
        let unknown = result.hasBill ? "too little of the bill for dollars" : "no bill, so no dollars"
        return "**\(stake.map { "\($0.short)/month at stake" } ?? unknown)** · \(counts)\n\(partial)"
    }

    static var titles: [String] { ["per month:", "severity", "team", "place", "resource", "what"] }

    private func row(_ group: FindingGroup) -> [String] {
        var message = Markdown.text(group.message)
        if let exemption = group.first.exemption { message += " · exempt by \(Markdown.code(exemption))" }
        if group.first.baseline { message += " · baseline" }
        if group.first.status == .shadow { message += " · shadow" }
        return row(group, message)
    }

    /// - Parameter what: Markdown.
    func row(_ group: FindingGroup, _ what: String) -> [String] {
        let finding = group.first
        return [
            group.stakeText ?? "–", finding.verdict == .fail ? group.severity.rawValue : finding.verdict.rawValue,
            finding.team.map(Markdown.text) ?? "unowned", Markdown.code(finding.location?.description ?? ""),
            Markdown.code(finding.shownResource), what,
        ]
    }

    private func row(_ budget: BudgetStatus) -> [String] {
        [
            Markdown.text(budget.name),
            budget.period.description + (budget.lacksDays ? " (\(Markdown.text(budget.coverage.description)))" : ""),
            budget.known?.short ?? (budget.matched ? "–" : "no row matched"),
            budget.amount.short + (budget.unitText.map { " (\(Markdown.text($0)))" } ?? ""), percent(budget.share),
            budget.forecast?.short ?? "–",
        ]
    }
}

extension ReportContext {
    /// Behind the problems: why sums are not whole.
    var gapMarkdown: String { gapSentence.map { "\n**\(Markdown.text($0))**\n" } ?? "" }
}

extension [Problem] {
    /// A list of the problems under a heading.
    var markdown: String { "**Problems**\n\n" + markdownRows.joined() }

    /// The list's lines.
    var markdownRows: [String] {
        shown.map { problem in
            let place = problem.place.map { Markdown.code($0) + " " } ?? ""
            return "- \(problem.severity.rawValue): \(place)\(Markdown.text(problem.message))\n"
        } + further.map { "- and \(counted($0.count, "more note")) \(Markdown.code($0.id))\n" }
    }
}
