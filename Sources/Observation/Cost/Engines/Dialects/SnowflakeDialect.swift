import CostModel

/// Snowflake, by `snow`.
struct SnowflakeDialect: EngineDialect {
    var title: String { "Snowflake" }

    /// Names that were created without quotes are in capitals.
    func usualName(of column: BillTable.Column) -> String { column.rawValue.uppercased() }

    /// Times without a zone are taken in the session's: the probe tells whether that is UTC.
    func time(_ column: String, _ storage: BillTable.TimeStorage) -> String {
        "CONVERT_TIMEZONE('UTC', TO_TIMESTAMP_TZ(\(column)))"
    }

    func day(_ time: String) -> String { "TO_CHAR(\(time), 'YYYY-MM-DD')" }
    func secondBefore(_ time: String) -> String { "DATEADD(SECOND, -1, \(time))" }
    func probe(_ clock: String) -> String { "TO_TIMESTAMP_NTZ('2000-01-01 \(clock)')" }

    func tag(_ key: String, of column: String, _ storage: BillTable.TagStorage) -> String {
        let tags = storage == .map ? column : "PARSE_JSON(NULLIF(\(column), ''))"
        return "CASE WHEN TYPEOF(\(tags)['\(key)']) IN ('OBJECT', 'ARRAY') THEN NULL ELSE CAST(\(tags)['\(key)'] AS VARCHAR) END"
    }

    func exact(_ column: String) -> String { "CAST(\(text(column)) AS NUMBER(38, 18))" }
    var arguments: [String] { ["sql", "-q", "{sql}", "--format", "CSV", "--silent", "--enhanced-exit-codes"] }
}
