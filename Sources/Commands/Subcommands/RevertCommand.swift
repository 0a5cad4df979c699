import CostModel
import Reconciliation
import Reporting

extension Command {
    private static let workspace = Option<String>("--workspace", value: "NAME", "which workspace of --config")

    static let revert = Command(
        "revert", "undoes a merged plan by a branch or request of its own, proved before it is offered",
        discussion: """
            Finds the commit that says in its trailer 'Bursar-Plan' that it is of this plan, and undoes it on top of the newest revision, line \
            by line: what others changed since stays, and where the same lines were changed it ends with 4. The undone tree is judged by the \
            same evaluator; nothing but the plan's own findings may come back.

            Without --apply nothing is written. When the revert is merged, these findings count as turned down by a person: they are not \
            proposed again until something new stands in them.
            """,
        arguments: [.init("PLAN", "the beginning of the plan's digest, at least seven digits; 'bursar history --requests' lists them")],
        options: [
            LoopOptions.apply.description, LoopOptions.config.description, workspace.description, CommonOptions.clients.description,
            CommonOptions.state.description,
        ],
        common: [CommonOptions.directory.description, CommonOptions.now.description] + CommonOptions.writing(),
        conflicts: [("--config", "-C")],
        examples: [
            .init("bursar revert 4f1c9a02", "what would be undone"),
            .init("bursar revert 4f1c9a02 --apply", "on a branch of its own"),
        ]
    ) { invocation, console throws(CommandFailure) in
        let session = Session(invocation, console)
        let setup = try LoopSetup(session)
        let name = invocation[workspace]
        let found = setup.settings.workspaces.filter { name == nil || $0.name == name }
        guard found.count == 1, let watched = found.first else {
            throw .usage(name == nil ? "'--workspace NAME' is missing" : "there is no workspace '\(name ?? "")'", of: "revert")
        }
        let isDryRun = !invocation.has(LoopOptions.apply)
        let outcome: Reverter.Outcome
        do throws(WorkspaceError) {
            outcome = try setup.opener.revert(
                invocation.arguments[0], of: watched, cause: .commandLine(user: session.user), isDryRun: isDryRun)
        } catch { throw session.failure(error) }
        try session.write(RevertReport(outcome, evaluatedAt: session.now, isDryRun: isDryRun))
        return .clean
    }
}

extension RevertReport {
    fileprivate init(_ outcome: Reverter.Outcome, evaluatedAt: Instant, isDryRun: Bool) {
        self.init(
            evaluatedAt: evaluatedAt, plan: outcome.plan, undone: outcome.undone, branch: outcome.branch, commit: outcome.commit,
            returning: outcome.returning, url: outcome.url, isWritten: outcome.isWritten, isDryRun: isDryRun)
    }
}
