import CostModel

/// Databricks, whose SQL is Spark's, by `dbsqlcli`.
struct DatabricksDialect: EngineDialect {
    private let spark = SparkDialect()

    var title: String { "Databricks" }

    func quoted(_ identifier: String) -> String { spark.quoted(identifier) }
    func time(_ column: String, _ storage: BillTable.TimeStorage) -> String { spark.time(column, storage) }
    func probe(_ clock: String) -> String { spark.probe(clock) }
    func tag(_ key: String, of column: String, _ storage: BillTable.TagStorage) -> String { spark.tag(key, of: column, storage) }
    func unreadableTags(_ column: String, _ storage: BillTable.TagStorage) -> String? { spark.unreadableTags(column, storage) }
    func text(_ value: String) -> String { spark.text(value) }
    var arguments: [String] { ["-e", "{sql}", "--table-format", "csv"] }
}
