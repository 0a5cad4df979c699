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
    /// Instead of the last of them where sums may have wrapped around.
    static let overflow = "overflow"

    let question: EngineQuestion
    var table: BillTable
    let dialect: any EngineDialect
    /// What stands behind `FROM`.
    let relation: String
    var partition: EngineClient.Partition?
    let today: Day
    /// The only billing periods that are asked for, by their first days; nil: all.
    var periods: [Day]?

    init(
        _ question: EngineQuestion, of table: BillTable, partition: EngineClient.Partition? = nil, today: Day, relation: String? = nil,
        version: String? = nil
    ) {
        self.question = question
        self.table = table
        self.partition = partition
        self.today = today
        dialect = EngineDialects.dialect(of: table.engine, version: version)
        self.relation = relation ?? table.name.map(dialect.quoted).joined(separator: ".")
    }

    /// The same about the same table, with another question.
    func asking(_ question: EngineQuestion, version: String?) -> EngineStatement {
        EngineStatement(question, of: table, partition: partition, today: today, relation: relation, version: version)
    }

    var text: String {
        let bill = ["    SELECT"] + Self.list(columns, indent: 8) + ["    FROM \(relation)"] + conditions
        guard dialect.namesQueries else {
            let bill = "(\n\(bill.joined(separator: "\n"))\n) AS bill"
            return rows(from: bill) + "\nUNION ALL\n" + control(from: bill) + "\n"
        }
        let answer = dialect.packed(rows(from: "bill") + "\nUNION ALL\n" + control(from: "bill"))
        return (["WITH bill AS\(dialect.inlining) ("] + bill + [")", answer]).joined(separator: "\n") + "\n"
    }

    // MARK: The rows of the bill

    private func column(_ column: BillTable.Column) -> String {
        dialect.quoted(table.columns[column] ?? dialect.usualName(of: column))
    }

    private var columns: [String] {
        let keys = question.keys.map { "\(expression(of: $0)) AS \($0.name)" }
        let sums = question.sums.map { "\(dialect.exact(column($0))) AS v_\($0.rawValue)" }
        let times = question.saysTimes ? ["\(dialect.text(column(.chargePeriodStart))) AS v_time"] : []
        let changes = question.changeColumn.map { ["\(dialect.quoted($0)) AS v_changed"] } ?? []
        return keys + sums + times + changes + ["\(unreadable) AS unreadable"]
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
        var conditions: [String] = []
        var first = table.months.map { Month(today.month.number - Int32($0 - 1)) }
        if let first { conditions.append("\(dialect.day(time(of: .billingPeriodStart))) >= '\(first.firstDay)'") }
        if let periods {
            let days = periods.map { "'\($0)'" }.joined(separator: ", ")
            conditions.append("\(dialect.day(time(of: .billingPeriodStart))) IN (\(days))")
            // Times of another zone may begin a month on the day before.
            first = [first, periods.min().map { $0.advanced(by: -1).month }].compactMap(\.self).max()
        }
        if let partition, let first {
            let name = dialect.quoted(partition.column)
            switch partition.values {
            case .month: conditions.append("\(name) >= '\(first)'")
            case .date: conditions.append("\(name) >= DATE '\(first.firstDay)'")
            }
        }
        return conditions.isEmpty ? [] : ["    WHERE \(conditions.joined(separator: " AND "))"]
    }

    // MARK: What is said of them

    private var sums: [String] {
        let sums = question.sums.map { "\(orEmpty(dialect.text("SUM(v_\($0.rawValue))"))) AS s_\($0.rawValue)" }
        let times = question.saysTimes ? ["\(orEmpty("MIN(v_time)")) AS s_first", "\(orEmpty("MAX(v_time)")) AS s_last"] : []
        let changes =
            question.changeColumn == nil
            ? []
            : [
                "\(orEmpty(dialect.text("SUM(CASE WHEN v_changed IS NULL THEN 1 ELSE 0 END)"))) AS s_unmarked",
                "\(orEmpty(dialect.text("MAX(v_changed)"))) AS s_changed",
            ]
        return ["\(dialect.text("COUNT(*)")) AS charges"] + sums + times + changes
    }

    private func rows(from bill: String) -> String {
        let names = question.keys.map(\.name)
        return
            (["SELECT"] + Self.list(["'\(Self.row)' AS part"] + names + ["'' AS checks"] + sums, indent: 4)
            + ["FROM \(bill)", "GROUP BY", "    \(names.joined(separator: ", "))"]).joined(separator: "\n")
    }

    private func control(from bill: String) -> String {
        let empty = question.keys.map { "'' AS \($0.name)" }
        let days = ["00:00:00", "23:59:59"].map { dialect.day(dialect.time(dialect.probe($0), .timestamp)) }
        let wraps = question.sums.compactMap { dialect.mayWrap("v_\($0.rawValue)") }
        let count = dialect.text("SUM(unreadable)")
        let unreadable =
            "COALESCE(\(wraps.isEmpty ? count : "CASE WHEN \(wraps.joined(separator: " OR ")) THEN '\(Self.overflow)' ELSE \(count) END"), '0')"
        let checks = (days + [unreadable]).joined(separator: " || ' ' || ")
        return
            (["SELECT"] + Self.list(["'\(Self.control)' AS part"] + empty + ["\(checks) AS checks"] + sums, indent: 4) + ["FROM \(bill)"])
            .joined(separator: "\n")
    }

    private static func list(_ items: [String], indent: Int) -> [String] {
        let margin = String(repeating: " ", count: indent)
        return items.enumerated().map { "\(margin)\($1)\($0 == items.count - 1 ? "" : ",")" }
    }
}
