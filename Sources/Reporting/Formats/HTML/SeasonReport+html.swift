package import Charts
import CostModel
import Game

extension SeasonReport: PageReport {
    package func html() -> HTML {
        let title = "\(workspace): \(state)"
        var body = MailPage.heading(title, level: 1)
        body += MailPage.table(
            ["#:", "team", "points:", ""],
            shownRows.map { [$0.rank.map(String.init) ?? "–", name($0), $0.points.description, $0.note ?? ""] })
        body += MailPage.list(sentences) + MailPage.list(commands)
        if let card {
            body += MailPage.heading("Bingo: \(score(of: card))")
            body += MailPage.table(["", "", "", ""], (0..<4).map { Self.rowText(card, $0) })
        }
        if !hallOfFame.isEmpty {
            body += MailPage.heading("Hall of fame") + MailPage.list(hallOfFame.prefix(20).map { "\($0.team): \($0.reason)" })
        }
        return MailPage.document(title, body + MailPage.note("\(context.shortRevision) as of \(context.evaluatedAt)"))
    }
}
