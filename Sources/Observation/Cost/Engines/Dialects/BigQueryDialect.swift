import CostModel

/// Google BigQuery, by `bq`.
struct BigQueryDialect: EngineDialect {
    var title: String { "BigQuery" }

    func quoted(_ identifier: String) -> String { "`\(identifier)`" }
    func time(_ column: String, _ storage: BillTable.TimeStorage) -> String { "CAST(\(column) AS TIMESTAMP)" }
    func day(_ time: String) -> String { "FORMAT_TIMESTAMP('%Y-%m-%d', \(time), 'UTC')" }
    func secondBefore(_ time: String) -> String { "TIMESTAMP_SUB(\(time), INTERVAL 1 SECOND)" }
    func probe(_ clock: String) -> String { "TIMESTAMP '2000-01-01 \(clock)+00'" }

    func tag(_ key: String, of column: String, _ storage: BillTable.TagStorage) -> String {
        switch storage {
        // There are no maps: exports have lists of structures.
        case .map: "(SELECT MAX(tag.value) FROM UNNEST(\(column)) AS tag WHERE tag.key = '\(key)')"
        case .json: "JSON_VALUE(PARSE_JSON(NULLIF(\(column), '')), '$.\"\(key)\"')"
        }
    }

    /// `NUMERIC` holds nine fractional digits only.
    func exact(_ column: String) -> String { "ROUND(CAST(\(text(column)) AS BIGNUMERIC), 18)" }
    func text(_ value: String) -> String { "CAST(\(value) AS STRING)" }

    /// Without `--max_rows` a hundred rows are printed.
    var arguments: [String] {
        ["--quiet", "--headless", "query", "--use_legacy_sql=false", "--format=json", "--max_rows=50000000", "{sql}"]
    }

    var output: EngineClient.Output { .json }
}
