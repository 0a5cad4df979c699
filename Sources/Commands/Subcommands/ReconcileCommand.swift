import CostModel
import Dispatch
import Glibc
import Reconciliation
import Reporting

extension Command {
    private static let once = Option<Bool>.flag("--once", help: "one run of each workspace (the default)")
    private static let suspend = Option<Bool>.flag("--suspend", help: "look at nothing any more until --resume, in this loop or another")
    private static let resume = Option<Bool>.flag("--resume", help: "go on after --suspend")

    static let reconcile = Command(
        "reconcile", "evaluates workspaces and keeps their pull requests true, once or in a loop",
        discussion: """
            Fetches the newest revision, observes, evaluates, scores, plans, and writes: one branch and one request for each group of fixes, \
            opened once and updated in place. Runs, findings' lives, scores and requests are remembered in a ledger. When revision, \
            policies and observations are those of the last run, the run ends there.

            Without --apply nothing outside of the ledger is written. Nothing is closed because data was missing; what a person closed or \
            edited is left alone.

            The workspace at -C is reconciled in its own repository: its branches are written there. With --config any number of workspaces \
            is watched through mirrors, with requests on code hosts (\(CodeHost.allCases.map(\.rawValue).joined(separator: ", "))).
            """,
        options: [
            once.description, LoopOptions.every.description, LoopOptions.apply.description, LoopOptions.dryRun.description,
            LoopOptions.config.description, CommonOptions.clients.description, CommonOptions.state.description, LoopOptions.log.description,
            LoopOptions.traces.description, suspend.description, resume.description, CommonOptions.noCache.description,
        ],
        common: [CommonOptions.directory.description, CommonOptions.now.description] + CommonOptions.writing(),
        conflicts: [
            ("--once", "--every"), ("--apply", "--dry-run"), ("--every", "--now"), ("--config", "-C"), ("--suspend", "--resume"),
        ],
        examples: [
            .init("bursar reconcile", "what would be written for the workspace here"),
            .init("bursar reconcile --apply", "write it: a branch for each group of fixes"),
            .init("bursar reconcile --config reconciler.yaml --every 10m --apply", "watch workspaces, and keep their requests true"),
        ]
    ) { invocation, console throws(CommandFailure) in
        let session = Session(invocation, console)
        let setup = try LoopSetup(session)
        if invocation.has(suspend) || invocation.has(resume) {
            for workspace in setup.settings.workspaces { setup.board.setSuspended(workspace.name, invocation.has(suspend)) }
        }
        let stopper = Stopper(setup.board, breaksOff: invocation[LoopOptions.every] == nil ? nil : .clean)
        defer { stopper.end() }
        defer { setup.finish() }
        guard let interval = invocation[LoopOptions.every] else { return try runOnce(setup, session) }
        let count = setup.settings.workspaces.count
        session.say("looking at \(count) \(count == 1 ? "workspace" : "workspaces") every \(interval); end it with Ctrl-C")
        setup.runLoop(every: interval, clock: console.clock)
        return .clean
    }

    private static func runOnce(_ setup: LoopSetup, _ session: Session) throws(CommandFailure) -> ExitCode {
        session.showProgress("reconciling…")
        let entries = SingleRuns.perform(setup.settings.workspaces) {
            [opener = setup.opener, cause = RunCause.commandLine(user: session.user)] workspace in
            let result = opener.run(workspace, cause)
            return ReconcileReport.Workspace(name: workspace.name, run: result.run, requests: result.requests.map { .init($0) })
        }
        session.showProgress(nil)
        let isInvalid = entries.contains { $0.run.stages.contains { $0.reason == .invalidPolicy } }
        // Policies of this machine are shown with their lines.
        if isInvalid, session.invocation[LoopOptions.config] == nil { _ = try session.open(.revision("HEAD")) }
        try session.write(ReconcileReport(evaluatedAt: session.now, workspaces: entries))
        return ExitCode.worst(entries.map { ExitCode(of: $0) })
    }
}

extension ExitCode {
    /// A person must fix something: 2, or 3 where it is no policy and no setting. What failed or was judged in part: 3.
    fileprivate init(of entry: ReconcileReport.Workspace) {
        let isInvalid = entry.run.stages.contains { $0.reason == .invalidPolicy || $0.reason == .invalidConfiguration }
        switch entry.run.outcome {
        case .succeeded, .running: self = .clean
        case .unchanged: self = .clean
        case .stalled: self = isInvalid ? .invalid : .partial
        case .failed, .interrupted: self = .partial
        }
    }
}
