import CostModel
import Game

extension SeasonReport: MarkdownReport {
    package func markdown() -> String {
        var page = MarkdownPage()
        page.add("## \(Markdown.text(state))\n")
        page.add(table: ["#:", "team", "points:", ""], shownRows) { row in
            [row.rank.map(String.init) ?? "–", Markdown.text(name(row)), row.points.description, Markdown.text(row.note ?? "")]
        }
        page.add(sentences) { "- \(Markdown.text($0))\n" }
        page.add(commands) { "- \(Markdown.code($0))\n" }
        if let card {
            page.add(table: Array(repeating: "", count: 4), Array(0..<4), title: "**Bingo**: \(score(of: card))") { row in
                Self.rowText(card, row).map(Markdown.text)
            }
        }
        page.add(Array(hallOfFame.prefix(20)), under: "**Hall of fame**\n\n") {
            "- \(Markdown.text($0.team)): \(Markdown.text($0.reason))\n"
        }
        if !problems.isEmpty { page.add(problems.markdown + context.gapMarkdown) }
        page.add("<sub>\(Markdown.text(context.shortRevision)) as of \(context.evaluatedAt)</sub>\n")
        return page.text
    }
}
