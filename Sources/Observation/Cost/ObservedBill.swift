package import CostModel

/// A workspace's bill as judgements need it, with what it was asked for.
package struct ObservedBill: Hashable, Sendable {
    package var table: CostTable
    /// One for each source that has rows.
    package var ages: [BillAge]
    /// The keys of tags that were asked for: of others nothing is known.
    package var tagKeys: Set<String>
    /// Whether lines name every resource, and not only those that a state knows.
    package var namesAllResources = true
    /// The costs that can be told: those that were asked for, whose gaps are among the problems, and those that every row states.
    package var bases: Set<CostBasis>
    /// Of the resources that were asked for, day by day; empty where something of the bill is missing.
    package var usage = BilledUsage()
    /// What commands were asked for it.
    package var commands: [CommandRecord] = []
    /// What resources were charged by the unit of late; nil where nobody asked.
    package var units: Units?
    /// Without those of its age, which follow from the time: see `BillAge.problem(now:)`.
    package var problems: [ObservationProblem]

    /// What resources were charged by the unit, at on-demand prices, in the newest 28 days.
    package struct Units: Hashable, Sendable {
        /// By the resource's identifier as billed.
        package var byResource: [String: [BilledUnit]]
        /// The last day that counts.
        package var lastDay: Day?

        package init(_ byResource: [String: [BilledUnit]] = [:], lastDay: Day? = nil) {
            self.byResource = byResource
            self.lastDay = lastDay
        }
    }

    package init(
        table: CostTable, ages: [BillAge] = [], tagKeys: Set<String> = [], bases: Set<CostBasis> = Set(CostBasis.allCases),
        problems: [ObservationProblem] = []
    ) {
        self.table = table
        self.ages = ages
        self.tagKeys = tagKeys
        self.bases = bases
        self.problems = problems
    }
}
