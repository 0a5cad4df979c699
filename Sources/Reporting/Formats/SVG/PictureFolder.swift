import Charts
package import CostModel

/// Badges and cards of teams as files of a folder, with a page that shows them.
package struct PictureFolder {
    /// By their paths in the folder.
    package private(set) var files: [String: [UInt8]] = [:]
    /// The folder's page, in Markdown.
    package let page: String

    /// - Parameters:
    ///   - name: the workspace's.
    ///   - savings: what merged changes saved, for pictures with amounts of money; nil: pictures say percentages only.
    package init(_ leaderboard: Leaderboard, of name: String, saved savings: [SavingsRecord]?, currency: Currency) {
        let teams = leaderboard.teams.sorted { $0.team < $1.team }
        var rows: [[String]] = []
        for card in teams {
            let stem = TeamFileName.stem(of: card.team)
            let amounts = savings.map { TeamAmounts(card, $0, currency) }
            var row = [Markdown.text(card.team)]
            for badge in TeamBadge.allCases {
                let picture = card.picture(of: badge, amounts: amounts)
                let path = "\(stem)/\(badge.rawValue).svg"
                files[path] = Array(picture.file.markup.utf8)
                row.append("![\(Markdown.text("\(picture.name): \(picture.value)"))](\(path))")
            }
            let path = "\(stem)/card.svg"
            files[path] = Array(TeamCard(card, amounts).picture.file().markup.utf8)
            rows.append(row + ["[card](\(path))"])
        }
        files["leaderboard.svg"] = Array(BoardCard(leaderboard.teams).picture.file().markup.utf8)
        let table = Markdown.table(["team"] + TeamBadge.allCases.map(\.rawValue) + ["card"], rows)
        page = """
            # Scores of \(Markdown.text(name))

            'bursar reconcile' writes this folder; what else is put into it is taken out again.

            ![Leaderboard](leaderboard.svg)

            \(rows.isEmpty ? "There are no teams.\n" : table)
            """
        files["README.md"] = Array(page.utf8)
    }
}

/// A team's amounts of money, for pictures that may show them.
package struct TeamAmounts: Hashable, Sendable {
    /// Verified savings of merged changes, in a month.
    package var verified: Money
    /// What open findings could save, in a month; nil: not known.
    package var potential: Money?

    package init(_ card: Scorecard, _ savings: [SavingsRecord], _ currency: Currency) {
        let own = savings.filter { $0.change.change.team == card.team && [.measured, .vested].contains($0.standing) }
        // Of what is in another currency nothing is added.
        verified = own.compactMap(\.verified).filter { $0.currency == currency }.reduce(Money.zero(currency), +)
        potential = card.potentialSavings
    }
}
