package import CostModel

/// Sees the rows of a bill go by and keeps the newest of one resource: what a finding's dollars rest on.
final class RowWitness {
    private let ids: [[UInt8]]
    private let days: Range<Day>
    private let limit: Int
    private let decoder = FOCUSDecoder()
    private var kept: [Evidence.Row] = []
    private(set) var count = 0

    init(ids: Set<String>, days: Range<Day>, limit: Int) {
        self.ids = ids.map { Array($0.utf8) }.filter { !$0.isEmpty }
        self.days = days
        self.limit = limit
    }

    /// Newest first; of one day in the order of the files.
    var rows: [Evidence.Row] { Array(newest.prefix(limit)) }

    /// - Parameter table: the table that is handing out the record.
    func see(_ record: CSVRecord, of bill: BillFile, in table: CSVTable, file: String) throws(FieldFault) {
        guard let resource = bill.layout.resourceId, ids.contains(where: { record[resource].bytes.elementsEqual($0) }) else { return }
        let row = try decoder.decode(record, bill.layout)
        guard days.contains(row.day), bill.keeps(row.billingMonth) else { return }
        count += 1
        let description = table.columns.firstIndex(of: "ChargeDescription").map { record[$0] }
        kept.append(
            Evidence.Row(
                file: file, line: table.line(of: record), day: row.day, category: row.category,
                description: description.map { $0.isNull ? "" : $0.text } ?? "", effective: row.amounts.effective,
                billed: row.amounts.billed))
        if kept.count > 64 * limit { kept = Array(newest.prefix(limit)) }
    }

    private var newest: [Evidence.Row] {
        kept.sorted { a, b in a.day == b.day ? (a.file, a.line) < (b.file, b.line) : a.day > b.day }
    }
}

extension BillReader {
    /// The newest rows of a resource in some days, and how many there are.
    ///
    /// - Parameter ids: the names under which the bill may know it: its arn, its id.
    package func rows(of ids: Set<String>, days: Range<Day>, limit: Int) -> (rows: [Evidence.Row], count: Int) {
        let witness = RowWitness(ids: ids, days: days, limit: limit)
        look(with: witness)
        return (witness.rows, witness.count)
    }
}
