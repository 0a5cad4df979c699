import CostModel
import Diagnostics
import Estimation
import Observation
import PolicyLanguage
import Reconciliation
import Reporting

extension Command {
    static let simulate = Command(
        "simulate", "says what a scenario would cost, what is left, and which objectives would break",
        discussion: """
            A scenario is an object of kind Scenario in a file of its own or beside the policies: other sizes, another count, hours of a week, \
            traffic and prices for some resources of the code. Costs are those of 'estimate': what is billed keeps its bill, and what \
            changes is exchanged by prices. Load is the 95th percentile of the newest 14 days, scaled by vCPUs, machines and traffic; memory \
            is scaled by the machine's size alone. Of a ServiceLevel on the same resources it says which objectives would break.

            Where a scenario expects something, the command ends with 1 if that does not hold, and with 3 if it is not known.
            """,
        arguments: [.init("FILE", "a file with one scenario or more, seen from where the command runs")],
        common: CommonOptions.judging(CommonOptions.format(of: SimulationReport.self).description),
        examples: [
            .init("bursar simulate policies/smaller-workers.yaml", "cost before and after, and what is left"),
            .init("bursar simulate policies/smaller-workers.yaml --format markdown", "the same for a pull request"),
        ]
    ) { invocation, console throws(CommandFailure) in
        let session = Session(invocation, console)
        let path = invocation.arguments[0]
        let bytes: [UInt8]
        do throws(FileError) { bytes = try Files.read(path, limit: 1 << 20) } catch { throw CommandFailure("\(error)", .invalid) }
        let workspace = try session.open()
        let (scenarios, diagnostics) = PolicyLoader.loadScenarios(
            SourceFile(path: path, bytes: bytes), currency: workspace.policies.workspace.currency, now: session.now)
        session.show(diagnostics)
        guard !diagnostics.contains(where: { $0.severity == .error }) else {
            throw CommandFailure("the scenarios in '\(path.printable)' are not valid", .invalid)
        }
        guard !scenarios.isEmpty else { throw CommandFailure("'\(path.printable)' holds no object of kind Scenario", .invalid) }
        return try session.simulate(scenarios, in: workspace)
    }
}

extension Session {
    fileprivate func simulate(_ scenarios: [Scenario], in workspace: OpenedWorkspace) throws(CommandFailure) -> ExitCode {
        let observations = try observations()
        let evaluated: EvaluatedWorkspace
        do throws(WorkspaceError) {
            evaluated = try EvaluatedWorkspace(workspace, now: now, observations: observations, estimates: true)
        } catch { throw failure(error) }
        let inputs = evaluated.estimateInputs()
        var results: [ScenarioResult] = []
        do throws(ScenarioEstimator.Failure) {
            for scenario in scenarios { results.append(try evaluated.simulate(scenario, inputs)) }
        } catch { throw CommandFailure("\(error.place): \(error.message)".printable, .invalid) }
        let report = SimulationReport(
            context: context(of: evaluated), results: results,
            problems: Array(Set(observationProblems(of: evaluated) + inputs.problems.map { Problem($0) })))
        try write(report)
        let partial = report.problems.count { $0.severity == .partial }
        sayPartial(partial)
        let verdicts = results.flatMap(\.checks).map(\.verdict)
        if verdicts.contains(.fail) { return .failing }
        return partial > 0 || verdicts.contains(.unknown) ? .partial : .clean
    }
}
