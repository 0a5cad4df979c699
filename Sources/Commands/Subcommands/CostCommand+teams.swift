import CostModel
import Diagnostics
import Evaluation
import Observation
import Reconciliation
import Reporting

/// What '--by' means where a bill is not added up by whatever it states.
struct TeamQuestion {
    var byTeam = false
    var unit: Showback.Unit?

    /// - Parameter option: of which it is asked.
    init(_ dimensions: [CostBreakdown.Dimension], option: String) throws(CommandFailure) {
        byTeam = dimensions.contains(.team)
        switch dimensions.filter({ $0 != .team }) {
        case []: unit = nil
        case [.day]: unit = .day
        case [.month]: unit = .month
        default: throw .usage("with '\(option)' '--by' is team, day or month", of: "cost")
        }
    }
}

extension Session {
    /// What each team spends, gives and is given.
    func showBack(by unit: Showback.Unit?, _ days: Range<Day>?, rawCells: Bool) throws(CommandFailure) -> ExitCode {
        let evaluated = try evaluateBilled()
        var problems: [Problem] = observationProblems(of: evaluated)
        let counts = allocationCounts(of: evaluated, &problems)
        let showback = PolicyEvaluator.showback(
            policies: evaluated.policies, state: evaluated.observed, metrics: counts, now: now, days: days, unit: unit)
        var report = ShowbackReport(context: context(of: evaluated), showback: showback, problems: problems)
        report.isGuarded = !rawCells
        try write(report)
        return code(problems)
    }

    /// What metrics counted by which allocations divide.
    func allocationCounts(of evaluated: EvaluatedWorkspace, _ problems: inout [Problem]) -> [String: UnitCounts] {
        let names = Set(
            evaluated.policies.allocations.compactMap { if case .byMetric(let name) = $0.split { name } else { nil } })
        var counts: [String: UnitCounts] = [:]
        for metric in evaluated.policies.metrics where names.contains(metric.name) {
            counts[metric.name] = count(metric, evaluated, &problems)
        }
        return counts
    }

    /// What one of a metric costs.
    func breakDown(
        per name: String, _ question: TeamQuestion, _ days: Range<Day>?, rawCells: Bool
    ) throws(CommandFailure) -> ExitCode {
        let evaluated = try evaluateBilled()
        let known = evaluated.policies.metrics
        guard let metric = known.first(where: { $0.name == name }) else {
            let hint = DidYouMean.hint(for: name, in: known.map(\.name))
            throw .usage("there is no metric '\(name.printable)'\(hint)", of: "cost")
        }
        var problems = observationProblems(of: evaluated)
        let counts = count(metric, evaluated, &problems)
        let costs = PolicyEvaluator.unitCosts(
            of: metric, counts, policies: evaluated.policies, state: evaluated.observed, now: now, byTeam: question.byTeam, days: days,
            unit: question.unit)
        var report = UnitCostReport(context: context(of: evaluated), costs: costs, problems: problems)
        report.isGuarded = !rawCells
        try write(report)
        return code(problems)
    }

    private func evaluateBilled() throws(CommandFailure) -> EvaluatedWorkspace {
        let evaluated = try evaluate(try open())
        guard !evaluated.policies.workspace.hasNoBill else {
            throw CommandFailure("\(ObservationProblem.noBillReason): nothing can be broken down", .invalid)
        }
        return evaluated
    }

    private func count(_ metric: UnitMetric, _ evaluated: EvaluatedWorkspace, _ problems: inout [Problem]) -> UnitCounts {
        let (counts, found) = UnitMetricReader.read(metric, directory: evaluated.workspace.folder)
        problems += found.map { Problem($0) }
        return counts
    }

    private func code(_ problems: [Problem]) -> ExitCode {
        let partial = problems.count { $0.severity == .partial }
        sayPartial(partial)
        return partial > 0 ? .partial : .clean
    }
}
