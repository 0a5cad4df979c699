import CostModel
import Foundation
import Testing

@testable import Observation

@Suite("the statement for a query engine")
struct EngineStatementTests {
    private static let today = Day(year: 2026, month: 11, day: 1)

    /// A question with everything: policies' dimensions, tags, all costs, quantities.
    private static func statement(
        _ engine: QueryEngine, _ tags: BillTable.TagStorage, _ times: BillTable.TimeStorage, partition: EngineClient.Partition? = nil,
        version: String? = nil
    ) -> EngineStatement {
        var query = BillQuery(
            dimensions: [
                .day, .billingMonth, .category, .text(.account), .text(.provider), .text(.service), .text(.region), .text(.resource),
                .tagSet,
            ],
            bases: CostBasis.allCases)
        query.tagKeys = ["cost-center", "team"]
        let table = BillTable(
            engine: engine, name: ["lake", "billing", "focus"], columns: [.resourceId: "resource_id"], tags: tags, times: times, months: 13)
        let question = EngineQuestion(query, usage: true, missing: table.missing)
        return EngineStatement(question, of: table, partition: partition, today: today, version: version)
    }

    /// Each statement stands in a file, which another program parses in the engine's dialect.
    @Test("is spelled in each engine's dialect", arguments: QueryEngine.allCases)
    func dialects(engine: QueryEngine) throws {
        try compare(engine, version: nil, name: engine.rawValue)
    }

    @Test("is spelled otherwise for ClickHouse before 21")
    func old() throws {
        try compare(.clickhouse, version: "18.16", name: "clickhouse-18.16")
        for version in ["21.1", "24.8.1", "26"] {
            #expect(
                Self.statement(.clickhouse, .map, .timestamp, version: version).text == Self.statement(.clickhouse, .map, .timestamp).text)
        }
    }

    private func compare(_ engine: QueryEngine, version: String?, name: String) throws {
        let partition = EngineClient.Partition(column: "billing_period", values: engine == .bigquery ? .date : .month)
        let maps = Self.statement(engine, .map, .timestamp, partition: partition, version: version)
        let texts = Self.statement(engine, .json, .text, version: version)
        let text = "-- tags as a map, times as timestamps\n\(maps.text)\n-- tags as JSON, times as text\n\(texts.text)"
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../Snapshots/Engines").standardized
        let file = folder.appending(path: "\(name).sql")
        guard FileManager.default.fileExists(atPath: file.path) else {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
            Issue.record("the snapshot \(name).sql is new: read it, then run again")
            return
        }
        #expect(text == String(decoding: try Data(contentsOf: file), as: UTF8.self), "differs from \(name).sql")
    }

    @Test("selects, and does nothing else", arguments: QueryEngine.allCases)
    func selectsOnly(engine: QueryEngine) {
        let words = Set(Self.statement(engine, .map, .timestamp).text.lowercased().split { !$0.isLetter }.map(String.init))
        let verbs: Set = [
            "insert", "update", "delete", "create", "drop", "alter", "attach", "copy", "grant", "merge", "truncate", "set", "call",
        ]
        #expect(words.isDisjoint(with: verbs))
        #expect(!Self.statement(engine, .json, .text).text.contains(";"))
    }

    @Test(
        "about changes asks for each billing period how many rows it has, what they cost, and how new they are",
        arguments: QueryEngine.allCases)
    func fingerprints(engine: QueryEngine) {
        var statement = Self.statement(engine, .map, .timestamp)
        let marks = statement.asking(statement.question.fingerprints(by: "loaded_at"), version: nil)
        #expect(marks.question.fields.prefix(4) == ["part", "k_BillingPeriodStart", "checks", "charges"])
        #expect(marks.text.contains("AS s_unmarked") && marks.text.contains("MAX(v_changed)") && !marks.text.contains("Tags"))
        statement.periods = [Day(year: 2026, month: 9, day: 1), Day(year: 2026, month: 10, day: 1)]
        statement.partition = EngineClient.Partition(column: "billing_period", values: .month)
        #expect(statement.text.contains("IN ('2026-09-01', '2026-10-01')"))
        // A month of another zone's time may begin on the day before.
        #expect(statement.text.contains(">= '2026-08'"))
    }

    @Test("asks only for the columns that the question needs")
    func columns() {
        var query = BillQuery(dimensions: [.text(.service), .currency], bases: [.list])
        query.requiredBases = [.list]
        query.tagKeys = ["team"]
        let small = EngineQuestion(query, missing: [.chargePeriodEnd, .instanceType])
        #expect(
            small.fields == [
                "part", "k_ChargePeriodStart", "k_BillingPeriodStart", "k_BillingPeriodEnd", "k_BillingCurrency", "k_ChargeCategory",
                "k_SubAccountId", "k_ServiceName", "has_BilledCost", "has_EffectiveCost", "has_ListCost", "checks", "charges",
                "s_BilledCost", "s_EffectiveCost", "s_ListCost",
            ])
        query.dimensions = [.team]
        let team = EngineQuestion(query, missing: [.instanceType])
        #expect(team.tagKeys == ["team"])
        #expect(team.keys.contains(.text(.resourceId)))
        #expect(!EngineQuestion(query, missing: [.tags]).keys.contains(.tag(0)))
    }

    @Test("has every dialect's client called with the statement, by default")
    func arguments() {
        for engine in QueryEngine.allCases {
            let dialect = EngineDialects.dialect(of: engine)
            #expect(dialect.arguments.count { $0 == "{sql}" } == 1, "\(engine)")
        }
    }
}
