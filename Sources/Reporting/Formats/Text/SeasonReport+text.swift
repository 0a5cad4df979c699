import CostModel
import Game

extension SeasonReport {
    package func text(_ style: TextStyle) -> String {
        var parts = [StyledText(state, .bold).rendered(style) + "\n" + ranks.render(style)]
        if !sentences.isEmpty { parts.append(sentences.map { "  " + StyledText($0).rendered(style) + "\n" }.joined()) }
        if !commands.isEmpty { parts.append(commands.map { "  " + StyledText($0, .cyan).rendered(style) + "\n" }.joined()) }
        if let card {
            var table = TextTable([.init("", .trailing), .init(), .init("", .leading, .shrinks), .init("", .leading, .shrinks)])
            for (index, square) in card.squares.enumerated() {
                table.append([
                    StyledText("\(index + 1)"), StyledText(square.kind.rawValue, .dim),
                    StyledText(Self.rowText(card, index / 4)[index % 4], square.mark == .marked ? .green : .plain),
                    StyledText(square.command ?? "", .dim),
                ])
            }
            parts.append(StyledText("Bingo: \(score(of: card))", .bold).rendered(style) + "\n" + table.render(style))
        }
        if !hallOfFame.isEmpty {
            let lines = hallOfFame.prefix(20).map { "  " + StyledText("\($0.team): \($0.reason)").rendered(style) + "\n" }
            parts.append(StyledText("Hall of fame", .bold).rendered(style) + "\n" + lines.joined())
        }
        parts.append(problems.besideSums(context, style))
        parts.append(StyledText("\(context.shortRevision) as of \(context.evaluatedAt)", .dim).rendered(style) + "\n")
        return parts.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private var ranks: TextTable {
        var table = TextTable([
            .init("#", .trailing), .init("team", .leading, .shrinks), .init("points", .trailing), .init("", .leading, .wraps),
        ])
        for row in shownRows {
            table.append([
                StyledText(row.rank.map(String.init) ?? "–"), StyledText(name(row)), StyledText(row.points.description),
                StyledText(row.note ?? "", .dim),
            ])
        }
        return table
    }
}
