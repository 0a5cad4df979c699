import Charts
import CostModel
import Game
import Reporting

/// A team's place in the season, its bingo card, and what it can copy: the part of its page that is about the game.
struct TeamSeason {
    private static let mostWins = 10

    let game: SiteGame
    let team: String

    var section: HTML {
        guard game.players.contains(team) else {
            return Parts.section("Season", id: "season", Parts.empty("This team takes no part: its object says 'game: false'."))
        }
        return Parts.section(
            "Season \(game.season.season)", id: "season", "<p class=\"lead\">\(place)</p>\(card)\(wins)")
    }

    private var place: String {
        guard let row = game.season.row(of: team) else { return "No points in this season yet." }
        let gained = row.gain.map { "; \($0) more in the last seven days than in the first" } ?? ""
        guard let rank = row.rank else { return "\(row.points) points, no rank: \(row.note ?? "not known why")\(gained)." }
        return "Rank \(rank) with \(row.points) points\(gained)."
    }

    private var card: HTML {
        guard let card = game.card(of: team) else {
            return Parts.empty("There is no bingo card: the ledger does not know the four weeks before the season.")
        }
        let squares = card.squares.map { square -> HTML in
            let code: HTML? = square.command.map { "<code>\($0.clipped(to: 160))</code>" }
            return """
                <li class="\(square.mark.rawValue)"><strong>\(Self.sign(square))</strong><bdi>\(square.text.clipped(to: 140))</bdi>\(code)</li>
                """
        }
        let score = "\(card.marked) of 16 squares, \(counted(card.lines, "line"))"
        return """
            <h3>Bingo: \(score)</h3><div class="scroll" tabindex="0" role="region" aria-label="Bingo card: \(score)"><ul class="bingo">\
            \(squares)</ul></div>
            """
    }

    private static func sign(_ square: BingoCard.Square) -> String {
        switch square.mark {
        case .marked: square.kind == .keep ? "✓ kept so far" : square.kind == .learn ? "✓ learned" : "✓ fixed"
        case .open: square.kind == .learn ? "○ to learn" : "○ to fix"
        case .lost: "✗ lost"
        case .empty: "– free"
        }
    }

    private var wins: HTML {
        let wins = game.wins[team] ?? []
        guard !wins.isEmpty else { return "" }
        let items = wins.prefix(Self.mostWins).map { win -> HTML in
            let commands = win.patches.prefix(5).map { patch -> HTML in
                "<br/><code>bursar plan --out plan &amp;&amp; git apply plan/\(patch.change.clipped(to: 60)).patch</code>"
            }
            let more: HTML? = win.patches.count > 5 ? "<br/>and \(win.patches.count - 5) more" : nil
            return "<li><bdi>\(win.sentence.clipped(to: 400))</bdi>\(commands)\(more)</li>"
        }
        return "<h3>Wins to copy</h3><div class=\"card\"><ul class=\"plain\">\(items)</ul></div>"
    }
}
