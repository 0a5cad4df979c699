package import CostModel

/// What was observed of the world outside Git at one time, without its rows and samples: the bill by resource and day, utilisation as
/// percentiles, what states say is deployed. Whoever holds policies against it gets the findings that the sources would give.
package struct Snapshot: Hashable, Sendable {
    /// A workspace's own instance types.
    package struct Catalog: Hashable, Sendable {
        package var catalog: InstanceCatalog
        package var problems: [ObservationProblem]

        package init(_ catalog: InstanceCatalog, problems: [ObservationProblem] = []) {
            self.catalog = catalog
            self.problems = problems
        }
    }

    /// The workspace's name.
    package var workspace: String
    /// The revision whose policies were asked what to observe, and whose roots' states were looked for.
    package var revision: String
    /// The time of the observation: look-backs end there.
    package var observedAt: Instant
    package var bill: ObservedBill
    package var utilization: RecordedUtilization
    package var utilizationProblems: [ObservationProblem]
    package var states: RecordedStates
    /// Nil where the workspace names none.
    package var catalog: Catalog?
    /// What the cloud itself said was there; nil: nobody looked, as before there were files of it.
    package var cloud: CloudInventory?
    package var cloudProblems: [ObservationProblem] = []
    /// What providers advised; nil: nobody looked.
    package var advice: AdviceBook?
    package var adviceProblems: [ObservationProblem] = []
    /// What was counted of the metrics that policies read, by name; nil: nobody looked.
    package var metrics: [String: ObservedMetric]?
    package var metricProblems: [ObservationProblem] = []
    /// What commands were asked for it.
    package var commands: [CommandRecord] = []

    package init(
        workspace: String, revision: String, observedAt: Instant, bill: ObservedBill, utilization: RecordedUtilization,
        utilizationProblems: [ObservationProblem], states: RecordedStates, catalog: Catalog?
    ) {
        self.workspace = workspace
        self.revision = revision
        self.observedAt = observedAt
        self.bill = bill
        self.utilization = utilization
        self.utilizationProblems = utilizationProblems
        self.states = states
        self.catalog = catalog
    }

    /// The same without what decides nothing: resources that no state knows, and the order in which things were read.
    ///
    /// - Parameter keepsResources: whether the bill's other resources are named all the same, because policies ask for their names.
    package func folded(keepsResources: Bool = false) -> Snapshot {
        let names = states.resourceNames
        var folded = self
        let kept = keepsResources ? bill.table.names : bill.table.names.filter { names.contains(BilledName.comparable($0)) }
        folded.bill.table = bill.table.folded(keeping: Set(kept))
        folded.bill.namesAllResources = keepsResources
        // Prices are learnt from resources that a state knows.
        folded.bill.units?.byResource = bill.units?.byResource.filter { names.contains(BilledName.comparable($0.key)) } ?? [:]
        folded.cloud?.entries = cloud?.entries.filter { names.contains(BilledName.comparable($0.key)) } ?? [:]
        folded.utilization.summaries = utilization.summaries.filter { names.contains(BilledName.comparable($0.key)) }
        return folded
    }

    /// The percentiles that each summary holds beside those that policies name.
    package static let percentiles: Set<FixedDecimal> = Set(
        (1...100).map { FixedDecimal($0) } + [
            FixedDecimal(raw: FixedDecimal.unit * 995 / 10), FixedDecimal(raw: FixedDecimal.unit * 999 / 10),
        ])

    /// The look-backs that it holds beside those that policies name.
    package static let lookbacks: Set<TimeSpan> = [.days(7), .days(14), .days(30)]

    /// All problems of observing that do not depend on the time of judging.
    package var problems: [ObservationProblem] {
        (bill.problems + utilizationProblems + states.problems + cloudProblems + adviceProblems + metricProblems
            + (catalog?.problems ?? [])).sorted()
    }
}

/// A file that is no snapshot, one that is not whole, or one that was changed.
package struct SnapshotError: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    init(_ description: String) { self.description = description }
}

/// Beyond these a snapshot is neither written nor read.
enum SnapshotLimit {
    /// Unpacked, in bytes.
    static let size = 256 << 20
    /// Resources × days × whatever else a line of the bill differs by.
    static let lines = 10_000_000
    /// Between the first and the last day of the bill.
    static let days = 40_000
    static let lookbacks = 100
    static let percentiles = 1_000
}
