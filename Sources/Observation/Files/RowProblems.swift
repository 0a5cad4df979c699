import CostModel

/// What is wrong with one file: the first rows that cannot be read one by one, the rest as a count.
final class RowProblems {
    static let limit = 20

    let file: String
    private var rows: [ObservationProblem] = []
    private var others: [ObservationProblem] = []
    private var suppressed = 0

    init(file: String) {
        self.file = file
    }

    /// A row that cannot be read, and is left out.
    ///
    /// - Parameter place: finding it means counting lines, so it is asked for only where it is shown.
    func addRow(id: String, at place: @autoclosure () -> (line: Int, column: Int), _ message: @autoclosure () -> String) {
        guard rows.count < Self.limit else {
            suppressed += 1
            return
        }
        let (line, column) = place()
        rows.append(ObservationProblem(.partial, id: id, file: file, line: line, column: column, message()))
    }

    func add(_ severity: ObservationProblem.Severity, id: String, line: Int? = nil, column: Int? = nil, _ message: String) {
        others.append(ObservationProblem(severity, id: id, file: file, line: line, column: column, message))
    }

    /// Takes those of parts of the file: of the rows the first ones of all.
    func add(_ parts: [RowProblems]) {
        others += parts.flatMap(\.others)
        // One row has at most one, so that their places say which comes first.
        let all = (rows + parts.flatMap(\.rows)).sorted { ($0.line ?? 0, $0.column ?? 0) < ($1.line ?? 0, $1.column ?? 0) }
        rows = Array(all.prefix(Self.limit))
        suppressed += all.count - rows.count + parts.reduce(0) { $0 + $1.suppressed }
    }

    func add(_ fault: FileFault) {
        add(.partial, id: fault.id, fault.description)
    }

    var all: [ObservationProblem] {
        guard suppressed > 0 else { return others + rows }
        let rest = ObservationProblem(
            .partial, id: "bad-row", file: file, "\(suppressed) more \(suppressed == 1 ? "row" : "rows") cannot be read")
        return others + rows + [rest]
    }
}
