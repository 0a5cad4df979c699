import CostModel

/// Reads all files of all sources once and adds their rows up.
struct BillPass {
    /// The files of one source, and how to treat them.
    struct Part {
        var name: String
        /// Where the source is stated.
        var place: Place?
        var files: [ObservedFile]
        var maxAge: TimeSpan?
        var delivery: CostSource.Delivery
    }

    let tally: BillTally
    let now: Instant
    /// Without those of the sources' ages.
    private(set) var problems: [ObservationProblem] = []
    private(set) var ages: [BillAge] = []
    /// Costs that some row does not state.
    private(set) var unstated: Set<CostBasis> = []
    /// Sees every row that counts.
    var witness: RowWitness?
    /// Adds up single resources' days, where somebody asks for them.
    private let usage: UsageTally?

    init(_ question: BillQuestion, usage: UsageTally? = nil, now: Instant) {
        tally = BillTally(question)
        self.usage = usage
        self.now = now
    }

    /// What became of a file.
    private struct Reading {
        var newestDay: Day?
        var rowCount = 0
        /// Whether something of it is missing.
        var isPartial = false
    }

    mutating func read(_ parts: [Part]) {
        let parts = parts.map { part in
            var part = part
            part.files = Self.inOrder(part.files, part.delivery)
            return part
        }
        let files = parts.flatMap(\.files)
        let originals = DistinctFiles.originals(of: files)
        var readings: [Int: Reading] = [:]
        var next = 0
        for part in parts {
            var superseded: Set<Month> = []
            let indices = next..<next + part.files.count
            next = indices.upperBound
            for index in indices {
                guard originals[index] == index else {
                    noteCopy(of: files[originals[index]], files[index])
                    continue
                }
                var months: Set<Month> = []
                readings[index] = read(files[index], superseded: part.delivery == .snapshot ? superseded : [], months: &months)
                superseded.formUnion(months)
            }
            judge(part, indices.compactMap { readings[originals[$0]] })
        }
    }

    /// Of a snapshot source the last file comes first: it replaces the others.
    private static func inOrder(_ files: [ObservedFile], _ delivery: CostSource.Delivery) -> [ObservedFile] {
        guard delivery == .snapshot else { return files }
        return files.sorted { a, b in
            let (left, right) = (Array(a.lastComponent.utf8), Array(b.lastComponent.utf8))
            return left == right ? b.name.utf8.lexicographicallyPrecedes(a.name.utf8) : right.lexicographicallyPrecedes(left)
        }
    }

    private mutating func noteCopy(of original: ObservedFile, _ copy: ObservedFile) {
        guard original.name != copy.name else { return }
        problems.append(
            ObservationProblem(.note, id: "repeated-file", file: copy.name, "holds the same as \(original.name): it counts once"))
    }

    private mutating func read(_ file: ObservedFile, superseded: Set<Month>, months: inout Set<Month>) -> Reading {
        let found = RowProblems(file: file.name)
        var reading = Reading()
        do throws(FileFault) {
            if let table = try file.table(problems: found), let bill = open(table, superseded, found) {
                defer {
                    noteForeign(bill, found)
                    noteUnstated(bill, found)
                    months = bill.months
                    reading.newestDay = bill.newestDay
                    reading.rowCount = bill.rowCount
                }
                let tally = tally
                if let witness {
                    try table.forEachRow(problems: found) { record throws(FieldFault) in
                        try witness.see(record, of: bill, in: table, file: file.name)
                    }
                } else if let usage {
                    try table.forEachRow(problems: found) { record throws(FieldFault) in
                        try tally.add(record, of: bill)
                        try usage.add(record, of: bill)
                    }
                } else {
                    try table.forEachRow(problems: found) { record throws(FieldFault) in try tally.add(record, of: bill) }
                }
            }
        } catch {
            found.add(error)
        }
        problems += found.all
        reading.isPartial = found.all.contains { $0.severity == .partial }
        return reading
    }

    private func open(_ table: CSVTable, _ superseded: Set<Month>, _ problems: RowProblems) -> BillFile? {
        let required = tally.question.requiredBases.map(FOCUSColumn.init)
        guard let layout = FOCUSLayout(table.columns, requiring: required, problems: problems) else { return nil }
        noteMissing(layout, problems)
        return BillFile(layout: layout, superseded: superseded, today: now.day)
    }

    /// Columns that a bill can do without, but not without saying so.
    private func noteMissing(_ layout: FOCUSLayout, _ problems: RowProblems) {
        if layout.billingCurrency == nil {
            // Where a currency is asked for, taking the amounts for it is a guess, and says so.
            let meaning = tally.question.currency.map { "its amounts are taken as \($0)" } ?? "its amounts have no known currency"
            problems.add(
                tally.question.currency == nil ? .note : .partial, id: "missing-column", line: 1,
                "the column 'BillingCurrency' is missing: \(meaning)")
        }
        let missing = FOCUSColumn.attributes.filter { column in
            tally.question.asks(for: column) && layout.index(of: column) == nil
        }
        guard !missing.isEmpty else { return }
        let names = missing.map { "'\($0.rawValue)'" }.joined(separator: ", ")
        problems.add(
            .note, id: "missing-column", line: 1,
            "\(missing.count == 1 ? "the column" : "the columns") \(names) \(missing.count == 1 ? "is" : "are") missing: all charges are without"
        )
    }

    private func noteForeign(_ bill: BillFile, _ problems: RowProblems) {
        guard let expected = tally.question.currency else { return }
        for (currency, count) in bill.foreign.sorted(by: { $0.key < $1.key }) {
            problems.add(
                .partial, id: "foreign-currency",
                "\(count) \(count == 1 ? "row is" : "rows are") in \(currency), not in \(expected): amounts in different currencies are never added"
            )
        }
    }

    private mutating func noteUnstated(_ bill: BillFile, _ problems: RowProblems) {
        let counts: [(CostBasis, Int)] = [(.list, bill.rowsWithoutList), (.contracted, bill.rowsWithoutContracted)]
        for (basis, count) in counts where count > 0 {
            unstated.insert(basis)
            guard tally.question.requiredBases.contains(basis) else { continue }
            let column = FOCUSColumn(basis).rawValue
            problems.add(
                .note, id: "unstated-cost",
                "\(count) \(count == 1 ? "row states" : "rows state") no \(column) and \(count == 1 ? "counts" : "count") zero")
        }
    }

    /// The bill of a source must not be empty; whether it is too old is for who knows the time.
    private mutating func judge(_ part: Part, _ readings: [Reading]) {
        guard !readings.isEmpty else { return }
        let isPartial = readings.contains(where: \.isPartial)
        guard readings.contains(where: { $0.rowCount > 0 }) else {
            guard !isPartial else { return }
            problems.append(
                ObservationProblem(
                    .partial, id: "empty-bill", file: part.place?.file ?? part.files[0].name, line: part.place?.line,
                    column: part.place?.column, "the bill '\(part.name)' has no rows"))
            return
        }
        let newest = readings.compactMap(\.newestDay).max()
        // Rows that do not count are told of where they stand.
        guard newest != nil || !isPartial else { return }
        ages.append(BillAge(source: part.name, place: part.place, newestDay: newest, maxAge: part.maxAge))
    }
}
