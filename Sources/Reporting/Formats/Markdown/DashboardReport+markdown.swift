import CostModel
import Game

extension DashboardReport {
    /// Our part of the text, between the two hidden lines.
    package func markdown() -> String {
        let end = "\n\(explanation)\n\(mark.end)"
        var page = MarkdownPage(limit: RequestReport.bodyLimit, reserve: end.utf8.count)
        page.add(mark.begin + "\n" + "What Bursar would fix in workspace \(Markdown.text(cut(workspace, 80))), and who leads.\n")
        if let note { page.add("> \(Markdown.text(cut(note, 400)))\n") }
        season(on: &page)
        page.add(waiting, under: "### Waits (\(waiting.count))\n\n") { entry($0, open: "open this request now") }
        page.add(snoozed, under: "### Snoozed (\(snoozed.count))\n\n") { entry($0, open: "open this request now, and end this") }
        page.add(open, under: "### Open (\(open.count))\n\n") { "- \($0.name) \(Markdown.text(cut($0.title, RequestReport.titleLimit)))\n" }
        if waiting.isEmpty, snoozed.isEmpty, open.isEmpty { page.add("Nothing waits, and no request is open.\n") }
        return page.text + end
    }

    private func season(on page: inout MarkdownPage) {
        guard let table else { return }
        page.add("### \(Markdown.text(capitalized(table.state)))\n")
        page.add(table: ["#:", "team", "points:"], table.shown ?? []) { row in
            [row.rank.map(String.init) ?? "–", Markdown.text(cut(row.team, 80)), row.points.description]
        }
        if let row = table.mostImproved, let gain = row.gain {
            page.add("Most improved: \(Markdown.text(cut(row.team, 80))), by \(gain) points.\n")
        }
    }

    private func capitalized(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

    private func entry(_ entry: Waiting, open: String) -> String {
        let head = "- **\(Markdown.text(cut(entry.title, RequestReport.titleLimit)))**: \(Markdown.text(cut(entry.reason, 200)))\n"
        guard problem == nil else { return head }
        return head
            + entry.boxes.map { act in
                let box = Box(act, entry.group)
                let words = act == .open ? open : "snooze for \(days)"
                return "  - [\(ticked.contains(box) ? "x" : " ")] <!-- bursar:\(act.rawValue) \(entry.group) --> \(words)\n"
            }.joined()
    }

    private var days: String { snooze.seconds % 86_400 == 0 ? counted(Int(snooze.seconds / 86_400), "day") : snooze.description }

    private var explanation: String {
        guard let problem else {
            return """
                <sub>A box counts if everybody who edited this text since Bursar last did may write to the project; it is acted on once, in the \
                next run, and drawn anew. What policies find and what teams score stays as it is. What you write above or below stays; close this \
                issue if you do not want it.</sub>
                """
        }
        return """
            <sub>There are no boxes here: \(Markdown.text(cut(problem, 200))), so nobody can hold whether whoever ticks one may. What you write \
            above or below stays; close this issue if you do not want it.</sub>
            """
    }
}
