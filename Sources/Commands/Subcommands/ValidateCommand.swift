import Diagnostics
import Reconciliation
import Reporting

extension Command {
    static let validate = Command(
        "validate", "checks the policies, and reads nothing else",
        discussion: "Reports every problem of every file in one go, each with its place and, where one is near, the word that was meant.",
        common: CommonOptions.reading(),
        examples: [
            .init("bursar validate", "the working tree"), .init("bursar validate --rev origin/main", "what is on another branch"),
        ]
    ) { invocation, console throws(CommandFailure) in
        let session = Session(invocation, console)
        let workspace: OpenedWorkspace
        do throws(WorkspaceError) {
            workspace = try OpenedWorkspace(session.directory, session.source, now: session.now)
        } catch {
            guard case .invalidPolicies(let diagnostics) = error else { throw session.failure(error) }
            session.show(diagnostics)
            let context = ReportContext(revision: invocation[CommonOptions.revision] ?? "working tree", evaluatedAt: session.now)
            try session.write(ValidateReport(context: context, policies: nil, problems: diagnostics.map { Problem($0) }))
            return .invalid
        }
        session.show(workspace.diagnostics)
        try session.write(
            ValidateReport(
                context: session.context(of: workspace), policies: workspace.policies, problems: workspace.diagnostics.map { Problem($0) }))
        return .clean
    }
}
