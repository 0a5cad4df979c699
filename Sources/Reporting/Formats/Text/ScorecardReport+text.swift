import CostModel
import Game

extension ScorecardReport {
    /// The leaderboard, league by league, then what each score is made of.
    package func text(_ style: TextStyle) -> String {
        var sections = [leaderboardText(style)]
        sections += detailed.map { penaltiesText($0, style) }
        if !campaigns.isEmpty { sections.append(campaigns.map { StyledText($0.line).rendered(style) + "\n" }.joined()) }
        let problems = problems.besideSums(context, style)
        if !problems.isEmpty { sections.append(problems) }
        let unowned =
            leaderboard.unowned.map { StyledText("\($0.short) of 28 days belong to nobody", $0.amount.isZero ? .dim : .yellow) }
            ?? StyledText("nothing can be scored; 'bursar check' lists what fails", .yellow)
        sections.append(
            (unowned
                + StyledText(newestWhole.map { " · 28 days to \($0)" } ?? "", .dim)
                + StyledText(estimates.map(\.sentence).flatMap { $0.isEmpty ? nil : " · \($0)" } ?? "", .dim)
                + StyledText(" · \(context.shortRevision) as of \(context.evaluatedAt)", .dim)).lines(style).joined())
        return sections.joined(separator: "\n")
    }

    /// The last day of the 28, where it is not the day before: the days behind it have not arrived.
    private var newestWhole: Day? {
        coverage?.newestWhole.flatMap { $0 < context.evaluatedAt.day.advanced(by: -1) ? $0 : nil }
    }

    private func leaderboardText(_ style: TextStyle) -> String {
        guard !leaderboard.teams.isEmpty else { return "no teams\n" }
        let decisive: [TextTable.Column] = ["L", "I", "T"].map { .init($0, .trailing, .drops) }
        var table = TextTable(
            [.init("#", .trailing), .init("team", .leading, .shrinks), .init("score", .trailing), .init("", .leading, .decorates)]
                + (isOrderedByL ? decisive : [])
                + [
                    .init("level", .leading, .drops), .init("league", .leading, .drops), .init("28 days", .trailing, .drops),
                    .init("could save", .trailing, .drops),
                    .init("", .leading, .stacks),
                ])
        for card in leaderboard.teams {
            let level = card.heldLevel ?? card.level
            var row = [
                StyledText(card.rank.map(String.init) ?? "–"), StyledText(card.team, .bold), StyledText(card.shownScore),
                card.score.map { StyledText(Bar.of(Double($0.hundredths) / 10_000, width: 20), card.scoreLook) } ?? "",
            ]
            if isOrderedByL {
                row += [card.leaderboard?.whole ?? "–", card.shownImprovement, card.shownTimeliness].map { StyledText($0) }
            }
            row += [
                StyledText(level == .none ? "–" : level.rawValue, level.look),
                StyledText(card.league.map(String.init) ?? "–"), StyledText(card.cost?.short ?? "–"),
                StyledText(card.shownSavings),
                StyledText(([card.note].compactMap { $0 } + card.course).joined(separator: "; "), .dim),
            ]
            table.append(row)
        }
        return table.render(style)
    }

    private func penaltiesText(_ card: Scorecard, _ style: TextStyle) -> String {
        let shown = showsAll ? card.penalties : Array(card.penalties.prefix(5))
        var table = TextTable([
            .init("", .trailing), .init("", .trailing), .init("", .leading, .shrinks), .init("", .leading, .stacks),
            .init("", .leading, .stacks), .init("", .leading, .drops),
        ])
        for penalty in shown {
            let finding = findings[penalty.finding]
            table.append([
                StyledText("−\(penalty.points)", .red), StyledText(penalty.atStake.short),
                StyledText(finding?.location?.description ?? "", .cyan), StyledText(penalty.deadline, penalty.isOverdue ? .red : .plain),
                StyledText(finding?.message ?? ""), StyledText(penalty.finding, .dim),
            ])
        }
        let rest = card.penalties.dropFirst(shown.count)
        if !rest.isEmpty {
            let points = Points(hundredths: rest.reduce(0) { $0 + $1.points.hundredths })
            table.append([StyledText("−\(points)", .red), "", StyledText("\(rest.count) more"), "", "", ""])
        }
        let title =
            StyledText(card.team, .bold) + StyledText(" · \(card.shownScore) of 100")
            + StyledText(card.lacks.map { " · \($0)" } ?? "", .dim)
        return title.lines(style).joined() + table.render(style) + movementsText(card, style)
    }

    private func movementsText(_ card: Scorecard, _ style: TextStyle) -> String {
        let shown = movements(of: card)
        guard !shown.isEmpty else { return "" }
        var table = TextTable([.init("", .trailing), .init("", .leading, .stacks), .init()])
        for movement in shown {
            table.append([
                StyledText(movement.shownPoints, movement.points.hundredths < 0 ? .red : .green), StyledText(movement.sentence),
                StyledText(movement.finding ?? "", .dim),
            ])
        }
        return StyledText("  since last week", .dim).rendered(style) + "\n" + table.render(style)
    }
}

extension Scorecard {
    /// In whole points; a dash for a team without a score.
    var shownScore: String { score?.whole ?? "–" }

    /// A dash where nothing can be saved, or nobody knows.
    var shownSavings: String { potentialSavings.flatMap { $0.amount.isZero ? nil : "\($0.short)/month" } ?? "–" }

    /// `40 %`; a dash where it is not known.
    var shownImprovement: String { Self.percent(improvement) }
    var shownTimeliness: String { Self.percent(timeliness) }

    /// - Parameter hundredths: of a percent.
    private static func percent(_ hundredths: Int?) -> String { hundredths.map { "\($0 / 100) %" } ?? "–" }

    fileprivate var scoreLook: StyledText.Look {
        guard let score else { return .dim }
        return score.hundredths >= 9000 ? .green : score.hundredths >= 6000 ? .yellow : .red
    }
}

extension Level {
    fileprivate var look: StyledText.Look {
        switch self {
        case .none: .dim
        case .bronze: .red
        case .silver: .cyan
        case .gold: .yellow
        }
    }
}
