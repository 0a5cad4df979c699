package import CostModel
import Estimation
import Observation

/// What estimates are made from, beside the code and the bill's sums: lists of prices, expected usage, and what the bill shows of units.
package final class EstimateInputs {
    typealias Units = (units: [String: [BilledUnit]], lastDay: Day?)

    let prices: PriceList
    let usage: ExpectedUsage
    /// Sorted.
    package let problems: [ObservationProblem]
    private let readUnits: () -> Units
    /// What the bill shows of units, by the resource's identifier as billed. It takes a scan of the bill: a change that adds nothing does without.
    private(set) lazy var billed: Units = readUnits()

    init(prices: PriceList, usage: ExpectedUsage, problems: [ObservationProblem], readUnits: @escaping () -> Units) {
        self.prices = prices
        self.usage = usage
        self.problems = problems
        self.readUnits = readUnits
    }
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
            let lastDay = bill.table.days?.upperBound
            return EstimateInputs(prices: .builtIn, usage: ExpectedUsage(), problems: [problem]) { ([:], lastDay) }
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
        return EstimateInputs(prices: prices, usage: usage, problems: problems.sorted()) { [lastDay = bill.table.days?.upperBound] in
            guard !workspace.cost.isEmpty else { return ([:], lastDay) }
            let billed = BillReader(
                sources: workspace.cost, rates: workspace.rates, directory: directory, replaced: replaced, now: now, clients: clients
            ).units(currency: workspace.currency)
            return (billed.units, billed.lastDay ?? lastDay)
        }
    }
}

extension EvaluatedWorkspace {
    /// What estimates are made from; read once for both sides of a change.
    package func estimateInputs() -> EstimateInputs {
        observations.estimateInputs(for: policies.workspace, clients: workspace.clients, now: now)
    }

    /// What is expected of resources and has no effect.
    package func unusedUsage(_ inputs: EstimateInputs) -> [ObservationProblem] {
        guard !inputs.usage.isEmpty, let file = policies.workspace.usage.first else { return [] }
        let resources = ResourceIndex(observed.resources)
        return estimator(inputs, ([:], nil), [], learningFrom: resources).unusedUsage(in: resources).map {
            ObservationProblem(.warning, id: "usage-file", file: file, $0)
        }
    }

    /// What the resources of the code will cost in a month.
    package func estimate(_ inputs: EstimateInputs) -> Estimate {
        let resources = ResourceIndex(observed.resources)
        return estimator(inputs, inputs.billed, [self], learningFrom: resources).estimate(resources, owners: evaluation.owners)
    }

    /// What the code does to that, held against what it was before.
    package func estimateChange(since before: EvaluatedWorkspace, base: String, _ inputs: EstimateInputs) -> EstimateChange {
        let (old, new) = (ResourceIndex(before.observed.resources), ResourceIndex(observed.resources))
        let owners = before.evaluation.owners.merging(evaluation.owners) { _, later in later }
        func change(_ billed: EstimateInputs.Units) -> EstimateChange {
            estimator(inputs, billed, [before, self], learningFrom: old).change(from: old, to: new, owners: owners, base: base)
        }
        var result = change(([:], observations.bill.table.days?.upperBound))
        // Only what would take a list's price, or has none, may have one of the workspace's own.
        let asks = result.entries.contains { entry in
            [entry.before, entry.after].compactMap(\.self).contains { side in
                side.status == .notPriced || side.components.contains { $0.source?.kind == .list }
            }
        }
        if asks { result = change(inputs.billed) }
        result.budgets = budgetEffects(of: result)
        return result
    }

    /// What the change adds to the rest of each budget's present period.
    private func budgetEffects(of change: EstimateChange) -> [EstimateChange.BudgetEffect] {
        let lineage = Lineage(policies.teams)
        return policies.budgets.compactMap { budget in
            let scope = budget.scope
            guard scope.accounts == nil, scope.services == nil, scope.tags == nil, scope.condition == nil,
                let status = evaluation.budgets.first(where: { $0.name == budget.header.reference.name && $0.judged && !$0.closed }),
                let forecast = status.forecast
            else { return nil }
            let teams = scope.team.map { lineage.descendants(of: $0).union([$0]) }
            let monthly = change.entries.reduce(FixedDecimal.zero) { sum, entry in
                if let teams, !(entry.resource.team.map(teams.contains) ?? false) { return sum }
                if let regions = scope.regions, !(entry.resource.region.map(regions.contains) ?? false) { return sum }
                return sum + (entry.difference ?? .zero)
            }
            let days = status.period.days
            let left = max(now.day, days.lowerBound).distance(to: days.upperBound)
            guard !monthly.isZero, left > 0 else { return nil }
            // A month is a twelfth of a year.
            let added = monthly.scaled(by: Int128(left) * 12, over: 365)
            return EstimateChange.BudgetEffect(
                name: status.name, amount: status.amount, before: forecast, after: Money(forecast.amount + added, forecast.currency))
        }.sorted { $0.name < $1.name }
    }

    private func estimator(
        _ inputs: EstimateInputs, _ billed: EstimateInputs.Units, _ sides: [EvaluatedWorkspace], learningFrom deployed: ResourceIndex
    ) -> CostEstimator {
        var monthly: [ResourceIdentity: FixedDecimal] = [:]
        var units: [ResourceIdentity: [BilledUnit]] = [:]
        // One resource may stand there under two spellings: its rows are one's.
        let named = Dictionary(
            billed.units.sorted { $0.key < $1.key }.map { (BilledName.comparable($0.key), $0.value) }, uniquingKeysWith: +)
        for side in sides {
            for (identity, spend) in side.evaluation.spend { monthly[identity] = spend.monthly.amount }
            guard !billed.units.isEmpty else { continue }
            for resource in side.observed.resources {
                let names = resource.deployed?.comparableNames ?? []
                if let found = names.lazy.compactMap({ named[$0] }).first { units[resource.identity] = found }
            }
        }
        return CostEstimator(
            currency: policies.workspace.currency, prices: inputs.prices, usage: inputs.usage,
            billed: CostEstimator.Billed(monthly: monthly, units: units, lastDay: billed.lastDay), learningFrom: deployed)
    }
}
