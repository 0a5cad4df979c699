import CostModel

/// Azure's cost details, of enterprise and customer agreements: the actual and the amortised dataset, one of them or both.
struct AzureFormat: BillFormat {
    var title: String { "Azure's cost details" }

    func recognises(_ file: BillFile) throws(FileFault) -> Bool {
        guard let table = try file.table() else { return false }
        return AzureLayout.resembles(ColumnNames(table.columns))
    }

    func decoder(
        for file: BillFile, requiring required: Set<CostBasis>, numbers: BillNumbers
    ) throws(FileFault) -> (any BillDecoder)? {
        guard let table = try file.requiredTable(), let layout = AzureLayout(table.columns, format: title, problems: file.problems) else {
            return nil
        }
        let dataset = AzureDataset(of: file)
        var missing: [BillDimension: String] = [.text(.sku): "SkuId"]
        if layout.currency == nil { missing[.currency] = "BillingCurrencyCode" }
        return CSVRowDecoder(
            row: AzureRow(table, layout, numbers, dataset), missing: missing,
            titles: [.billed: "actual cost", .effective: "amortised cost", .contracted: "UnitPrice", .list: "list cost"],
            costs: dataset.costs(hasUnitPrice: layout.unitPrice != nil),
            advice:
                "Azure's actual dataset states billed cost, its amortised dataset effective cost, and neither list cost: export both datasets"
        )
    }
}
