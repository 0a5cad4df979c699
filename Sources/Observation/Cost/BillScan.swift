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
        /// Whether charges in other currencies are converted by the rates that rows state.
        var usesOwnRates = false
        /// Where the bill lies in a query engine; nil: in the files.
        var table: BillTable?
        /// What asks the engine, or has Parquet files read; nil: nobody configured it.
        var runner: EngineRunner?
        /// The command that prints it; nil: it lies in files, or in a table.
        var command: CommandBill?

        /// The format of a file, where it need not be looked for.
        func format(of file: ObservedFile) -> (any BillFormat)? { file.answer == nil ? format : GroupedFormat() }
    }

    let query: BillQuery
    let numbers: BillNumbers
    let now: Instant
    /// Without those of the sources' ages.
    private(set) var problems: [ObservationProblem] = []
    private(set) var ages: [BillAge] = []
    /// Billing periods that are no calendar months.
    private(set) var billingPeriods: [Month: Range<Day>] = [:]
    /// By source: of how many days at its end rows are still arriving, as earlier deliveries show.
    private(set) var lateDays: [Int: Int] = [:]
    /// What became of each file.
    private(set) var deliveries: [BillDelivery] = []
    /// Costs that some row does not state.
    private(set) var unstated: Set<CostBasis> = []
    private let receiver: RowReceiver
    /// What is kept of files that were read before.
    private let cache = BillCache.current

    /// A scan that adds the bill up.
    init(_ aggregator: BillAggregator, days: DayTally, usage: UsageTally? = nil, units: UnitTally? = nil, now: Instant) {
        self.init(aggregator.query, aggregator.numbers, .aggregator(aggregator, days: days, usage: usage, units: units), now: now)
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

    /// Files that may say the same, by the index of their part; the plan that was followed knew nothing of them.
    private var suspects: [Int: [Int]] = [:]

    /// - Parameter restated: what was found about files that say the same as others.
    mutating func read(_ parts: [Part], restated: DeliveryPlan = DeliveryPlan()) {
        let parts = Self.inOrder(parts)
        let files = parts.flatMap(\.files)
        var plan = restated
        var next = 0
        let indices = parts.map { part in
            defer { next += part.files.count }
            return next..<next + part.files.count
        }
        let sets = indices.map { DeliverySets($0, of: files) }
        let originals = Self.originals(of: files) { [today = now.day] index in
            let source = indices.firstIndex { $0.contains(index) } ?? 0
            return BillFile(files[index], superseded: nil, today: today, delivered: sets[source].delivered(index))
        }
        for (source, part) in parts.enumerated() {
            let named = indices[source].filter { sets[source].unnamed[$0] == nil }
            let isRestated = part.delivery == .snapshot && Set(named.map { DeliveryName(files[$0].name) }).count > 1
            if isRestated {
                // Files that state different costs of a month do not restate each other.
                let surveys = survey(named, originals, part, files, sets[source])
                for group in Dictionary(grouping: named, by: { surveys[$0]?.costs ?? .all }).sorted(by: {
                    $0.key.rawValue < $1.key.rawValue
                }) {
                    plan.addSnapshot(group.value, of: source, names: files, surveys: surveys, gaps: sets[source].gaps)
                }
            }
            noteSets(sets[source], indices[source], files, gaps: !isRestated)
        }
        problems += plan.problems
        lateDays = plan.lateDays
        var readings: [Int: FileReading] = [:]
        for (source, part) in parts.enumerated() {
            var shared: [UInt8: SharedRows] = [:]
            for index in indices[source] where sets[source].unnamed[index] == nil {
                guard originals[index] == index || sets.contains(where: { $0.unnamed[originals[index]] != nil }) else {
                    noteCopy(of: files[originals[index]], files[index])
                    continue
                }
                // A copy may belong to a delivery that counts.
                let copies = part.delivery == .snapshot ? files.indices.filter { originals[$0] == index } : []
                let excluded = copies.map { plan.excluded[$0] ?? [] }.reduce(plan.excluded[index] ?? []) { $0.intersection($1) }
                let restates = part.delivery == .snapshot || !excluded.isEmpty
                var reading = read(
                    files[index], of: part, Int32(source), superseded: restates ? excluded : nil, sets[source].delivered(index))
                // Azure's datasets state the same rows for different costs.
                shared[reading.costs.rawValue, default: SharedRows()].add(index, reading.distinctRows)
                reading.distinctRows = DistinctRows()
                readings[index] = reading
            }
            noteShared(shared, files, plan)
            noteUnstatedMonths(part, indices[source].compactMap { readings[$0] })
            for index in indices[source] { deliveries.append(delivery(index, of: part, files, originals, sets[source], readings[index])) }
            if part.delivery == .parts, restated.isEmpty {
                suspects[source] = overlapping(indices[source].filter { originals[$0] == $0 }, files, readings)
            }
            judge(part, indices[source].compactMap { readings[originals[$0]] })
        }
    }

    /// Rows of files that stand in others, too: which of them count nobody can tell.
    private mutating func noteShared(_ shared: [UInt8: SharedRows], _ files: [ObservedFile], _ plan: DeliveryPlan) {
        let known = Set(plan.problems.filter { $0.severity == .partial }.map(\.file))
        for (_, rows) in shared.sorted(by: { $0.key < $1.key }) {
            for found in rows.findings({ files[$0].name })
            where known.isDisjoint(with: [files[found.file].name, files[found.other].name]) {
                problems.append(
                    ObservationProblem(found.isSure ? .partial : .note, id: "repeated-rows", file: files[found.file].name, found.message))
            }
        }
    }

    /// For each file the first one that says the same. Azure's two datasets are alike to the byte where no commitment makes a difference, and each of
    /// them states a cost that the other does not.
    private static func originals(of files: [ObservedFile], _ open: (Int) -> BillFile) -> [Int] {
        var originals = DistinctFiles.originals(of: files)
        var others: [Int: Int] = [:]
        for index in originals.indices where originals[index] != index {
            let (file, original) = (open(index), originals[index])
            // What cannot be read is no bill of Azure's.
            guard Set([AzureDataset(of: file), AzureDataset(of: open(original))]) == [.actual, .amortized],
                (try? AzureFormat().recognises(file)) == true
            else { continue }
            originals[index] = others[original] ?? index
            others[original] = originals[index]
        }
        return originals
    }

    /// What files of parts say again that others have said; nil: nothing. Looked at only where names and days make it possible: whoever
    /// wants to follow it reads the parts anew.
    func restatements(of parts: [Part]) -> DeliveryPlan? {
        let parts = Self.inOrder(parts)
        let files = parts.flatMap(\.files)
        var plan = DeliveryPlan()
        for (source, some) in suspects.sorted(by: { $0.key < $1.key }) where !some.isEmpty {
            let sets = DeliverySets(some, of: files)
            plan.addParts(some, names: files, surveys: survey(some, Array(files.indices), parts[source], files, sets))
        }
        return plan.isEmpty ? nil : plan
    }

    /// The files that share days of a billing month with a file of another delivery.
    private func overlapping(_ indices: [Int], _ files: [ObservedFile], _ readings: [Int: FileReading]) -> [Int] {
        let names = Dictionary(uniqueKeysWithValues: indices.map { ($0, DeliveryName(files[$0].name)) })
        guard Set(names.values).count > 1 else { return [] }
        return indices.filter { index in
            guard let reading = readings[index], let days = reading.span(upTo: now.day) else { return false }
            return indices.contains { other in
                guard names[other] != names[index], let rival = readings[other], let theirs = rival.span(upTo: now.day) else {
                    return false
                }
                return days.overlaps(theirs) && !reading.months.isDisjoint(with: rival.months)
                    && !reading.costs.isDisjoint(with: rival.costs)
            }
        }
    }

    private func survey(
        _ indices: [Int], _ originals: [Int], _ part: Part, _ files: [ObservedFile], _ sets: DeliverySets
    ) -> [Int: DeliverySurvey] {
        var surveys: [Int: DeliverySurvey] = [:]
        for index in Set(indices.map { originals[$0] }).sorted() {
            let file = BillFile(files[index], superseded: nil, today: now.day, delivered: sets.delivered(index))
            surveys[index] = DeliverySurveyReader(query: query, part: part, cache: cache).survey(file)
        }
        for index in indices { surveys[index] = surveys[originals[index]] }
        return surveys
    }

    /// Of a snapshot source the newest delivery comes first: it replaces the others.
    private static func inOrder(_ parts: [Part]) -> [Part] {
        parts.map { part in
            guard part.delivery == .snapshot else { return part }
            var part = part
            part.files.sort { a, b in
                let (left, right) = (DeliveryName(a.name), DeliveryName(b.name))
                return left == right ? b.name.utf8.lexicographicallyPrecedes(a.name.utf8) : right < left
            }
            return part
        }
    }

    /// - Parameter gaps: whether to say which deliveries are not whole: of a snapshot only those matter that count.
    private mutating func noteSets(_ sets: DeliverySets, _ indices: Range<Int>, _ files: [ObservedFile], gaps: Bool) {
        for (index, reason) in sets.unnamed.sorted(by: { $0.key < $1.key }) {
            problems.append(ObservationProblem(.note, id: "delivery", file: files[index].name, "\(reason), and it does not count"))
        }
        guard gaps else { return }
        for (name, gap) in sets.gaps.sorted(by: { $0.key < $1.key }) {
            guard let file = indices.first(where: { DeliveryName(files[$0].name) == name }) else { continue }
            problems.append(ObservationProblem(.partial, id: "delivery", file: files[file].name, "the delivery is not whole: \(gap)"))
        }
    }

    private mutating func noteCopy(of original: ObservedFile, _ copy: ObservedFile) {
        guard original.name != copy.name else { return }
        problems.append(
            ObservationProblem(.note, id: "repeated-file", file: copy.name, "holds the same as \(original.name): it counts once"))
    }

    private mutating func read(
        _ file: ObservedFile, of part: Part, _ source: Int32, superseded: Set<Month>?, _ delivered: DeliveredFile
    ) -> FileReading {
        let knownNames = numbers.names.count
        let open = { [today = now.day] in
            BillFile(
                file, source: source, superseded: superseded, today: today, delivered: delivered, usesOwnRates: part.usesOwnRates)
        }
        var reading: FileReading
        switch receiver {
        case .aggregator(let aggregator, let days, let usage, let units):
            let sums = BillSums(aggregator, days: days, usage: usage, units: units)
            reading = TallyReader(part: part, cache: cache, open: open).read(into: sums)
        default:
            let file = open()
            reading = BillFileReader(query: query, numbers: numbers).read(file, of: part) { (decoder) throws(FileFault) in
                try decoder.read(file, into: receiver)
            }
        }
        if numbers.names.hasOtherTexts(behind: knownNames) {
            reading.problems.append(
                ObservationProblem(
                    .note, id: "not-utf8", file: file.name,
                    "some names are no UTF-8 and are read as Windows-1252; export the bill as UTF-8"))
        }
        problems += reading.problems
        unstated.formUnion(reading.unstated)
        billingPeriods.merge(reading.billingPeriods) { a, b in
            min(a.lowerBound, b.lowerBound)..<max(a.upperBound, b.upperBound)
        }
        return reading
    }

    /// What became of a file, and why.
    private func delivery(
        _ index: Int, of part: Part, _ files: [ObservedFile], _ originals: [Int], _ sets: DeliverySets, _ reading: FileReading?
    ) -> BillDelivery {
        var delivery = BillDelivery(source: part.name, file: files[index].name, status: .used, dataset: sets.delivered(index).dataset)
        if let reason = sets.unnamed[index] {
            (delivery.status, delivery.reason) = (.superseded, reason)
            return delivery
        }
        guard let reading else {
            (delivery.status, delivery.reason) = (.copy, "holds the same as \(files[originals[index]].name)")
            return delivery
        }
        delivery.months = reading.statedMonths.sorted()
        delivery.rows = reading.rowCount
        delivery.format = reading.format
        let left = reading.statedMonths.subtracting(reading.months).sorted()
        if reading.format == nil {
            (delivery.status, delivery.reason) = (.unreadable, reading.fault)
        } else if !left.isEmpty {
            delivery.status = reading.months.isEmpty ? .superseded : .partlyUsed
            delivery.reason = "another delivery states \(left.map(\.description).joined(separator: ", "))"
        } else {
            delivery.reason = reading.fault
        }
        return delivery
    }

    /// A cost that no file of a format states for a month is unknown there; it is neither zero nor another cost, and a bill of another provider does
    /// not tell it.
    private mutating func noteUnstatedMonths(_ part: Part, _ readings: [FileReading]) {
        let formats = Dictionary(grouping: readings.filter { !$0.months.isEmpty }) { $0.format ?? "" }
        for (format, readings) in formats.sorted(by: { $0.key < $1.key }) {
            let months = Set(readings.flatMap(\.months)).sorted()
            for cost in CostBasis.allCases {
                let without = months.filter { month in
                    readings.allSatisfy { !$0.months.contains(month) || !$0.costs.contains(StatedCosts(cost)) }
                }
                guard let first = without.first else { continue }
                unstated.insert(cost)
                guard query.requiredBases.contains(cost) else { continue }
                let more = without.count > 1 ? " and \(without.count - 1) more \(without.count == 2 ? "month" : "months")" : ""
                let advice = readings.first { $0.months.contains(first) && $0.advice != nil }?.advice
                let place = formats.count > 1 ? ", in \(format)," : ""
                problems.append(
                    ObservationProblem(
                        .partial, id: "unstated-cost", file: part.place?.file ?? part.files[0].name, line: part.place?.line,
                        column: part.place?.column,
                        "the bill '\(part.name)' does not say\(place) what was \(cost.rawValue) cost in \(first)\(more)\(advice.map { ": \($0)" } ?? "")"
                    ))
            }
        }
    }

    /// The bill of a source must not be empty; whether it is too old is for who knows the time.
    private mutating func judge(_ part: Part, _ readings: [FileReading]) {
        guard !readings.isEmpty else { return }
        let isPartial = readings.contains(where: \.isPartial)
        guard readings.contains(where: { $0.rowCount > 0 }) else {
            // Of a cost that no file states that is said.
            guard !isPartial, !readings.contains(where: \.isAside) else { return }
            problems.append(
                ObservationProblem(
                    .partial, id: "empty-bill", file: part.place?.file ?? part.files[0].name, line: part.place?.line,
                    column: part.place?.column, "the bill '\(part.name)' has no rows"))
            return
        }
        let newest = readings.compactMap { $0.days.newest(upTo: now.day) }.max()
        // Rows that do not count are told of where they stand.
        guard newest != nil || !isPartial else { return }
        ages.append(BillAge(source: part.name, place: part.place, newestDay: newest, maxAge: part.maxAge))
    }
}
