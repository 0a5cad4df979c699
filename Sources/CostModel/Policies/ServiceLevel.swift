/// What a service promises its users: objectives that stand before any saving. `kind: ServiceLevel`, in the words of OpenSLO.
package struct ServiceLevel: ResourcePolicy {
    package var header: PolicyHeader
    /// The resources that the service runs on.
    package var match: ResourceMatch
    /// The time before now over which each objective is judged; of metrics that are counted by day, whole days.
    package var timeWindow: TimeSpan
    package var latency: Threshold?
    package var errors: Ratio?
    package var availability: Ratio?
    package var headroom: Headroom?
    package var whenUnknown: UnknownAction

    /// What a service level is judged by.
    package enum Objective: String, Hashable, Sendable, Comparable, CaseIterable {
        case latency, errors, availability, headroom

        package static func < (a: Objective, b: Objective) -> Bool { a.rank < b.rank }
        private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    }

    /// A metric's value of each day stays at or under a limit, on most days.
    package struct Threshold: Hashable, Sendable {
        /// The name of a Metric.
        package var metric: String
        /// Which of the metric's keys; nil: it has one.
        package var key: String?
        /// In the metric's unit.
        package var atMost: FixedDecimal
        /// In percent of the days of the window.
        package var target: FixedDecimal

        package init(metric: String, key: String? = nil, atMost: FixedDecimal, target: FixedDecimal) {
            self.metric = metric
            self.key = key
            self.atMost = atMost
            self.target = target
        }
    }

    /// A metric's share of another one, over the whole window.
    package struct Ratio: Hashable, Sendable {
        /// The name of the Metric that counts what went wrong, or for availability what went right.
        package var metric: String
        package var key: String?
        /// The name of the Metric that counts all; nil: each day's value of `metric` is a percentage, and every day weighs the same.
        package var total: String?
        /// In percent: of errors the most, of availability the least.
        package var target: FixedDecimal

        package init(metric: String, key: String? = nil, total: String? = nil, target: FixedDecimal) {
            self.metric = metric
            self.key = key
            self.total = total
            self.target = target
        }
    }

    /// How much of its CPU and memory each machine has left, in percent of its capacity.
    package struct Headroom: Hashable, Sendable {
        package var cpu: FixedDecimal?
        package var memory: FixedDecimal?
        /// Nearest-rank, of the samples of the window.
        package var percentile: FixedDecimal
        /// With fewer samples it is unknown.
        package var minimumSamples: Int

        package init(
            cpu: FixedDecimal? = nil, memory: FixedDecimal? = nil, percentile: FixedDecimal = FixedDecimal(95), minimumSamples: Int = 100
        ) {
            self.cpu = cpu
            self.memory = memory
            self.percentile = percentile
            self.minimumSamples = minimumSamples
        }

        /// What is asked of a metric; nil: nothing.
        package subscript(metric: Metric) -> FixedDecimal? {
            switch metric {
            case .cpu: cpu
            case .memory: memory
            case .connections, .networkIn, .networkOut, .diskOperations: nil
            }
        }

        /// The metrics of which something is asked.
        package var metrics: [Metric] { [.cpu, .memory].filter { self[$0] != nil } }
    }

    /// What becomes of a plan where an objective is not known.
    package enum UnknownAction: String, Hashable, Sendable, CaseIterable {
        case hold
        case allow
    }

    package init(
        header: PolicyHeader, match: ResourceMatch, timeWindow: TimeSpan = .days(14), latency: Threshold? = nil, errors: Ratio? = nil,
        availability: Ratio? = nil, headroom: Headroom? = nil, whenUnknown: UnknownAction = .hold
    ) {
        self.header = header
        self.match = match
        self.timeWindow = timeWindow
        self.latency = latency
        self.errors = errors
        self.availability = availability
        self.headroom = headroom
        self.whenUnknown = whenUnknown
    }

    package var name: String { header.reference.name }

    /// The objectives that it states, in their order.
    package var objectives: [Objective] {
        Objective.allCases.filter { objective in
            switch objective {
            case .latency: latency != nil
            case .errors: errors != nil
            case .availability: availability != nil
            case .headroom: headroom != nil
            }
        }
    }

    /// The names of the Metrics that an objective reads.
    package func metrics(of objective: Objective) -> [String] {
        switch objective {
        case .latency: [latency?.metric].compactMap(\.self)
        case .errors: [errors?.metric, errors?.total].compactMap(\.self)
        case .availability: [availability?.metric, availability?.total].compactMap(\.self)
        case .headroom: []
        }
    }

    /// The whole days of the window.
    package var days: Int { max(1, Int((timeWindow.seconds + 86_399) / 86_400)) }

    package var needs: PolicyNeeds {
        var needs = PolicyNeeds()
        if let headroom {
            needs.lookbacks = [timeWindow]
            needs.percentiles = [headroom.percentile]
        }
        needs.metrics = Set(Objective.allCases.flatMap(metrics))
        needs.readsAttributes = match.condition != nil
        return needs
    }

    package var decidingConditions: [Condition] { [match.condition].compactMap(\.self) }
}

/// Names an objective of a service: `checkout/headroom`.
package struct ObjectiveName: Hashable, Sendable, Comparable, CustomStringConvertible {
    package var service: String
    package var objective: ServiceLevel.Objective

    package init(service: String, objective: ServiceLevel.Objective) {
        self.service = service
        self.objective = objective
    }

    /// Nil for what is none.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, !parts[0].isEmpty, let objective = ServiceLevel.Objective(rawValue: parts[1]) else { return nil }
        self.init(service: parts[0], objective: objective)
    }

    package static func < (a: ObjectiveName, b: ObjectiveName) -> Bool { (a.service, a.objective) < (b.service, b.objective) }
    package var description: String { "\(service)/\(objective.rawValue)" }
}

extension PolicySet {
    package var serviceLevels: [ServiceLevel] { all() }
}
