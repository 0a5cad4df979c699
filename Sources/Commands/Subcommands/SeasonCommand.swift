import CostModel
import Game
import Reconciliation
import Reporting

extension Command {
    private static let team = Option<String>(
        "--team", value: "TEAM", "this team's place, its bingo card, and wins of others that it can copy")
    private static let quarter = Option<Season>(
        "--season", value: "QUARTER", "another season than the running one", expected: "a quarter such as 2026-Q3", parse: parseSeason)

    static let seasonal = Command(
        "season", "shows who leads this quarter, a team's bingo card, and wins of other teams to copy",
        discussion: """
            A season is a quarter of the calendar: ranks begin anew, badges stay. Points are the mean of a team's daily L, which only fixes and \
            savings that evaluations and bills confirm can raise. Ranks move weekly. Shown are the best three and the team that is asked \
            about, never a last place. A team that says 'game: false' takes no part.

            It needs the ledger of 'bursar reconcile', which it only reads.
            """,
        options: [team.description, quarter.description, CommonOptions.state.description],
        common: CommonOptions.judging(CommonOptions.format(of: SeasonReport.self).description),
        examples: [
            .init("bursar season", "the best three, and the hall of fame"),
            .init("bursar season --team payments", "with this team's place, its bingo card, and patches that worked elsewhere"),
            .init("bursar season --season 2026-Q3", "how a season ended"),
        ]
    ) { invocation, console throws(CommandFailure) in
        let session = Session(invocation, console)
        let today = session.now.day
        let season = invocation[quarter] ?? Season(of: today)
        guard season.days.lowerBound <= today else { throw CommandFailure("season \(season) has not begun", .invalid) }
        let workspace = try session.open()
        let policies = workspace.policies
        if let name = invocation[team] { try session.check(name, isOneOf: policies.teams) }
        let ledger = try session.ledger(in: try session.stateFolder())
        let scored = try session.evaluateAsTheLoop(workspace, ledger)
        var report = SeasonReport(
            context: session.context(of: scored.evaluated), workspace: policies.workspace.name,
            table: policies.table(of: season, scored.known, today: today),
            hallOfFame: SeasonAwards.hallOfFame(scored.known.badges.filter { policies.players.contains($0.team) }), team: invocation[team],
            problems: session.problems(of: scored.evaluated))
        if let name = invocation[team] { session.addPlay(of: name, to: &report, scored) }
        try session.write(report)
        return session.exitCode(of: scored.evaluated)
    }

    private static func parseSeason(_ text: String) -> Season? {
        BudgetPeriod(.quarterly, text).map { Season(of: $0.days.lowerBound) }.flatMap { $0.description == text ? $0 : nil }
    }
}

extension Session {
    /// A team's card, and what it can copy.
    fileprivate func addPlay(of team: String, to report: inout SeasonReport, _ scored: Remembered) {
        guard scored.evaluated.policies.players.contains(team) else {
            report.notes.append("'\(team)' takes no part in seasons: its object says 'game: false'")
            return
        }
        report.card = BingoCard(report.table.season, of: team, lives: scored.known.lives, today: now.day)
        if report.card == nil { report.notes.append("no bingo card: the ledger does not know the four weeks before the season") }
        showProgress("planning…")
        defer { showProgress(nil) }
        do throws(WorkspaceError) {
            report.wins = WinToCopy.all(
                for: team, naming: scored.evaluated.policies.players, scored.known, changes: try scored.evaluated.plan().changes,
                findings: scored.evaluated.evaluation.findings)
        } catch {
            report.notes.append("which wins can be copied is not known: patches are of a commit's tree; '--rev HEAD' has them")
        }
    }
}
