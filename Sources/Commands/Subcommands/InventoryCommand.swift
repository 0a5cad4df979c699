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
        let pass = try session.pass(try session.open())
        var report = InventoryReport(
            context: session.context(of: pass.workspace), currency: pass.policies.workspace.currency, resources: pass.observed.resources,
            owners: pass.evaluation.owners, spend: pass.evaluation.spend, problems: session.observationProblems(of: pass))
        report.hasBill = pass.observed.hasBill
        try session.write(report)
        return session.exitCode(of: pass)
    }
}
