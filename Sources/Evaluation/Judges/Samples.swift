import CostModel

/// The CPU and memory samples of one instance inside a policy's look-back.
struct Samples {
    private let cpu: ArraySlice<SampleSeries.Sample>
    private let memory: ArraySlice<SampleSeries.Sample>

    init(of resource: Resource, in table: UtilizationTable, within window: Range<Instant>) {
        let series = table.series(of: resource) ?? [:]
        cpu = series[.cpu]?.within(window) ?? []
        memory = series[.memory]?.within(window) ?? []
    }

    /// What is missing for a recommendation, the first in order of precedence.
    func shortfall(for policy: RightsizingPolicy) -> (Suppression.Reason, String)? {
        let needsCPU = policy.cpu != nil || policy.idle != nil
        let needsMemory = policy.memory != nil
        let span = "in the last \(policy.lookback)"
        if needsCPU, cpu.isEmpty { return (.missingCPU, "no CPU sample \(span)") }
        if needsMemory, memory.isEmpty { return (.missingMemory, "no memory sample \(span)") }
        let fewest = min(needsCPU ? cpu.count : .max, needsMemory ? memory.count : .max)
        guard fewest < policy.minimumSamples else { return nil }
        return (.tooFewSamples, "\(fewest) samples \(span), \(policy.minimumSamples) are asked for")
    }

    func load(for policy: RightsizingPolicy) -> InstanceLoad {
        InstanceLoad(cpu: demand(policy.cpu, cpu), memory: demand(policy.memory, memory))
    }

    private func demand(_ target: RightsizingPolicy.Target?, _ samples: ArraySlice<SampleSeries.Sample>) -> InstanceLoad.Demand? {
        guard let target, let value = samples.percentile(target.percentile) else { return nil }
        return InstanceLoad.Demand(percentile: target.percentile, value: value, target: target.target.approximation)
    }
}
