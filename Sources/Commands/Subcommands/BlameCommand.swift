import Charts
import CostModel
import Pages
import Reconciliation
import Reporting

extension Command {
    private static let html = Option<Bool>.flag("--html", help: "write one page of HTML, which needs nothing else, with --output")

    static let blame = Command(
        "blame", "shows code with dollars beside it, and the commits that brought them",
        discussion: """
            Of each resource block and module call: what it is billed in a month, or by estimate where nothing is billed (marked ~), how that moved \
            over three months, how many findings are open, and the commit that brought it or last changed its size. A file is shown with its \
            code, a folder as a list, the most money first. What a module declares counts at its call and at its own block, and once in a sum.

            Commits are named, and never people.
            """,
        arguments: [.init("PATH", "a file or a folder of the workspace")], options: [html.description], common: CommonOptions.judging(),
        examples: [
            .init("bursar blame infra/payments/prod/main.tf", "a file with its dollars"),
            .init("bursar blame infra", "every block of a folder, the most costly first"),
            .init("bursar blame infra --html --output costs.html", "the same as a page"),
            .init("bursar blame infra/payments/prod/main.tf --format json", "for an editor"),
        ]
    ) { invocation, console throws(CommandFailure) in
        let session = Session(invocation, console)
        let path = invocation.arguments[0]
        let workspace = try session.open()
        let observations = try session.observations()
        let report: BlameReport
        let evaluated: EvaluatedWorkspace
        do throws(WorkspaceError) {
            evaluated = try EvaluatedWorkspace(workspace, now: session.now, observations: observations, estimates: true)
            let inputs = evaluated.estimateInputs()
            let (files, isFile) = try CodeCosts(evaluated, inputs).files(at: path)
            report = BlameReport(
                context: session.context(of: evaluated), currency: evaluated.policies.workspace.currency, path: path, showsCode: isFile,
                files: files, problems: session.observationProblems(of: evaluated) + inputs.problems.map { Problem($0) })
        } catch { throw session.failure(error) }
        if invocation.has(html) {
            try session.write(Array(CodeCostPage.html(report, toolVersion: Version.current).markup.utf8))
        } else {
            try session.write(report)
        }
        return session.exitCode(of: evaluated)
    }
}
