import CostModel

/// The CPU and memory samples of one instance inside a policy's look-back.
struct Samples {
    private let cpu: SampleSummary?
    private let memory: SampleSummary?

    init(of resource: Resource, in table: UtilizationTable, over lookback: TimeSpan, until now: Instant) {
        cpu = table.summary(of: resource, .cpu, over: lookback, until: now)
        memory = table.summary(of: resource, .memory, over: lookback, until: now)
    }

    /// Why what a policy asks cannot be told from what was observed, whatever the resource.
    static func gap(in table: UtilizationTable, for policy: RightsizingPolicy) -> String? {
        let lookbacks = [policy.lookback] + (policy.idle.map { [$0.duration] } ?? [])
        if let lookback = lookbacks.first(where: { !table.holds($0) }) { return "the observations hold no samples of the last \(lookback)" }
        let percentiles = [policy.cpu, policy.memory].compactMap { $0?.percentile }
        return percentiles.first { !table.holds(percentile: $0) }.map { "the observations do not hold the percentile \($0)" }
    }

    /// What is missing for a recommendation, the first in order of precedence.
    func shortfall(for policy: RightsizingPolicy) -> (Suppression.Reason, String)? {
        let needsCPU = policy.cpu != nil || policy.idle != nil
        let needsMemory = policy.memory != nil
        let span = "in the last \(policy.lookback)"
        if needsCPU, cpu == nil { return (.missingCPU, "no CPU sample \(span)") }
        if needsMemory, memory == nil { return (.missingMemory, "no memory sample \(span)") }
        let fewest = min(needsCPU ? cpu?.count ?? 0 : .max, needsMemory ? memory?.count ?? 0 : .max)
        guard fewest < policy.minimumSamples else { return nil }
        return (.tooFewSamples, "\(fewest) samples \(span), \(policy.minimumSamples) are asked for")
    }

    func load(for policy: RightsizingPolicy) -> InstanceLoad {
        InstanceLoad(cpu: demand(policy.cpu, cpu), memory: demand(policy.memory, memory))
    }

    private func demand(_ target: RightsizingPolicy.Target?, _ samples: SampleSummary?) -> InstanceLoad.Demand? {
        guard let target, let value = samples?.percentile(target.percentile) else { return nil }
        return InstanceLoad.Demand(percentile: target.percentile, value: value, target: target.target.approximation)
    }
}
