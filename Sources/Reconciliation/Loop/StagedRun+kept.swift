import CostModel
import Diagnostics
import Evaluation
import Reporting
import Scoring
import Store

extension StagedRun {
    /// Keeps in the ledger what a server shows and has no code or bill to work out.
    func keep(_ evaluated: EvaluatedWorkspace, _ known: History) throws(StageError) {
        let policies = evaluated.policies
        let kept = KeptEvaluation(
            revision: evaluated.workspace.revision, evaluatedAt: evaluated.now, currency: policies.workspace.currency,
            overview: PolicyEvaluator.overview(policies: policies, state: evaluated.observed, now: evaluated.now),
            budgets: BudgetEntry.all(of: evaluated.evaluation, by: policies), campaigns: policies.campaigns, players: policies.players,
            wins: evaluated.wins(of: result.plan?.changes ?? [], known), anomalies: evaluated.evaluation.anomalies,
            simulations: simulations(of: evaluated))
        let references = evaluated.references()
        // Half a result is none.
        if WorkLimit.isReached { return }
        try ledger { () throws(LedgerError) in
            try ledger.transaction { () throws(LedgerError) in
                try ledger.setValue(KeptEvaluation.key, kept.text)
                try ledger.setValue(ResourceGraph.key, references.text)
            }
        }
    }

    /// What the scenarios among the policies come to; nil: they could not be simulated.
    private func simulations(of evaluated: EvaluatedWorkspace) -> [ScenarioResult]? {
        let scenarios = evaluated.policies.scenarios
        guard !scenarios.isEmpty else { return [] }
        do {
            let estimated = try EvaluatedWorkspace(
                evaluated.workspace, now: evaluated.now, observations: evaluated.observations, like: evaluated, estimates: true)
            let inputs = estimated.estimateInputs()
            return try scenarios.map { try estimated.simulate($0, inputs) }
        } catch {
            tell(.warning, .plan, "the scenarios are not simulated: \(error)")
            return nil
        }
    }
}
