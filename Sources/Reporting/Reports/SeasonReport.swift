package import CostModel
package import Game

/// What `season` says: who leads, what a team has on its card, and which wins it can copy.
package struct SeasonReport: Report {
    package var context: ReportContext
    package var workspace: String
    package var table: SeasonTable
    package var hallOfFame: [Badge]
    /// Of the team that was asked about; nil: of none.
    package var team: String?
    package var card: BingoCard?
    package var wins: [WinToCopy] = []
    /// Why there is no card, or what stands in the way of copying.
    package var notes: [String] = []
    package var problems: [Problem]

    package init(
        context: ReportContext, workspace: String, table: SeasonTable, hallOfFame: [Badge], team: String? = nil, problems: [Problem]
    ) {
        self.context = context
        self.workspace = workspace
        self.table = table
        self.hallOfFame = hallOfFame
        self.team = team
        self.problems = problems.sorted()
    }
}

extension SeasonReport {
    /// The best three and *you*: who comes last is nobody else's to see.
    var shownRows: [SeasonTable.Row] {
        let top = table.top
        guard let team, let own = table.row(of: team), !top.contains(own) else { return top }
        return top + [own]
    }

    func name(_ row: SeasonTable.Row) -> String { row.team == team ? "\(row.team) (you)" : row.team }

    var state: String { table.state }

    /// What there is to say in sentences.
    var sentences: [String] {
        var sentences: [String] = []
        if let row = table.mostImproved, let gain = row.gain { sentences.append("most improved: \(row.team), by \(gain) points") }
        if let team, table.row(of: team) == nil { sentences.append("'\(team)' has no points in this season yet") }
        return sentences + wins.map(\.sentence) + notes
    }

    /// The commands by which a win is copied, one for each patch.
    var commands: [String] {
        wins.flatMap(\.patches).prefix(10).map { "bursar plan --out plan && git apply plan/\($0.change).patch" }
    }

    static func rowText(_ card: BingoCard, _ row: Int) -> [String] {
        card.squares[row * 4..<row * 4 + 4].map { square in
            let sign =
                switch square.mark {
                case .marked: square.kind == .keep ? "✓ kept so far: " : "✓ "
                case .open: "○ "
                case .lost: "✗ lost: "
                case .empty: "– "
                }
            return "\(sign)\(square.text)"
        }
    }

    func score(of card: BingoCard) -> String { "\(card.marked) of 16 squares, \(counted(card.lines, "line"))" }
}
