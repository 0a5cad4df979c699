import CostModel

/// How one query engine spells what a statement needs, and how its usual client is called.
///
/// A name that is handed in is a checked identifier, a column or an expression made here, a key of a tag one that `EngineQuestion` lets pass:
/// none of them holds a quote or a backslash, so that no dialect escapes anything.
protocol EngineDialect: Sendable {
    /// What people call the engine.
    var title: String { get }

    // MARK: Names

    func quoted(_ identifier: String) -> String
    /// What a column of FOCUS is called where nobody says otherwise.
    func usualName(of column: BillTable.Column) -> String

    // MARK: Expressions

    /// A time of a column, such that `day` tells its day in UTC.
    func time(_ column: String, _ storage: BillTable.TimeStorage) -> String
    /// The day of such a time as text, `2026-10-31`.
    func day(_ time: String) -> String
    /// Such a time, one second earlier.
    func secondBefore(_ time: String) -> String
    /// A time of the first of January 2000 in UTC, of the kind that a session in another time zone would take for another day.
    func probe(_ clock: String) -> String
    /// The value of a tag as text, NULL for none.
    func tag(_ key: String, of column: String, _ storage: BillTable.TagStorage) -> String
    /// Whether tags cannot be read, where the engine would pass over them; nil: it fails by itself.
    func unreadableTags(_ column: String, _ storage: BillTable.TagStorage) -> String?
    /// A cost as a decimal with 18 fractional digits, of which sums are exact.
    func exact(_ column: String) -> String
    /// Whether a sum of such decimals may have wrapped around without a word; nil: it cannot, or fails by itself.
    func mayWrap(_ value: String) -> String?
    func text(_ value: String) -> String

    // MARK: The statement

    /// Whether a query may be named by `WITH`, and used twice.
    var namesQueries: Bool { get }
    /// Behind `WITH bill AS`: where a query that is used twice would else be written down.
    var inlining: String { get }
    /// The answer as one column of JSON, where the client's own format loses tabs and ends of lines.
    func packed(_ selection: String) -> String

    // MARK: The client

    /// What stands behind the operator's arguments; `{sql}` is the statement.
    var arguments: [String] { get }
    var output: EngineClient.Output { get }
    /// - Parameter seconds: how long the question may take.
    func variables(deadline seconds: Int64) -> [String: String]
}

/// What most engines have from the standard.
extension EngineDialect {
    func quoted(_ identifier: String) -> String { "\"\(identifier)\"" }
    func usualName(of column: BillTable.Column) -> String { column.rawValue }
    func secondBefore(_ time: String) -> String { "\(time) - INTERVAL '1' SECOND" }
    func day(_ time: String) -> String { text("CAST(\(time) AS DATE)") }
    func unreadableTags(_ column: String, _ storage: BillTable.TagStorage) -> String? { nil }
    func exact(_ column: String) -> String { "CAST(\(text(column)) AS DECIMAL(38, 18))" }
    func text(_ value: String) -> String { "CAST(\(value) AS VARCHAR)" }
    func mayWrap(_ value: String) -> String? { nil }
    var namesQueries: Bool { true }
    var inlining: String { "" }
    func packed(_ selection: String) -> String { selection }
    var output: EngineClient.Output { .csv }
    func variables(deadline seconds: Int64) -> [String: String] { [:] }

    /// A value that is not NULL where the tag is there: an empty value is one.
    func marked(_ value: String) -> String { "CASE WHEN \(value) IS NULL THEN '' ELSE '=' || \(value) END" }
}
