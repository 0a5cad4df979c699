import CostModel

@testable import Observation

/// A bill as a small provider might write it, as unlike FOCUS as can be: other columns, debit and credit instead of signed amounts, both of
/// them on one line, days without times, the invoice's month by its number; no list prices, no tags, no currency.
struct LedgerFormat: BillFormat {
    static let header = "posted,invoice,customer,product,zone,machine,debit,credit,count,memo\n"

    var title: String { "Ledger" }

    func recognises(_ file: BillFile) throws(FileFault) -> Bool {
        guard let columns = try file.table()?.columns else { return false }
        return columns.contains("debit") && columns.contains("credit")
    }

    func decoder(
        for file: BillFile, requiring required: Set<CostBasis>, numbers: BillNumbers
    ) throws(FileFault) -> (any BillDecoder)? {
        guard let table = try file.table() else { return nil }
        let names = Self.header.dropLast().split(separator: ",").map(String.init)
        guard table.columns == names else {
            file.problems.add(.partial, id: "missing-column", line: 1, "expected the columns \(names.joined(separator: ", "))")
            return nil
        }
        return LedgerDecoder(table: table)
    }
}

struct LedgerDecoder: BillDecoder {
    let table: CSVTable

    func missingColumn(of dimension: BillDimension) -> String? { dimension == .tagSet ? "tags" : nil }

    func title(of cost: CostBasis) -> String { "\(cost.rawValue) amount" }

    func forEachRow(problems: RowProblems, _ read: (LedgerRow) throws(FieldFault) -> Void) throws(FileFault) {
        try table.forEachRow(problems: problems) { record throws(FieldFault) in
            // Opening balances are no charges.
            guard record[3].text != "balance" else { return }
            var rows: [LedgerRow] = []
            for (column, category) in [(6, ChargeCategory.usage), (7, .credit)] where !record[column].isNull {
                let amount = try record.amount(column)
                rows.append(LedgerRow(record, table, column, category, category == .credit ? -amount : amount))
            }
            for row in rows { try read(row) }
        }
    }
}

/// One side of a line. A format that is made for speed has one object for all rows.
final class LedgerRow: BillRow {
    private let record: CSVRecord
    private let table: CSVTable
    private let column: Int
    private let category: ChargeCategory
    private let amount: FixedDecimal

    init(_ record: CSVRecord, _ table: CSVTable, _ column: Int, _ category: ChargeCategory, _ amount: FixedDecimal) {
        self.record = record
        self.table = table
        self.column = column
        self.category = category
        self.amount = amount
    }

    func billingMonth() throws(FieldFault) -> Month {
        let digits = record[1].text
        guard digits.utf8.count == 6, let day = Day("\(digits.prefix(4))-\(digits.suffix(2))-01") else {
            throw record.fault(1, expected: "a month such as 202610")
        }
        return day.month
    }

    func charge() throws(FieldFault) -> Charge {
        var charge = Charge(day: try record.day(0), category: category)
        charge.amounts.billed = amount
        charge.amounts.effective = amount
        charge.stated = [.billed, .effective]
        return charge
    }

    func text(_ text: ChargeText) -> UnsafeBufferPointer<UInt8> {
        switch text {
        case .account: record[2].bytes
        case .service: record[3].bytes
        case .region: record[4].bytes
        case .resource: record[5].bytes
        case .description: record[9].bytes
        case .provider, .sku, .skuPrice, .instanceType, .commitment, .commitmentType, .commitmentCategory,
            .usageType, .operation, .meter:
            UnsafeBufferPointer(start: nil, count: 0)
        }
    }

    func tagSet() -> Int32 { 0 }
    func quantity() -> ChargeQuantity? { record[8].isNull ? nil : ChargeQuantity(record[8].text, unit: "Hours") }
    func field(of cost: CostBasis) -> Int { column }
    var line: Int { table.line(of: record) }
}
