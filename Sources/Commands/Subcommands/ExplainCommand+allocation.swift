import CostModel
import Evaluation
import Reconciliation
import Reporting

extension Session {
    /// What an allocation divides, among whom, and what it gave to whom of late.
    ///
    /// - Parameter name: `shared-network`, or `Allocation/shared-network` where something else has that name, too.
    /// - Returns: nil where there is no such allocation.
    func explainAllocation(_ name: String, in workspace: OpenedWorkspace) throws(CommandFailure) -> ExitCode? {
        let prefix = PolicyKind.allocation.rawValue + "/"
        let name = name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name
        guard let allocation = workspace.policies.allocations.first(where: { $0.name == name }) else { return nil }
        let evaluated = try evaluate(workspace)
        var problems = observationProblems(of: evaluated)
        let counts = allocationCounts(of: evaluated, &problems)
        let showback = PolicyEvaluator.showback(
            policies: evaluated.policies, state: evaluated.observed, metrics: counts, now: now, days: nil, unit: .month)
        let said = workspace.policies.objects.first { $0.reference == PolicyReference(.allocation, name) }?.fields ?? []
        let shares = showback.shares.filter { $0.allocation == name }
        let months = Array(Set(shares.compactMap(\.time)).sorted().suffix(3))
        let sections =
            [
                ExplainReport.Section(
                    "What it says", [("place", allocation.place.description)] + said.map { ($0.path, $0.text) })
            ]
            + months.reversed().map { month in
                ExplainReport.Section(
                    month,
                    shares.filter { $0.time == month }.map { share in
                        (share.receiver, "\(Money(share.amount, showback.currency).exact), from \(share.giver ?? "what is nobody's")")
                    })
            }
            + [
                ExplainReport.Section(
                    "Undivided",
                    showback.undivided.filter { $0.allocation == name }.map { part in
                        (part.month.description, "\(Money(part.amount, showback.currency).exact): \(part.reason)")
                    })
            ]
        try write(
            ExplainReport(
                context: context(of: evaluated), subject: .allocation, name: "Allocation/\(name)",
                summary: "divides a part of the bill among teams; 'bursar cost --showback' adds it up", sections: sections,
                problems: problems.filter { $0.severity != .note }))
        return exitCode(of: evaluated)
    }
}
