import Charts
import CostModel
import Evaluation
import Forge
import Pages
import Reconciliation
import Reporting
import Store

extension Command {
    private static let out = Option<String>(
        "--out", value: "DIR", "write the pages into this folder; an earlier report there is replaced as a whole")
    private static let sourceURL = Option<String>(
        "--source-url", value: "URL",
        "where the repository can be read, for links to files and lines, such as https://github.com/acme/infra (default: what the build server says)"
    )

    private static let weekly = Option<Bool>.flag("--weekly", help: "in the place of pages: what the last whole week was, Monday to Sunday")
    private static let monthly = Option<Bool>.flag("--monthly", help: "in the place of pages: what the last whole month was")
    private static let team = Option<String>("--team", value: "TEAM", "with --weekly or --monthly: only this team")
    private static let rawCells = Option<Bool>.flag(
        "--raw-cells",
        help: "with --format csv: write names as the bill has them, also those that a spreadsheet takes for a formula")

    static let report = Command(
        "report", "writes pages for people, or what a week or month was, with statements of spend",
        discussion: """
            --weekly and --monthly say what was spent against budgets and forecasts, who moved and why, what was prevented and saved, what ends \
            soon, and what to do next: for all and for each team, each with a statement whose lines add up to its sum. --format html is a \
            page for mail, csv the lines of all statements.

            The pages are files that need no server and load nothing: style, script and charts stand in each of them. Everything can be read \
            without JavaScript, which only adds sorting and filtering. The same input gives the same bytes.

            Where 'bursar reconcile' keeps a ledger of the workspace, the pages also show what it remembers: trends, streaks and badges, \
            requests, and what merged changes saved. The ledger is only read. --state names another folder, which must then have one.

            The folder is written aside and moved into place. One that holds anything else than an earlier report is left alone.
            """,
        options: [
            out.description, sourceURL.description, weekly.description, monthly.description, team.description, rawCells.description,
            CommonOptions.state.description,
        ],
        common: CommonOptions.judging(CommonOptions.format(of: PeriodReport.self).description),
        conflicts: [
            ("--weekly", "--monthly"), ("--weekly", "--out"), ("--monthly", "--out"), ("--weekly", "--source-url"),
            ("--monthly", "--source-url"),
        ],
        examples: [
            .init("bursar report --out public", "the pages, for a browser or a static web server"),
            .init(
                "bursar report --out public --source-url https://github.com/acme/infra --rev main", "with links to the code on its host"),
            .init("bursar report --weekly --format html --output week.html", "last week, as a page for mail"),
            .init("bursar report --monthly --team payments", "what a team has to pay for, line by line"),
            .init("bursar report --monthly --format csv", "the statements of all teams, for the books"),
        ]
    ) { invocation, console throws(CommandFailure) in
        let session = Session(invocation, console)
        if invocation.has(weekly) || invocation.has(monthly) {
            let span = ReportSpan(invocation.has(weekly) ? .week : .month, before: session.now.day)
            return try session.report(on: span, team: invocation[team], rawCells: invocation.has(rawCells))
        }
        let ofSpans = [
            (team.description.name, invocation[team] != nil),
            (CommonOptions.format.description.name, invocation[CommonOptions.format] != nil),
            (CommonOptions.output.description.name, invocation[CommonOptions.output] != nil),
            (rawCells.description.name, invocation.has(rawCells)),
        ]
        if let (name, _) = ofSpans.first(where: \.1) { throw .usage("'\(name)' is for '--weekly' and '--monthly'", of: "report") }
        guard let folder = invocation[out] else {
            throw .usage("'--out DIR' is needed for pages, or '--weekly' or '--monthly' for a report on a span", of: "report")
        }
        let workspace = try session.open()
        var links: CodeLinks?
        if let address = invocation[sourceURL] {
            links = CodeLinks(base: address, commit: workspace.commit, prefix: workspace.prefix)
            guard links != nil else {
                throw .usage("'--source-url' takes an address such as https://github.com/acme/infra", of: "report")
            }
        } else if let (host, address) = BuildEnvironment.repository(console.environment) {
            links = CodeLinks(base: address, host: host, commit: workspace.commit, prefix: workspace.prefix)
        }
        let (evaluated, site) = try session.site(of: workspace, links)
        session.showProgress("writing pages…")
        let pages = SitePages(site)
        let files = pages.all.map { name in (name: name, bytes: Array((pages.page(name) ?? "").markup.utf8)) }
        try ReportFolder(path: folder).write(files, of: site)
        session.showProgress(nil)
        session.say("\(counted(files.count, "page")) in \(folder): open \(folder)/\(pages.all[0])")
        return session.exitCode(of: evaluated)
    }
}

extension Session {
    /// What a week or a month was.
    fileprivate func report(on span: ReportSpan, team: String?, rawCells: Bool) throws(CommandFailure) -> ExitCode {
        let scored = try scoreWithLedgerIfAny(try open())
        let evaluated = scored.evaluated
        if let team { try check(team, isOneOf: evaluated.policies.teams) }
        var problems = problems(of: evaluated)
        let reporter = PeriodReporter(
            evaluated, scored.leaderboard, scored.history, in: span, metrics: allocationCounts(of: evaluated, &problems))
        var report = PeriodReport(
            context: context(of: evaluated), workspace: evaluated.policies.workspace.name, span: span,
            currency: evaluated.policies.workspace.currency, sections: reporter.sections(of: team), problems: problems)
        report.isGuarded = !rawCells
        try write(report)
        let partial = problems.count { $0.severity == .partial }
        sayPartial(partial)
        return partial > 0 ? .partial : .clean
    }

    /// Everything that pages show of a workspace.
    func site(of workspace: OpenedWorkspace, _ links: CodeLinks?) throws(CommandFailure) -> (EvaluatedWorkspace, SiteContent) {
        let scored = try scoreWithLedgerIfAny(workspace)
        let (evaluated, leaderboard) = (scored.evaluated, scored.leaderboard)
        let policies = evaluated.policies
        var site = SiteContent(
            workspace: policies.workspace.name, context: context(of: evaluated), currency: policies.workspace.currency,
            toolVersion: Version.current)
        site.add(evaluated.evaluation, policies: policies, leaderboard: leaderboard, plan: try changes(of: evaluated))
        site.overview = PolicyEvaluator.overview(policies: policies, state: evaluated.observed, now: now)
        site.costs = PolicyEvaluator.dailyCosts(policies: policies, state: evaluated.observed, now: now, days: SiteSpan.days)
        site.commitments = try commitments(of: evaluated)
        site.references = evaluated.references()
        site.problems = problems(of: evaluated)
        site.code = links
        if let ledger = scored.ledger, let history = scored.history {
            let requests = try asking { () throws(LedgerError) in try ledger.requestHistory() }
            site.add(history, requests: requests, isWhole: false)
            site.game = game(of: evaluated, history, plan: site.changes)
            // Days that the bill has forgotten.
            let first = site.costs.first?.day ?? now.day
            let span = now.day.advanced(by: -SiteSpan.days)...now.day
            let earlier = try asking { () throws(LedgerError) in try ledger.costs(days: span) }.filter { $0.day < first }
            site.costs = earlier + site.costs
        }
        return (evaluated, site)
    }

    /// Campaigns and seasons, by the policies that were read.
    private func game(of evaluated: EvaluatedWorkspace, _ history: History, plan: [Plan.Change]) -> SiteGame {
        let policies = evaluated.policies
        return SiteGame(
            campaigns: policies.campaigns, players: policies.players, wins: evaluated.wins(of: plan, history), history: history,
            today: now.day, currency: policies.workspace.currency)
    }

    /// What a plan offers. Patches are of a commit's bytes: of an edited tree nobody could apply them.
    private func changes(of evaluated: EvaluatedWorkspace) throws(CommandFailure) -> [Plan.Change] {
        guard evaluated.workspace.commit != nil, evaluated.workspace.editedFiles.isEmpty else {
            say("note: the working tree has edits that are not committed: the pages offer no patches; '--rev HEAD' has them")
            return []
        }
        showProgress("planning…")
        defer { showProgress(nil) }
        do throws(WorkspaceError) { return try evaluated.plan().changes } catch { throw failure(error) }
    }
}

private enum SiteSpan {
    /// Of costs, as a ledger keeps them.
    static let days = 400
}
