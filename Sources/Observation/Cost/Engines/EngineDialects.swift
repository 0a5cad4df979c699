import CostModel

/// The dialects of the query engines that are asked.
enum EngineDialects {
    static func dialect(of engine: QueryEngine) -> any EngineDialect {
        switch engine {
        case .duckdb: DuckDBDialect()
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
