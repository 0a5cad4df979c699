/// How much headroom instances keep, and which proposals are worth making.
package struct RightsizingPolicy: ResourcePolicy {
    package var header: PolicyHeader
    package var match: ResourceMatch
    package var lookback: TimeSpan
    package var minimumSamples: Int
    package var cpu: Target?
    package var memory: Target?
    package var idle: Idle?
    package var guardrails: Guardrails
    package var advice = Advice.show

    /// What becomes of a provider's proposal for a resource that the policy speaks about.
    package enum Advice: String, Hashable, Sendable, CaseIterable {
        /// It stands beside what our samples say.
        case show
        /// And where we have no samples of our own, it becomes a finding within the guard rails.
        case propose
    }

    /// On the proposed size, the percentile of the utilisation stays at or under the target.
    package struct Target: Hashable, Sendable {
        /// Nearest-rank, above 0 and at most 100.
        package var percentile: FixedDecimal
        /// In percent of the capacity: 60 is 60 %.
        package var target: FixedDecimal

        package init(percentile: FixedDecimal, target: FixedDecimal) {
            self.percentile = percentile
            self.target = target
        }
    }

    /// A resource whose CPU stayed below a share for the whole time does nothing.
    package struct Idle: Hashable, Sendable {
        /// In percent.
        package var cpuBelow: FixedDecimal
        package var duration: TimeSpan

        package init(cpuBelow: FixedDecimal, duration: TimeSpan) {
            self.cpuBelow = cpuBelow
            self.duration = duration
        }
    }

    package struct Guardrails: Hashable, Sendable {
        package enum Families: Hashable, Sendable {
            case same
            case any
            case list([String])
        }

        package var families: Families
        /// Sizes down in one change; nil: as many as the targets allow.
        package var maxStep: Int?
        package var minimumMonthlySavings: Money?
        /// Resources with any of these tags and values are left alone.
        package var excludedTags: [String: String]

        package init(
            families: Families = .same, maxStep: Int? = nil, minimumMonthlySavings: Money? = nil, excludedTags: [String: String] = [:]
        ) {
            self.families = families
            self.maxStep = maxStep
            self.minimumMonthlySavings = minimumMonthlySavings
            self.excludedTags = excludedTags
        }
    }

    package init(
        header: PolicyHeader, match: ResourceMatch, lookback: TimeSpan = .days(14), minimumSamples: Int = 100, cpu: Target? = nil,
        memory: Target? = nil, idle: Idle? = nil, guardrails: Guardrails = .init()
    ) {
        self.header = header
        self.match = match
        self.lookback = lookback
        self.minimumSamples = minimumSamples
        self.cpu = cpu
        self.memory = memory
        self.idle = idle
        self.guardrails = guardrails
    }

    package var needs: PolicyNeeds {
        var needs = PolicyNeeds()
        needs.lookbacks = Set([lookback, idle?.duration].compactMap(\.self))
        needs.percentiles = Set([cpu, memory].compactMap { $0?.percentile })
        needs.readsAttributes = match.condition != nil
        return needs
    }

    package var decidingConditions: [Condition] { [match.condition].compactMap(\.self) }
}

extension PolicySet {
    package var rightsizing: [RightsizingPolicy] { all() }
}
