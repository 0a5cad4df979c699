import CostModel
import Evaluation
import Observation
import Pages
import Reconciliation

extension Session {
    /// What more to commit to: of a snapshot nothing is known by the hour.
    func proposals(
        _ policy: CommitmentPolicy, _ statement: CommitmentStatement, _ evaluated: EvaluatedWorkspace
    ) throws(CommandFailure) -> [CommitmentProposal] {
        guard !statement.services.isEmpty, try observations() == nil else { return [] }
        let (policies, state) = (evaluated.policies, evaluated.observed)
        let reader = BillReader(
            sources: policies.workspace.cost, rates: policies.workspace.rates, directory: evaluated.workspace.folder, now: now,
            clients: evaluated.workspace.clients)
        let use = reader.onDemandUse(
            currency: policies.workspace.currency, days: PolicyEvaluator.proposalDays(state: state, now: now))
        return PolicyEvaluator.proposals(
            policy, statement, use: use, policies: policies, state: state, result: evaluated.evaluation)
    }

    /// How the workspace's policies about commitments see the newest month.
    func commitments(of evaluated: EvaluatedWorkspace) throws(CommandFailure) -> [CommitmentEntry] {
        guard evaluated.observed.hasBill else { return [] }
        var entries: [CommitmentEntry] = []
        for policy in evaluated.policies.commitmentPolicies {
            let found = PolicyEvaluator.commitments(
                policies: evaluated.policies, state: evaluated.observed, now: now, policy: policy, days: nil)
            let proposals = try found.map { found throws(CommandFailure) in try self.proposals(policy, found, evaluated) }
            entries.append(CommitmentEntry(policy: policy.header.reference.name, statement: found, proposals: proposals ?? []))
        }
        return entries
    }
}
