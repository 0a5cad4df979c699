import CostModel
import Reconciliation
import Reporting

extension Command {
    private static let base = Option<String>(
        "--base", value: "REV", "what changes since this revision: each resource before and after, and the difference")
    private static let noMergeBase = Option<Bool>.flag(
        "--no-merge-base", help: "with --base: compare with REV itself, and not with where the change left it")
    private static let rawCells = Option<Bool>.flag(
        "--raw-cells", help: "with --format csv: write names as the code has them, also those that a spreadsheet takes for a formula")

    static let estimate = Command(
        "estimate", "says what the code will cost in a month, and what a change does to that",
        discussion: """
            Each amount says where it is from. A resource that the bill knows keeps its billed cost of the newest 28 days, taken for a month of 730 \
            hours; what a change does to it is exchanged. A new one takes the unit price that the workspace's own bill shows for the same thing in the \
            same region, so negotiated discounts count; else a published price: those of 'observe.prices' go before the built-in list. What no \
            list has in its region is not priced; what depends on use is listed with its price and without an amount, unless a file of \
            'observe.usage' says how much; and what is known after apply only is unknown. None of them is zero.

            Commitments and spot prices are in no amount of what is new: the marginal hour is on demand.
            """,
        options: [base.description, noMergeBase.description, rawCells.description],
        common: CommonOptions.judging(CommonOptions.format(of: EstimateReport.self).description),
        examples: [
            .init("bursar estimate", "what all of the code costs, resource by resource"),
            .init("bursar estimate --base origin/main", "what this branch adds, changes and removes"),
            .init("bursar estimate --base origin/main --format json", "the same for a pipeline"),
            .init("bursar estimate --format csv > estimate.csv", "one row for each component"),
        ]
    ) { invocation, console throws(CommandFailure) in
        let session = Session(invocation, console)
        let workspace = try session.open()
        if let base = invocation[base] {
            return try session.estimate(workspace, since: base, isExact: invocation.has(noMergeBase), rawCells: invocation.has(rawCells))
        }
        return try session.estimate(workspace, rawCells: invocation.has(rawCells))
    }
}

extension Session {
    fileprivate func estimate(_ workspace: OpenedWorkspace, rawCells: Bool) throws(CommandFailure) -> ExitCode {
        let observations = try observations()
        let evaluated: EvaluatedWorkspace
        do throws(WorkspaceError) {
            evaluated = try EvaluatedWorkspace(workspace, now: now, observations: observations, estimates: true)
        } catch { throw failure(error) }
        let inputs = evaluated.estimateInputs()
        return try write(.estimate(evaluated.estimate(inputs)), of: evaluated, inputs, rawCells: rawCells)
    }

    fileprivate func estimate(
        _ workspace: OpenedWorkspace, since base: String, isExact: Bool, rawCells: Bool
    ) throws(CommandFailure) -> ExitCode {
        let observations = try observations()
        let outcome: ChangeCheck.Outcome
        do throws(WorkspaceError) {
            outcome = try ChangeCheck(directory, now: now, observations: observations, estimates: true)
                .compare(workspace, with: base, isExact: isExact)
        } catch { throw failure(error) }
        show(outcome.diagnostics)
        guard let change = outcome.estimate else {
            throw CommandFailure("'\(base)' has no workspace that can be held against this one: there is no difference to show", .invalid)
        }
        let inputs = outcome.head.estimateInputs()
        return try write(.change(change), of: outcome.head, inputs, rawCells: rawCells)
    }

    private func write(
        _ content: EstimateReport.Content, of evaluated: EvaluatedWorkspace, _ inputs: EstimateInputs, rawCells: Bool
    ) throws(CommandFailure) -> ExitCode {
        let problems = Set(observationProblems(of: evaluated) + (inputs.problems + evaluated.unusedUsage(inputs)).map { Problem($0) })
        var report = EstimateReport(context: context(of: evaluated), content: content, problems: Array(problems))
        report.isGuarded = !rawCells
        try write(report)
        let partial = problems.count { $0.severity == .partial }
        sayPartial(partial)
        return partial > 0 ? .partial : .clean
    }
}
