import CostModel

/// Bills in FOCUS 1.0 to 1.4: CSV, also packed with gzip or zstd.
struct FOCUSFormat: BillFormat {
    var title: String { "FOCUS" }

    func recognises(_ file: BillFile) throws(FileFault) -> Bool {
        guard let table = try file.table() else { return false }
        let names = Set(table.columns.map { $0.lowercased() })
        return FOCUSColumn.required.count { names.contains($0.rawValue.lowercased()) } > FOCUSColumn.required.count / 2
    }

    func decoder(
        for file: BillFile, requiring required: Set<CostBasis>, numbers: BillNumbers
    ) throws(FileFault) -> (any BillDecoder)? {
        guard let table = try file.requiredTable() else { return nil }
        guard try recognises(file) else {
            file.problems.add(.partial, id: "no-bill", line: 1, ForeignFile.description(of: table.columns))
            return nil
        }
        guard
            let layout = FOCUSLayout(table.columns, requiring: required.map(FOCUSColumn.init), problems: file.problems)
        else { return nil }
        return FOCUSDecoder(
            table: table, layout: layout, row: FOCUSRow(table, layout, numbers, requiring: required), required: required)
    }
}

/// Reads the rows of one file in FOCUS.
struct FOCUSDecoder: BillDecoder {
    let table: CSVTable
    let layout: FOCUSLayout
    let row: FOCUSRow
    let required: Set<CostBasis>

    func missingColumn(of dimension: BillDimension) -> String? {
        if dimension == .transfer {
            // Any of them tells of which kind transfer is.
            let isTold = layout.usageType != nil || layout.skuMeter != nil || layout.chargeDescription != nil
            return isTold ? nil : FOCUSColumn.skuMeter.rawValue
        }
        guard let column = FOCUSColumn(stating: dimension), layout.index(of: column) == nil else { return nil }
        return column.rawValue
    }

    func title(of cost: CostBasis) -> String { FOCUSColumn(cost).rawValue }
    var billingPeriods: [Month: Range<Day>] { row.billingPeriods }
    func example(of oddity: RowOddities) -> OddityExample? { row.examples[oddity.rawValue] }
    func remark(_ problems: RowProblems) { row.allocation?.remark(problems) }

    func divided(among numbers: [BillNumbers]) -> [(decoder: FOCUSDecoder, table: CSVTable)]? {
        guard let tables = table.divided(among: numbers.count) else { return nil }
        return zip(tables, numbers).map { table, numbers in
            let row = FOCUSRow(table, layout, numbers, requiring: required)
            return (FOCUSDecoder(table: table, layout: layout, row: row, required: required), table)
        }
    }

    func add(_ parts: [FOCUSDecoder]) {
        row.add(parts.map(\.row))
        table.count(parts.map(\.table))
    }

    func forEachRow(problems: RowProblems, _ read: (FOCUSRow) throws(FieldFault) -> Void) throws(FileFault) {
        let row = row
        try table.forEachRow(problems: problems) { record throws(FieldFault) in
            row.record = record
            try read(row)
        }
    }
}
