import CostModel

/// One file of a bill while it is read, and what its rows said of it.
final class BillFile {
    let file: ObservedFile
    let problems: RowProblems
    /// The index of its source.
    let source: Int32
    /// Billing months that a later file of a snapshot source restates; nil for the parts of one bill, which restate nothing.
    private let superseded: Set<Month>?
    private let today: Day
    private(set) var months: Set<Month> = []
    /// On which charges start.
    private(set) var days = DaySet()
    /// Of the charges up to today.
    var newestDay: Day? { days.newest(upTo: today) }
    var oldestDay: Day? { days.oldest }
    /// Rows that were read and neither replaced nor at fault.
    private(set) var rowCount = 0
    /// By basis: rows that do not state the cost.
    private(set) var unstated: [CostBasis: Int] = [:]
    private(set) var oddRows = OddRows()
    private(set) var foreign = ForeignRows()
    /// How often each of its rows stands in it.
    @exclusivity(unchecked) private(set) var distinctRows = DistinctRows()
    /// Whether its lines have names of their own.
    var identifiesRows = false
    private var lastMonth: (month: Month, isKept: Bool)?
    /// Whether charges in other currencies are converted by the rates that its rows state.
    let usesOwnRates: Bool
    /// What its manifest says of it.
    let delivered: DeliveredFile
    /// Whether it states none of the costs that are asked for: then only its months are looked at.
    var isAside = false
    private static let headLength = 64 << 10
    private var beginning: String?
    private var isOpened = false
    private var opened: CSVTable?

    init(
        _ file: ObservedFile, source: Int32 = 0, superseded: Set<Month>?, today: Day, delivered: DeliveredFile = DeliveredFile(),
        usesOwnRates: Bool = false
    ) {
        self.file = file
        self.delivered = delivered
        problems = RowProblems(file: file.name)
        self.source = source
        self.superseded = superseded
        self.today = today
        self.usesOwnRates = usesOwnRates
    }

    /// The same with somebody who learns what it holds.
    func watched(by watch: ContentWatch) -> BillFile {
        var file = file
        file.watch = watch
        return BillFile(file, source: source, superseded: superseded, today: today, delivered: delivered, usesOwnRates: usesOwnRates)
    }

    /// The billing months that a later file restates; nil: none can.
    var restated: Set<Month>? { superseded }

    /// One for a part of its rows.
    func part() -> BillFile {
        let part = BillFile(file, source: source, superseded: superseded, today: today, delivered: delivered, usesOwnRates: usesOwnRates)
        part.isAside = isAside
        part.identifiesRows = identifiesRows
        return part
    }

    /// Adds what the rows of parts said.
    func add(_ parts: [(file: BillFile, numbers: MergeNumbers)]) {
        for (part, numbers) in parts {
            months.formUnion(part.months)
            days.formUnion(part.days)
            rowCount += part.rowCount
            unstated.merge(part.unstated) { $0 + $1 }
            oddRows.add(part.oddRows, numbers)
            foreign.add(part.foreign, numbers)
            distinctRows.add(part.distinctRows, limit: rowLimit)
        }
        problems.add(parts.map(\.file.problems))
    }

    /// Its text as a table, opened once for whoever looks at it. Nil when it has no header; the problem is then added.
    func table() throws(FileFault) -> CSVTable? {
        if isOpened { return opened }
        isOpened = true
        if let kind = ForeignFile.kind(of: try file.firstBytes(ForeignFile.signatureLength)) {
            problems.add(.partial, id: "no-bill", kind)
            return nil
        }
        guard try !isJSON() else { return nil }
        opened = try file.table(problems: problems)
        return opened
    }

    /// Its table for a format that reads nothing else; what it is instead is said.
    func requiredTable() throws(FileFault) -> CSVTable? {
        let table = try table()
        if table == nil, try isJSON() {
            problems.add(
                .partial, id: "no-bill", BillPaths.isManifest(file.name) ? ForeignFile.manifest : ForeignFile.json)
        }
        return table
    }

    /// Whether its text is JSON, by its first letter.
    func isJSON() throws(FileFault) -> Bool {
        let first = try head().unicodeScalars.first { !["\u{FEFF}", " ", "\n", "\r", "\t"].contains($0) }
        return first == "{" || first == "["
    }

    /// The beginning of its text, unpacked.
    func head() throws(FileFault) -> String {
        if let beginning { return beginning }
        let source = try file.open()
        let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.headLength, alignment: 16)
        defer { bytes.deallocate() }
        var count = 0
        do throws(FileFault) {
            while count < bytes.count {
                let read = try source.read(into: UnsafeMutableRawBufferPointer(rebasing: bytes[count...]))
                guard read > 0 else { break }
                count += read
            }
        } catch {
            // What is torn is said when the file is read for good.
        }
        let text = String(decoding: bytes.prefix(count), as: UTF8.self)
        beginning = text
        return text
    }

    /// How many records were read; nil: it is no table.
    var recordCount: Int? {
        if case .success(let bill)? = file.answer { bill.charges } else { opened?.recordCount }
    }

    /// The months of which its rows count.
    var keptMonths: Set<Month> { months.subtracting(superseded ?? []) }

    /// Whether the months of its rows decide what earlier files count for.
    var restatesMonths: Bool { superseded != nil }

    /// Whether rows of a billing month count.
    @inline(__always)
    func keeps(_ month: Month) -> Bool {
        if let lastMonth, lastMonth.month == month { return lastMonth.isKept }
        months.insert(month)
        let isKept = !isAside && !(superseded?.contains(month) ?? false)
        lastMonth = (month, isKept)
        return isKept
    }

    @inline(__always)
    func count(_ charge: Charge, rows: Int, _ oddities: RowOddities, _ basis: CostBasis?) {
        rowCount += rows
        if !oddities.isEmpty { oddRows.add(oddities, charge, rows: rows, basis) }
        if charge.stated != .all { countUnstated(charge.stated, rows) }
        days.insert(charge.day)
    }

    private var rowLimit: Int { identifiesRows ? DistinctRows.identifiedLimit : DistinctRows.usualLimit }

    /// Remembers a row that counts, to find its copies.
    @inline(__always)
    func trace(_ row: some BillRow) throws(FieldFault) {
        guard let key = row.copyKey(), distinctRows.holds(key) else { return }
        distinctRows.add(key, try row.trace(), limit: rowLimit)
    }

    /// A row in another currency that does not count.
    func countForeign(_ charge: Charge, rows: Int) {
        foreign.add(charge, rows: rows)
        rowCount += rows
    }

    /// A row that counts in the bill's currency, besides being counted.
    func countConverted(_ charge: Charge, rows: Int, amount: FixedDecimal, into result: FixedDecimal) {
        foreign.add(charge, rows: rows, amount: amount, into: result)
    }

    private func countUnstated(_ stated: StatedCosts, _ rows: Int) {
        for cost in CostBasis.allCases where !stated.contains(StatedCosts(cost)) { unstated[cost, default: 0] += rows }
    }
}
