import CostModel

@testable import Observation

/// Bills in the providers' formats, in a folder of a test's own.
struct FormatFolder {
    let folder: TemporaryFolder
    let now = Day(year: 2026, month: 11, day: 1).start

    init() throws { folder = try TemporaryFolder() }

    /// Writes a table of rows that name only the columns that matter.
    func write(_ name: String, _ columns: [String], _ rows: [[String: String]]) throws {
        func line(_ fields: [String]) -> String {
            fields.map { $0.contains { ",\"\n".contains($0) } ? "\"" + $0.replacing("\"", with: "\"\"") + "\"" : $0 }.joined(separator: ",")
                + "\n"
        }
        try folder.write(name, line(columns) + rows.map { row in line(columns.map { row[$0] ?? "" }) }.joined())
    }

    func reader(_ files: String...) -> BillReader { BillReader(files: files, directory: folder.path, now: now) }

    /// What a cost adds up to, a line for each row, behind them the problems.
    func lines(
        _ file: String, by dimensions: [CostBreakdown.Dimension] = [], cost: CostBasis = .effective
    ) -> [String] {
        let (breakdown, problems) = reader(file).breakdown(by: dimensions, cost: cost, currency: nil)
        return BillFolder.lines(breakdown) + problems.map(BillFolder.line)
    }
}
