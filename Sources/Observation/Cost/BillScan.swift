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
    /// By source: of how many days at its end rows are still arriving, as earlier deliveries show.
    private(set) var lateDays: [Int: Int] = [:]
    /// What became of each file.
    private(set) var deliveries: [BillDelivery] = []
    /// Costs that some row does not state.
    private(set) var unstated: Set<CostBasis> = []
    private let receiver: RowReceiver

    /// A scan that adds the bill up.
    init(_ aggregator: BillAggregator, days: DayTally, usage: UsageTally? = nil, now: Instant) {
        self.init(aggregator.query, aggregator.numbers, .aggregator(aggregator, days: days, usage: usage), now: now)
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
        var days: ClosedRange<Day>?
        var months: Set<Month> = []
        var rowCount = 0
        /// The costs that it can state, and what to do about the others.
        var costs = StatedCosts.all
        var advice: String?
        /// Whether it states none of the costs that are asked for.
        var isAside = false
        /// All that it states, also where another delivery counts.
        var statedMonths: Set<Month> = []
        /// What people call its format; nil: it is none that can be read.
        var format: String?
        /// Why something of it is missing; nil: it is whole.
        var fault: String?
        var isPartial: Bool { fault != nil }
    }

    /// Files that may say the same, by the index of their part; the plan that was followed knew nothing of them.
    private var suspects: [Int: [Int]] = [:]

    /// - Parameter restated: what was found about files that say the same as others.
    mutating func read(_ parts: [Part], restated: DeliveryPlan = DeliveryPlan()) {
        let parts = Self.inOrder(parts)
        let files = parts.flatMap(\.files)
        let originals = DistinctFiles.originals(of: files)
        var plan = restated
        var next = 0
        let indices = parts.map { part in
            defer { next += part.files.count }
            return next..<next + part.files.count
        }
        let sets = indices.map { DeliverySets($0, of: files) }
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
        var readings: [Int: Reading] = [:]
        for (source, part) in parts.enumerated() {
            for index in indices[source] where sets[source].unnamed[index] == nil {
                guard originals[index] == index || sets.contains(where: { $0.unnamed[originals[index]] != nil }) else {
                    noteCopy(of: files[originals[index]], files[index])
                    continue
                }
                // A copy may belong to a delivery that counts.
                let copies = part.delivery == .snapshot ? files.indices.filter { originals[$0] == index } : []
                let excluded = copies.map { plan.excluded[$0] ?? [] }.reduce(plan.excluded[index] ?? []) { $0.intersection($1) }
                let restates = part.delivery == .snapshot || !excluded.isEmpty
                readings[index] = read(
                    files[index], of: part, Int32(source), superseded: restates ? excluded : nil, sets[source].delivered(index))
            }
            noteUnstatedMonths(part, indices[source].compactMap { readings[$0] })
            for index in indices[source] { deliveries.append(delivery(index, of: part, files, originals, sets[source], readings[index])) }
            if part.delivery == .parts, restated.isEmpty {
                suspects[source] = Self.overlapping(indices[source].filter { originals[$0] == $0 }, files, readings)
            }
            judge(part, indices[source].compactMap { readings[originals[$0]] })
        }
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
    private static func overlapping(_ indices: [Int], _ files: [ObservedFile], _ readings: [Int: Reading]) -> [Int] {
        let names = Dictionary(uniqueKeysWithValues: indices.map { ($0, DeliveryName(files[$0].name)) })
        guard Set(names.values).count > 1 else { return [] }
        return indices.filter { index in
            guard let reading = readings[index], let days = reading.days else { return false }
            return indices.contains { other in
                guard names[other] != names[index], let rival = readings[other], let theirs = rival.days else { return false }
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
            let survey = DeliverySurvey()
            let file = BillFile(files[index], superseded: nil, today: now.day, delivered: sets.delivered(index))
            // What is wrong with a file is said when it is read for good.
            if let decoder = try? decoder(for: file, of: part) {
                survey.costs = decoder.costs
                try? decoder.read(file, into: .survey(survey))
            }
            surveys[index] = survey
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
    ) -> Reading {
        let file = BillFile(file, source: source, superseded: superseded, today: now.day, delivered: delivered)
        let found = file.problems
        var reading = Reading()
        let knownNames = numbers.names.count
        do throws(FileFault) {
            if let decoder = try decoder(for: file, of: part) {
                noteMissing(decoder, found)
                (reading.costs, reading.advice) = (decoder.costs, decoder.advice)
                let format = part.format == nil ? try BillFormats.recognised(file) : part.format
                reading.format = format?.title
                file.isAside = decoder.costs.isDisjoint(with: askedCosts)
                reading.isAside = file.isAside
                defer {
                    noteForeign(file, found)
                    noteUnstated(file, decoder, found)
                    noteOdd(file, decoder, found)
                    decoder.remark(found)
                    billingPeriods.merge(decoder.billingPeriods) { a, b in
                        min(a.lowerBound, b.lowerBound)..<max(a.upperBound, b.upperBound)
                    }
                    reading.months = file.keptMonths
                    reading.statedMonths = file.months
                    if let first = file.oldestDay { reading.days = first...max(first, file.newestDay ?? first) }
                    reading.newestDay = file.newestDay
                    reading.rowCount = file.rowCount
                }
                try decoder.read(file, into: receiver)
                noteRowCount(file, found)
            }
        } catch {
            found.add(error)
        }
        if numbers.names.hasOtherTexts(behind: knownNames) {
            found.add(.note, id: "not-utf8", "some names are no UTF-8 and are read as Windows-1252; export the bill as UTF-8")
        }
        problems += found.all
        reading.fault = found.all.first { $0.severity == .partial }?.message
        return reading
    }

    private func decoder(for file: BillFile, of part: Part) throws(FileFault) -> (any BillDecoder)? {
        let likely = part.format == nil ? try BillFormats.recognised(file) : part.format
        let format = likely ?? FOCUSFormat()
        if let decoder = try format.decoder(for: file, requiring: query.requiredBases, numbers: numbers) { return decoder }
        if let other = try BillFormats.recognised(file), other.title != format.title {
            file.problems.add(.note, id: "other-format", line: 1, "this looks like a bill in \(other.title), not in \(format.title)")
        }
        return nil
    }

    /// What became of a file, and why.
    private func delivery(
        _ index: Int, of part: Part, _ files: [ObservedFile], _ originals: [Int], _ sets: DeliverySets, _ reading: Reading?
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

    /// The costs that are added up, or that a row must state to be looked at.
    private var askedCosts: StatedCosts {
        StatedCosts((query.bases.isEmpty ? Array(query.requiredBases) : query.bases).map { StatedCosts($0) })
    }

    /// A manifest that counts other rows than the file has is of another file, or the file is not whole.
    private func noteRowCount(_ file: BillFile, _ problems: RowProblems) {
        guard let stated = file.delivered.rows, let found = file.recordCount, stated != found else { return }
        problems.add(
            .partial, id: "row-count", "the manifest counts \(stated) \(stated == 1 ? "row" : "rows"), and there are \(found)")
    }

    /// A cost that no file states for a month is unknown there; it is neither zero nor another cost.
    private mutating func noteUnstatedMonths(_ part: Part, _ readings: [Reading]) {
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
            problems.append(
                ObservationProblem(
                    .partial, id: "unstated-cost", file: part.place?.file ?? part.files[0].name, line: part.place?.line,
                    column: part.place?.column,
                    "the bill '\(part.name)' does not say what was \(cost.rawValue) cost in \(first)\(more)\(advice.map { ": \($0)" } ?? "")"
                ))
        }
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
        guard let target = query.currency else { return }
        file.foreign.note(problems, in: target, currencies: numbers.currencies, hasRates: !query.rates.isEmpty)
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
            // Of a cost that no file states that is said.
            guard !isPartial, !readings.contains(where: \.isAside) else { return }
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
