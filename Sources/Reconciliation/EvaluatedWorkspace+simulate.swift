package import CostModel
package import Estimation
import Evaluation

extension EvaluatedWorkspace {
    /// What a scenario comes to.
    package func simulate(_ scenario: Scenario, _ inputs: EstimateInputs) throws(ScenarioEstimator.Failure) -> ScenarioResult {
        let resources = ResourceIndex(observed.resources)
        let listed = inputs.estimator(
            in: policies.workspace.currency, monthly: [:], [observed.resources], learningFrom: resources)
        let result = try ScenarioEstimator(
            observed, estimator(inputs, [self], learningFrom: resources), listed: listed, owners: evaluation.owners, now: now
        ).run(scenario)
        return PolicyEvaluator.judge(result, of: scenario, policies: policies, state: observed, like: evaluation)
    }
}
