package import CostModel
package import Observation

/// What lies outside Git, read once: the bill, utilisation, the catalogue, states, and what stood in the way. From files, or a snapshot.
///
/// Several passes may share it: those of the base and the head of a pull request, or of one commit after another.
package struct Observations: Sendable {
    /// How many days before now records of traffic count.
    private static let trafficDays = 120

    private enum Origin: Sendable {
        case files(StateCache, directory: String, replaced: ReplacedFiles?)
        case snapshot(RecordedObservations)
    }

    private(set) var bill: ObservedBill
    private(set) var utilization: UtilizationTable
    private(set) var utilizationProblems: [ObservationProblem]
    /// What the cloud itself says is there; empty where no policy asks.
    let cloud: CloudInventory
    let cloudProblems: [ObservationProblem]
    /// What providers advise.
    let advice: AdviceBook
    let adviceProblems: [ObservationProblem]
    /// What logs of traffic show; empty where no policy asks.
    let traffic: TrafficTable
    let trafficProblems: [ObservationProblem]
    /// What was counted of the metrics that policies read.
    private let metrics: ObservedMetrics
    /// What commands were asked.
    let commands: [CommandRecord]
    /// By finding: when a merged change that fixes it took effect. Only who keeps a ledger knows.
    var fixedAt: [String: Instant] = [:]
    /// Resources that were deployed when somebody looked last. Only who keeps a ledger knows.
    var deployed: Set<ResourceIdentity> = []
    /// The days that the bill had when somebody looked last; nil: nobody knows. Only who keeps a ledger does.
    var billed: BillCoverage?
    /// By the path that a workspace names.
    private let catalogs: [String: Snapshot.Catalog]
    private let origin: Origin
    /// When it was read; nil: somebody else read it.
    private let read: Instant?

    /// Reads everything that any of the policies asks for.
    ///
    /// - Parameters:
    ///   - policies: sets of one workspace, at least one; its sources of cost and utilisation are those of the first.
    ///   - directory: the workspace's folder, to which relative paths refer.
    ///   - clients: by which query engines and servers of samples are asked.
    ///   - usageOf: identifiers of resources, as billed, whose days are asked for one by one: those that merged changes touched.
    ///   - replaced: files that do not count as they lie there.
    ///   - leaves: whether the bill is asked for by SKU though no policy asks, as where it is forecast.
    ///   - terms: whether it is told apart by the terms on which it was charged though no policy asks.
    ///   - transfer: whether it is told apart by the kind of transfer, and logs of traffic are read, though no policy asks.
    ///   - units: whether it is asked for what a unit costs though no policy asks, as where something is estimated.
    package static func read(
        for policies: [PolicySet], directory: String, now: Instant, clients: EngineClients = .none, usageOf resources: Set<String> = [],
        replaced: ReplacedFiles? = nil, leaves: Bool = false, terms: Bool = false,
        transfer: Bool = false, units: Bool = false
    ) -> Observations {
        var needs = ObservationNeeds(policies)
        needs.usageOf = resources
        if leaves { needs.leaves = true }
        if terms { needs.terms = true }
        if transfer { (needs.transfer, needs.traffic) = (true, true) }
        if units { needs.units = true }
        return Observations(policies, needs, directory: directory, replaced: replaced, now: now, clients: clients)
    }

    init(
        _ policies: [PolicySet], _ needs: ObservationNeeds, directory: String, replaced: ReplacedFiles? = nil, now: Instant,
        clients: EngineClients = .none
    ) {
        precondition(!policies.isEmpty, "observations are read for some policies")
        let workspace = policies[0].workspace
        origin = .files(StateCache(), directory: directory, replaced: replaced)
        read = now
        var bill = Self.bill(of: workspace, needs, directory, replaced, now, clients)
        var commands = bill.commands
        bill.commands = []
        self.bill = bill
        (utilization, utilizationProblems) = Self.utilization(of: workspace, needs, directory, replaced, now, clients)
        let asked = CloudReader.read(
            needs.readsCloud ? workspace.cloud : [], directory: directory, replaced: replaced, now: now, clients: clients)
        (cloud, cloudProblems) = (asked.inventory, asked.problems)
        commands += asked.records
        let advised = AdviceReader.read(
            workspace.recommendations, directory: directory, replaced: replaced, currency: workspace.currency, now: now, clients: clients)
        (advice, adviceProblems) = (advised.book, advised.problems)
        // The newest 28 whole days and those before, of a bill that is late.
        (traffic, trafficProblems) = TrafficLogReader.read(
            needs.traffic ? workspace.logs : [], directory: directory, replaced: replaced,
            days: now.day.advanced(by: -Self.trafficDays)..<now.day.advanced(by: 1))
        metrics = ObservedMetrics(needs.metrics, directory: directory, replaced: replaced)
        self.commands = commands + advised.records
        let paths = Set(policies.compactMap(\.workspace.instanceCatalog))
        catalogs = Dictionary(
            uniqueKeysWithValues: paths.map { path in
                let (catalog, problems) = CatalogReader.read(path, directory: directory, replaced: replaced)
                return (path, Snapshot.Catalog(catalog, problems: problems))
            })
    }

    /// What somebody else observed.
    ///
    /// - Parameter file: what the snapshot is called, for messages.
    package init(_ snapshot: Snapshot, file: String) {
        let recorded = RecordedObservations(snapshot: snapshot, file: file)
        origin = .snapshot(recorded)
        read = nil
        bill = snapshot.bill
        utilization = UtilizationTable(snapshot.utilization)
        utilizationProblems = snapshot.utilizationProblems
        cloud = snapshot.cloud ?? CloudInventory()
        cloudProblems = snapshot.cloudProblems
        advice = snapshot.advice ?? AdviceBook()
        adviceProblems = snapshot.adviceProblems
        (traffic, trafficProblems) = (TrafficTable(), [])
        metrics = ObservedMetrics(snapshot.metrics ?? [:], problems: snapshot.metricProblems)
        commands = snapshot.commands
        catalogs = [:]
    }

    /// The same as it would have been read at an earlier time, as far as what is there now tells: the bill ends before that day, and samples
    /// before that moment. States, what the cloud says and catalogues are as they are now.
    func asOf(_ now: Instant, for policies: PolicySet, clients: EngineClients) -> Observations {
        var earlier = self
        earlier.bill = bill.asOf(now, sources: policies.workspace.cost)
        guard case .files(_, let directory, let replaced) = origin else { return earlier }
        (earlier.utilization, earlier.utilizationProblems) = Self.utilization(
            of: policies.workspace, ObservationNeeds([policies]), directory, replaced, now, clients)
        return earlier
    }

    /// The costs of the bill that can be told.
    package var costs: Set<CostBasis> { bill.bases }

    /// The days of the resources that were asked for; a snapshot holds none.
    package var usage: BilledUsage { bill.usage }

    /// The snapshot that all of it comes from, as its file is called; nil: from files.
    var snapshotFile: String? {
        if case .snapshot(let recorded) = origin { recorded.file } else { nil }
    }

    /// Where files are read from; nil: a snapshot stands in for them.
    var files: (directory: String, replaced: ReplacedFiles?)? {
        if case .files(_, let directory, let replaced) = origin { (directory, replaced) } else { nil }
    }

    /// Whether single rows of the bill can be looked at.
    var holdsRows: Bool {
        if case .files = origin { true } else { false }
    }

    private static func bill(
        of workspace: Workspace, _ needs: ObservationNeeds, _ directory: String, _ replaced: ReplacedFiles?, _ now: Instant,
        _ clients: EngineClients
    ) -> ObservedBill {
        guard !workspace.cost.isEmpty else {
            let problem =
                workspace.hasNoBill
                ? ObservationProblem.noBill(workspace)
                : ObservationProblem(
                    .partial, id: "no-bill", file: workspace.place.file,
                    "the workspace names no source of cost; 'observe.cost: none' says that there is no bill")
            return ObservedBill(table: CostTable(currency: workspace.currency), problems: [problem])
        }
        return BillReader(
            sources: workspace.cost, rates: workspace.rates, directory: directory, replaced: replaced, now: now, clients: clients
        )
        .bill(
            currency: workspace.currency, tagKeys: needs.tagKeys, bases: needs.bases, usageOf: needs.usageOf, leaves: needs.leaves,
            terms: needs.terms, transfer: needs.transfer, units: needs.units)
    }

    private static func utilization(
        of workspace: Workspace, _ needs: ObservationNeeds, _ directory: String, _ replaced: ReplacedFiles?, _ now: Instant,
        _ clients: EngineClients
    ) -> (UtilizationTable, [ObservationProblem]) {
        guard let lookback = needs.lookbacks.max(), !workspace.utilization.isEmpty else { return (UtilizationTable(), []) }
        return UtilizationReader.read(
            workspace.utilization, directory: directory, replaced: replaced, window: now.subtracting(lookback)..<now,
            clients: clients)
    }
}

// MARK: As one set of policies sees them

extension Observations {
    /// The bill; an empty one where its currency is not the workspace's.
    func cost(for workspace: Workspace) -> CostTable {
        var table = bill.table
        if table.currency != workspace.currency {
            table = CostTable(currency: workspace.currency)
            table.coverage = BillCoverage(sources: [], fault: "the bill was read in \(bill.table.currency)")
        } else if table.coverage == nil, table.lines.isEmpty, let fault = BillCoverage.fault(bill.problems) {
            table.coverage = BillCoverage(sources: [], fault: fault)
        }
        return table
    }

    func catalog(for workspace: Workspace) -> InstanceCatalog {
        catalogEntry(for: workspace)?.catalog ?? .builtIn
    }

    /// What was counted of the metrics that they read, by name.
    func metrics(for policies: PolicySet) -> [String: ObservedMetric] { metrics.counted(policies.readMetrics) }

    /// What is missing of them.
    func metricProblems(for policies: PolicySet) -> [ObservationProblem] { metrics.problems(of: policies.readMetrics) }

    /// The workspace's own, where it names one.
    func catalogEntry(for workspace: Workspace) -> Snapshot.Catalog? {
        guard let path = workspace.instanceCatalog else { return nil }
        if case .snapshot(let recorded) = origin { return recorded.snapshot.catalog }
        return catalogs[path]
    }

    /// What concerns these policies; of the states it is told where they are joined.
    func problems(for policies: PolicySet, now: Instant) -> [ObservationProblem] {
        let needs = ObservationNeeds([policies])
        var problems = bill.problems
        if !needs.lookbacks.isEmpty { problems += utilizationProblems }
        if needs.readsCloud { problems += cloudProblems }
        problems += metricProblems(for: policies)
        problems += adviceProblems
        if needs.traffic { problems += trafficProblems }
        problems += catalogEntry(for: policies.workspace)?.problems ?? []
        switch origin {
        case .files: problems += bill.ages.compactMap { $0.problem(now: now) }
        case .snapshot(let recorded): problems += recorded.problems(for: policies, needs, now: now)
        }
        return problems
    }

    /// The states of some roots.
    func states(of sources: [InventorySource], roots: [String]) -> StateFiles {
        switch origin {
        case .files(let cache, let directory, let replaced):
            StateFiles(sources: sources, directory: directory, replaced: replaced, roots: roots, cache: cache, now: read)
        case .snapshot(let recorded): recorded.states(of: sources, roots: roots)
        }
    }
}
