import CostModel
import Diagnostics
import Reconciliation
import Reporting

extension Command {
    private static let update = Option<Bool>.flag("--update", help: "write what was found as what is expected, where a test fails")
    private static let filter = Option<String>("--filter", value: "TEXT", "only tests whose name, file or policies contain this")

    static let test = Command(
        "test", "runs the unit tests of policies",
        discussion: """
            A test is an object of kind Test in a file whose name ends with _test.yaml beside the policies: a small world of Terraform, \
            cost and utilisation, and the findings that must come of it, these and no others. The examples that rules bring along are \
            run too, and so is a Scenario that a test names, with what it expects. It needs no bill and no network, and ends with 1 when a test fails.

            Coverage counts the policies that some test is about, and the ways through their expressions that some test takes.
            """,
        options: [update.description, filter.description],
        common: CommonOptions.reading(CommonOptions.format(of: TestReport.self).description),
        examples: [
            .init("bursar test", "every test and example"), .init("bursar test --filter gp3", "those about gp3"),
            .init("bursar test --update && git diff", "look at what changed, then commit it"),
        ]
    ) { invocation, console throws(CommandFailure) in
        let session = Session(invocation, console)
        if invocation.has(update), invocation[CommonOptions.revision] != nil {
            throw CommandFailure("--update writes the working tree; it cannot go with --rev", .invalid)
        }
        let workspace = try session.open()
        let tested: TestedWorkspace
        do throws(WorkspaceError) { tested = try TestedWorkspace(workspace, now: session.now) } catch { throw session.failure(error) }
        let run = PolicyTestRunner(tested).run(tested.tests, matching: invocation[filter])
        if let wanted = invocation[filter], run.outcomes.isEmpty {
            throw CommandFailure("no test and no example has '\(wanted.printable)' in its name, file or policies", .invalid)
        }
        let updated = invocation.has(update) ? try TestUpdater(folder: workspace.folder).update(run) : []
        let report = TestReport(context: session.context(of: workspace), run, updated: updated)
        try session.write(report)
        return report.failed > 0 ? .failing : .clean
    }
}

extension TestReport {
    fileprivate init(context: ReportContext, _ run: PolicyTestRunner.Run, updated: Set<Place>) {
        self.init(
            context: context,
            cases: run.outcomes.map { outcome in
                let result: Case.Result =
                    switch outcome.result {
                    case .passed: .passed
                    case .failed(let differences): .failed(differences)
                    case .broken(let reason): .broken(reason)
                    }
                return Case(
                    name: outcome.name, place: outcome.place, policies: outcome.policies, result: result,
                    isUpdated: updated.contains(outcome.place))
            },
            coverage: run.coverage.map {
                Coverage(
                    policy: $0.policy, place: $0.place, tests: $0.tests, covered: $0.covered, branches: $0.branches, missed: $0.missed)
            })
    }
}
