import CostModel

/// OpenCost's allocation, as CSV or from its API: how the cost of machines splits among containers.
///
/// The bill has the machines already, so it is no bill, and never added to one.
struct OpenCostFormat: BillFormat {
    var title: String { "OpenCost's allocation" }

    func recognises(_ file: BillFile) throws(FileFault) -> Bool {
        if try file.isJSON() {
            let text = try file.head()
            return text.contains("\"totalCost\"") && text.contains("\"properties\"")
        }
        guard let table = try file.table() else { return false }
        let names = ColumnNames(table.columns)
        return ["namespace", "controllerkind", "cpucost", "ramcost", "totalcost"].count { names.contains($0) } >= 4
    }

    func decoder(
        for file: BillFile, requiring required: Set<CostBasis>, numbers: BillNumbers
    ) throws(FileFault) -> (any BillDecoder)? {
        file.problems.add(
            .partial, id: "no-bill", line: 1,
            "this is OpenCost's allocation: it splits the cost of machines that the bill has already, and is never added to a bill; take the "
                + "bill of the provider that runs them")
        return nil
    }
}
