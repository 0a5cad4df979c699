import CostModel
import Game
package import JSON

extension SeasonReport {
    /// With the best three and the team that was asked about, as people see them.
    package func json() -> JSONValue {
        context.header.appending([
            "workspace": .string(workspace), "season": .string(table.season.description),
            "from": .string(table.season.days.lowerBound.description),
            "to": .string(table.season.days.upperBound.advanced(by: -1).description), "over": .bool(table.isOver),
            "judgedDays": JSONValue(table.judgedDays), "mostImproved": JSONValue(table.mostImproved?.team),
            "teams": .array(
                shownRows.map { row in
                    [
                        "team": .string(row.team), "rank": JSONValue(row.rank), "points": JSONValue(row.points),
                        "gain": JSONValue(row.gain),
                        "note": JSONValue(row.note),
                    ]
                }),
            "bingo": card.map(Self.json) ?? .null,
            "wins": .array(
                wins.map { win in
                    [
                        "team": .string(win.team), "policy": JSONValue(win.policy), "rule": .string(win.rule),
                        "merged": .string(win.merged.description), "verified": JSONValue(win.verified), "savings": JSONValue(win.savings),
                        "changes": JSONValue(win.patches.map(\.change)),
                    ]
                }),
            "hallOfFame": .array(hallOfFame.map(JSONValue.init)), "notes": JSONValue(notes),
            "diagnostics": .array(problems.map(JSONValue.init)),
        ])
    }

    private static func json(_ card: BingoCard) -> JSONValue {
        [
            "marked": JSONValue(card.marked), "lines": JSONValue(card.lines),
            "squares": .array(
                card.squares.map { square in
                    [
                        "kind": .string(square.kind.rawValue), "text": .string(square.text), "mark": .string(square.mark.rawValue),
                        "command": JSONValue(square.command),
                    ]
                }),
        ]
    }
}
