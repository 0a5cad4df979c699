import CostModel
import Reconciliation
import Reporting

extension Command {
    static let inventory = Command(
        "inventory", "lists what exists: whose it is, what it costs, where its tags come from",
        common: CommonOptions.judging(),
        examples: [.init("bursar inventory --format json", "every resource with its tags and the line each was written on")]
    ) { invocation, console throws(CommandFailure) in
        let session = Session(invocation, console)
        let evaluated = try session.evaluate(try session.open())
        var report = InventoryReport(
            context: session.context(of: evaluated), currency: evaluated.policies.workspace.currency,
            resources: evaluated.observed.resources,
            owners: evaluated.evaluation.owners, spend: evaluated.evaluation.spend, problems: session.observationProblems(of: evaluated))
        report.hasBill = evaluated.observed.hasBill
        try session.write(report)
        return session.exitCode(of: evaluated)
    }
}
