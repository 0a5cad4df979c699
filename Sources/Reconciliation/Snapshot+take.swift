package import CostModel
package import Observation

extension Snapshot {
    /// Observes what a workspace names, for policies to be held against later and elsewhere.
    ///
    /// - Parameter tagKeys: of the bill, beside those that policies ask for.
    package static func take(_ workspace: OpenedWorkspace, tagKeys: Set<String> = [], now: Instant) -> Snapshot {
        let policies = workspace.policies
        let needs = ObservationNeeds.snapshot(policies, tagKeys: tagKeys)
        let observations = Observations([policies], needs, directory: workspace.folder, now: now, clients: workspace.clients)
        // Only the code knows which roots there are, and so which states.
        let (_, estate) = Observer(
            workspace: workspace, policies: policies, observations: observations, now: now, readsAttributes: false
        ).observe()
        var snapshot = Snapshot(
            workspace: policies.workspace.name, revision: workspace.revision, observedAt: now, bill: observations.bill,
            utilization: RecordedUtilization(
                of: observations.utilization, lookbacks: needs.lookbacks, percentiles: needs.percentiles, until: now),
            utilizationProblems: observations.utilizationProblems, states: estate.recordedStates,
            catalog: observations.catalogEntry(for: policies.workspace))
        if !policies.workspace.cloud.isEmpty { (snapshot.cloud, snapshot.cloudProblems) = (observations.cloud, observations.cloudProblems) }
        if !policies.workspace.recommendations.isEmpty {
            (snapshot.advice, snapshot.adviceProblems) = (observations.advice, observations.adviceProblems)
        }
        if !policies.readMetrics.isEmpty {
            (snapshot.metrics, snapshot.metricProblems) = (observations.metrics(for: policies), observations.metricProblems(for: policies))
        }
        snapshot.commands = observations.commands
        return snapshot.folded(keepsResources: needs.namesResources)
    }
}
