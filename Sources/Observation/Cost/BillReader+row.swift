package import CostModel

extension BillReader {
    /// The charges of one line of a file, each with how its values came about; none: no charge starts there.
    ///
    /// - Parameter tagRules: what tags mean; those that rules read or make are shown, and by which one.
    package static func rows(
        at line: Int, of path: String, directory: String, now: Instant, tagRules: TagRules = .none
    ) -> (rows: [BilledRow], problems: [ObservationProblem]) {
        let file = BillFile(
            ObservedFile(name: path, in: directory), superseded: nil, today: now.day, delivered: DeliverySets.delivered(path, directory))
        let numbers = BillNumbers(tagKeys: tagRules.allKeys.sorted())
        let inspector = RowInspector(line: line, numbers: numbers, tagRules: tagRules)
        var format: any BillFormat = FOCUSFormat()
        do throws(FileFault) {
            format = try BillFormats.recognised(file) ?? format
            try format.decoder(for: file, requiring: [], numbers: numbers)?.read(file, into: .inspector(inspector))
        } catch {
            file.problems.add(error)
        }
        // What is wrong with other lines explains nothing here.
        let problems = file.problems.all.filter { $0.line == nil || $0.line == line || $0.line == 1 }
        return (inspector.rows.map { BilledRow(format: format.title, values: $0) }, problems)
    }
}
