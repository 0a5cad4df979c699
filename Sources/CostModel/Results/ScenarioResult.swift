/// What a scenario comes to: each resource that it is about, before and after.
package struct ScenarioResult: Hashable, Sendable {
    package struct Entry: Hashable, Sendable {
        package var identity: ResourceIdentity
        package var team: String?
        /// What changes: `m5.4xlarge → m5.2xlarge`, `3 → 2 of them`.
        package var steps: [String]
        /// In a month; nil: nobody knows.
        package var before: FixedDecimal?
        package var after: FixedDecimal?
        /// Why an amount is not known, or what it does not hold.
        package var notes: [String] = []
        package var load: Load?
        /// By what its load is multiplied; nil: its capacity is not known, or it has none.
        package var capacity: Capacity?
        /// Whether its size, its count, its hours or its traffic change.
        package var changesLoad = false
        /// Whether it is gone.
        package var isGone = false
        /// How many of the 168 hours of a week it runs; nil: all.
        package var hours: Int?

        package init(identity: ResourceIdentity, team: String?, steps: [String], before: FixedDecimal?, after: FixedDecimal?) {
            self.identity = identity
            self.team = team
            self.steps = steps
            self.before = before
            self.after = after
        }

        package var difference: FixedDecimal? {
            guard let before, let after else { return nil }
            return after - before
        }
    }

    /// By what the load of a machine is multiplied, in percent of its capacity: 2 where it has half of it, or twice the work.
    package struct Capacity: Hashable, Sendable {
        package var cpu: Double
        package var memory: Double

        package init(cpu: Double, memory: Double) {
            self.cpu = cpu
            self.memory = memory
        }

        /// Whether no machine has more to do than before.
        package var isEnough: Bool { cpu <= 1 && memory <= 1 }
    }

    /// How an objective of a service stands, and how it would.
    package struct Objective: Hashable, Sendable {
        package var name: ObjectiveName
        package var before: ServiceLevelStatus.Judgement.State
        package var after: ServiceLevelStatus.Judgement.State
        /// What it would be, with its numbers; where it is unknown the reason.
        package var text: String
        /// The share of samples of the fullest machine that would be beyond what is asked; nil: there are no single samples, or none are
        /// asked for.
        package var chance: Double?

        package init(
            name: ObjectiveName, before: ServiceLevelStatus.Judgement.State, after: ServiceLevelStatus.Judgement.State, text: String,
            chance: Double? = nil
        ) {
            self.name = name
            self.before = before
            self.after = after
            self.text = text
            self.chance = chance
        }
    }

    /// How full a machine is, in percent of its capacity at the 95th percentile.
    package struct Load: Hashable, Sendable {
        package struct Side: Hashable, Sendable {
            package var before: Double
            package var after: Double
            /// The share of samples that would be beyond what the scenario allows; nil: there are no single samples, or nothing is asked.
            package var brokenShare: Double?

            package init(before: Double, after: Double, brokenShare: Double? = nil) {
                self.before = before
                self.after = after
                self.brokenShare = brokenShare
            }
        }

        package var cpu: Side?
        package var memory: Side?
        /// Why one of both is not known.
        package var reason: String?

        package init(cpu: Side? = nil, memory: Side? = nil, reason: String? = nil) {
            self.cpu = cpu
            self.memory = memory
            self.reason = reason
        }

        /// What is left of the scarcer one, in percent; below zero where it would not do.
        package var headroomAfter: Double? { [cpu?.after, memory?.after].compactMap { $0.map { 100 - $0 } }.min() }
        package var headroomBefore: Double? { [cpu?.before, memory?.before].compactMap { $0.map { 100 - $0 } }.min() }
    }

    /// How one thing that the scenario asks for stands.
    package struct Check: Hashable, Sendable {
        package var verdict: Verdict
        package var text: String

        package init(_ verdict: Verdict, _ text: String) {
            self.verdict = verdict
            self.text = text
        }
    }

    package var name: String
    package var place: Place
    package var currency: Currency
    /// By identity.
    package var entries: [Entry]
    package var checks: [Check] = []
    /// Of services that run on resources of the scenario, by name.
    package var objectives: [Objective] = []

    package init(name: String, place: Place, currency: Currency, entries: [Entry]) {
        self.name = name
        self.place = place
        self.currency = currency
        self.entries = entries
    }

    /// Sums of what is known; `unknown` counts the resources of which a side is not.
    package var before: FixedDecimal { entries.reduce(.zero) { $0 + ($1.difference == nil ? .zero : $1.before ?? .zero) } }
    package var after: FixedDecimal { entries.reduce(.zero) { $0 + ($1.difference == nil ? .zero : $1.after ?? .zero) } }
    package var unknown: Int { entries.count { $0.difference == nil } }
}
