import CostModel

extension PeriodReport: MarkdownReport {
    package func markdown() -> String {
        var page = MarkdownPage()
        for section in sections {
            page.add(
                "## \(Markdown.text(Self.name(section))): \(span.title)\n\n" + section.lines.map { "- \(Markdown.text($0))\n" }.joined())
            page.add(section.movers, under: "**Who moved**\n\n") { "- \(Markdown.text($0.team)): \(Markdown.text($0.sentence))\n" }
            page.add(table: ["at stake:", "what", "next"], section.next) { step in
                [step.worth, Markdown.text(step.message), Markdown.code(step.command)]
            }
            guard let statement = section.statement, section.team != nil else { continue }
            page.add(table: ["", "line", "amount:", "where it comes from"], statement.lines, title: "**Statement**") { line in
                [line.part.rawValue, Markdown.text(line.words), statement.shown(line.amount), Markdown.code(line.trace)]
            }
            page.add("Sum: **\(statement.shownTotal)**\(statement.gap.map { "; \(Markdown.text($0))" } ?? "")\n")
        }
        let statements = sections.compactMap(\.statement).ordered
        if sections.count > 1 {
            page.add(table: ["", "direct:", "shared:", "given:", "sum:", ""], statements, title: "**What each has to pay for**") {
                statement in
                [Markdown.text(statement.name)] + SpendStatement.Line.Part.allCases.map { statement.shownSum($0) }
                    + [statement.shownTotal, statement.mark]
            }
            page.add(statements.flatMap { one in one.undivided.map(one.sentence) }) { "- \(Markdown.text($0))\n" }
        }
        if !problems.isEmpty { page.add(problems.markdown + context.gapMarkdown) }
        page.add("<sub>\(Markdown.text(context.shortRevision)) as of \(context.evaluatedAt)</sub>\n")
        return page.text
    }
}
