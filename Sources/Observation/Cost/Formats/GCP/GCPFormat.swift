import CostModel
import Diagnostics
import JSON

/// Google's detailed usage cost export: JSON lines as BigQuery writes them, or a table with the nested fields flattened.
struct GCPFormat: BillFormat {
    var title: String { "Google's billing export" }

    func recognises(_ file: BillFile) throws(FileFault) -> Bool {
        if try file.isJSON() {
            let text = try file.head()
            return ["\"billing_account_id\"", "\"usage_start_time\"", "\"invoice\""].count { text.contains($0) } >= 2
        }
        guard let table = try file.table() else { return false }
        return GCPField.required.count { table.columns.contains($0.rawValue) } >= 3
    }

    func decoder(
        for file: BillFile, requiring required: Set<CostBasis>, numbers: BillNumbers
    ) throws(FileFault) -> (any BillDecoder)? {
        if try file.isJSON() {
            let row = GCPRow(numbers, columns: Array(GCPField.allCases.indices), requiring: required)
            return GCPDecoder(source: .lines(try file.file.open()), row: row)
        }
        guard let table = try file.requiredTable() else { return nil }
        let indices = Dictionary(table.columns.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        for field in GCPField.required where indices[field.rawValue] == nil {
            file.problems.add(.partial, id: "missing-column", line: 1, "the column '\(field.rawValue)' of \(title) is missing")
            return nil
        }
        let row = GCPRow(numbers, columns: GCPField.allCases.map { indices[$0.rawValue] ?? 0 }, requiring: required)
        let fields = GCPField.allCases.compactMap { field in indices[field.rawValue].map { (field, $0) } }
        var missing: [BillDimension: String] = [:]
        for (dimension, field) in [
            (BillDimension.currency, GCPField.currency), (.text(.resource), .resource), (.tagSet, .labels), (.text(.account), .project),
        ] where indices[field.rawValue] == nil {
            missing[dimension] = field.rawValue
        }
        return GCPDecoder(
            source: .table(table, fields), row: row, missing: missing,
            costs: indices[GCPField.list.rawValue] == nil ? [.billed, .effective] : [.billed, .effective, .list])
    }
}

/// Reads the rows of one file.
struct GCPDecoder: BillDecoder {
    enum Source {
        case lines(any ByteSource)
        case table(CSVTable, [(field: GCPField, column: Int)])
    }

    let source: Source
    let row: GCPRow
    var missing: [BillDimension: String] = [:]
    var costs: StatedCosts = [.billed, .effective, .list]
    var advice: String? { "Google's export states what is charged, and list cost since June 2023; it has no contracted cost" }

    func missingColumn(of dimension: BillDimension) -> String? { missing[dimension] }
    func title(of cost: CostBasis) -> String { cost == .list ? "cost_at_list" : "cost and credits" }
    func example(of oddity: RowOddities) -> OddityExample? { row.examples[oddity.rawValue] }

    func forEachRow(problems: RowProblems, _ read: (GCPRow) throws(FieldFault) -> Void) throws(FileFault) {
        switch source {
        case .lines(let source): try forEachLine(of: source, problems, read)
        case .table(let table, let fields):
            try table.forEachRow(problems: problems) { record throws(FieldFault) in
                row.record.removeAll()
                row.line = table.line(of: record)
                row.content = record.content
                for (field, column) in fields where !record[column].isNull { row.record.set(field, record[column].unquoted) }
                try handOut(read)
            }
        }
    }

    private func handOut(_ read: (GCPRow) throws(FieldFault) -> Void) throws(FieldFault) {
        let count = try row.charges()
        if count > 1 { _ = try row.charge() }
        for part in 0..<count {
            row.part = part
            try read(row)
        }
    }

    private func forEachLine(
        of source: any ByteSource, _ problems: RowProblems, _ read: (GCPRow) throws(FieldFault) -> Void
    ) throws(FileFault) {
        let lines = JSONLines(source)
        while let line = try lines.next() {
            if WorkLimit.isReached { throw .unreadable("reading was stopped") }
            row.line = lines.line
            row.content = line
            do throws(JSONError) {
                try row.record.read(line)
            } catch {
                problems.addRow(id: "bad-row", at: (lines.line, error.column), "expected a row as a JSON object: \(error.message)")
                continue
            }
            do throws(FieldFault) {
                try handOut(read)
            } catch {
                problems.addRow(id: "bad-row", at: (lines.line, 1), "\(GCPField.allCases[error.field].rawValue): \(error.message)")
            }
        }
    }
}
