import CostModel

/// Reads all files of all sources once, and hands their rows to a receiver.
struct BillScan {
    /// The files of one source, and how to treat them.
    struct Part {
        var name: String
        /// Where the source is stated.
        var place: Place?
        /// Nil: whatever each file looks like.
        var format: (any BillFormat)?
        var files: [ObservedFile]
        var maxAge: TimeSpan?
        var delivery: CostSource.Delivery
        /// How long rows of a day keep arriving; nil: the bill shows it.
        var settles: TimeSpan?
    }

    let query: BillQuery
    let numbers: BillNumbers
    let now: Instant
    /// Without those of the sources' ages.
    private(set) var problems: [ObservationProblem] = []
    private(set) var ages: [BillAge] = []
    /// Billing periods that are no calendar months.
    private(set) var billingPeriods: [Month: Range<Day>] = [:]
    /// Costs that some row does not state.
    private(set) var unstated: Set<CostBasis> = []
    private let receiver: RowReceiver

    /// A scan that adds the bill up.
    init(_ aggregator: BillAggregator, usage: UsageTally? = nil, now: Instant) {
        self.init(aggregator.query, aggregator.numbers, .aggregator(aggregator, usage: usage), now: now)
    }

    /// A scan that looks at single rows.
    init(_ sampler: RowSampler, now: Instant) {
        var query = BillQuery(dimensions: [], bases: [])
        query.requiredBases = [.effective]
        self.init(query, BillNumbers(tagKeys: []), .sampler(sampler), now: now)
    }

    private init(_ query: BillQuery, _ numbers: BillNumbers, _ receiver: RowReceiver, now: Instant) {
        self.query = query
        self.numbers = numbers
        self.receiver = receiver
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
        for (source, part) in parts.enumerated() {
            var superseded: Set<Month> = []
            let indices = next..<next + part.files.count
            next = indices.upperBound
            for index in indices {
                guard originals[index] == index else {
                    noteCopy(of: files[originals[index]], files[index])
                    continue
                }
                var months: Set<Month> = []
                readings[index] = read(files[index], of: part, Int32(source), superseded: superseded, months: &months)
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

    private mutating func read(
        _ file: ObservedFile, of part: Part, _ source: Int32, superseded: Set<Month>, months: inout Set<Month>
    ) -> Reading {
        let file = BillFile(file, source: source, superseded: part.delivery == .snapshot ? superseded : nil, today: now.day)
        let found = file.problems
        var reading = Reading()
        let knownNames = numbers.names.count
        do throws(FileFault) {
            if let decoder = try decoder(for: file, of: part) {
                noteMissing(decoder, found)
                defer {
                    noteForeign(file, found)
                    noteUnstated(file, decoder, found)
                    noteOdd(file, decoder, found)
                    billingPeriods.merge(decoder.billingPeriods) { a, b in
                        min(a.lowerBound, b.lowerBound)..<max(a.upperBound, b.upperBound)
                    }
                    months = file.months
                    reading.newestDay = file.newestDay
                    reading.rowCount = file.rowCount
                }
                try decoder.read(file, into: receiver)
            }
        } catch {
            found.add(error)
        }
        if numbers.names.hasOtherTexts(behind: knownNames) {
            found.add(.note, id: "not-utf8", "some names are no UTF-8 and are read as Windows-1252; export the bill as UTF-8")
        }
        problems += found.all
        reading.isPartial = found.all.contains { $0.severity == .partial }
        return reading
    }

    private func decoder(for file: BillFile, of part: Part) throws(FileFault) -> (any BillDecoder)? {
        let likely = part.format == nil ? try BillFormats.recognised(file) : part.format
        let format = likely ?? BillFormats.format(named: .focus)
        if let decoder = try format.decoder(for: file, requiring: query.requiredBases, numbers: numbers) { return decoder }
        if let other = try BillFormats.recognised(file), other.title != format.title {
            file.problems.add(.note, id: "other-format", line: 1, "this looks like a bill in \(other.title), not in \(format.title)")
        }
        return nil
    }

    /// Columns that a bill can do without, but not without saying so.
    private func noteMissing(_ decoder: any BillDecoder, _ problems: RowProblems) {
        if let column = decoder.missingColumn(of: .currency) {
            // Where a currency is asked for, taking the amounts for it is a guess, and says so.
            let meaning = query.currency.map { "its amounts are taken as \($0)" } ?? "its amounts have no known currency"
            problems.add(
                query.currency == nil ? .note : .partial, id: "missing-column", line: 1, "the column '\(column)' is missing: \(meaning)")
        }
        let missing = query.attributes.compactMap { decoder.missingColumn(of: $0) }
        guard !missing.isEmpty else { return }
        let names = Set(missing).sorted().map { "'\($0)'" }.joined(separator: ", ")
        problems.add(
            .note, id: "missing-column", line: 1,
            "\(missing.count == 1 ? "the column" : "the columns") \(names) \(missing.count == 1 ? "is" : "are") missing: all charges are without"
        )
    }

    private func noteForeign(_ file: BillFile, _ problems: RowProblems) {
        guard let expected = query.currency else { return }
        for (currency, count) in file.foreign.map({ (numbers.currencies[$0.key], $0.value) }).sorted(by: { $0.0 < $1.0 }) {
            problems.add(
                .partial, id: "foreign-currency",
                "\(count) \(count == 1 ? "row is" : "rows are") in \(currency), not in \(expected): amounts in different currencies are never added"
            )
        }
    }

    private mutating func noteUnstated(_ file: BillFile, _ decoder: any BillDecoder, _ problems: RowProblems) {
        for basis in CostBasis.allCases {
            guard let count = file.unstated[basis] else { continue }
            unstated.insert(basis)
            guard query.requiredBases.contains(basis) else { continue }
            problems.add(
                .note, id: "unstated-cost",
                "\(count) \(count == 1 ? "row states" : "rows state") no \(decoder.title(of: basis)) and \(count == 1 ? "counts" : "count") zero"
            )
        }
    }

    private mutating func noteOdd(_ file: BillFile, _ decoder: any BillDecoder, _ problems: RowProblems) {
        guard !file.oddRows.isEmpty else { return }
        unstated.formUnion(file.oddRows.unknownCosts)
        file.oddRows.note(problems, query: query, currencies: numbers.currencies) { decoder.example(of: $0) }
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
