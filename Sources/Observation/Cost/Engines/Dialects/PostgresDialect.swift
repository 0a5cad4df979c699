import CostModel

/// PostgreSQL, by `psql`.
struct PostgresDialect: EngineDialect {
    var title: String { "PostgreSQL" }

    func time(_ column: String, _ storage: BillTable.TimeStorage) -> String { "CAST(\(column) AS timestamptz)" }
    func day(_ time: String) -> String { "to_char(\(time), 'YYYY-MM-DD')" }
    func probe(_ clock: String) -> String { "TIMESTAMPTZ '2000-01-01 \(clock)+00'" }

    func tag(_ key: String, of column: String, _ storage: BillTable.TagStorage) -> String {
        switch storage {
        // `hstore`
        case .map: return "\(column) -> '\(key)'"
        case .json:
            let tags = "CAST(nullif(\(text(column)), '') AS jsonb)"
            return "CASE WHEN jsonb_typeof(\(tags) -> '\(key)') IN ('object', 'array') THEN NULL ELSE \(tags) ->> '\(key)' END"
        }
    }

    func exact(_ column: String) -> String { "CAST(\(text(column)) AS numeric(57, 18))" }
    func text(_ value: String) -> String { "CAST(\(value) AS text)" }
    var inlining: String { " NOT MATERIALIZED" }
    var arguments: [String] { ["-X", "-q", "--csv", "-v", "ON_ERROR_STOP=1", "-c", "{sql}"] }

    func variables(deadline seconds: Int64) -> [String: String] {
        let options = ["default_transaction_read_only=on", "statement_timeout=\(seconds)s", "extra_float_digits=1"]
        return [
            "PGTZ": "UTC", "PGCLIENTENCODING": "UTF8", "PGOPTIONS": options.map { "-c \($0)" }.joined(separator: " "),
        ]
    }
}
