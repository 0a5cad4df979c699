import CostModel

/// DuckDB, by `duckdb`.
struct DuckDBDialect: EngineDialect {
    var title: String { "DuckDB" }

    /// Times without a zone are taken in the session's, which is UTC: the probe would tell.
    func time(_ column: String, _ storage: BillTable.TimeStorage) -> String { "CAST(\(column) AS TIMESTAMPTZ)" }
    func probe(_ clock: String) -> String { "TIMESTAMPTZ '2000-01-01 \(clock)+00'" }

    func tag(_ key: String, of column: String, _ storage: BillTable.TagStorage) -> String {
        switch storage {
        // What `[…]` gives of a map changed with the versions.
        case .map: return "map_extract(\(column), '\(key)')[1]"
        case .json:
            let (tags, path) = ("nullif(\(text(column)), '')", "'$.\"\(key)\"'")
            return "CASE WHEN json_type(\(tags), \(path)) IN ('OBJECT', 'ARRAY') THEN NULL ELSE json_extract_string(\(tags), \(path)) END"
        }
    }

    var inlining: String { " NOT MATERIALIZED" }
    var arguments: [String] { ["-no-init", "-batch", "-bail", "-csv", "-nullvalue", "", "-c", "{sql}"] }
}
