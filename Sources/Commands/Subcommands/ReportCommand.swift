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

    static let report = Command(
        "report", "writes pages for people: spend, teams, findings, requests, savings, budgets",
        discussion: """
            The pages are files that need no server and load nothing: style, script and charts stand in each of them. Everything can be read \
            without JavaScript, which only adds sorting and filtering. The same input gives the same bytes.

            Where 'bursar reconcile' keeps a ledger of the workspace, the pages also show what it remembers: trends, streaks and badges, \
            requests, and what merged changes saved. The ledger is only read. --state names another folder, which must then have one.

            The folder is written aside and moved into place. One that holds anything else than an earlier report is left alone.
            """,
        options: [out.description, sourceURL.description, CommonOptions.state.description],
        common: [CommonOptions.observations.description, CommonOptions.noCache.description, CommonOptions.clients.description]
            + [
                CommonOptions.directory.description, CommonOptions.revision.description, CommonOptions.now.description,
                CommonOptions.quiet.description, CommonOptions.color.description,
            ],
        examples: [
            .init("bursar report --out public", "the pages, for a browser or a static web server"),
            .init(
                "bursar report --out public --source-url https://github.com/acme/infra --rev main", "with links to the code on its host"),
        ]
    ) { invocation, console throws(CommandFailure) in
        guard let folder = invocation[out] else { throw .usage("'--out DIR' is needed", of: "report") }
        let session = Session(invocation, console)
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
    /// Everything that pages show of a workspace.
    func site(of workspace: OpenedWorkspace, _ links: CodeLinks?) throws(CommandFailure) -> (EvaluatedWorkspace, SiteContent) {
        let ledger = try ledgerIfAny(of: workspace)
        let evaluated: EvaluatedWorkspace
        let leaderboard: Leaderboard
        var history: History?
        if let ledger {
            let remembered = try evaluateAsTheLoop(workspace, ledger)
            (evaluated, leaderboard, history) = (remembered.evaluated, remembered.leaderboard, remembered.known)
        } else {
            evaluated = try evaluate(workspace)
            leaderboard = evaluated.leaderboard()
        }
        let policies = evaluated.policies
        var site = SiteContent(
            workspace: policies.workspace.name, context: context(of: workspace), currency: policies.workspace.currency,
            toolVersion: Version.current)
        site.add(evaluated.evaluation, policies: policies, leaderboard: leaderboard, plan: try changes(of: evaluated))
        site.overview = PolicyEvaluator.overview(policies: policies, state: evaluated.observed, now: now)
        site.costs = PolicyEvaluator.dailyCosts(policies: policies, state: evaluated.observed, now: now, days: SiteSpan.days)
        site.commitments = try commitments(of: evaluated)
        site.references = evaluated.references()
        site.problems = problems(of: evaluated)
        site.code = links
        if let ledger, let history {
            let requests = try asking { () throws(LedgerError) in try ledger.requestHistory() }
            site.add(history, requests: requests, isWhole: false)
            // Days that the bill has forgotten.
            let first = site.costs.first?.day ?? now.day
            let span = now.day.advanced(by: -SiteSpan.days)...now.day
            let earlier = try asking { () throws(LedgerError) in try ledger.costs(days: span) }.filter { $0.day < first }
            site.costs = earlier + site.costs
        }
        return (evaluated, site)
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
