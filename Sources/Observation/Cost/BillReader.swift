package import CostModel

/// Reads bills, each in its format: see `BillFormats`.
///
/// Rows are added up while they are read, so memory follows what is asked for and not the size of the bill. What cannot be read becomes a
/// problem with its file, line and column; everything else still counts.
package struct BillReader {
    let parts: [BillScan.Part]
    let now: Instant
    /// For charges in other currencies than the one that is asked for.
    let rates: ExchangeRates
    /// Of sources that name no file, and of the rates.
    private let problems: [ObservationProblem]

    /// The bills of a workspace.
    ///
    /// - Parameters:
    ///   - directory: the workspace's folder, to which relative paths refer.
    ///   - replaced: files that do not count as they lie there.
    ///   - clients: by which query engines are asked.
    package init(
        sources: [CostSource], rates: [RateSource] = [], directory: String, replaced: ReplacedFiles? = nil, now: Instant,
        clients: EngineClients = .none
    ) {
        let folder = ObservedFolder(directory, replaced: replaced)
        var problems: [ObservationProblem]
        (self.rates, problems) = ExchangeRateReader.read(rates, in: folder)
        parts = sources.map { source in
            let client = clients.client(of: source.name, source.table?.engine ?? .duckdb)
            var part = BillScan.Part(
                name: source.name, place: source.place, format: BillFormats.format(named: source.format),
                files: BillPaths.files(
                    source.paths, in: folder, statedAt: source.place, readsParquet: client != nil, problems: &problems),
                maxAge: source.maxAge,
                delivery: source.delivery, settles: source.settles, usesOwnRates: source.rates == .bill, table: source.table,
                runner: client.map { EngineRunner(client: $0, environment: clients.environment) })
            part.command = source.command.map {
                CommandBill(command: $0, source: source.name, months: source.months, clients: clients, now: now)
            }
            return part
        }
        self.problems = problems
        self.now = now
    }

    /// Single files and folders, the parts of one bill of any age, each in the format that it looks like.
    package init(files: [String], directory: String, now: Instant, clients: EngineClients = .none) {
        var problems: [ObservationProblem] = []
        let client = clients.client(of: "bill", .duckdb)
        let files = BillPaths.files(files, in: directory, readsParquet: client != nil, problems: &problems)
        let runner = client.map { EngineRunner(client: $0, environment: clients.environment) }
        parts = files.isEmpty ? [] : [BillScan.Part(name: "bill", files: files, delivery: .parts, runner: runner)]
        rates = ExchangeRates()
        self.problems = problems
        self.now = now
    }

    init(parts: [BillScan.Part], now: Instant) {
        self.parts = parts
        rates = ExchangeRates()
        problems = []
        self.now = now
    }

    /// The bill as judgements need it.
    ///
    /// - Parameters:
    ///   - currency: rows in others are converted, or a problem and left out.
    ///   - tagKeys: the keys that someone asks for.
    ///   - bases: the costs that someone asks for; a bill without list or contracted cost is a problem only then.
    ///   - usageOf: identifiers of resources, as billed, whose days are asked for one by one.
    ///   - leaves: whether lines are told apart by SKU, with what they used: for judgements over time.
    ///   - terms: whether lines are told apart by the terms on which they were charged.
    ///   - transfer: whether they are told apart by the kind of transfer, which query engines are not asked for.
    ///   - units: whether what resources are charged by the unit is asked for.
    package func bill(
        currency: Currency, tagKeys: Set<String>, bases: Set<CostBasis>, usageOf resources: Set<String> = [],
        leaves: Bool = false, terms: Bool = false, transfer: Bool = false, units: Bool = false
    ) -> ObservedBill {
        let query = judgingQuery(currency: currency, tagKeys: tagKeys, bases: bases, leaves: leaves, terms: terms, transfer: transfer)
        let parts = answered(query, usage: leaves || !resources.isEmpty, units: units)
        let (scan, (aggregator, days, usage, tally)) = scan(parts.parts) {
            let aggregator = BillAggregator(query)
            let days = DayTally(aggregator.numbers.names, basis: .effective)
            let usage = UsageTally(resources)
            let tally = units ? UnitTally(before: now.day) : nil
            return (BillScan(aggregator, days: days, usage: usage, units: tally, now: now), (aggregator, days, usage, tally))
        }
        var table = CostTable(aggregator, currency: currency)
        table.billingPeriods = scan.billingPeriods
        if parts.parts.contains(where: { $0.command == nil && $0.files.contains { $0.answer != nil } }) { table.tellsTransfer = false }
        let coverage = BillCoverage(days, of: parts.parts, lateDays: scan.lateDays, now: now)
        table.coverage = coverage
        var bill = ObservedBill(
            table: table, ages: scan.ages, tagKeys: tagKeys,
            bases: bases.union(CostBasis.allCases.filter { !scan.unstated.contains($0) }),
            problems: (problems + parts.problems + scan.problems + doubts(days, coverage, parts.parts)).sorted())
        bill.table.coverage?.fault = BillCoverage.fault(bill.problems)
        bill.commands = parts.commands
        // Rows that are missing look like savings: of a bill that is not whole nothing is told.
        if let usage, !bill.problems.contains(where: { $0.severity == .partial }) {
            bill.usage = usage.usage(of: bill.table, today: now.day)
        }
        bill.units = tally.map { ObservedBill.Units($0.units(before: now.day), lastDay: $0.newest(before: now.day)) }
        return bill
    }

    /// The bill as judgements need it, and what is wrong with it as of now.
    package func table(currency: Currency, tagKeys: Set<String>, bases: Set<CostBasis>) -> (
        table: CostTable, problems: [ObservationProblem]
    ) {
        let bill = bill(currency: currency, tagKeys: tagKeys, bases: bases)
        return (bill.table, (bill.problems + bill.ages.compactMap { $0.problem(now: now) }).sorted())
    }

    /// What only the provider can tell: days that may lack rows or have some twice, accounts that may be closed.
    private func doubts(_ days: DayTally, _ coverage: BillCoverage, _ parts: [BillScan.Part]) -> [ObservationProblem] {
        OddDays(days, coverage, now: now).problems(parts) + ClosedAccounts(coverage: coverage).problems(parts)
    }

    /// Reads all parts, and once more without what files say twice.
    func scan<Sums>(_ parts: [BillScan.Part], _ make: () -> (BillScan, Sums)) -> (BillScan, Sums) {
        var (scan, sums) = make()
        scan.read(parts)
        guard let restated = scan.restatements(of: parts) else { return (scan, sums) }
        (scan, sums) = make()
        scan.read(parts, restated: restated)
        return (scan, sums)
    }

    /// What was found of the bill, and what became of it.
    package func deliveries() -> (files: [BillDelivery], problems: [ObservationProblem]) {
        let query = BillQuery(dimensions: [.billingMonth], bases: CostBasis.allCases)
        let parts = answered(query)
        let (read, _) = scan(parts.parts) {
            let aggregator = BillAggregator(query)
            return (BillScan(aggregator, days: DayTally(aggregator.numbers.names, basis: .billed), now: now), aggregator)
        }
        return (read.deliveries.sorted { ($0.source, $0.file) < ($1.source, $1.file) }, problems + parts.problems + read.problems)
    }

    /// The newest rows of a resource in some days, and how many there are. Query engines are not asked for single rows.
    ///
    /// - Parameter ids: the names under which the bill may know it: its arn, its id.
    package func rows(of ids: Set<String>, days: Range<Day>, limit: Int) -> (rows: [Evidence.Row], count: Int) {
        let (_, sampler) = scan(parts.filter { $0.table == nil }) {
            let sampler = RowSampler(ids: ids, days: days, limit: limit)
            return (BillScan(sampler, now: now), sampler)
        }
        return (sampler.rows, sampler.count)
    }

    /// The bill broken down; team by `owner`, which is handed the tags of `ownerTagKeys`.
    ///
    /// - Parameters:
    ///   - period: charge days, and for billed cost those on which billing periods start; nil: the whole bill.
    ///   - currency: rows in others are converted, or a problem and left out; nil: each currency is shown by itself.
    ///   - tagRules: what the tags mean that the breakdown and the owner are handed.
    package func breakdown(
        by dimensions: [CostBreakdown.Dimension], cost: CostBasis = .effective, period: Range<Day>? = nil, currency: Currency?,
        ownerTagKeys: Set<String> = [], owner: ChargeOwner? = nil, tagRules: TagRules = .none
    ) -> (breakdown: CostBreakdown, problems: [ObservationProblem]) {
        let query = breakdownQuery(
            by: dimensions, cost: cost, period: period, currency: currency, ownerTagKeys: ownerTagKeys, owner: owner,
            tagRules: tagRules)
        let parts = answered(query)
        let (scan, (aggregator, days)) = scan(parts.parts) {
            let aggregator = BillAggregator(query)
            let days = DayTally(aggregator.numbers.names, basis: cost)
            return (BillScan(aggregator, days: days, now: now), (aggregator, days))
        }
        var coverage = BillCoverage(days, of: parts.parts, lateDays: scan.lateDays, now: now)
        let read = problems + parts.problems + scan.problems + doubts(days, coverage, parts.parts)
        coverage.fault = BillCoverage.fault(read)
        let found = read + scan.ages.compactMap { $0.problem(now: now) }
        var breakdown =
            tagRules.isEmpty || !BillQuery.asksTags(dimensions)
            ? CostBreakdown(aggregator, by: dimensions) : CostBreakdown(aggregator, by: dimensions, rules: tagRules, owner: owner)
        // The whole bill ends with its newest day: of an old one nothing is still to come.
        let asked =
            period
            ?? aggregator.days.map { $0.lowerBound..<min($0.upperBound, max($0.lowerBound, now.day.advanced(by: -1))).advanced(by: 1) }
        breakdown.coverage = asked.map { coverage.span(of: $0) }
        breakdown.addCoverage(coverage, asked: asked)
        breakdown.newestWhole = coverage.newestWhole
        return (breakdown, found.sorted())
    }
}
