package import CostModel
import Estimation
import Observation

/// What estimates are made from, beside the code and the bill's sums: lists of prices, expected usage, and what the bill shows of units.
package struct EstimateInputs {
    let prices: PriceList
    let usage: ExpectedUsage
    /// What the bill shows of units.
    let units: ObservedBill.Units
    /// Sorted.
    package let problems: [ObservationProblem]
}

extension Observations {
    /// Reads what a workspace names for estimates. A snapshot holds what the bill shows of units, and no lists: then the built-in one stands in.
    func estimateInputs(for workspace: Workspace, clients: EngineClients, now: Instant) -> EstimateInputs {
        var units = bill.units ?? ObservedBill.Units()
        guard let (directory, replaced) = files else {
            var lacking = bill.units == nil && !workspace.cost.isEmpty ? ["unit prices of the bill"] : []
            if !workspace.prices.isEmpty { lacking.append("the lists of 'observe.prices'") }
            if !workspace.usage.isEmpty { lacking.append("what 'observe.usage' expects") }
            let problems = lacking.map {
                ObservationProblem(
                    .note, id: "no-prices", file: snapshotFile ?? "", "the snapshot does not hold \($0): built-in prices stand alone")
            }
            units.lastDay = units.lastDay ?? bill.table.days?.upperBound
            return EstimateInputs(prices: .builtIn, usage: ExpectedUsage(), units: units, problems: problems)
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
        if bill.units == nil, !workspace.cost.isEmpty {
            let reader = BillReader(
                sources: workspace.cost, rates: workspace.rates, directory: directory, replaced: replaced, now: now, clients: clients)
            units = reader.bill(currency: workspace.currency, tagKeys: [], bases: [], units: true).units ?? units
        }
        units.lastDay = units.lastDay ?? bill.table.days?.upperBound
        return EstimateInputs(prices: prices, usage: usage, units: units, problems: problems.sorted())
    }
}

extension EstimateInputs {
    /// - Parameters:
    ///   - monthly: effective cost of a month, by resource.
    ///   - sides: the resources that are estimated, of one side or both.
    ///   - deployed: the resources of the code that the bill is of.
    func estimator(
        in currency: Currency, monthly: [ResourceIdentity: FixedDecimal], _ sides: [[Resource]], learningFrom deployed: ResourceIndex
    ) -> CostEstimator {
        var billed: [ResourceIdentity: [BilledUnit]] = [:]
        if !units.byResource.isEmpty {
            // One resource may stand there under two spellings: its rows are one's.
            let named = Dictionary(
                units.byResource.sorted { $0.key < $1.key }.map { (BilledName.comparable($0.key), $0.value) }, uniquingKeysWith: +)
            for resource in sides.joined() {
                let names = resource.deployed?.comparableNames ?? []
                if let found = names.lazy.compactMap({ named[$0] }).first { billed[resource.identity] = found }
            }
        }
        return CostEstimator(
            currency: currency, prices: prices, usage: usage,
            billed: CostEstimator.Billed(monthly: monthly, units: billed, lastDay: units.lastDay), learningFrom: deployed)
    }
}
