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

    /// Observes and judges.
    package init(_ workspace: OpenedWorkspace, now: Instant) throws(PassError) {
        self.workspace = workspace
        self.now = now
        policies = workspace.policies
        (observed, terraform) = try Observer(workspace: workspace, now: now).observe()
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
