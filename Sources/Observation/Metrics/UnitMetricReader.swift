package import CostModel

/// Reads what was counted of a metric: CSV with the columns `day`, `value`, and `key` where something is counted apart, plain or packed.
package enum UnitMetricReader {
    /// - Parameter replaced: files that do not count as they lie there.
    package static func read(
        _ metric: UnitMetric, directory: String, replaced: ReplacedFiles? = nil
    ) -> (counts: UnitCounts, problems: [ObservationProblem]) {
        var problems: [ObservationProblem] = []
        var counts = UnitCounts()
        let folder = ObservedFolder(directory, replaced: replaced)
        for file in ObservedFile.matching(metric.paths, in: folder, statedAt: metric.place, problems: &problems) {
            let found = RowProblems(file: file.name)
            do throws(FileFault) {
                if let table = try file.table(problems: found), let columns = Columns(table.columns, found) {
                    try table.forEachRow(problems: found) { record throws(FieldFault) in try columns.add(record, to: &counts) }
                }
            } catch {
                found.add(error)
            }
            problems += found.all
        }
        return (counts, problems.sorted())
    }

    private struct Columns {
        private let day: Int
        private let value: Int
        private let key: Int?

        init?(_ names: [String], _ problems: RowProblems) {
            let names = names.map { $0.lowercased() }
            guard let day = names.firstIndex(of: "day"), let value = names.firstIndex(of: "value") else {
                for name in ["day", "value"] where !names.contains(name) {
                    problems.add(.partial, id: "missing-column", line: 1, "the column '\(name)' is missing")
                }
                return nil
            }
            self.day = day
            self.value = value
            key = names.firstIndex(of: "key")
        }

        func add(_ record: CSVRecord, to counts: inout UnitCounts) throws(FieldFault) {
            guard let day = Day(record[self.day].text) else {
                throw FieldFault(field: self.day, message: "expected a day such as 2026-10-31, found \(record[self.day].excerpt)")
            }
            guard let value = FixedDecimal(exactly: record[self.value].text), !value.isNegative else {
                throw FieldFault(field: self.value, message: "expected a number from zero, found \(record[self.value].excerpt)")
            }
            let key = self.key.map { record[$0].text } ?? ""
            guard counts.add(value, key, on: day) else {
                throw FieldFault(field: self.value, message: "\(day) has a value\(key.isEmpty ? "" : " of this key") already")
            }
        }
    }
}
