internal import CostModel
internal import Reporting

extension API {
    /// How workspaces stand, what they found, and how teams are scored.
    var readRoutes: [Route] {
        [
            Route(
                "GET", Self.root + "/workspaces", needs: .role(.read),
                operation: Operation(
                    id: "listWorkspaces", summary: "How each workspace stands", query: [.limit, .cursor], schema: Shapes.workspace.page.name
                )
            ) { call throws(Refusal) in
                let query = try call.query([.limit, .cursor])
                return .json(try ListPage(of: try statuses(), query, key: \.name).json(Shapes.workspace))
            },
            reading(
                "", Operation(id: "getWorkspace", summary: "How a workspace stands", schema: Shapes.workspace.name)
            ) { workspace, _, _ throws(Refusal) in Shapes.workspace.json(try status(of: workspace)) },
            listing(
                "/findings", "listFindings", "Findings, fixed ones too", Shapes.finding,
                filters: [
                    .word("state", "Only those in this state", FindingLife.State.allCases.map(\.rawValue)),
                    .word("severity", "Only those of this severity", Severity.allCases.map(\.rawValue)), .team,
                ]
            ) { workspace, _, query throws(Refusal) in
                let findings = try read { archive throws(ServerError) in try archive.findings(of: workspace) }
                return try ListPage(of: findings, query, where: { $0.satisfies(query) }, key: \.identity)
            },
            reading(
                "/findings/{finding}",
                Operation(id: "getFinding", summary: "A finding and what happened to it", schema: Shapes.findingWithEvents.name)
            ) { workspace, call, _ throws(Refusal) in
                let id = call.parameter("finding")
                guard let found = try read({ archive throws(ServerError) in try archive.finding(id, of: workspace) }) else {
                    throw Refusal(404, "there is no such finding")
                }
                return Shapes.findingWithEvents.json(found)
            },
            listing("/scorecards", "listScorecards", "Each team's newest score, and its badges", Shapes.scorecard) {
                workspace, _, query throws(Refusal) in
                let (scores, badges) = try read { archive throws(ServerError) in
                    (try archive.scores(of: workspace, team: nil, since: nil), try archive.badges(of: workspace))
                }
                let latest = ScoreDay.latest(of: scores, until: context.clock().day)
                return try ListPage(
                    of: latest.map { score in (score, badges.filter { $0.team == score.team }) }, query, key: \.score.team)
            },
            listing("/scores/{team}", "listScores", "A team's score day by day, the newest first", Shapes.score) {
                workspace, call, query throws(Refusal) in
                let team = call.parameter("team")
                let scores = try read { archive throws(ServerError) in try archive.scores(of: workspace, team: team, since: nil) }
                guard !scores.isEmpty else { throw Refusal(404, "there is no such team") }
                return try ListPage(of: scores.newestFirst(until: context.clock().day), query) { $0.day.description }
            },
        ]
    }

    func statuses() throws(Refusal) -> [WorkspaceStatus] {
        do throws(ServerError) { return try context.statuses() } catch { throw Refusal(error) }
    }

    func status(of workspace: String) throws(Refusal) -> WorkspaceStatus {
        try statuses().first { $0.name == workspace } ?? WorkspaceStatus(name: workspace)
    }
}

extension FindingLife {
    fileprivate func satisfies(_ query: [String: String]) -> Bool {
        if let wanted = query["state"], wanted != state.rawValue { return false }
        if let wanted = query["severity"], wanted != severity.rawValue { return false }
        if let wanted = query["team"], wanted != team { return false }
        return true
    }
}

extension ScoreDay {
    /// Each team's last, of days that are sorted by team and day. What a clock left that was ahead once is not the last.
    static func latest(of days: [ScoreDay], until today: Day) -> [ScoreDay] {
        var latest: [ScoreDay] = []
        for day in days where day.day <= today {
            if latest.last?.team == day.team { latest.removeLast() }
            latest.append(day)
        }
        return latest
    }
}
