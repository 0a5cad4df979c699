import CostModel

/// FOCUS of which each row stands for several charges: what an engine answered.
struct GroupedFormat: BillFormat {
    var title: String { "FOCUS" }

    func recognises(_ file: BillFile) throws(FileFault) -> Bool { try FOCUSFormat().recognises(file) }

    func decoder(
        for file: BillFile, requiring required: Set<CostBasis>, numbers: BillNumbers
    ) throws(FileFault) -> (any BillDecoder)? {
        guard let decoder = try FOCUSFormat().decoder(for: file, requiring: required, numbers: numbers) as? FOCUSDecoder else { return nil }
        return GroupedDecoder(decoder)
    }
}

/// Reads rows as FOCUS's decoder does, and beside them how many charges each stands for.
struct GroupedDecoder: BillDecoder {
    private let rows: FOCUSDecoder
    private let row: GroupedRow

    init(_ rows: FOCUSDecoder) {
        self.rows = rows
        row = GroupedRow(rows.row)
    }

    func missingColumn(of dimension: BillDimension) -> String? { rows.missingColumn(of: dimension) }
    func title(of cost: CostBasis) -> String { rows.title(of: cost) }
    var billingPeriods: [Month: Range<Day>] { rows.billingPeriods }
    func example(of oddity: RowOddities) -> OddityExample? { rows.example(of: oddity) }

    func forEachRow(problems: RowProblems, _ read: (GroupedRow) throws(FieldFault) -> Void) throws(FileFault) {
        let row = row
        try rows.forEachRow(problems: problems) { focus throws(FieldFault) in
            try row.begin(focus)
            try read(row)
        }
    }
}

/// A row in FOCUS that stands for several charges.
final class GroupedRow: BillRow {
    private let row: FOCUSRow
    private(set) var chargeCount = 1

    init(_ row: FOCUSRow) {
        self.row = row
    }

    /// Its count stands last.
    func begin(_ row: FOCUSRow) throws(FieldFault) {
        let last = row.record.count - 1
        guard let count = Int(row.record[last].text), count > 0 else { throw row.record.fault(last, expected: "a number of charges") }
        chargeCount = count
    }

    func billingMonth() throws(FieldFault) -> Month { try row.billingMonth() }
    func charge() throws(FieldFault) -> Charge { try row.charge() }
    func lastDay(of charge: Charge) -> Day { row.lastDay(of: charge) }
    func text(_ text: ChargeText) throws(FieldFault) -> UnsafeBufferPointer<UInt8> { try row.text(text) }
    func tagSet() throws(FieldFault) -> Int32 { try row.tagSet() }
    func quantity() -> ChargeQuantity? { row.quantity() }
    func pricing() -> RowPricing { row.pricing() }
    func terms() throws(FieldFault) -> ChargeTerms.Pricing { row.terms() }
    func field(of cost: CostBasis) -> Int { row.field(of: cost) }
    func digest(_ hash: ByteHash) throws(FieldFault) -> UInt64 { try row.digest(hash) }
    var oddities: RowOddities { row.oddities }
    var line: Int { row.line }
    func origin(of column: FOCUSValue) -> ValueOrigin { row.origin(of: column) }
}
