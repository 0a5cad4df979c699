import CostModel
import Reconciliation
import Reporting

extension Command {
    private static let all = Option<Bool>.flag("--all", help: "name every penalty of a team, not only the five largest")

    static let scorecard = Command(
        "scorecard", "scores the teams and ranks them",
        discussion: """
            A score is 100 minus penalties, and every penalty is one finding. Teams are compared in leagues of similar spend; each is \
            judged by the share of its own money at stake.
            """,
        options: [all.description], common: CommonOptions.judging(CommonOptions.formatWithMarkdown.description),
        examples: [
            .init("bursar scorecard", "the leaderboard, and what each score is made of"),
            .init("bursar scorecard --format markdown", "for a wiki page"),
        ]
    ) { invocation, console throws(CommandFailure) in
        let session = Session(invocation, console)
        let pass = try session.pass(try session.open())
        try session.write(
            ScorecardReport(
                context: session.context(of: pass.workspace), leaderboard: pass.leaderboard(), findings: pass.evaluation.findings,
                problems: session.problems(of: pass), showsAll: invocation.has(all)))
        return session.exitCode(of: pass)
    }
}
