import CostModel

/// AWS's Cost and Usage Report, the legacy one and CUR 2.0: the same lines, whose columns are spelt another way.
protocol CURFormat: BillFormat {
    /// Whether a header is of this one of the two.
    func spells(_ columns: [String]) -> Bool
}

extension CURFormat {
    func recognises(_ file: BillFile) throws(FileFault) -> Bool {
        guard let table = try file.table() else { return false }
        return CURLayout.likeness(ColumnNames(table.columns)) >= 3 && spells(table.columns)
    }

    func decoder(
        for file: BillFile, requiring required: Set<CostBasis>, numbers: BillNumbers
    ) throws(FileFault) -> (any BillDecoder)? {
        guard let table = try file.requiredTable() else { return nil }
        guard let layout = CURLayout(table.columns, format: title, problems: file.problems) else { return nil }
        var missing: [BillDimension: String] = [:]
        if layout.currency == nil { missing[.currency] = "lineItem/CurrencyCode" }
        if layout.resource == nil { missing[.text(.resource)] = "lineItem/ResourceId" }
        return CSVRowDecoder(
            row: CURRow(table, layout, numbers, requiring: required), missing: missing,
            titles: [
                .billed: layout.netUnblended == nil ? "UnblendedCost" : "NetUnblendedCost", .effective: "effective cost",
                .list: "publicOnDemandCost", .contracted: "contracted cost",
            ], identifiesRows: layout.identity != nil)
    }
}

/// The legacy report: `lineItem/UnblendedCost`, a column for each tag.
struct AWSCURFormat: CURFormat {
    var title: String { "AWS's Cost and Usage Report" }

    func spells(_ columns: [String]) -> Bool { !AWSCUR2Format().spells(columns) }
}
