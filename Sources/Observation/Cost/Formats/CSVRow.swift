import CostModel

/// A row of a provider's own format in CSV: what such formats have in common, and what each must say.
///
/// One object stands for all rows of a file in turn, and for each of the charges that a row may hold.
class CSVRow: BillRow {
    /// The header, until the first row is read.
    @exclusivity(unchecked) final var record: CSVRecord
    /// Which charge of the row, from 0.
    @exclusivity(unchecked) final var part = 0
    final let table: CSVTable
    final let numbers: BillNumbers
    /// Where the texts stand that the format has in a column of their own.
    final let places: [ChargeText: Int]
    @exclusivity(unchecked) final private(set) var oddities: RowOddities = []
    /// By oddity, where it was met first.
    final private(set) var examples: [UInt8: OddityExample] = [:]
    private let texts = CSVTexts()
    @exclusivity(unchecked) private var days: [Int: TimeColumn] = [:]
    @exclusivity(unchecked) private var currencies = FieldMemo()
    @exclusivity(unchecked) private var tagSets = FieldMemo()
    /// A field of tags that cannot be read, among the numbers of sets.
    private static let unreadable: Int32 = -1

    /// What the times of one column mean, as days.
    private final class TimeColumn {
        @exclusivity(unchecked) var memo = FieldMemo()
    }

    init(_ table: CSVTable, _ numbers: BillNumbers, places: [ChargeText: Int?]) {
        record = table.header
        self.table = table
        self.numbers = numbers
        self.places = places.compactMapValues(\.self)
    }

    // MARK: What a format says

    /// How many charges the row holds; none for a row that is no charge.
    func charges() throws(FieldFault) -> Int { 1 }
    func billingMonth() throws(FieldFault) -> Month { preconditionFailure("a format says what is billed when") }
    func charge() throws(FieldFault) -> Charge { preconditionFailure("a format says what is charged") }
    func tagSet() throws(FieldFault) -> Int32 { 0 }
    func quantity() -> ChargeQuantity? { nil }
    func terms() throws(FieldFault) -> ChargeTerms.Pricing { .unstated }
    func hour() throws(FieldFault) -> Int32? { nil }
    func lastDay(of charge: Charge) -> Day { charge.day }
    func ownFactor(into target: Currency) throws(FieldFault) -> ExchangeFactor? { nil }
    func field(of cost: CostBasis) -> Int { 0 }
    func text(_ text: ChargeText) throws(FieldFault) -> UnsafeBufferPointer<UInt8> { stated(places[text]) }
    /// Says what is only known once all rows were handed out.
    func remark(_ problems: RowProblems) {}
    func origin(of column: FOCUSValue) -> ValueOrigin { ValueOrigin() }
    /// What makes another line a copy of this one: all of it, unless the format has a name for each line.
    func lineKey() -> UInt64 { RowTrace.hash.hashLong(record.content) }
    /// Whether the line has a name that no other one has.
    var isIdentified: Bool { false }

    /// The fields that say something, and the rule.
    final func origin(_ columns: [Int?], _ rule: String? = nil) -> ValueOrigin {
        ValueOrigin(
            from: columns.compactMap { column in
                column.flatMap { record[$0].isNull ? nil : "\(table.columns[$0]) \(record[$0].excerpt)" }
            }, rule: rule)
    }

    // MARK: What formats read with

    final func copyKey() -> UInt64? { part == 0 ? lineKey() : nil }

    final func trace() throws(FieldFault) -> RowTrace {
        RowTrace(
            content: RowTrace.hash.hashLong(record.content), isIdentified: isIdentified, resource: RowTrace.digest(try text(.resource)),
            service: RowTrace.digest(try text(.service)), line: line)
    }

    final var line: Int { table.line(of: record) }

    /// Begins a charge: what was odd about the one before is forgotten.
    final func begin() { oddities = [] }

    final func note(_ oddity: RowOddities, _ index: Int, _ message: String) {
        oddities.insert(oddity)
        guard examples[oddity.rawValue] == nil else { return }
        examples[oddity.rawValue] = OddityExample(line: line, column: table.columns[index], message: message)
    }

    final func isNull(_ column: Int?) -> Bool { column.map { record[$0].isNull } ?? true }

    /// A column's bytes, empty for none.
    final func stated(_ column: Int?) -> UnsafeBufferPointer<UInt8> {
        guard let column else { return UnsafeBufferPointer(start: nil, count: 0) }
        return texts.text(of: record[column])
    }

    /// The first of some columns that says something.
    final func first(of columns: [Int]) -> Int? { columns.first { !record[$0].isNull } }

    final func string(_ column: Int?) -> String { column.map { record[$0].isNull ? "" : record[$0].text } ?? "" }

    /// An amount; nil where there is none. One with more digits than can be held is rounded, and noted.
    final func amount(_ column: Int?) throws(FieldFault) -> FixedDecimal? {
        guard let column else { return nil }
        let field = record[column]
        guard !field.isNull else { return nil }
        do throws(FixedDecimal.ParseError) {
            return try FixedDecimal(parsing: field.bytes)
        } catch {
            var isRounded = false
            let amount = try CSVRecord.roundedAmount(field, column, &isRounded)
            if isRounded { note(.rounded, column, "") }
            return amount
        }
    }

    /// The day of a time, in UTC.
    final func day(_ column: Int) throws(FieldFault) -> Day {
        let record = record
        return Day(
            try times(column).memo.value(of: record[column].bytes) { () throws(FieldFault) in try decodedDay(record, column).number })
    }

    /// The day of a time that was not met before; a format whose days are spelt another way has its own.
    func decodedDay(_ record: CSVRecord, _ column: Int) throws(FieldFault) -> Day { try record.day(column) }

    private func times(_ column: Int) -> TimeColumn {
        if let known = days[column] { return known }
        let times = TimeColumn()
        days[column] = times
        return times
    }

    /// The last day of a period whose end is not part of it; the charge's own where that cannot be read, or is beyond belief.
    final func lastDay(before column: Int?, of charge: Charge) -> Day {
        guard let column, let end = Instant(parsing: record[column].trimmed) else { return charge.day }
        let last = Instant(seconds: end.seconds - 1).day
        return charge.day < last && charge.day.distance(to: last) <= BillingPeriods.longest ? last : charge.day
    }

    /// The set of the asked tags that a field holds, read once for each spelling. One that cannot be read is noted, and no set.
    final func tagSet(
        in column: Int, expected: String, _ read: ([UInt8], inout TagSets.Values) throws(TagsReader.Fault) -> Void
    ) throws(FieldFault) -> Int32 {
        let field = record[column]
        guard !field.isNull else { return 0 }
        let set = try tagSets.value(of: field.bytes) { () throws(FieldFault) -> Int32 in
            var tags = numbers.tagSets.draft()
            do throws(TagsReader.Fault) {
                try read(field.unquoted, &tags)
                return numbers.tagSets.number(of: tags)
            } catch {
                return Self.unreadable
            }
        }
        guard set == Self.unreadable else { return set }
        note(.tags, column, "expected \(expected), found \(field.excerpt)")
        return 0
    }

    final func currency(_ column: Int?) throws(FieldFault) -> Int? {
        guard let column else { return nil }
        let record = record
        return Int(
            try currencies.value(of: record[column].bytes) { () throws(FieldFault) in
                numbers.number(of: try record.currency(column))
            })
    }
}

/// How long periods may be.
enum BillingPeriods {
    /// A longer period of a charge or an invoice is a mistake.
    static let longest = 400
}

/// Reads the rows of one file of a format in CSV.
struct CSVRowDecoder<Row: CSVRow>: BillDecoder {
    let row: Row
    /// What the columns are called that someone who asks must be told are missing.
    var missing: [BillDimension: String] = [:]
    /// What the format calls its costs.
    let titles: [CostBasis: String]
    /// The costs that such a file can state.
    var costs = StatedCosts.all
    /// Why it cannot state the others, and what to do.
    var advice: String?
    /// Whether lines have names of their own.
    var identifiesRows = false

    func missingColumn(of dimension: BillDimension) -> String? { missing[dimension] }
    func title(of cost: CostBasis) -> String { titles[cost] ?? cost.rawValue }
    func example(of oddity: RowOddities) -> OddityExample? { row.examples[oddity.rawValue] }
    func remark(_ problems: RowProblems) { row.remark(problems) }

    func forEachRow(problems: RowProblems, _ read: (Row) throws(FieldFault) -> Void) throws(FileFault) {
        let row = row
        try row.table.forEachRow(problems: problems) { record throws(FieldFault) in
            row.record = record
            row.part = 0
            let count = try row.charges()
            if count > 1 {
                // All of them before the first is handed out: a row counts whole or not at all.
                for part in 0..<count {
                    row.part = part
                    _ = try row.charge()
                }
            }
            for part in 0..<count {
                row.part = part
                try read(row)
            }
        }
    }
}
