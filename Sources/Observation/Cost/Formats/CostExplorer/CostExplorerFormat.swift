import CostModel

/// What `aws ce get-cost-and-usage` prints: sums by day or month, and by up to two dimensions.
struct CostExplorerFormat: BillFormat {
    var title: String { "Cost Explorer's answer" }

    func recognises(_ file: BillFile) throws(FileFault) -> Bool {
        guard try file.isJSON() else { return false }
        return try file.head().contains("\"ResultsByTime\"")
    }

    func decoder(
        for file: BillFile, requiring required: Set<CostBasis>, numbers: BillNumbers
    ) throws(FileFault) -> (any BillDecoder)? {
        guard try file.isJSON() else {
            file.problems.add(.partial, id: "no-bill", line: 1, "expected JSON, as 'aws ce get-cost-and-usage' prints it")
            return nil
        }
        let answer = try CostExplorerAnswer(file.file.contents(limit: CostExplorerAnswer.sizeLimit))
        let rows = BillFile(ObservedFile(table: file.file.name, answer: .success(answer.bill)), superseded: nil, today: Day(0))
        defer { file.problems.add([rows.problems]) }
        return try GroupedFormat().decoder(for: rows, requiring: required, numbers: numbers)
    }
}
