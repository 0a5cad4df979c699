import CostModel
import Reconciliation
import Reporting

extension Session {
    /// What a team should know of itself: scored with what is remembered where there is a ledger.
    ///
    /// - Parameter name: `payments`, or `Team/payments` where a policy has that name, too.
    /// - Returns: nil where there is no such team.
    func explainTeam(_ name: String, in workspace: OpenedWorkspace) throws(CommandFailure) -> ExitCode? {
        let prefix = PolicyKind.team.rawValue + "/"
        let name = name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name
        guard workspace.policies.teams.contains(where: { $0.name == name }) else { return nil }
        let scored = try scoreWithLedgerIfAny(workspace)
        let (evaluated, leaderboard) = (scored.evaluated, scored.leaderboard)
        let savings = scored.history?.savings.filter { $0.change.change.team == name }
        guard let card = leaderboard.teams.first(where: { $0.team == name }) else { return nil }
        // Without a commit there is nothing to make patches against: the rest is worth saying.
        let changes = (try? evaluated.plan().changes) ?? []
        try write(
            ExplainReport(
                context: context(of: evaluated), team: card, of: leaderboard.teams.count, findings: scored.findings,
                changes: changes, savings: savings, problems: observationProblems(of: evaluated).filter { $0.severity != .note }))
        return exitCode(of: evaluated)
    }
}
