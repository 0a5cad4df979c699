import CostModel
package import Reporting

extension EvaluatedWorkspace {
    /// Which blocks of the code name each other, and what each costs. Where no policy asked for references the code is read once more.
    package func references() -> ResourceGraph {
        var resources = observed.resources
        if !policies.readsAttributes {
            let observer = Observer(
                workspace: workspace, policies: policies, observations: observations, now: now, readsAttributes: true)
            resources = observer.observe().0.resources
        }
        return ResourceGraph(
            resources, monthly: evaluation.unknownSpend == nil ? evaluation.spend.mapValues(\.monthly) : nil,
            currency: policies.workspace.currency)
    }
}
