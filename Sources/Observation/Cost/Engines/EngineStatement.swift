import CostModel

/// The one statement by which an engine is asked a question: a selection, and nothing that writes.
///
/// Its last row is a control row: the count and the sums of all rows, by the same statement. Clients cut answers off, and engines die in the
/// middle; only an answer that adds up to its control row is whole.
struct EngineStatement {
    static let row = "row"
    static let control = "total"
    /// What the control row must say: that the session's day is the one of UTC, and that nothing was passed over because it could not be read.
    static let soundChecks = "2000-01-01 2000-01-01 0"

    let question: EngineQuestion
    let table: BillTable
    let dialect: any EngineDialect
    /// What stands behind `FROM`.
    let relation: String
    var partition: EngineClient.Partition?
    let today: Day

    init(_ question: EngineQuestion, of table: BillTable, partition: EngineClient.Partition? = nil, today: Day, relation: String? = nil) {
        self.question = question
        self.table = table
        self.partition = partition
        self.today = today
        dialect = EngineDialects.dialect(of: table.engine)
        self.relation = relation ?? table.name.map(dialect.quoted).joined(separator: ".")
    }

    var text: String {
        let lines = ["WITH bill AS\(dialect.inlining) (", "    SELECT"] + Self.list(columns, indent: 8) + ["    FROM \(relation)"]
        return (lines + conditions + [")", dialect.packed(rows + "\nUNION ALL\n" + control)]).joined(separator: "\n") + "\n"
    }

    // MARK: The rows of the bill

    private func column(_ column: BillTable.Column) -> String {
        dialect.quoted(table.columns[column] ?? dialect.usualName(of: column))
    }

    private var columns: [String] {
        let keys = question.keys.map { "\(expression(of: $0)) AS \($0.name)" }
        let sums = question.sums.map { "\(dialect.exact(column($0))) AS v_\($0.rawValue)" }
        let times = question.saysTimes ? ["\(dialect.text(column(.chargePeriodStart))) AS v_time"] : []
        return keys + sums + times + ["\(unreadable) AS unreadable"]
    }

    private func expression(of key: EngineQuestion.Key) -> String {
        switch key {
        case .day(let name): orEmpty(dialect.day(time(of: name)))
        case .lastDay(let name): orEmpty(dialect.day(dialect.secondBefore(time(of: name))))
        case .text(let name): orEmpty(dialect.text(column(name)))
        case .isStated(let name): "CASE WHEN \(column(name)) IS NULL THEN '0' ELSE '1' END"
        case .tag(let index): dialect.marked("(\(dialect.tag(question.tagKeys[index], of: column(.tags), table.tags)))")
        }
    }

    private func time(of name: BillTable.Column) -> String { dialect.time(column(name), table.times) }
    private func orEmpty(_ text: String) -> String { "COALESCE(\(text), '')" }

    /// What an engine would take for NULL instead of failing.
    private var unreadable: String {
        var conditions = question.sums.map { "\(column($0)) IS NOT NULL AND \(dialect.exact(column($0))) IS NULL" }
        if !question.tagKeys.isEmpty, let tags = dialect.unreadableTags(column(.tags), table.tags) { conditions.append(tags) }
        return "CASE WHEN \(conditions.joined(separator: " OR ")) THEN 1 ELSE 0 END"
    }

    /// Only the months that are asked for: by the day, and by the column that divides the table.
    private var conditions: [String] {
        guard let months = table.months else { return [] }
        let first = Month(today.month.number - Int32(months - 1))
        var conditions = ["\(dialect.day(time(of: .billingPeriodStart))) >= '\(first.firstDay)'"]
        if let partition {
            let name = dialect.quoted(partition.column)
            switch partition.values {
            case .month: conditions.append("\(name) >= '\(first)'")
            case .date: conditions.append("\(name) >= DATE '\(first.firstDay)'")
            }
        }
        return ["    WHERE \(conditions.joined(separator: " AND "))"]
    }

    // MARK: What is said of them

    private var sums: [String] {
        let sums = question.sums.map { "\(orEmpty(dialect.text("SUM(v_\($0.rawValue))"))) AS s_\($0.rawValue)" }
        let times = question.saysTimes ? ["\(orEmpty("MIN(v_time)")) AS s_first", "\(orEmpty("MAX(v_time)")) AS s_last"] : []
        return ["\(dialect.text("COUNT(*)")) AS charges"] + sums + times
    }

    private var rows: String {
        let names = question.keys.map(\.name)
        return
            (["SELECT"] + Self.list(["'\(Self.row)' AS part"] + names + ["'' AS checks"] + sums, indent: 4)
            + ["FROM bill", "GROUP BY", "    \(names.joined(separator: ", "))"]).joined(separator: "\n")
    }

    private var control: String {
        let empty = question.keys.map { "'' AS \($0.name)" }
        let days = ["00:00:00", "23:59:59"].map { dialect.day(dialect.time(dialect.probe($0), .timestamp)) }
        let unreadable = "COALESCE(\(dialect.text("SUM(unreadable)")), '0')"
        let checks = (days + [unreadable]).joined(separator: " || ' ' || ")
        return (["SELECT"] + Self.list(["'\(Self.control)' AS part"] + empty + ["\(checks) AS checks"] + sums, indent: 4) + ["FROM bill"])
            .joined(separator: "\n")
    }

    private static func list(_ items: [String], indent: Int) -> [String] {
        let margin = String(repeating: " ", count: indent)
        return items.enumerated().map { "\(margin)\($1)\($0 == items.count - 1 ? "" : ",")" }
    }
}
