import CostModel
import Diagnostics
import PolicyLanguage
import Testing

@Suite("a bill in a query engine")
struct EngineSourceTests {
    private static let now = Instant(seconds: 1_793_491_200)

    private func source(_ yaml: String) -> (CostSource?, [String]) {
        let text =
            "apiVersion: bursar/v1\nkind: Workspace\nmetadata: {name: a}\nspec:\n  currency: USD\n  policies: [p]\n  observe:\n    cost: [\(yaml)]\n"
        let (policies, diagnostics) = PolicyLoader.load(
            files: [], workspace: SourceFile(path: "bursar.yaml", bytes: Array(text.utf8)), now: Self.now)
        return (policies?.workspace.cost.first, diagnostics.map(\.message))
    }

    private func clients(_ yaml: String) -> ([EngineClient]?, [String]) {
        let text = "apiVersion: bursar/v1\nkind: Clients\nmetadata: {name: a}\nspec:\n  clients:\n\(yaml)"
        let (clients, diagnostics) = ConfigurationLoader.loadClients(SourceFile(path: "c.yaml", bytes: Array(text.utf8)), now: Self.now)
        return (clients?.engines, diagnostics.map(\.message))
    }

    @Test("needs an engine and a table, and has usual columns otherwise")
    func defaults() throws {
        let (source, problems) = source("{name: lake, format: focus, engine: trino, table: lake.billing.focus}")
        #expect(problems.isEmpty)
        #expect(source?.table == BillTable(engine: .trino, name: ["lake", "billing", "focus"]))
        #expect(source?.paths == [])
        #expect(source?.maxAge == .hours(72))
    }

    @Test("has every key read")
    func all() throws {
        let (source, problems) = source(
            """
            {name: lake, format: focus, engine: bigquery, table: my-project.billing.focus, columns: {ResourceId: resource_id, SkuId: none},
             tags: json, times: text, months: 13, maxAge: none, settles: 2d}
            """)
        #expect(problems.isEmpty)
        #expect(
            source?.table
                == BillTable(
                    engine: .bigquery, name: ["my-project", "billing", "focus"], columns: [.resourceId: "resource_id"],
                    missing: [.skuId], tags: .json, times: .text, months: 13))
        #expect(source?.maxAge == nil)
        #expect(source?.settles == .days(2))
    }

    @Test(
        "is refused where it is something else too, or where a name is more than a name",
        arguments: [
            ("{name: a, format: focus}", ", or 'engine' and 'table', or 'command'; it must be a list"),
            ("{name: a, format: focus, engine: duckdb}", "missing 'table'"),
            ("{name: a, format: focus, engine: duckdb, table: t, paths: [x.csv]}", "'paths' is of a bill in files"),
            ("{name: a, format: focus, engine: duckdb, table: t, delivery: snapshot}", "'delivery' is of a bill in files"),
            ("{name: a, format: focus, engine: duckdb, table: t, rates: bill}", "'rates' is of a bill in files"),
            ("{name: a, format: focus, table: t, paths: [x.csv]}", "'table' is of a bill in a query engine"),
            ("{name: a, format: aws-cur2, engine: athena, table: t}", "a query engine is asked for 'focus' only, found 'aws-cur2'"),
            ("{name: a, format: focus, engine: oracle, table: t}", "'engine' must be duckdb, clickhouse"),
            ("{name: a, format: focus, engine: duckdb, table: 'focus; DROP TABLE x'}", "'table' must be a table's name"),
            ("{name: a, format: focus, engine: duckdb, table: 'read_csv(\"/etc/passwd\")'}", "'table' must be a table's name"),
            ("{name: a, format: focus, engine: duckdb, table: a.b.c.d}", "'table' must be a table's name"),
            ("{name: a, format: focus, engine: duckdb, table: t, columns: {ResourceId: 'x\", 1, \"y'}}", "must be a column's name"),
            ("{name: a, format: focus, engine: duckdb, table: t, columns: {ResourceID: x}}", "did you mean 'ResourceId'?"),
            ("{name: a, format: focus, engine: duckdb, table: t, columns: {BilledCost: none}}", "no table is a bill without 'BilledCost'"),
            ("{name: a, format: focus, engine: duckdb, table: t, program: /bin/sh}", "unknown key 'program'"),
        ])
    func mistakes(yaml: String, message: String) {
        let (source, problems) = source(yaml)
        #expect(source == nil)
        #expect(problems.contains { $0.contains(message) }, "\(problems)")
    }

    @Test("is asked by a client of the operator's, with every key read")
    func client() throws {
        let (clients, problems) = clients(
            """
                - {engine: postgres, program: /usr/bin/psql}
                - engine: spark
                  program: /opt/spark/bin/spark-sql
                  arguments: [--master, "local[2]", -e, "{sql}"]
                  sources: [lake]
                  tables: [billing.focus]
                  environment: [HOME, JAVA_HOME]
                  deadline: 10m
                  maxMegabytes: 64
                  output: csv
                  partition: {column: billing_period, values: month}
                - {engine: clickhouse, program: /usr/bin/clickhouse-client, version: "18.16", changeColumn: loaded_at}
                - engine: athena
                  program: /usr/bin/aws
                  arguments: [--profile, finops]
                  athena: {workGroup: finops, outputLocation: "s3://results/bursar/", maxScannedMegabytes: 500}
            """)
        #expect(problems.isEmpty)
        #expect(
            clients == [
                EngineClient(engine: .postgres, program: "/usr/bin/psql"),
                EngineClient(
                    engine: .spark, sources: ["lake"], tables: ["billing.focus"], program: "/opt/spark/bin/spark-sql",
                    arguments: ["--master", "local[2]", "-e", "{sql}"], environment: ["HOME", "JAVA_HOME"],
                    deadline: TimeSpan(seconds: 600), outputLimit: 64 << 20, output: .csv,
                    partition: EngineClient.Partition(column: "billing_period", values: .month)),
                EngineClient(engine: .clickhouse, program: "/usr/bin/clickhouse-client", version: "18.16", changeColumn: "loaded_at"),
                EngineClient(
                    engine: .athena, program: "/usr/bin/aws", arguments: ["--profile", "finops"],
                    athena: EngineClient.Athena(workGroup: "finops", outputLocation: "s3://results/bursar/", maxScannedMegabytes: 500)),
            ])
    }

    @Test(
        "and the operator's mistakes are said",
        arguments: [
            ("    - {engine: duckdb, program: duckdb}\n", "'program' must be an absolute path"),
            ("    - {engine: duckdb}\n", "missing 'program'"),
            ("    - {engine: duckdb, program: /d, environment: [A=b]}\n", "must be a variable's name"),
            ("    - {engine: duckdb, program: /d, partition: {column: 'a b', values: month}}\n", "must be a column's name"),
            ("    - {engine: duckdb, program: /d, sql: x}\n", "unknown key 'sql'"),
            ("    - {engine: duckdb, program: /d, version: '1'}\n", "'version' is of 'clickhouse': leave it out"),
            ("    - {engine: clickhouse, program: /d, version: latest}\n", "'version' must be a version"),
            ("    - {engine: clickhouse, program: /d, changeColumn: 'a b'}\n", "must be a column's name"),
            ("    - {engine: trino, program: /d, athena: {}}\n", "'athena' is of 'athena': leave it out"),
            ("    - {engine: athena, program: /d, arguments: ['{sql}'], athena: {}}\n", "leave out '{sql}'"),
            ("    - {engine: athena, program: /d, output: csv, athena: {}}\n", "leave out 'output'"),
            ("    - {engine: athena, program: /d, athena: {workGroup: --debug}}\n", "'workGroup' must be a work group's name"),
            ("    - {engine: athena, program: /d, athena: {outputLocation: 'https://x'}}\n", "'outputLocation' must be a place in S3"),
        ])
    func clientMistakes(yaml: String, message: String) {
        let (clients, problems) = clients(yaml)
        #expect(clients == nil)
        #expect(problems.contains { $0.contains(message) }, "\(problems)")
    }
}
