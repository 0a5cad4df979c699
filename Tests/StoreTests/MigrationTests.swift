import CostModel
import Foundation
import TestSupport
import Testing

@testable import Store

/// `Fixtures/vN.sql` is a whole ledger of version N, with one of everything in it, as `sqlite3 ledger.sqlite .dump` writes it behind the two
/// pragmas that a dump leaves out. A fixture is added with its version and never changes once that was released.
@Suite("migrations")
struct MigrationTests {
    private static let fixtures = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
    private let test = TestLedger()

    private func load(_ version: Int) throws {
        let sql = try String(contentsOf: Self.fixtures.appending(path: "v\(version).sql"), encoding: .utf8)
        try LedgerFile.prepare(test.path)
        try Database(path: test.path, flags: 2).execute(sql)
    }

    private func schema(_ database: Database) throws -> [String] {
        try database.query("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name") {
            (row) throws(LedgerError) -> String in try row.next()
        }
    }

    @Test("there is a fixture for each version")
    func fixtures() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.fixtures.path).sorted()
        #expect(names == (1...Migration.newest).map { "v\($0).sql" }.sorted())
    }

    @Test("from every earlier version keep every row, and make what a new ledger has", arguments: 1...Migration.newest)
    func everyVersion(version: Int) throws {
        try load(version)
        let columns = try test.columns()
        let ledger = try test.open()
        #expect(ledger.migratedFrom == (version < Migration.newest ? version : nil))
        try test.expectFilled(ledger, columns: columns)
        #expect(try ledger.verify() == [])
        #expect(try schema(ledger.database) == schema(try TestLedger().open().database))
        try ledger.finish(Samples.run("r-2"))
    }

    @Test("may add a column: old rows have its default, and everything else of the samples")
    func newColumn() throws {
        try load(1)
        var columns = try test.columns()
        #expect(columns["scores"]?.remove("streak_weeks") != nil)
        let ledger = try test.open()
        try ledger.database.execute("UPDATE scores SET streak_weeks = 0")
        try test.expectFilled(ledger, columns: columns)
    }

    @Test("to version 5 carry lives, their events and the uses of exemptions over to identities")
    func identities() throws {
        try load(4)
        let old = try Database(path: test.path, flags: 2)
        try old.execute("UPDATE exemption_uses SET finding = (SELECT id FROM lives)")
        try old.execute(
            """
            INSERT INTO lives SELECT 2, 'f-000000000001', 'Budget/all', rule, verdict, severity, team, NULL, NULL, message, state, first_seen,
            last_seen, opened, unknown_since, missed_since, fixed, fixed_by, reopened, due, is_exempt, at_stake, monthly_savings,
            unseen_since, unseen_reason FROM lives
            """)
        let ledger = try test.open()
        let lives = try ledger.lives()
        #expect(lives.count == 2 && lives.allSatisfy { $0.identity == $0.key.identity && $0.identity.utf8.count == 32 })
        let life = try #require(try ledger.life(Samples.life().id))
        #expect(try ledger.events(of: life.identity).map(\.kind) == [.opened])
        #expect(try ledger.exemptionUses().map(\.identity) == [life.identity])
        #expect(try ledger.verify() == [])
    }

    @Test("that fail leave the file as it was")
    func failing() throws {
        try load(1)
        let columns = try test.columns()
        let database = try Database(path: test.path, flags: 2)
        let before = try schema(database)
        let broken = Migration(sql: "CREATE TABLE more (x TEXT) STRICT; DELETE FROM lives; SELECT nonsense FROM nothing")
        #expect(throws: LedgerError.self) { try Ledger.migrate(database, to: Migration.all + [broken]) }
        #expect(try schema(database) == before)
        try test.expectFilled(try test.open(), columns: columns)
    }

    @Test("are done once, whoever comes first")
    func once() throws {
        try load(1)
        let (one, other) = (try Database(path: test.path, flags: 2), try Database(path: test.path, flags: 2))
        let next = Migration(sql: "CREATE TABLE more (x TEXT) STRICT")
        #expect(try Ledger.migrate(one, to: Migration.all + [next]) == 1)
        #expect(throws: LedgerError.self, "this version does not know the next one") { try test.open() }
        #expect(try other.value("PRAGMA user_version") == Migration.newest + 1)
    }

    @Test("a ledger that only reads does not migrate an empty file")
    func reading() throws {
        try LedgerFile.prepare(test.path)
        #expect(throws: LedgerError.self) { try test.open(.readOnly) }
        #expect(try test.directory.read("ledger.sqlite").isEmpty)
    }
}
