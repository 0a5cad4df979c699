package import CostModel
import Estimation
import Observation

/// What estimates are made from, beside the code and the bill's sums: lists of prices, expected usage, and what the bill shows of units.
package struct EstimateInputs {
    let prices: PriceList
    let usage: ExpectedUsage
    /// By the resource's identifier as billed.
    let units: [String: [BilledUnit]]
    let lastDay: Day?
    /// Sorted.
    package let problems: [ObservationProblem]
}

extension Observations {
    /// Reads what a workspace names for estimates. A snapshot holds none of it: then the built-in list is all there is beside the bill's sums.
    func estimateInputs(for workspace: Workspace, clients: EngineClients, now: Instant) -> EstimateInputs {
        guard let (directory, replaced) = files else {
            let named = !workspace.prices.isEmpty || !workspace.usage.isEmpty
            let problem = ObservationProblem(
                .note, id: "no-prices", file: snapshotFile ?? "",
                "a snapshot holds neither unit prices of the bill\(named ? " nor what 'observe.prices' and 'observe.usage' name" : ""): "
                    + "list prices stand in for them")
            return EstimateInputs(
                prices: .builtIn, usage: ExpectedUsage(), units: [:], lastDay: bill.table.days?.upperBound, problems: [problem])
        }
        var problems: [ObservationProblem] = []
        var prices = PriceList.builtIn
        if !workspace.prices.isEmpty {
            let read = PriceListReader.read(workspace.prices, statedAt: workspace.place, directory: directory, replaced: replaced)
            prices = read.prices
            problems += read.problems
        }
        let (usage, found) = UsageFileReader.read(workspace.usage, statedAt: workspace.place, directory: directory, replaced: replaced)
        problems += found
        var billed: (units: [String: [BilledUnit]], lastDay: Day?) = ([:], nil)
        if !workspace.cost.isEmpty {
            billed = BillReader(
                sources: workspace.cost, rates: workspace.rates, directory: directory, replaced: replaced, now: now, clients: clients
            ).units(currency: workspace.currency)
        }
        return EstimateInputs(
            prices: prices, usage: usage, units: billed.units, lastDay: billed.lastDay ?? bill.table.days?.upperBound,
            problems: problems.sorted())
    }
}

extension EvaluatedWorkspace {
    /// What estimates are made from; read once for both sides of a change.
    package func estimateInputs() -> EstimateInputs {
        observations.estimateInputs(for: policies.workspace, clients: workspace.clients, now: now)
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

    private func estimator(_ inputs: EstimateInputs, _ sides: [EvaluatedWorkspace], learningFrom deployed: ResourceIndex) -> Estimator {
        var monthly: [ResourceIdentity: FixedDecimal] = [:]
        var units: [ResourceIdentity: [BilledUnit]] = [:]
        for side in sides {
            for (identity, spend) in side.evaluation.spend { monthly[identity] = spend.monthly.amount }
            for resource in side.observed.resources {
                // As the bill names it: by its ARN, else by its identifier.
                let names = [resource.deployed?.arn, resource.deployed?.id].compactMap { $0 }.filter { !$0.isEmpty }
                if let found = names.lazy.compactMap({ inputs.units[$0] }).first { units[resource.identity] = found }
            }
        }
        return Estimator(
            currency: policies.workspace.currency, prices: inputs.prices, usage: inputs.usage,
            billed: Estimator.Billed(monthly: monthly, units: units, lastDay: inputs.lastDay), learningFrom: deployed)
    }
}
