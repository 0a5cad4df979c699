import CostModel

/// Trino, by `trino`.
struct TrinoDialect: EngineDialect {
    var title: String { "Trino" }

    func time(_ column: String, _ storage: BillTable.TimeStorage) -> String {
        switch storage {
        case .timestamp: "CAST(\(column) AS TIMESTAMP WITH TIME ZONE)"
        case .text: "from_iso8601_timestamp(\(column))"
        }
    }

    func day(_ time: String) -> String { text("CAST((\(time)) AT TIME ZONE 'UTC' AS DATE)") }
    func probe(_ clock: String) -> String { "TIMESTAMP '2000-01-01 \(clock)'" }

    func tag(_ key: String, of column: String, _ storage: BillTable.TagStorage) -> String {
        switch storage {
        case .map: "element_at(\(column), '\(key)')"
        case .json: "json_extract_scalar(json_parse(nullif(\(column), '')), '$[\"\(key)\"]')"
        }
    }

    var arguments: [String] { ["--timezone", "UTC", "--output-format", "CSV_HEADER", "--execute", "{sql}"] }
}
