import CostModel
import TestSupport
import Testing

@testable import Store

/// A column that is forgotten somewhere is noticed here: a property without a column, a column without a place in the table, a table's column
/// that no record has.
@Suite("the columns of records")
struct ColumnTests {
    private static let run = Samples.run()

    @Test("keep every property of a record: what is read over a blank record is what was written")
    func properties() throws {
        // Rows of other tables.
        try keep(Self.run, except: ["stages"]) { $0.stages = [] }
        try keep(Samples.status, except: ["stages"]) { $0.stages = [] }
        try keep(RunStage(run: "r-1", status: Self.run.stages[1]))
        try keep(Self.run.stages[1])
        let summary = try #require(Self.run.summary)
        try keep(summary)
        var life = Samples.life(state: .fixed)
        (life.verdict, life.reopened) = (.unknown, 2)
        (life.unseenSince, life.unseenReason) = (Samples.now, "no sample")
        try keep(life, except: ["formerIdentity"])
        try keep(LifeEvent(finding: "f-1", time: Samples.now, kind: .reopened, commit: "abc1"))
        try keep(Samples.use())
        var score = Samples.score()
        (score.timeliness, score.unseen) = (1, 2)
        try keep(score)
        try keep(Samples.badge())
        try keep(Samples.cost())
        try keep(Samples.request())
        try keep(Samples.request().plan)
        try keep(Samples.savings())
        try keep(Samples.estimate())
        try keep(Samples.snooze)
        try keep(Samples.audit(action: .commented))
    }

    private func keep<Record: ColumnRecord & Equatable>(
        _ record: Record, except elsewhere: Set<String> = [], removing: (inout Record) -> Void = { _ in }
    ) throws {
        for (full, blank) in zip(Mirror(reflecting: record).children, Mirror(reflecting: Record.blank).children) {
            let label = full.label ?? ""
            let isTold = "\(full.value)" != "\(blank.value)"
            #expect(isTold || elsewhere.contains(label), "the sample of \(Record.self) says nothing of '\(label)'")
        }
        var (read, expected) = (Record.blank, record)
        removing(&expected)
        for column in Record.columns {
            let stored = column.value(record)?.stored ?? .null
            let value = ColumnValue(stored: stored, as: column.type)
            #expect(value == column.value(record), "'\(column.name)' is read otherwise than it was written")
            #expect(column.assign(&read, value), "\(column.name)")
        }
        #expect(read == expected)
    }

    @Test("have names and keys of their own, and say what they mean")
    func names() {
        func check<Record: ColumnRecord>(_ record: Record.Type) {
            let columns = Record.columns
            #expect(Set(columns.map(\.name)).count == columns.count, "\(Record.self)")
            let keys = columns.compactMap(\.key)
            #expect(Set(keys).count == keys.count, "\(Record.self)")
            for column in columns { #expect(!column.summary.isEmpty && !column.summary.hasSuffix("."), "\(column.name)") }
            // Which record of a plan they are shown by is for documents to say; they are not made of columns yet.
            for column in columns where [.change, .changes].contains(column.type) { #expect(column.key == nil, "\(column.name)") }
        }
        for type in statusTypes + recordTypes { check(type) }
    }

    @Test("are those of the tables that the migrations make: no more, no fewer, and each of its type")
    func tables() throws {
        let database = try TestLedger().open().database
        func check<Record: TableRecord>(_ record: Record.Type) throws {
            let name = Record.table.name
            let made = try database.query("SELECT name, type, \"notnull\" FROM pragma_table_info(?) WHERE name <> 'sequence'", [name]) {
                (row) throws(LedgerError) -> Definition in
                Definition(name: try row.next(), type: try row.next(), isOptional: try row.next() as Int == 0)
            }
            let described = Record.columns.map { Definition(name: $0.name, type: $0.type.declaration, isOptional: $0.isOptional) }
            #expect(Set(described) == Set(made), "\(name)")
        }
        for type in statusTypes + recordTypes { try check(type) }
        let all: [String] = try database.query("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'") {
            (row) throws(LedgerError) -> String in try row.next()
        }
        #expect(Set(all) == Set((statusTypes + recordTypes).map { $0.table.name } + ["settings"]))
    }

    private struct Definition: Hashable {
        var name: String
        var type: String
        var isOptional: Bool
    }

    @Test("that are empty where the record must have a value are unreadable, and never a zero")
    func empty() {
        for column in FindingLife.columns {
            var life = Samples.life()
            #expect(column.assign(&life, nil) == column.isOptional, "\(column.name)")
        }
    }

    @Test("of a run's summary are all there or all empty; a summary with a hole is unreadable")
    func torn() throws {
        let ledger = try TestLedger().open()
        try ledger.finish(Samples.run())
        try ledger.database.execute("UPDATE runs SET failing_high = NULL")
        #expect(try ledger.runs(limit: 1).first?.summary?.failing == [.low: 0])
        // Without a bill nobody knows what is at stake: that one may be empty alone.
        try ledger.finish(Samples.run())
        try ledger.database.execute("UPDATE runs SET at_stake = NULL")
        let unbilled = try #require(ledger.runs(limit: 1).first?.summary)
        #expect(unbilled.atStake == nil && unbilled.resources == Samples.run().summary?.resources)
        for column in ["resources", "unknown", "open_requests"] {
            try ledger.finish(Samples.run())
            try ledger.database.execute("UPDATE runs SET \(column) = NULL")
            let error = try #require(throws: LedgerError.self) { try ledger.runs(limit: 1) }
            #expect(error.code == .corrupt, "\(column)")
        }
    }
}
