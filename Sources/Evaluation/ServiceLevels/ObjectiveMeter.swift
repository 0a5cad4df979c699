import CostModel

/// Says how objectives stand, and how they would after a change of capacity.
struct ObjectiveMeter {
    typealias Judgement = ServiceLevelStatus.Judgement

    private let metrics: [String: ObservedMetric]
    private let utilization: UtilizationTable
    private let now: Instant

    init(_ state: ObservedState, now: Instant) {
        metrics = state.metrics
        utilization = state.utilization
        self.now = now
    }

    /// - Returns: nil: the objective is not stated, or is about single resources.
    func judge(_ objective: ServiceLevel.Objective, of policy: ServiceLevel) -> Judgement? {
        do throws(DailyMetric.Gap) {
            switch objective {
            case .latency: return try policy.latency.map { value throws(DailyMetric.Gap) in try latency(value, days: policy.days) }
            case .errors:
                return try policy.errors.map { value throws(DailyMetric.Gap) in try ratio(value, .errors, days: policy.days) }
            case .availability:
                return try policy.availability.map { value throws(DailyMetric.Gap) in try ratio(value, .availability, days: policy.days) }
            case .headroom: return nil
            }
        } catch {
            return Judgement(objective, .unknown, error.reason)
        }
    }

    // MARK: By day

    private func latency(_ wanted: ServiceLevel.Threshold, days count: Int) throws(DailyMetric.Gap) -> Judgement {
        let metric = try DailyMetric(wanted.metric, key: wanted.key, as: .values, in: metrics)
        let days = try DailyMetric.window(of: [metric], days: count, before: now.day)
        var over: [(day: Day, value: FixedDecimal)] = []
        var missing: [Day] = []
        for day in days {
            guard let value = try metric.value(on: day) else {
                missing.append(day)
                continue
            }
            if value > wanted.atMost { over.append((day, value)) }
        }
        let hundred = FixedDecimal(100)
        let goal =
            "objective: at most \(wanted.atMost) on "
            + (wanted.target == hundred ? "every day" : "\(wanted.target) % of the days")
        // Days that are missing make it no better.
        if Int128(over.count) * hundred.raw > (hundred - wanted.target).raw * Int128(count),
            let worst = over.max(by: { ($0.value, $1.day) < ($1.value, $0.day) })
        {
            return Judgement(
                .latency, .broken,
                "\(wanted.metric) is above \(wanted.atMost) on \(over.count) of \(count) days, \(worst.value) on \(worst.day); \(goal)")
        }
        guard missing.isEmpty else { throw DailyMetric.Gap(reason: DailyMetric.missing(missing, of: wanted.metric, days)) }
        return Judgement(
            .latency, .met, "\(wanted.metric) is at most \(wanted.atMost) on \(count - over.count) of \(count) days; \(goal)")
    }

    private func ratio(
        _ wanted: ServiceLevel.Ratio, _ objective: ServiceLevel.Objective, days count: Int
    ) throws(DailyMetric.Gap) -> Judgement {
        let hundred = FixedDecimal(100)
        let percent: FixedDecimal
        let isBroken: Bool
        var of = ""
        if let name = wanted.total {
            let metric = try DailyMetric(wanted.metric, key: wanted.key, as: .counts, in: metrics)
            let total = try DailyMetric(name, key: wanted.key, as: .counts, in: metrics)
            let days = try DailyMetric.window(of: [metric, total], days: count, before: now.day)
            let (part, whole) = (try metric.sum(days), try total.sum(days))
            guard whole > .zero else { throw DailyMetric.Gap(reason: "the metric '\(name)' counted nothing in \(count) days") }
            guard part <= whole else {
                throw DailyMetric.Gap(
                    reason: "the metric '\(wanted.metric)' counted \(part) in \(count) days, more than the \(whole) of '\(name)'")
            }
            percent = part.scaled(by: hundred.raw, over: whole.raw)
            let limit = whole.times(wanted.target)
            isBroken = objective == .errors ? part.scaled(by: 100, over: 1) > limit : part.scaled(by: 100, over: 1) < limit
            of = " of \(whole.rounded(to: 0))"
        } else {
            let metric = try DailyMetric(wanted.metric, key: wanted.key, as: .values, in: metrics)
            let days = try DailyMetric.window(of: [metric], days: count, before: now.day)
            for day in days {
                if let value = try metric.value(on: day), value > hundred {
                    throw DailyMetric.Gap(reason: "the metric '\(wanted.metric)' is \(value) on \(day), which is no percentage")
                }
            }
            let sum = try metric.sum(days)
            percent = sum.scaled(by: 1, over: Int128(count))
            let limit = wanted.target.scaled(by: Int128(count), over: 1)
            isBroken = objective == .errors ? sum > limit : sum < limit
        }
        let goal = objective == .errors ? "at most" : "at least"
        return Judgement(
            objective, isBroken ? .broken : .met,
            "\(percent.rounded(to: 3)) %\(of) in \(count) days; objective: \(goal) \(wanted.target) %")
    }

    // MARK: Headroom

    /// What a machine has left.
    ///
    /// - Parameters:
    ///   - resized: when it got the size that it has, where somebody remembers.
    ///   - change: nil: as it is.
    func headroom(
        _ wanted: ServiceLevel.Headroom, of resource: Resource, over window: TimeSpan, since resized: Instant? = nil,
        after change: CapacityChange? = nil
    ) -> Judgement {
        guard utilization.holds(window) else {
            return Judgement(.headroom, .unknown, "the observations hold no samples of the last \(window)")
        }
        guard utilization.holds(percentile: wanted.percentile) else {
            return Judgement(.headroom, .unknown, "the observations do not hold the percentile \(wanted.percentile)")
        }
        var (span, said) = (window, "in the last \(window)")
        if let resized, resized > now.subtracting(window) {
            guard utilization.holdsSamples else {
                return Judgement(
                    .headroom, .unknown, "it was resized meanwhile, and the observations do not tell its samples from those of before")
            }
            (span, said) = (TimeSpan(seconds: max(0, now.seconds - resized.seconds)), "since it was resized on \(resized.day)")
        }
        let parts = wanted.metrics.map { metric in
            side(metric, wanted, utilization.summary(of: resource, metric, over: span, until: now), said, change)
        }
        let state: Judgement.State =
            parts.contains { $0.state == .broken } ? .broken : parts.contains { $0.state == .unknown } ? .unknown : .met
        // Of several sentences those that decide.
        return Judgement(.headroom, state, parts.filter { $0.state == state }.map(\.text).joined(separator: "; "))
    }

    private func side(
        _ metric: Metric, _ wanted: ServiceLevel.Headroom, _ summary: SampleSummary?, _ said: String, _ change: CapacityChange?
    ) -> Judgement {
        let name = metric == .cpu ? "CPU" : "memory"
        let asked = wanted[metric] ?? .zero
        guard let summary, let value = summary.percentile(wanted.percentile) else {
            return Judgement(.headroom, .unknown, "no \(name) sample \(said)")
        }
        guard summary.count >= wanted.minimumSamples else {
            return Judgement(
                .headroom, .unknown, "\(summary.count) \(name) samples \(said), \(wanted.minimumSamples) are asked for")
        }
        let goal = "objective: headroom \(asked) %"
        let limit = (FixedDecimal(100) - asked).approximation
        let measured = "p\(wanted.percentile) \(name) \(percent(value)) %"
        guard let change else {
            let left = "\(measured), \(percent(100 - value)) % left; \(goal)"
            return Judgement(.headroom, value > limit ? .broken : .met, left)
        }
        guard let after = change.load(value, of: metric) else {
            return Judgement(.headroom, .unknown, "\(measured); \(change.unknownCapacity)")
        }
        return Judgement(.headroom, after > limit ? .broken : .met, "\(measured) → \(percent(after)) %\(change.said); \(goal)")
    }

    /// How far a machine stays under what it may use, in percent of its capacity; below zero where it does not. Nil where that is not known.
    func margin(
        _ wanted: ServiceLevel.Headroom, of resource: Resource, over window: TimeSpan, _ factor: ScenarioResult.Capacity
    ) -> Double? {
        wanted.metrics.compactMap { metric in
            utilization.summary(of: resource, metric, over: window, until: now)?.percentile(wanted.percentile).map {
                (FixedDecimal(100) - (wanted[metric] ?? .zero)).approximation - $0 * (metric == .cpu ? factor.cpu : factor.memory)
            }
        }.min()
    }

    /// The share of the samples that would be beyond what is asked, of CPU or of memory; nil without single samples.
    func chance(
        _ wanted: ServiceLevel.Headroom, of resource: Resource, over window: TimeSpan, _ factor: ScenarioResult.Capacity
    ) -> Double? {
        wanted.metrics.compactMap { metric in
            let limit = (FixedDecimal(100) - (wanted[metric] ?? .zero)).approximation / (metric == .cpu ? factor.cpu : factor.memory)
            return utilization.summary(of: resource, metric, over: window, until: now)?.share(above: limit)
        }.max()
    }
}
