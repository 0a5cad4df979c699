import Charts
import CostModel
import Game
import Reporting

/// Who leads the season, who led the ones before, and what teams can copy from each other. Nobody's last place is shown.
struct SeasonPage {
    private static let mostWins = 100

    let site: SiteContent
    let names: PageNames

    var body: HTML {
        guard let game = site.game else {
            return "<h1>Season</h1>\(Parts.empty("Seasons are known where 'bursar reconcile' keeps a ledger and has judged once."))"
        }
        return """
            <h1>Season \(game.season.season.description)</h1><p class="lead">\(game.season.state). Points are the mean of a team's daily L over the \
            season; ranks move weekly, and begin anew each quarter. A team finds its own place and its bingo card on its page.</p>\
            \(board(game.season, id: "best"))\(last(game.last))\(wins(game))\(hallOfFame(game))
            """
    }

    /// The best three, and who gained most.
    private func board(_ table: SeasonTable, id: String) -> HTML {
        guard let rows = table.shown else {
            return Parts.section("The best", id: id, Parts.empty("Nobody has a rank yet, or one team alone: it leads nobody."))
        }
        let shown = PageTable(
            "The best of \(table.season)",
            [.init("team"), .init("rank", .number), .init("points", .number), .init("gained", .number)],
            rows.map { row in
                [
                    FindingsPage.team(row.team, names), .init(row.rank), .init("\(row.points.description)", key: row.points.description),
                    .init("\(row.gain?.description ?? "–")", key: row.gain?.description ?? ""),
                ]
            })
        let improved: HTML? = table.mostImproved.flatMap { row in
            row.gain.map { "<p class=\"lead\">Most improved: <bdi>\(row.team.clipped(to: 120))</bdi>, by \($0.description) points.</p>" }
        }
        return Parts.section("The best of \(table.season)", id: id, "\(shown.html)\(improved)")
    }

    private func last(_ table: SeasonTable) -> HTML { table.shown == nil ? "" : board(table, id: "last") }

    private func wins(_ game: SiteGame) -> HTML {
        let all = game.wins.sorted { $0.key < $1.key }.flatMap { team, wins in wins.map { (team, $0) } }
        guard !all.isEmpty else {
            return Parts.section(
                "Wins to copy", id: "wins", Parts.empty("No patch that is offered here is of a kind that saved something elsewhere yet."))
        }
        let table = PageTable(
            "Wins to copy",
            [
                .init("for"), .init("what", .sentence), .init("places", .number), .init("would save/month", .number),
                .init("policy"),
            ],
            all.prefix(Self.mostWins).map { team, win in
                [
                    FindingsPage.team(team, names), .init(text: win.sentence, most: 400), .init(win.patches.count), .init(win.savings),
                    .init(text: win.policy.name, most: 120),
                ]
            })
        return Parts.section("Wins to copy", id: "wins", table.html)
    }

    private func hallOfFame(_ game: SiteGame) -> HTML {
        guard !game.hallOfFame.isEmpty else {
            return Parts.section("Hall of fame", id: "fame", Parts.empty("No season is over yet that anybody led."))
        }
        let table = PageTable(
            "Hall of fame", [.init("badge"), .init("team"), .init("why", .sentence), .init("since", .day)],
            game.hallOfFame.prefix(200).map { badge in
                [
                    .init(Parts.chip("★ \(badge.name.clipped(to: 60))", .good), key: badge.name.clipped(to: 60)),
                    FindingsPage.team(badge.team, names), .init(text: badge.reason), .init(badge.awarded),
                ]
            })
        return Parts.section("Hall of fame", id: "fame", table.html)
    }
}
