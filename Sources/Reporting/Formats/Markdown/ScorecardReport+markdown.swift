import CostModel

extension ScorecardReport {
    package func markdown() -> String {
        let board = Markdown.table(
            ["#:", "team", "score:", "level", "league:", "28 days:", "could save:", ""],
            leaderboard.teams.map { card in
                let level = card.heldLevel ?? card.level
                return [
                    card.rank.map(String.init) ?? "–", Markdown.text(card.team), card.shownScore,
                    level == .none ? "–" : level.rawValue, card.league.map(String.init) ?? "–", card.cost?.short ?? "–",
                    card.shownSavings,
                    Markdown.text(([card.note].compactMap { $0 } + card.course).joined(separator: "; ")),
                ]
            })
        var sections = [board]
        sections += leaderboard.teams.filter { !$0.penalties.isEmpty }.map { card in
            let title = "\(Markdown.text(card.team)): \(counted(card.penalties.count, "penalty", plural: "penalties"))"
            return Markdown.details(title, penalties(card))
        }
        if !problems.isEmpty { sections.append(problems.markdown) }
        let unowned =
            leaderboard.unowned.map { "\($0.short) of 28 days belong to nobody" } ?? "nothing can be scored"
        sections.append(
            "<sub>\(unowned) · \(Markdown.text(context.shortRevision)) "
                + "as of \(context.evaluatedAt)</sub>\n")
        return sections.joined(separator: "\n")
    }

    private func penalties(_ card: Scorecard) -> String {
        Markdown.table(
            ["points:", "at stake:", "place", "what", "finding"],
            card.penalties.map { penalty in
                let finding = findings[penalty.finding]
                return [
                    "−\(penalty.points)", penalty.atStake.short, Markdown.code(finding?.location?.description ?? ""),
                    Markdown.text(finding?.message ?? ""), Markdown.code(penalty.finding),
                ]
            })
    }
}
