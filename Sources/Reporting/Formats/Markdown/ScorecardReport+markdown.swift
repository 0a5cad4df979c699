import CostModel
import Game

extension ScorecardReport {
    package func markdown() -> String {
        let board = Markdown.table(
            ["#:", "team", "score:"] + (isOrderedByL ? ["L:", "I:", "T:"] : []) + ["level", "league:", "28 days:", "could save:", ""],
            leaderboard.teams.map { card in
                let level = card.heldLevel ?? card.level
                var row = [card.rank.map(String.init) ?? "–", Markdown.text(card.team), card.shownScore]
                if isOrderedByL { row += [card.leaderboard?.whole ?? "–", card.shownImprovement, card.shownTimeliness] }
                row += [
                    level == .none ? "–" : level.rawValue, card.league.map(String.init) ?? "–", card.cost?.short ?? "–",
                    card.shownSavings,
                    Markdown.text(([card.note].compactMap { $0 } + card.course).joined(separator: "; ")),
                ]
                return row
            })
        var sections = [board]
        sections += detailed.map { card in
            let title = "\(Markdown.text(card.team)): \(counted(card.penalties.count, "penalty", plural: "penalties"))"
            let parts = [
                card.penalties.isEmpty ? "" : penalties(card), card.lacks.map { "Next level " + Markdown.text($0) + "\n" } ?? "",
                movementsTable(card),
            ]
            return Markdown.details(title, parts.filter { !$0.isEmpty }.joined(separator: "\n"))
        }
        if !campaigns.isEmpty { sections.append(campaigns.map { "- \(Markdown.text($0.line))\n" }.joined()) }
        if !problems.isEmpty { sections.append(problems.markdown + context.gapMarkdown) }
        let unowned =
            leaderboard.unowned.map { "\($0.short) of 28 days belong to nobody" } ?? "nothing can be scored"
        sections.append(
            "<sub>\(unowned)\(estimates.map(\.sentence).flatMap { $0.isEmpty ? nil : " · \($0)" } ?? "") · \(Markdown.text(context.shortRevision)) "
                + "as of \(context.evaluatedAt)</sub>\n")
        return sections.joined(separator: "\n")
    }

    private func penalties(_ card: Scorecard) -> String {
        let hasDeadlines = card.penalties.contains { $0.due != nil }
        return Markdown.table(
            ["points:", "at stake:", "place"] + (hasDeadlines ? ["due"] : []) + ["what", "finding"],
            card.penalties.map { penalty in
                let finding = findings[penalty.finding]
                let place = Markdown.code(finding?.location?.description ?? "")
                return ["−\(penalty.points)", penalty.atStake.short, place] + (hasDeadlines ? [penalty.deadline] : [])
                    + [Markdown.text(finding?.message ?? ""), Markdown.code(penalty.finding)]
            })
    }

    private func movementsTable(_ card: Scorecard) -> String {
        let shown = movements(of: card)
        guard !shown.isEmpty else { return "" }
        return Markdown.table(
            ["since last week:", "why", "finding"],
            shown.map { [$0.shownPoints, Markdown.text($0.sentence), $0.finding.map(Markdown.code) ?? ""] })
    }
}
