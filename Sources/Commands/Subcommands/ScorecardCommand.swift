import CostModel
import Diagnostics
import Game
import Reconciliation
import Reporting
import Store

extension Command {
    private static let all = Option<Bool>.flag("--all", help: "name every penalty of a team, not only the five largest")

    private static let remembered = Option<Bool>.flag(
        "--history", help: "score with what the ledger of 'bursar reconcile' remembers: streaks, levels that are held, badges")

    private static let team = Option<String>("--team", value: "TEAM", "only this team")

    private static let badge = Option<TeamBadge>("--badge", choice: "BADGE", "with --format svg and --team: a badge and not the card")

    static let scorecard = Command(
        "scorecard", "scores the teams and ranks them",
        discussion: """
            A score is 100 minus penalties, and every penalty is one finding. Teams are compared in leagues of similar spend; each is \
            judged by the share of its own money at stake.

            With --history the leaderboard also counts what merged fixes saved and whether what was due is fixed. The ledger is only read.

            --format svg draws the leaderboard, or the card or a badge of one team, without any dollars: pictures may be public.
            """,
        options: [all.description, remembered.description, team.description, badge.description, CommonOptions.state.description],
        common: CommonOptions.judging(CommonOptions.format(of: ScorecardReport.self).description),
        examples: [
            .init("bursar scorecard", "the leaderboard, and what each score is made of"),
            .init("bursar scorecard --format markdown", "for a wiki page"),
            .init("bursar scorecard --history --format svg --team payments --output payments.svg", "a card for a README"),
            .init("bursar scorecard --format svg --team payments --badge score", "a badge for a README"),
        ]
    ) { invocation, console throws(CommandFailure) in
        let isPicture = invocation[CommonOptions.format]?.name == "svg"
        guard invocation[badge] == nil || (isPicture && invocation[team] != nil) else {
            throw .usage("'--badge' needs '--format svg' and '--team'", of: "scorecard")
        }
        let session = Session(invocation, console)
        let workspace = try session.open()
        let evaluated: EvaluatedWorkspace
        var leaderboard: Leaderboard
        let findings: [Finding]
        var estimates: EstimateAccuracy?
        var campaigns: [CampaignProgress] = []
        if invocation.has(remembered) {
            let ledger = try session.ledger(in: try session.stateFolder())
            let known = try session.evaluateAsTheLoop(workspace, ledger)
            estimates = EstimateAccuracy(try session.asking { () throws(LedgerError) in try ledger.estimates() })
            campaigns = known.evaluated.policies.progress(of: known.known, today: session.now.day)
            (evaluated, leaderboard, findings) = (known.evaluated, known.leaderboard, known.findings)
        } else {
            evaluated = try session.evaluate(workspace)
            (leaderboard, findings) = (evaluated.leaderboard(), evaluated.evaluation.findings)
        }
        if let name = invocation[team] {
            try session.check(name, isOneOf: evaluated.policies.teams)
            leaderboard.teams = leaderboard.teams.filter { $0.team == name }
        }
        var report = ScorecardReport(
            context: session.context(of: evaluated), leaderboard: leaderboard, findings: findings,
            problems: session.problems(of: evaluated), showsAll: invocation.has(all))
        report.badge = invocation[badge]
        report.estimates = estimates
        report.campaigns = campaigns
        report.coverage = evaluated.evaluation.coverage
        try session.write(report)
        return session.exitCode(of: evaluated)
    }
}
