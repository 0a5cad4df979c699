internal import CostModel
internal import Game
internal import JSON
internal import Pages
internal import Reporting

extension API {
    /// Campaigns, the season, and what was prevented.
    var gameRoutes: [Route] {
        [
            listing("/campaigns", "listCampaigns", "How each campaign goes, by name", GameShapes.campaign) {
                workspace, _, query throws(Refusal) in
                let campaigns = try game(of: workspace).campaigns.map { JSONValue($0) }
                return try ListPage(of: campaigns, query) { $0.text(at: "name") }
            },
            reading(
                "/season",
                Operation(
                    id: "getSeason", summary: "The best three of a season, and of a team its place, its bingo card and wins to copy",
                    query: [.ownTeam, .season], schema: GameShapes.season.name)
            ) { workspace, _, query throws(Refusal) in
                try GameShapes.season.json(season(of: workspace, query).json())
            },
            reading(
                "/prevented", Operation(id: "getPrevented", summary: "What did not open in 28 days", schema: GameShapes.prevented.name)
            ) { workspace, _, _ throws(Refusal) in
                let history = try history(of: workspace)
                let today = context.clock().day
                let span = today.advanced(by: -28)..<today
                let prevented = PreventedFindings(in: span, lives: history.lives, since: history.lives.firstDay)
                return GameShapes.prevented.json((span, prevented, history.caught?.count(in: span)))
            },
            listing("/caught", "listCaught", "Findings that a branch had on its way and did not bring, the newest first", GameShapes.caught)
            {
                workspace, _, query throws(Refusal) in
                let caught = try document(CaughtFindings.self, of: workspace)
                return try ListPage(of: caught.entries.reversed(), query) { "\($0.merge).\($0.id)" }
            },
        ]
    }

    /// What the newest evaluation left for this.
    func document<Document: KeptDocument>(_ type: Document.Type, of workspace: String) throws(Refusal) -> Document {
        let found = try read { archive throws(ServerError) in try archive.document(type, of: workspace) }
        guard let found else { throw Refusal(404, "nothing is known of this yet: the next run of the loop will remember it") }
        return found
    }

    private func history(of workspace: String) throws(Refusal) -> History {
        let since = context.clock().day.advanced(by: -WorkspacePages.days)
        return try read { archive throws(ServerError) in try archive.history(of: workspace, since: since) }
    }

    private func game(of workspace: String) throws(Refusal) -> SiteGame {
        let kept = try document(KeptEvaluation.self, of: workspace)
        return SiteGame(kept, history: try history(of: workspace), today: context.clock().day)
    }

    private func season(of workspace: String, _ query: [String: String]) throws(Refusal) -> SeasonReport {
        let today = context.clock().day
        let asked = query["season"].flatMap { BudgetPeriod(.quarterly, $0) }.map { Season(of: $0.days.lowerBound) } ?? Season(of: today)
        guard asked.days.lowerBound <= today else { throw Refusal(404, "this season has not begun") }
        let kept = try document(KeptEvaluation.self, of: workspace)
        let history = try history(of: workspace)
        let game = SiteGame(kept, history: history, today: today)
        var report = SeasonReport(
            context: ReportContext(revision: kept.revision, evaluatedAt: kept.evaluatedAt), workspace: workspace,
            table: game.table(of: asked, history), hallOfFame: game.hallOfFame, team: query["team"], problems: [])
        guard let team = query["team"] else { return report }
        // Who does not play is like somebody who is not there: a team is known by its scores.
        guard kept.players.contains(team) || history.scores.contains(where: { $0.team == team }) else {
            throw Refusal(404, "there is no such team")
        }
        guard kept.players.contains(team) else {
            report.notes.append("the team takes no part in seasons: its object says 'game: false'")
            return report
        }
        report.card = BingoCard(asked, of: team, lives: history.lives, today: today)
        if report.card == nil { report.notes.append("no bingo card: the ledger does not know the four weeks before the season") }
        report.wins = asked == Season(of: today) ? kept.wins[team] ?? [] : []
        return report
    }
}

extension QueryParameter {
    fileprivate static let ownTeam = QueryParameter(
        name: "team", summary: "With this team's place, card and wins to copy", schema: ["type": "string", "pattern": .string(printable)]
    ) { _ in true }

    fileprivate static let season = QueryParameter(
        name: "season", summary: "Another season than the one that runs: `2026-Q3`",
        schema: ["type": "string", "pattern": "^(19|20)[0-9]{2}-Q[1-4]$"]
    ) { text in
        let digits = Array(text.utf8)
        return digits.count == 7 && (text.hasPrefix("19") || text.hasPrefix("20"))
            && BudgetPeriod(.quarterly, text).map { Season(of: $0.days.lowerBound).description == text } ?? false
    }
}
