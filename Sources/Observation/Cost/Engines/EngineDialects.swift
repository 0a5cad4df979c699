import CostModel

/// The dialects of the query engines that are asked.
enum EngineDialects {
    /// - Parameter version: the engine's, where whoever runs it says so; nil: a current one.
    static func dialect(of engine: QueryEngine, version: String? = nil) -> any EngineDialect {
        switch engine {
        case .duckdb: DuckDBDialect()
        case .clickhouse where OldClickHouseDialect.isSpoken(by: version): OldClickHouseDialect()
        case .clickhouse: ClickHouseDialect()
        case .postgres: PostgresDialect()
        case .spark: SparkDialect()
        case .trino: TrinoDialect()
        case .athena: AthenaDialect()
        case .bigquery: BigQueryDialect()
        case .snowflake: SnowflakeDialect()
        case .databricks: DatabricksDialect()
        }
    }
}
