package import Charts
import CostModel

extension PeriodReport: PageReport {
    package func html() -> HTML {
        let title = "\(workspace): \(span.title)"
        var body = MailPage.heading(title, level: 1)
        for section in sections {
            body += MailPage.heading(Self.name(section)) + MailPage.list(section.lines)
            body += MailPage.table(["who moved", "why"], section.movers.map { [$0.team, $0.sentence] })
            body += MailPage.table(["at stake:", "next", "what"], section.next.map { [$0.worth, $0.command, $0.message] })
            guard let statement = section.statement, section.team != nil else { continue }
            let lines = statement.lines.map { [$0.part.rawValue, $0.words, statement.shown($0.amount), $0.trace] }
            body += MailPage.table(
                ["", "line", "amount:", "where it comes from"],
                lines + [["sum", "", statement.shownTotal, statement.gap ?? ""]])
        }
        let statements = sections.compactMap(\.statement).ordered
        if sections.count > 1 {
            let rows = statements.map { one in
                [one.name] + SpendStatement.Line.Part.allCases.map { one.shownSum($0) } + [one.shownTotal, one.mark]
            }
            body += MailPage.heading("What each has to pay for") + MailPage.table(["", "direct:", "shared:", "given:", "sum:", ""], rows)
            body += MailPage.list(statements.flatMap { one in one.undivided.map(one.sentence) })
        }
        body += MailPage.list(
            problems.aboutSums.map { "\($0.severity.rawValue): " + [$0.place, $0.message].compactMap(\.self).joined(separator: ": ") })
        body += MailPage.list([context.gapSentence].compactMap(\.self))
        return MailPage.document(title, body + MailPage.note("\(context.shortRevision) as of \(context.evaluatedAt)"))
    }
}
