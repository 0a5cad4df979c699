package import CostModel
package import Diagnostics
import Evaluation
package import Observation
import Scoring

/// One evaluation over a workspace: policies at a revision, held against what is observed, judged and scored.
///
/// Every command is a prefix of this one pipeline, so that a check and a plan can never disagree.
package struct EvaluatedWorkspace {
    package let workspace: OpenedWorkspace
    package let policies: PolicySet
    package let now: Instant
    package internal(set) var observed: ObservedState
    package internal(set) var evaluation: EvaluationResult
    let estate: WorkspaceEstate
    /// What lies outside Git, for another pass over the same workspace.
    package let observations: Observations

    /// Observes and judges.
    ///
    /// - Parameters:
    ///   - policies: judges by these and not by the workspace's own, as where a change may not exempt itself.
    ///   - observations: what lies outside Git where it was read already; nil: it is read now.
    ///   - other: an evaluation over another revision, whose code need not be read twice.
    ///   - marking: says of the comments at resources which ones wait until a change is merged.
    ///   - estimates: whether resources are estimated afterwards: then their arguments are read, and the bill's unit prices, though no policy
    ///     of this evaluation asks for them.
    ///   - isCompared: whether it is one side of a change: then blocks count, too, that make nothing as long as whoever applies the code sets
    ///     nothing else.
    ///   - replaced: code that counts in place of the workspace's, by path; nil: as if the file were not there.
    package init(
        _ workspace: OpenedWorkspace, policies: PolicySet? = nil, now: Instant, observations: Observations? = nil,
        like other: EvaluatedWorkspace? = nil,
        marking: (([Resource]) -> [Resource])? = nil, estimates: Bool = false, isCompared: Bool = false,
        replaced: [String: SourceFile?] = [:]
    ) throws(WorkspaceError) {
        var input = ObservedInput(
            workspace, policies: policies, now: now, observations: observations, like: other, estimates: estimates, isCompared: isCompared,
            replaced: replaced)
        if let marking { input.observed.resources = marking(input.observed.resources) }
        self.init(judging: input)
    }

    /// Judges what was observed.
    package init(judging input: ObservedInput) {
        workspace = input.workspace
        policies = input.policies
        now = input.now
        observed = input.observed
        estate = input.estate
        observations = input.observations
        var evaluation = PolicyEvaluator.evaluate(policies: input.policies, state: input.observed, now: input.now)
        if !evaluation.anomalies.isEmpty {
            let commits = AnomalyCommits(input.workspace, input.estate, input.observed.resources)
            evaluation.name(commits: commits.commits(of: evaluation.anomalies))
        }
        self.evaluation = evaluation
    }

    /// Judges resources as an edit of their code would leave them, by the same evaluator.
    func judge(_ resources: [Resource]) -> [Finding] {
        PolicyEvaluator.judge(resources, policies: policies, state: observed, like: evaluation)
    }

    package func leaderboard() -> Leaderboard {
        Scorer.score(policies: policies, result: evaluation, touched: observed.isPartial ? touchedTeams : [])
    }

    /// Scored with what is remembered of earlier evaluations.
    package func leaderboard(with history: History, now: Instant) -> Leaderboard {
        ScoreHistory.advance(
            policies: policies, result: evaluation, history: history, now: now, revision: workspace.revision, isPartial: observed.isPartial,
            touched: touchedTeams, successors: estate.successors
        ).leaderboard
    }

    /// - Parameter order: which changes go first where the plan may not hold all; nil: the most valuable.
    package func plan(_ order: PlanOrder? = nil) throws(WorkspaceError) -> Plan {
        try Planner(evaluated: self, order: order).plan()
    }

    /// Ids of the findings that a plan fixes once this tree is committed as it is: found by the planner, each change proved.
    package func fixable() -> Set<String> { Planner(evaluated: self).fixable() }
}

/// Everything that is read before anything is judged.
package struct ObservedInput {
    let workspace: OpenedWorkspace
    let policies: PolicySet
    let now: Instant
    package internal(set) var observed: ObservedState
    let estate: WorkspaceEstate
    let observations: Observations

    package init(
        _ workspace: OpenedWorkspace, policies: PolicySet? = nil, now: Instant, observations: Observations? = nil,
        like other: EvaluatedWorkspace? = nil,
        estimates: Bool = false, isCompared: Bool = false, replaced: [String: SourceFile?] = [:],
        registry: Inventories.Registry = Inventories.estate
    ) {
        self.workspace = workspace
        self.now = now
        self.policies = policies ?? workspace.policies
        self.observations =
            observations
            ?? .read(for: [self.policies], directory: workspace.folder, now: now, clients: workspace.clients, units: estimates)
        let observer = Observer(
            workspace: workspace, policies: self.policies, observations: self.observations, now: now,
            readsAttributes: estimates || self.policies.readsAttributes, readsUndecided: isCompared,
            replaced: replaced)
        (observed, estate) = observer.observe(like: other?.estate, registry: registry)
        if self.policies.readsEstimates { observed.estimates = priced() }
    }
}
