import CostModel
import Git
import Reconciliation
import Reporting

extension Command {
    private static let out = Option<String>("--out", value: "DIR", "write plan.json, plan.md and a .patch per change into this folder")
    private static let patch = Option<Bool>.flag("--patch", "-p", help: "show the changed lines too")
    private static let exitCode = Option<Bool>.flag("--exit-code", help: "end with 1 when there are changes")

    static let plan = Command(
        "plan", "proposes the changes that fix findings, and changes nothing",
        discussion: """
            Reads HEAD unless --rev says otherwise: a plan is made against a commit. Each change is proved before it is shown: only the \
            bytes it names change, the file still parses, and judging the edited tree again shows its findings gone and no new ones.
            """,
        options: [out.description, patch.description, exitCode.description],
        common: CommonOptions.judging(CommonOptions.format(of: PlanReport.self).description),
        examples: [
            .init("bursar plan --patch", "what would change, line by line"),
            .init("bursar plan --out /tmp/plan && bursar apply /tmp/plan", "commit it on a branch of its own"),
            .init("bursar plan --out /tmp/plan && git apply /tmp/plan/all.patch", "or make the changes by hand"),
        ]
    ) { invocation, console throws(CommandFailure) in
        let session = Session(invocation, console)
        let workspace = try session.open(.revision(invocation[CommonOptions.revision] ?? "HEAD"))
        if invocation[CommonOptions.revision] == nil { session.warnOfEdits(workspace) }
        let evaluated = try session.evaluate(workspace)
        let plan: Plan
        session.showProgress("planning…")
        do throws(WorkspaceError) { plan = try evaluated.plan() } catch { throw session.failure(error) }
        session.showProgress(nil)
        let report = PlanReport(
            plan: plan, toolVersion: Version.current, currency: evaluated.policies.workspace.currency,
            problems: session.problems(of: evaluated),
            showsPatches: invocation.has(patch))
        if let folder = invocation[out] { try PlanFolder(path: folder).write(report) }
        try session.write(report)
        let changes = plan.changes.contains { $0.applicability != .advisory }
        return .worst([session.exitCode(of: evaluated), changes && invocation.has(exitCode) ? .failing : .clean])
    }
}

extension Session {
    /// A plan does not see what is not committed.
    fileprivate func warnOfEdits(_ workspace: OpenedWorkspace) {
        do throws(GitError) {
            let edited = try workspace.repository.dirtyTrackedFiles(under: workspace.prefix)
            guard let first = edited.first else { return }
            let others = edited.count > 1 ? " and \(edited.count - 1) more" : ""
            say("warning: the plan is made against HEAD and does not see edits that are not committed: \(first)\(others)")
        } catch {
            // A warning that cannot be given stops nothing: the plan is made against the commit either way.
        }
    }
}
