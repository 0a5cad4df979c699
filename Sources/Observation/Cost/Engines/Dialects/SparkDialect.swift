import CostModel

/// Apache Spark, by `spark-sql`.
struct SparkDialect: EngineDialect {
    var title: String { "Spark" }

    func quoted(_ identifier: String) -> String { "`\(identifier)`" }
    func time(_ column: String, _ storage: BillTable.TimeStorage) -> String { "CAST(\(column) AS TIMESTAMP)" }
    func probe(_ clock: String) -> String { "TIMESTAMP '2000-01-01 \(clock)Z'" }

    func tag(_ key: String, of column: String, _ storage: BillTable.TagStorage) -> String {
        switch storage {
        case .map: "\(column)['\(key)']"
        case .json: "\(Self.map(column))['\(key)']"
        }
    }

    /// What is no JSON is NULL here.
    func unreadableTags(_ column: String, _ storage: BillTable.TagStorage) -> String? {
        storage == .json ? "\(column) IS NOT NULL AND \(column) <> '' AND \(Self.map(column)) IS NULL" : nil
    }

    private static func map(_ column: String) -> String { "from_json(\(column), 'MAP<STRING, STRING>')" }

    func text(_ value: String) -> String { "CAST(\(value) AS STRING)" }
    func packed(_ selection: String) -> String { "SELECT to_json(struct(*)) AS answer FROM (\n\(selection)\n) AS answers" }
    var arguments: [String] { ["-S", "--conf", "spark.sql.session.timeZone=UTC", "-e", "{sql}"] }
    var output: EngineClient.Output { .jsonLines }
}
