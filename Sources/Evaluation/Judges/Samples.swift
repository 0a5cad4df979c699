import CostModel

/// The CPU and memory samples of one instance inside a policy's look-back.
struct Samples {
    private let cpu: SampleSummary?
    private let memory: SampleSummary?
    /// For messages: the time that they are of.
    private let span: String
    /// Whether samples of before a merged fix were left out.
    let isSinceFix: Bool

    /// - Parameter resized: when the instance got the size that it has, where somebody remembers: samples of before are of another size.
    /// - Returns: nil: the table does not hold a part of the look-back.
    init?(of resource: Resource, in table: UtilizationTable, over lookback: TimeSpan, since resized: Instant?, until now: Instant) {
        var window = lookback
        var span = "in the last \(lookback)"
        if let resized, resized > now.subtracting(lookback) {
            guard table.holdsSamples else { return nil }
            window = TimeSpan(seconds: max(0, now.seconds - resized.seconds))
            span = "since it was resized on \(resized.day)"
        }
        isSinceFix = window != lookback
        self.span = span
        cpu = table.summary(of: resource, .cpu, over: window, until: now)
        memory = table.summary(of: resource, .memory, over: window, until: now)
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
