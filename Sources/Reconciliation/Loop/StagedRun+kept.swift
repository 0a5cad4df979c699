import CostModel
import Diagnostics
import Evaluation
import Reporting
import Scoring
import Store

extension StagedRun {
    /// Keeps in the ledger what a server shows and has no code or bill to work out.
    func keep(_ evaluated: EvaluatedWorkspace, _ known: History, _ leaderboard: Leaderboard) throws(StageError) {
        let policies = evaluated.policies
        let kept = KeptEvaluation(
            revision: evaluated.workspace.revision, evaluatedAt: evaluated.now, currency: policies.workspace.currency,
            overview: PolicyEvaluator.overview(policies: policies, state: evaluated.observed, now: evaluated.now),
            budgets: BudgetEntry.all(of: evaluated.evaluation, by: policies), campaigns: policies.campaigns, players: policies.players,
            wins: evaluated.wins(of: result.plan?.changes ?? [], known), anomalies: evaluated.evaluation.anomalies,
            simulations: simulations(of: evaluated))
        let references = evaluated.references()
        let details = KeptDetails(evaluated, leaderboard)
        // Half a result is none.
        if WorkLimit.isReached { return }
        try ledger { () throws(LedgerError) in
            try ledger.transaction { () throws(LedgerError) in
                try ledger.setValue(KeptEvaluation.key, kept.text)
                try ledger.setValue(ResourceGraph.key, references.text)
                try ledger.setValue(KeptDetails.key, details.text)
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

extension KeptDetails {
    fileprivate init(_ evaluated: EvaluatedWorkspace, _ leaderboard: Leaderboard) {
        let places = evaluated.evaluation.findings.compactMap { finding in finding.location.map { (finding.id, $0) } }
        self.init(
            commit: evaluated.workspace.commit, places: Dictionary(places, uniquingKeysWith: { first, _ in first }),
            penalties: Dictionary(leaderboard.teams.map { ($0.team, $0.penalties) }, uniquingKeysWith: { first, _ in first }),
            exemptions: Dictionary(
                evaluated.policies.exemptions.map { ($0.name, .init(reason: $0.reason, approvedBy: $0.approvedBy)) },
                uniquingKeysWith: { first, _ in first }),
            unscored: leaderboard.unscored, unowned: leaderboard.unowned)
    }
}
