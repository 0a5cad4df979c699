import CostModel
import Reconciliation
import Reporting

extension Command {
    private static let branch = Option<String>("--branch", value: "NAME", "the branch to write (default: named by the plan)")
    private static let ontoBase = Option<Bool>.flag(
        "--onto-base", help: "commit onto the checked branch itself; only automatic changes")

    static let apply = Command(
        "apply", "commits a plan on a branch",
        discussion: """
            One plan, one commit, one move of the branch: killed anywhere, it has happened or it has not. The working tree and the current \
            branch stay as they are. A plan that no longer fits the repository, and a branch that is not ours or that a person edited, end \
            it with 4 and nothing is written.
            """,
        arguments: [.init("PLAN", "the folder that 'bursar plan --out' wrote, or its plan.json")],
        options: [branch.description, ontoBase.description],
        common: [CommonOptions.directory.description, CommonOptions.now.description] + CommonOptions.writing(),
        conflicts: [("--branch", "--onto-base")],
        examples: [
            .init("bursar apply /tmp/plan", "on a branch named after what it fixes"),
            .init("bursar apply /tmp/plan --branch bursar/tags", "on a branch of this name"),
        ]
    ) { invocation, console throws(CommandFailure) in
        let session = Session(invocation, console)
        let stored = try PlanFolder.read(invocation.arguments[0])
        if stored.plan.expires < session.now {
            session.say("warning: the plan was good until \(stored.plan.expires); what it was made from may have changed")
        }
        let settings = try session.settings(of: stored.plan)
        let target: Applier.Target = invocation.has(ontoBase) ? .base : .branch(invocation[branch])
        var outcome: Applier.Outcome?
        do throws(WorkspaceError) {
            let applier = try Applier(session.directory, plan: stored.plan, digest: stored.digest, settings: settings)
            // A plan without changes is how a loop ends, not a mistake.
            if !applier.changes(for: target).isEmpty { outcome = try applier.apply(to: target) }
        } catch { throw session.failure(error) }
        try session.write(
            ApplyReport(
                context: ReportContext(revision: stored.plan.baseCommit, evaluatedAt: stored.plan.evaluatedAt), plan: stored.digest,
                branch: outcome?.branch, commit: outcome?.commit, changes: outcome?.changes ?? 0, isWritten: outcome?.written ?? false))
        return .clean
    }
}

extension Session {
    /// The workspace's settings at the plan's base; the plan says where in the repository the workspace is.
    fileprivate func settings(of plan: Plan) throws(CommandFailure) -> RemediationSettings {
        do throws(WorkspaceError) {
            return try OpenedWorkspace(directory, .revision(plan.baseCommit), under: plan.workspace, now: now).policies.workspace
                .remediation
        } catch {
            // A base that is not here is no wrong usage: the plan was made of another repository, or of commits that are gone.
            guard case .usage(let message) = error else { throw failure(error) }
            throw failure(.conflict("the plan does not fit this repository: \(message)"))
        }
    }
}
