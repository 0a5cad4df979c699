package import CEL
import Conditions
package import CostModel
import Evaluation

extension EvaluatedWorkspace {
    /// The values that a rule's expressions would see of a resource, in the vocabulary's order; utilisation over the last 14 days.
    package func variables(of resource: Resource) -> [CELValue] {
        let record = PolicyEvaluator.record(of: resource, policies: policies, state: observed, like: evaluation)
        let utilization = UtilizationRecord(
            of: resource, in: observed.utilization, lookback: .days(14), minimumSamples: 1, now: now)
        return record.variables(utilization: utilization)
    }
}
