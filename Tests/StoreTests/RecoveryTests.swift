import CostModel
import Foundation
import TestSupport
import Testing

@testable import Store

@Suite("a damaged ledger")
struct RecoveryTests {
    private let test = TestLedger()

    private func fill() throws {
        let ledger = try test.open()
        try test.fill(ledger)
        try ledger.put((0..<1_000).map { Samples.life("f-\($0)") })
        for index in 0..<300 { try ledger.append(Samples.audit("o\(index)")) }
        try ledger.put([Samples.badge("gold", evidence: "bb")])
        try ledger.database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    }

    private func recover() throws -> LedgerRecovery? { try Ledger.recover(at: test.path, now: Samples.now) }

    @Test("that is sound is left alone, and so is none")
    func sound() throws {
        #expect(try recover() == nil)
        #expect(!FileManager.default.fileExists(atPath: test.path))
        try fill()
        #expect(try recover() == nil)
        #expect(try test.open(.readOnly).verify() == [])
    }

    @Test("that is garbage is refused, moved aside and made anew", arguments: [1, 100, 5_000])
    func garbage(size: Int) throws {
        try test.directory.write(Array(repeating: 0x5A, count: size), to: "ledger.sqlite")
        let error = try #require(throws: LedgerError.self) { try test.open() }
        #expect(error.code == .corrupt)
        let recovery = try #require(try recover())
        #expect(recovery.damaged == test.path + ".corrupt-20261101T120000Z")
        #expect(recovery.saved == [] && recovery.incomplete.contains("runs"))
        #expect(try test.directory.read("ledger.sqlite.corrupt-20261101T120000Z") == Array(repeating: 0x5A, count: size))
        let ledger = try test.open()
        #expect(try ledger.audits().map(\.action) == [.ledgerRebuilt] && ledger.verify() == [])
        #expect(try recover() == nil)
    }

    @Test("does not overwrite an earlier one that was moved aside")
    func twice() throws {
        for name in ["", "-2", "-3"] {
            try test.directory.write("not a database, and long enough to be none", to: "ledger.sqlite")
            #expect(try recover()?.damaged == test.path + ".corrupt-20261101T120000Z" + name)
        }
    }

    @Test("gives what can still be read: cut short, or with a page overwritten", arguments: 1..<12)
    func salvage(step: Int) throws {
        try fill()
        var bytes = try test.directory.read("ledger.sqlite")
        let pages = bytes.count / 4_096
        // Behind the schema, without which nothing can be read: migrations add to it, up to the first page of the last table that they make.
        let schema = 40
        let page = schema + (pages - schema) * step / 12
        if step % 2 == 0 {
            bytes.removeSubrange((page * 4_096)...)
        } else {
            for at in page * 4_096..<(page + 1) * 4_096 { bytes[at] = UInt8(truncatingIfNeeded: at &* 31) }
        }
        try test.directory.write(bytes, to: "ledger.sqlite")
        let recovery = try #require(try recover())
        let ledger = try test.open()
        #expect(try ledger.verify() == [])
        #expect(try ledger.value("lastInputDigest") == nil, "what a pass is skipped by must not survive")
        let status = try ledger.status()
        #expect(status == WorkspaceStatus(name: "acme", isSuspended: true) || recovery.incomplete.contains("status"))
        // A page of an index costs nothing.
        #expect(!recovery.incomplete.isEmpty || recovery.saved.contains { $0.table == "lives" && $0.rows == 1_001 })
        let kept = recovery.saved.reduce(0) { $0 + $1.rows }
        #expect(kept > 0)
        for life in try ledger.lives() { #expect(life == Samples.life(life.id)) }
        let entry = try #require(try ledger.audits(limit: 1).first)
        #expect(entry.detail.hasSuffix("\(kept) rows saved"))
    }

    @Test("whose recovery was killed is recovered by the next one, with what was saved")
    func killedRecovery() throws {
        try fill()
        let sound = try test.directory.read("ledger.sqlite")
        // Killed before the damaged one was moved: what was begun counts for nothing.
        try test.directory.write("half of a ledger", to: "ledger.sqlite.new")
        try test.directory.write(Array(sound[..<(sound.count - 4_096)]), to: "ledger.sqlite")
        #expect(try recover() != nil)
        // Killed behind that: the new one is whole and only has to be given its name.
        try FileManager.default.moveItem(atPath: test.path, toPath: test.path + ".new")
        #expect(try recover() == nil)
        #expect(try test.open().lives().count > 700)
        #expect(!FileManager.default.fileExists(atPath: test.path + ".new"))
    }

    @Test("one damaged page of thousands costs the rows around it, not the others")
    func mostIsSaved() throws {
        try fill()
        var bytes = try test.directory.read("ledger.sqlite")
        let middle = bytes.count / 4_096 / 2 * 4_096
        for at in middle..<middle + 4_096 { bytes[at] = 0xFF }
        try test.directory.write(bytes, to: "ledger.sqlite")
        #expect(try recover() != nil)
        #expect(try test.open().lives().count > 700)
    }

    @Test("whose log is cut anywhere opens as it was after one of its writes", arguments: 0..<20)
    func cutLog(step: Int) throws {
        let (bytes, log) = try writesOfACrash()
        // Twenty tests of five cuts each, spread over the log.
        for part in 0..<5 {
            let cut = log.count * (step * 5 + part) / 100
            try test.directory.write(bytes, to: "crash.sqlite")
            try test.directory.write(Array(log[..<cut]), to: "crash.sqlite-wal")
            let path = "\(test.directory.path)/crash.sqlite"
            #expect(try Ledger.recover(at: path, now: Samples.now) == nil)
            let ledger = try Ledger.open(at: path, mode: .readWrite)
            #expect(try ledger.verify() == [])
            // Each write put a run, its life and its audit entry together.
            let count = try ledger.runs(limit: 99).count
            #expect(try ledger.lives().count == count && ledger.audits().count == count, "cut at \(cut)")
            try FileManager.default.removeItem(atPath: path)
            for suffix in ["-wal", "-shm"] where FileManager.default.fileExists(atPath: path + suffix) {
                try FileManager.default.removeItem(atPath: path + suffix)
            }
        }
    }

    /// The file and its log, as they lie there when a process dies that never moved the log's pages into the file.
    private func writesOfACrash() throws -> (file: [UInt8], log: [UInt8]) {
        let ledger = try test.open()
        try ledger.database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        try ledger.database.execute("PRAGMA wal_autocheckpoint = 0")
        for index in 0..<20 {
            try ledger.transaction { () throws(LedgerError) in
                try ledger.finish(Samples.run("r-\(index)"))
                try ledger.put([Samples.life("f-\(index)")])
                try ledger.append(Samples.audit("o\(index)"))
            }
        }
        return (try test.directory.read("ledger.sqlite"), try test.directory.read("ledger.sqlite-wal"))
    }
}
