/// Something that could not be observed as it should: the result is then partial, never clean.
package struct ObservationProblem: Hashable, Sendable, Comparable {
    package enum Severity: String, Hashable, Sendable {
        /// Data is missing, unreadable, stale or partial: exit code 3.
        case partial
        /// Something that was meant and has no effect; what was observed is whole.
        case warning
        /// Worth knowing; changes nothing.
        case note
    }

    /// A stable name such as `torn-gzip`, for machines.
    package var id: String
    package var severity: Severity
    package var file: String
    package var line: Int?
    package var column: Int?
    package var message: String
    /// The root of the code of which it says what is deployed; nil: it is about more than one, or about something else.
    package var root: String?
    /// Whether it is about a state whose path does not say which root it is of.
    package var isOfAnyRoot = false

    package init(_ severity: Severity, id: String, file: String, line: Int? = nil, column: Int? = nil, _ message: String) {
        self.id = id
        self.severity = severity
        self.file = file
        self.line = line
        self.column = column
        self.message = message
    }

    package static func < (a: ObservationProblem, b: ObservationProblem) -> Bool {
        (a.file, a.line ?? 0, a.column ?? 0, a.id, a.message) < (b.file, b.line ?? 0, b.column ?? 0, b.id, b.message)
    }

    /// `observed/focus/2026-10.csv:12:3`
    package var place: String {
        file + (line.map { ":\($0)" } ?? "") + (line != nil ? column.map { ":\($0)" } ?? "" : "")
    }
}

/// Which part of the observations a problem leaves a gap in.
package enum Reach: Hashable, Sendable {
    /// Anybody's money or resources may be missing.
    case everything
    /// How full the machines are that policies ask about.
    case utilization
    /// Of some roots of the code: what is deployed of them.
    case roots(Set<String>)
}

/// The world as one pass sees it.
package struct ObservedState: Hashable, Sendable {
    /// By identity.
    package var resources: [Resource]
    package var cost: CostTable
    package var utilization: UtilizationTable
    package var catalog: InstanceCatalog
    /// What the cloud itself says is there.
    package var cloud = CloudInventory()
    /// What providers advise.
    package var advice = AdviceBook()
    /// What logs of traffic show.
    package var traffic = TrafficTable()
    /// What was counted of the metrics that policies read, by name.
    package var metrics: [String: ObservedMetric] = [:]
    package var problems: [ObservationProblem]
    /// By the name of a finding (see `Finding.names`): when a change that fixes it took effect last, as far as somebody remembers. What was measured of a machine before then was
    /// measured on another size.
    package var fixedAt: [String: Instant]
    /// Where resources that the baseline holds under an earlier address are now, by what the code says was moved.
    package var moved: [ResourceIdentity: ResourceIdentity] = [:]
    /// The addresses that exemptions name and that resources had earlier, by what the code says was moved. No resource has them now.
    package var formerly: [ResourceIdentity: [ResourceIdentity]] = [:]
    /// Resources that were deployed when somebody looked last and are not any more, each with why that is not believed.
    package var undeployed: [ResourceIdentity: String] = [:]
    /// What resources would cost in a month that have no bill; empty where no policy asks.
    package var estimates: [ResourceIdentity: ResourceEstimate] = [:]
    /// Of problems that leave a smaller gap than everything.
    package var reach: [ObservationProblem: Reach] = [:]

    package init(
        resources: [Resource], cost: CostTable, utilization: UtilizationTable, catalog: InstanceCatalog,
        problems: [ObservationProblem] = [], fixedAt: [String: Instant] = [:]
    ) {
        // Those of one root come in this order; sorting would copy them all, and there may be a hundred thousand.
        let isSorted = resources.indices.dropFirst().allSatisfy { resources[$0 - 1].identity <= resources[$0].identity }
        self.resources = isSorted ? resources : resources.sorted { $0.identity < $1.identity }
        self.cost = cost
        self.utilization = utilization
        self.catalog = catalog
        self.problems = problems.sorted()
        self.fixedAt = fixedAt
    }

    package var isPartial: Bool { problems.contains { $0.severity == .partial } }
    /// Whether amounts mean anything. Without a bill they are not zero but unknown.
    package var hasBill: Bool { !problems.contains(where: \.saysNoBill) }
}

extension ObservationProblem {
    private static let noBillID = "without-bill"
    /// What findings say that cannot be judged without a bill.
    package static let noBillReason = "there is no bill (observe.cost: none)"

    /// The workspace says that it has no bill. A note, because nothing is missing that was asked for; it goes with the observations wherever
    /// they go, into snapshots too.
    package static func noBill(_ workspace: Workspace) -> ObservationProblem {
        ObservationProblem(
            .note, id: noBillID, file: workspace.place.file, "\(noBillReason): budgets, scores and what findings cost are unknown")
    }

    package var saysNoBill: Bool { id == Self.noBillID }
}
