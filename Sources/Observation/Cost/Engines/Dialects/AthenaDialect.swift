import CostModel

/// Amazon Athena, whose SQL is Trino's, by `athenacli`, or by AWS's own client: see `AthenaQuery`.
struct AthenaDialect: EngineDialect {
    private let trino = TrinoDialect()

    var title: String { "Athena" }

    func time(_ column: String, _ storage: BillTable.TimeStorage) -> String { trino.time(column, storage) }
    func day(_ time: String) -> String { trino.day(time) }
    func probe(_ clock: String) -> String { trino.probe(clock) }
    func tag(_ key: String, of column: String, _ storage: BillTable.TagStorage) -> String { trino.tag(key, of: column, storage) }
    var arguments: [String] { ["-e", "{sql}", "--table-format", "csv"] }
    func variables(deadline seconds: Int64) -> [String: String] { ["AWS_PAGER": "", "AWS_CLI_AUTO_PROMPT": "off"] }
}
