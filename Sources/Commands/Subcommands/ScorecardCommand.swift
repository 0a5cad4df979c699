import CostModel
import Reconciliation
import Reporting
import Store

extension Command {
    private static let all = Option<Bool>.flag("--all", help: "name every penalty of a team, not only the five largest")

    private static let remembered = Option<Bool>.flag(
        "--history", help: "score with what the ledger of 'bursar reconcile' remembers: streaks, levels that are held, badges")

    static let scorecard = Command(
        "scorecard", "scores the teams and ranks them",
        discussion: """
            A score is 100 minus penalties, and every penalty is one finding. Teams are compared in leagues of similar spend; each is \
            judged by the share of its own money at stake.

            With --history the leaderboard also counts what merged fixes saved and whether what was due is fixed. The ledger is only read.
            """,
        options: [all.description, remembered.description, CommonOptions.state.description],
        common: CommonOptions.judging(CommonOptions.format(of: ScorecardReport.self).description),
        examples: [
            .init("bursar scorecard", "the leaderboard, and what each score is made of"),
            .init("bursar scorecard --format markdown", "for a wiki page"),
        ]
    ) { invocation, console throws(CommandFailure) in
        let session = Session(invocation, console)
        let workspace = try session.open()
        let evaluated: EvaluatedWorkspace
        let leaderboard: Leaderboard
        if invocation.has(remembered) {
            let ledger = try session.ledger(in: try session.stateFolder())
            (evaluated, leaderboard, _) = try session.evaluateAsTheLoop(workspace, ledger)
        } else {
            evaluated = try session.evaluate(workspace)
            leaderboard = evaluated.leaderboard()
        }
        var report = ScorecardReport(
            context: session.context(of: evaluated.workspace), leaderboard: leaderboard, findings: evaluated.evaluation.findings,
            problems: session.problems(of: evaluated), showsAll: invocation.has(all))
        report.coverage = evaluated.evaluation.coverage
        try session.write(report)
        return session.exitCode(of: evaluated)
    }
}
