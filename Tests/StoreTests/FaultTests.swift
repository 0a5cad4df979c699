import CostModel
import Foundation
import TestSupport
import Testing

@testable import Store

@Suite("a ledger in a world that fails")
struct FaultTests {
    private let test = TestLedger()

    private func mode(_ path: String) throws -> Int {
        let value = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        return try #require(value)
    }

    @Test("is readable by its owner alone, with the files beside it, whatever others left")
    func permissions() throws {
        let ledger = try test.open()
        try test.fill(ledger)
        for suffix in ["", "-wal", "-shm"] { #expect(try mode(test.path + suffix) == 0o600) }
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: test.path)
        _ = try test.open()
        #expect(try mode(test.path) == 0o600)
    }

    @Test("is refused where it is a link, a folder, another program's database, a newer one's, or none")
    func refused() throws {
        func code(_ mode: Ledger.Mode = .readWrite) -> LedgerError.Code? {
            do throws(LedgerError) { _ = try Ledger.open(at: test.path, mode: mode) } catch { return error.code }
            return nil
        }
        #expect(code(.readOnly) == .missing)
        try test.directory.write("", to: "elsewhere")
        try FileManager.default.createSymbolicLink(atPath: test.path, withDestinationPath: "elsewhere")
        #expect(code() == .invalid && code(.readOnly) == .invalid)
        try FileManager.default.removeItem(atPath: test.path)
        try FileManager.default.createDirectory(atPath: test.path, withIntermediateDirectories: false)
        #expect(code() == .invalid)
        try FileManager.default.removeItem(atPath: test.path)
        try test.directory.write("", to: "ledger.sqlite")
        #expect(code(.readOnly) == .missing)
        do {
            let other = try Database(path: test.path, flags: 2)
            try other.execute("CREATE TABLE theirs (x)")
        }
        #expect(code() == .invalid && code(.readOnly) == .invalid)
        #expect(throws: LedgerError.self) { _ = try Ledger.recover(at: test.path, now: Samples.now) }
        try FileManager.default.removeItem(atPath: test.path)
        try test.open().database.execute("PRAGMA user_version = 99")
        #expect(code() == .newer && code(.readOnly) == .newer)
    }

    @Test("opened for reading changes nothing, and says so")
    func readOnly() throws {
        try test.fill(try test.open())
        let ledger = try test.open(.readOnly)
        let error = try #require(throws: LedgerError.self) { try ledger.put([Samples.life("f-2")]) }
        #expect(error.code == .readOnly)
        #expect(error.sql?.isEmpty == false)
        try test.expectFilled(ledger)
    }

    @Test("keeps what was there when the disk is full, and goes on when there is room again")
    func fullDisk() throws {
        let ledger = try test.open()
        try test.fill(ledger)
        let pages: Int = try #require(try ledger.database.value("PRAGMA page_count"))
        try ledger.limit(pages: pages)
        let many = (0..<2_000).map { Samples.life("f-\($0)") }
        let error = try #require(throws: LedgerError.self) { try ledger.put(many) }
        #expect(error.code == .full)
        try test.expectFilled(ledger)
        try ledger.limit(pages: 100_000)
        try ledger.put(many)
        #expect(try ledger.verify() == [] && ledger.lives().count == 2_001)
    }

    @Test("a transaction that fails at any of its statements has not happened")
    func everyStatement() throws {
        let ledger = try test.open()
        try test.fill(ledger)
        let before = try lines(ledger)
        var failing = 0
        while true {
            var left = failing
            ledger.fault = LedgerFault { sql in
                guard !sql.hasPrefix("SELECT") else { return nil }
                left -= 1
                return left == -1 ? LedgerError(.full, "no space left on device") : nil
            }
            do throws(LedgerError) {
                try ledger.transaction { () throws(LedgerError) in
                    try ledger.finish(Samples.run("r-2"))
                    try ledger.put([Samples.life("f-2"), Samples.life("f-3")])
                    try ledger.put(Samples.request("g-2"))
                    try ledger.append(Samples.audit())
                }
                break
            } catch {
                ledger.fault = nil
                #expect(error.code == .full)
                #expect(try lines(ledger) == before, "statement \(failing)")
            }
            failing += 1
        }
        ledger.fault = nil
        #expect(failing > 10)
        #expect(try ledger.lives().count == 3 && ledger.verify() == [])
    }

    @Test("a step inside a transaction that fails takes only itself back")
    func inner() throws {
        let ledger = try test.open()
        try ledger.transaction { () throws(LedgerError) in
            try ledger.put([Samples.life("f-1")])
            // What fails here is what the test is about.
            try? ledger.transaction { () throws(LedgerError) in
                try ledger.put([Samples.life("f-2")])
                throw LedgerError(.other, "changed our mind")
            }
            try ledger.put([Samples.life("f-3")])
        }
        #expect(try ledger.lives().map(\.id) == ["f-1", "f-3"])
    }

    @Test("two writers wait for each other, and one that waits in vain is told 'busy'")
    func busy() throws {
        let (one, other) = (try test.open(), try test.open())
        other.database.wait(milliseconds: 1)
        try one.transaction { () throws(LedgerError) in
            try one.put([Samples.life("f-1")])
            do throws(LedgerError) {
                try other.put([Samples.life("f-2")])
                Issue.record("wrote beside another")
            } catch {
                #expect(error.code == .busy)
            }
            #expect(try other.lives() == [])
        }
        try other.put([Samples.life("f-2")])
        #expect(try one.lives().count == 2)
    }

    @Test("badges and audit are never changed or taken away, not even by hand")
    func appendOnly() throws {
        let ledger = try test.open()
        try test.fill(ledger)
        for sql in ["UPDATE badges SET name = 'x'", "DELETE FROM badges", "UPDATE audit SET cause = 'x'", "DELETE FROM audit"] {
            let error = try #require(throws: LedgerError.self) { try ledger.database.execute(sql) }
            #expect(error.code == .invalid, "\(sql)")
        }
        let other = "'payments', 'first-fix', '2000-01-01', 'x', 'aa'"
        try ledger.database.execute("INSERT OR REPLACE INTO badges (team, name, awarded, reason, evidence) VALUES (\(other))")
        try ledger.database.execute("INSERT OR REPLACE INTO badges VALUES (1, \(other))")
        #expect(throws: LedgerError.self) { try ledger.database.execute("INSERT OR REPLACE INTO audit SELECT * FROM audit") }
        try test.expectFilled(ledger)
    }

    @Test("a word that is none of ours is an error, not a guess")
    func unreadable() throws {
        let ledger = try test.open()
        try test.fill(ledger)
        try ledger.database.execute("UPDATE lives SET severity = 'immense'")
        let error = try #require(throws: LedgerError.self) { try ledger.lives() }
        #expect(error.code == .corrupt && error.message.contains("'severity'"))
        #expect(try ledger.verify().map(\.check) == [.rows])
    }

    private func lines(_ ledger: Ledger) throws -> [String] {
        var lines: [String] = []
        try ledger.export { lines.append($0) }
        return lines
    }
}
