import CostModel
import Testing

@testable import Observation

/// What a test can say without DuckDB: how its client is asked about Parquet files, and what becomes of its answers.
@Suite("a bill in Parquet")
struct ParquetTests {
    private static let columns = [
        "BilledCost,DOUBLE", "EffectiveCost,DOUBLE", "BillingCurrency,VARCHAR", "BillingPeriodStart,TIMESTAMP",
        "BillingPeriodEnd,TIMESTAMP",
        "ChargePeriodStart,TIMESTAMP", "ChargePeriodEnd,TIMESTAMP", "ChargeCategory,VARCHAR", "SubAccountId,VARCHAR", "servicename,VARCHAR",
        "Tags,\"MAP(VARCHAR, VARCHAR)\"",
    ]

    private func engine() throws -> EngineBill {
        var engine = try EngineBill()
        engine.question.saysTimes = true
        try engine.bill.folder.write("exports/a.parquet", "PAR1 one")
        return engine
    }

    private func source(_ engine: EngineBill, _ format: BillFormatName = .focus) -> CostSource {
        var source = engine.bill.source(["exports"])
        source.format = format
        return source
    }

    /// A client that names columns, and answers the question about any file: `HOUR` in an answer becomes another one for each file.
    private func client(_ engine: EngineBill, columns: [String] = columns, _ rows: [[String]]) throws -> EngineClient {
        try engine.bill.folder.write("columns", (["column_name,column_type"] + columns).map { $0 + "\n" }.joined())
        try engine.bill.folder.write("answer", engine.csv(rows))
        let folder = engine.bill.folder.path
        return try engine.client(
            """
            case $1 in
            *DESCRIBE*) cat '\(folder)/columns' ;;
            *b.parquet*) sed s/HOUR/02:00:00/ '\(folder)/answer' ;;
            *) sed s/HOUR/01:00:00/ '\(folder)/answer' ;;
            esac
            """)
    }

    private static let advice =
        "this is Parquet: it needs DuckDB's client, which '--clients FILE' names, to be read; or export the bill as FOCUS in CSV, plain or "
        + "packed with gzip or zstd"

    @Test("is read by DuckDB's client, file by file")
    func read() throws {
        let engine = try engine()
        try engine.bill.folder.write("exports/b.parquet", "PAR1 two")
        let row = engine.row(["s_first": "2026-10-31 HOUR", "s_last": "2026-10-31 HOUR"], effective: "2.5")
        let client = try client(engine, [row, engine.control(billed: "1", effective: "2.5", charges: 1)])
        // Two hours that cost the same are two: neither is a copy of the other.
        #expect(engine.lines([client], source(engine)).first == "EC2 5")
        try engine.bill.folder.write("exports/b.parquet", "PAR1 one")
        #expect(
            engine.lines([client], source(engine)) == [
                "EC2 2.5", "exports/b.parquet: note repeated-file: holds the same as exports/a.parquet: it counts once",
            ])
    }

    @Test("is said to need a client where none is configured, in one line")
    func unconfigured() throws {
        let engine = try engine()
        #expect(engine.lines([], source(engine)) == ["exports/a.parquet: partial no-bill: \(Self.advice)"])
        var named = source(engine)
        named.paths = ["exports/a.parquet"]
        #expect(engine.lines([], named) == ["exports/a.parquet: partial no-bill: \(Self.advice)"])
    }

    @Test("is not read where it is no bill in FOCUS, or its tags are something else, or its path could mean several files")
    func refused() throws {
        let engine = try engine()
        let rows = [engine.control(billed: "", effective: "", charges: 0)]
        func line(_ columns: [String]) throws -> String {
            engine.lines([try client(engine, columns: columns, rows)], source(engine)).joined()
        }
        #expect(try line(Array(Self.columns.dropFirst())).contains("the column 'BilledCost' is missing: of Parquet only bills in FOCUS"))
        #expect(try line(Self.columns + ["billedcost,DOUBLE"]).contains("the column 'BilledCost' is missing"))
        #expect(try line(Self.columns.dropLast() + ["Tags,BIGINT"]).contains("Tags: expected a map or JSON, found 'BIGINT'"))
        try engine.bill.folder.write("exports/*'.parquet", "PAR1")
        let found = engine.lines([try client(engine, rows)], source(engine)).joined(separator: "\n")
        #expect(found.contains("is not given to an engine"), "\(found)")
    }

    @Test("shows a row by its number, as DuckDB's client reads it")
    func row() throws {
        let engine = try engine()
        try engine.bill.folder.write("columns", (["column_name,column_type"] + Self.columns).map { $0 + "\n" }.joined())
        try engine.bill.folder.write("row", BillFolder.header + BillFolder.row(effective: "7.25", tags: #"{"team":"a"}"#))
        let folder = engine.bill.folder.path
        let client = try engine.client(
            """
            case $1 in
            *DESCRIBE*) cat '\(folder)/columns' ;;
            *'to_json("Tags")'*'file_row_number = true'*'WHERE file_row_number = 6'*) cat '\(folder)/row' ;;
            *) head -n 1 '\(folder)/row' ;;
            esac
            """)
        func values(_ number: Int, _ clients: [EngineClient]) -> [String] {
            let found = BillReader.rows(
                at: number, of: "exports/a.parquet", directory: folder, now: engine.bill.now,
                clients: EngineClients(clients, environment: [:]))
            return found.rows.flatMap(\.values).map { "\($0.column) \($0.text ?? "–")" } + found.problems.map(\.message)
        }
        #expect(values(7, [client]).contains("EffectiveCost 7.25") && values(7, [client]).contains("Tags[team] a"))
        #expect(values(8, [client]) == [])
        #expect(values(7, []) == [Self.advice])
    }
}
