package import CostModel

/// Reads bills in FOCUS 1.0, 1.1 and 1.2: CSV, also packed with gzip.
///
/// Rows are added up while they are read, so memory follows what is asked for and not the size of the bill. What cannot be read becomes a
/// problem with its file, line and column; everything else still counts.
package struct BillReader {
    private let parts: [BillPass.Part]
    private let now: Instant
    /// Of sources that name no file.
    private let problems: [ObservationProblem]

    /// The bills of a workspace.
    ///
    /// - Parameter directory: the workspace's folder, to which relative paths refer.
    package init(sources: [CostSource], directory: String, now: Instant) {
        var problems: [ObservationProblem] = []
        parts = sources.map { source in
            BillPass.Part(
                name: source.name, place: source.place,
                files: ObservedFile.matching(source.paths, in: directory, statedAt: source.place, problems: &problems),
                maxAge: source.maxAge,
                delivery: source.delivery)
        }
        self.problems = problems
        self.now = now
    }

    /// Single files, the parts of one bill of any age.
    package init(files: [String], directory: String, now: Instant) {
        let files = files.map { ObservedFile(name: $0, in: directory) }
        parts = files.isEmpty ? [] : [BillPass.Part(name: "bill", place: nil, files: files, maxAge: nil, delivery: .parts)]
        problems = []
        self.now = now
    }

    /// The bill as judgements need it.
    ///
    /// - Parameters:
    ///   - currency: rows in others are a problem and left out.
    ///   - tagKeys: the keys that someone asks for.
    ///   - bases: the costs that someone asks for; a bill without list or contracted cost is a problem only then.
    ///   - usageOf: identifiers of resources, as billed, whose days are asked for one by one.
    package func bill(
        currency: Currency, tagKeys: Set<String>, bases: Set<CostBasis>, usageOf resources: Set<String> = []
    ) -> ObservedBill {
        var question = BillQuestion(
            dimensions: [.day, .billingMonth, .category, .account, .provider, .service, .region, .resource, .tagSet],
            bases: [.effective, .billed, .list, .contracted])
        question.requiredBases = bases
        question.tagKeys = tagKeys.sorted()
        question.currency = currency
        let usage = UsageTally(resources)
        var pass = BillPass(question, usage: usage, now: now)
        pass.read(parts)
        var bill = ObservedBill(
            table: CostTable(pass.tally, currency: currency), ages: pass.ages, tagKeys: tagKeys,
            bases: bases.union(CostBasis.allCases.filter { !pass.unstated.contains($0) }), problems: (problems + pass.problems).sorted())
        // Rows that are missing look like savings: of a bill that is not whole nothing is told.
        if let usage, !bill.problems.contains(where: { $0.severity == .partial }) {
            bill.usage = usage.usage(of: bill.table, today: now.day)
        }
        return bill
    }

    /// The bill as judgements need it, and what is wrong with it as of now.
    package func table(currency: Currency, tagKeys: Set<String>, bases: Set<CostBasis>) -> (
        table: CostTable, problems: [ObservationProblem]
    ) {
        let bill = bill(currency: currency, tagKeys: tagKeys, bases: bases)
        return (bill.table, (bill.problems + bill.ages.compactMap { $0.problem(now: now) }).sorted())
    }

    /// Reads the bill for somebody who looks at single rows.
    func look(with witness: RowWitness) {
        var pass = BillPass(BillQuestion(dimensions: [], bases: []), now: now)
        pass.witness = witness
        pass.read(parts)
    }

    /// The bill broken down; team by `owner`, which is handed the tags of `ownerTagKeys`.
    ///
    /// - Parameters:
    ///   - period: charge days, and for billed cost those on which billing periods start; nil: the whole bill.
    ///   - currency: rows in others are a problem and left out; nil: each currency is shown by itself.
    package func breakdown(
        by dimensions: [CostBreakdown.Dimension], cost: CostBasis = .effective, period: Range<Day>? = nil, currency: Currency?,
        ownerTagKeys: Set<String> = [], owner: ChargeOwner? = nil
    ) -> (breakdown: CostBreakdown, problems: [ObservationProblem]) {
        var keys = dimensions.contains(.team) ? ownerTagKeys : []
        for case .tag(let key) in dimensions { keys.insert(key) }
        let tagKeys = keys.sorted()
        var question = BillQuestion(dimensions: dimensions.map { $0.asked(tagKeys, cost) } + [.currency], bases: [cost])
        question.requiredBases = [cost]
        question.tagKeys = tagKeys
        question.currency = currency
        question.days = period
        question.owner = owner
        var pass = BillPass(question, now: now)
        pass.read(parts)
        let found = problems + pass.problems + pass.ages.compactMap { $0.problem(now: now) }
        return (CostBreakdown(pass.tally, by: dimensions), found.sorted())
    }
}

extension CostBreakdown.Dimension {
    fileprivate func asked(_ tagKeys: [String], _ cost: CostBasis) -> BillDimension {
        switch self {
        case .team: .team
        case .service: .service
        case .region: .region
        case .account: .account
        case .provider: .provider
        case .day: .day
        // Billed cost is keyed by billing period.
        case .month: cost == .billed ? .billingMonth : .chargeMonth
        case .resource: .resource
        case .sku: .sku
        case .instanceType: .instanceType
        case .tag(let key): .tag(tagKeys.firstIndex(of: key) ?? 0)
        }
    }
}
