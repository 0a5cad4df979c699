package import CostModel
import Evaluation
import Scoring

/// One pass over a workspace: policies at a revision, held against what is observed, judged and scored.
///
/// Every command is a prefix of this one pipeline, so that a check and a plan can never disagree.
package struct Pass {
    package let workspace: OpenedWorkspace
    package let policies: PolicySet
    package let now: Instant
    package let observed: ObservedState
    package let evaluation: EvaluationResult
    let terraform: TerraformEstate
    /// What lies outside Git, for another pass over the same workspace.
    package let observations: Observations

    /// Observes and judges.
    ///
    /// - Parameter observations: what lies outside Git where it was read already; nil: it is read now.
    package init(_ workspace: OpenedWorkspace, now: Instant, observations: Observations? = nil) throws(PassError) {
        self.workspace = workspace
        self.now = now
        policies = workspace.policies
        self.observations = observations ?? .read(for: [policies], directory: workspace.folder, now: now)
        (observed, terraform) = Observer(workspace: workspace, observations: self.observations, now: now).observe()
        evaluation = Evaluator.evaluate(policies: policies, state: observed, now: now)
    }

    /// Judges resources as an edit of their code would leave them, by the same evaluator.
    func judge(_ resources: [Resource]) -> [Finding] {
        Evaluator.judge(resources, policies: policies, state: observed, like: evaluation)
    }

    package func leaderboard() -> Leaderboard {
        Scorer.score(policies: policies, result: evaluation)
    }

    package func plan() throws(PassError) -> Plan {
        try Planner(pass: self).plan()
    }
}
