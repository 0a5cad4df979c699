import CostModel

extension PlanReport {
    /// `plan.md`: the changes as a table, each patch behind a line to open, then the advice.
    package func markdown() -> String {
        var sections = [headline]
        if !written.isEmpty {
            sections.append(table)
            sections += written.map { change in
                let title = "\(Markdown.text(change.title)) · <code>\(Markdown.html(change.shownPlace))</code>"
                return Markdown.details(title, Markdown.block(change.patch ?? "", language: "diff"))
            }
        }
        if !advisory.isEmpty { sections.append("**Advice, never written by itself**\n\n" + advice) }
        if !problems.isEmpty { sections.append(problems.markdown + context.gapMarkdown) }
        sections.append(
            "<sub>plan \(digest.prefix(12)) on \(Markdown.text(context.shortRevision)) as of \(plan.evaluatedAt), "
                + "good until \(plan.expires)</sub>\n")
        return sections.joined(separator: "\n")
    }

    private var headline: String {
        guard !written.isEmpty else { return "**Nothing to change**\n" }
        let saves = savings.amount.isZero ? "" : " · saves \(savings.short)/month"
        return "**\(counted(written.count, "change")) in \(counted(plan.files.count, "file"))\(saves)**\n"
    }

    private var table: String {
        Markdown.table(
            ["saves per month:", "place", "change", "team", "applies"],
            written.map { change in
                [
                    change.monthlySavings?.short ?? "–", Markdown.code(change.shownPlace), Markdown.text(change.title),
                    change.team.map(Markdown.text) ?? "unowned", change.applicability.rawValue,
                ]
            })
    }

    private var advice: String {
        Markdown.table(
            ["place", "change", "why not"],
            advisory.map { [Markdown.code($0.shownPlace), Markdown.text($0.title), Markdown.text($0.reason ?? "")] })
    }
}
