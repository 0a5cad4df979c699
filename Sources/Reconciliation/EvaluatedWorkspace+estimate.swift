package import CostModel
import Estimation
import Evaluation
import Observation

extension EvaluatedWorkspace {
    /// What estimates are made from; read once for both sides of a change.
    package func estimateInputs() -> EstimateInputs {
        observations.estimateInputs(for: policies.workspace, clients: workspace.clients, now: now)
    }

    /// What is expected of resources and has no effect.
    package func unusedUsage(_ inputs: EstimateInputs) -> [ObservationProblem] {
        guard !inputs.usage.isEmpty, let file = policies.workspace.usage.first else { return [] }
        let resources = ResourceIndex(observed.resources)
        let estimator = inputs.estimator(in: policies.workspace.currency, monthly: [:], [], learningFrom: ResourceIndex([]))
        return estimator.unusedUsage(in: resources).map { ObservationProblem(.warning, id: "usage-file", file: file, $0) }
    }

    /// What the resources of the code will cost in a month.
    package func estimate(_ inputs: EstimateInputs) -> Estimate {
        let resources = ResourceIndex(observed.resources)
        return estimator(inputs, [self], learningFrom: resources).estimate(resources, owners: evaluation.owners)
    }

    /// What the code does to that, held against what it was before.
    package func estimateChange(since before: EvaluatedWorkspace, base: String, _ inputs: EstimateInputs) -> EstimateChange {
        let (old, new) = (ResourceIndex(before.observed.resources), ResourceIndex(observed.resources))
        let owners = before.evaluation.owners.merging(evaluation.owners) { _, later in later }
        return estimator(inputs, [before, self], learningFrom: old).change(from: old, to: new, owners: owners, base: base)
    }

    /// The same, judged: by policies about changes, and by what it does to budgets.
    ///
    /// - Parameters:
    ///   - policies: those that judge, with the exemptions that count.
    ///   - budgets: how the budgets of these policies stand.
    func judgedChange(
        since before: EvaluatedWorkspace, base: String, _ inputs: EstimateInputs, by policies: PolicySet, budgets: [BudgetStatus]
    ) -> EstimateChange {
        let change = estimateChange(since: before, base: base, inputs)
        // What the code costs before the change is asked by guardrails alone.
        let earlier = policies.guardrails.isEmpty ? Estimate(currency: change.currency, resources: []) : before.estimate(inputs)
        return PolicyEvaluator.judge(
            change, of: earlier, by: policies, budgets: budgets, before: before.observed, after: observed, now: now)
    }

    func estimator(_ inputs: EstimateInputs, _ sides: [EvaluatedWorkspace], learningFrom deployed: ResourceIndex) -> CostEstimator {
        var monthly: [ResourceIdentity: FixedDecimal] = [:]
        for side in sides { for (identity, spend) in side.evaluation.spend { monthly[identity] = spend.monthly.amount } }
        return inputs.estimator(
            in: policies.workspace.currency, monthly: monthly, sides.map(\.observed.resources), learningFrom: deployed)
    }
}

extension ObservedState {
    /// What resources would cost by the built-in list alone, where policies ask for that: for tests and examples, which name no other prices.
    mutating func estimateByList(for policies: PolicySet) {
        guard policies.readsEstimates else { return }
        let estimator = CostEstimator(currency: policies.workspace.currency, prices: PriceList.builtIn)
        let estimate = estimator.estimate(ResourceIndex(resources), owners: [:])
        estimates = Dictionary(estimate.resources.map { ($0.identity, $0) }, uniquingKeysWith: { first, _ in first })
    }
}

extension ObservedInput {
    /// What resources would cost by prices alone: for expressions, which ask for it of those without a bill.
    func priced() -> [ResourceIdentity: ResourceEstimate] {
        let inputs = observations.estimateInputs(for: policies.workspace, clients: workspace.clients, now: now)
        let resources = ResourceIndex(observed.resources)
        let estimator = inputs.estimator(
            in: policies.workspace.currency, monthly: [:], [observed.resources], learningFrom: resources)
        let estimate = estimator.estimate(resources, owners: [:])
        return Dictionary(estimate.resources.map { ($0.identity, $0) }, uniquingKeysWith: { first, _ in first })
    }
}
