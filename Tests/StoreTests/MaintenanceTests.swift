import CostModel
import Foundation
import TestSupport
import Testing

@testable import Store

@Suite("keeping a ledger")
struct MaintenanceTests {
    private let test = TestLedger()
    private var copy: String { "\(test.directory.path)/backup.sqlite" }

    private func lines(_ ledger: Ledger) throws -> [String] {
        var lines: [String] = []
        try ledger.export { lines.append($0) }
        return lines
    }

    @Test("a backup is a ledger of its own, for its owner alone, and overwrites nothing unasked")
    func backup() throws {
        let ledger = try test.open()
        try test.fill(ledger)
        try ledger.backup(to: copy)
        let permissions = try FileManager.default.attributesOfItem(atPath: copy)[.posixPermissions] as? Int
        #expect(permissions == 0o600)
        try test.expectFilled(try Ledger.open(at: copy, mode: .readOnly))
        try ledger.put([Samples.life("f-2")])
        let error = try #require(throws: LedgerError.self) { try ledger.backup(to: copy) }
        #expect(error.code == .invalid)
        try ledger.backup(to: copy, overwriting: true)
        #expect(try Ledger.open(at: copy, mode: .readOnly).lives().count == 2)
        #expect(throws: LedgerError.self) { try ledger.backup(to: test.directory.path + "/none/backup") }
        let names = try FileManager.default.contentsOfDirectory(atPath: test.directory.path)
        #expect(!names.contains { $0.contains("partial") })
    }

    @Test("a backup is made while another writes")
    func backupBeside() throws {
        let (ledger, other) = (try test.open(), try test.open())
        try test.fill(ledger)
        try other.transaction { () throws(LedgerError) in
            try other.put([Samples.life("f-2")])
            try ledger.backup(to: copy)
        }
        #expect(try Ledger.open(at: copy, mode: .readOnly).lives().count == 1)
    }

    @Test("a restored ledger is what was backed up, and says where it came from")
    func restore() throws {
        let ledger = try test.open()
        try test.fill(ledger)
        try ledger.backup(to: copy)
        let before = try lines(ledger)
        try ledger.put((0..<500).map { Samples.life("f-\($0)") })
        #expect(try Ledger.restore(from: copy, to: test.path, now: Samples.now, cause: "user alice") == nil)
        // Whoever had it open sees it too.
        #expect(try ledger.audits(limit: 1).map(\.action) == [.ledgerRestored])
        #expect(try ledger.audits(limit: 1).map(\.cause) == ["user alice"])
        #expect(try lines(ledger).filter { !$0.contains("ledger-restored") } == before)
        #expect(try ledger.verify() == [])
        #expect(try test.open().database.value("PRAGMA journal_mode") == "wal")
    }

    @Test("a backup is restored where there is no ledger, and where there is a damaged one, which is moved aside")
    func restoreElsewhere() throws {
        try test.fill(try test.open())
        try test.open().backup(to: copy)
        let path = "\(test.directory.path)/other.sqlite"
        #expect(try Ledger.restore(from: copy, to: path, now: Samples.now, cause: "x") == nil)
        #expect(try Ledger.open(at: path, mode: .readOnly).lives() == [Samples.life()])
        try test.directory.write("this is no database but it is there", to: "other.sqlite")
        #expect(try Ledger.restore(from: copy, to: path, now: Samples.now, cause: "x") == "\(path).corrupt-20261101T120000Z")
        #expect(try Ledger.open(at: path, mode: .readOnly).lives() == [Samples.life()])
    }

    @Test("what is no sound backup is refused before anything is changed")
    func badBackup() throws {
        let ledger = try test.open()
        try test.fill(ledger)
        try ledger.put((0..<500).map { Samples.life("f-\($0)") })
        let before = try lines(ledger)
        try ledger.backup(to: copy)
        let bytes = try test.directory.read("backup.sqlite")
        try test.directory.write("", to: "empty.sqlite")
        try test.directory.write(Array(bytes[..<(bytes.count / 2)]), to: "cut.sqlite")
        try test.directory.write("garbage that is long enough to be read", to: "garbage.sqlite")
        for (name, code) in [("empty", .invalid), ("cut", .corrupt), ("garbage", .corrupt), ("none", .missing)]
            as [(String, LedgerError.Code)]
        {
            let error = try #require(throws: LedgerError.self) {
                try Ledger.restore(
                    from: "\(test.directory.path)/\(name).sqlite", to: test.path, now: Samples.now, cause: "x")
            }
            #expect(error.code == code, "\(name): \(error)")
        }
        #expect(try lines(ledger) == before)
    }

    @Test("pruning forgets what is older, and never what is open, earned or still refused")
    func prune() throws {
        let ledger = try test.open()
        let (old, limit) = (Samples.now, Samples.now.adding(.days(10)))
        try test.fill(ledger)
        try ledger.finish(Samples.run("r-2", started: old))
        try ledger.finish(Samples.run("r-3", started: old, outcome: .failed))
        try ledger.put([Samples.life("f-fixed", state: .fixed)])
        var once = Samples.life("f-once", state: .appearing)
        once.opened = nil
        try ledger.put([once])
        for state in RequestRecord.State.allCases { try ledger.put(Samples.request("g-\(state)", state: state)) }
        try ledger.put(Samples.request("g-again", state: .dismissed))
        try ledger.put(Samples.request("g-again", state: .dismissed, opened: limit))
        try ledger.put([Samples.estimate("m2", standing: .waiting), Samples.estimate("m3", merged: limit)])
        try ledger.append(Samples.audit("young", time: limit))
        let pruned = try ledger.prune(before: limit, now: limit, cause: "user alice")
        #expect(try ledger.runs(limit: 9).map(\.id) == ["r-3", "r-2"], "the newest of each outcome stays")
        #expect(try ledger.lives() == [Samples.life()] && ledger.events(of: Samples.life().identity).count == 1)
        #expect(try ledger.events(of: Samples.life("f-fixed").identity) == [] && ledger.scores() == [] && ledger.exemptionUses() == [])
        #expect(try ledger.badges() == [Samples.badge()] && ledger.savings() == [Samples.savings()])
        #expect(try ledger.estimates().map(\.commit) == ["m2", "m3"], "those that wait stay")
        #expect(
            try Set(ledger.requestHistory().map(\.group))
                == ["g-000000000001", "g-writing", "g-open", "g-dismissed", "g-abandoned", "g-again"])
        #expect(try ledger.requestHistory(group: "g-again").count == 1)
        #expect(try ledger.audits().map(\.action) == [.ledgerPruned, .branchWritten])
        #expect(pruned.first { $0.table == "requests" }?.rows == 3)
        #expect(try ledger.status() == Samples.status)
        #expect(throws: LedgerError.self, "the permission to prune is gone") { try ledger.database.execute("DELETE FROM audit") }
        #expect(try ledger.prune(before: limit, now: limit, cause: "user alice") == [], "nothing is written where nothing is old")
        #expect(try ledger.audits().count == 2 && ledger.verify() == [])
    }

    @Test("an export is one line of JSON for each row, the same bytes for the same rows")
    func export() throws {
        let ledger = try test.open()
        try test.fill(ledger)
        let exported = try lines(ledger)
        #expect(exported.count == 21)
        for line in exported {
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            #expect(object?["table"] is String && object?["row"] is [String: Any])
        }
        #expect(exported[0].hasPrefix(#"{"table":"status","row":{"name":"acme","is_suspended":1,"#))
        let second = TestLedger()
        let other = try second.open()
        try second.fill(other)
        #expect(try lines(other) == exported)
    }

    @Test("what contradicts itself is found")
    func verify() throws {
        let ledger = try test.open()
        try test.fill(ledger)
        try ledger.database.execute(
            """
            PRAGMA foreign_keys = OFF; UPDATE runs SET finished = NULL; UPDATE run_stages SET run = 'r-gone';
            UPDATE lives SET fixed = 1, last_seen = 0; UPDATE costs SET amount = '12'; DROP INDEX requests_open_once;
            """)
        try ledger.put(Samples.request(state: .open, opened: Samples.now.adding(.days(1))))
        let problems = try ledger.verify()
        #expect(problems.count { $0.check == .references } == 2)
        #expect(problems.count { $0.check == .rows } == 2)
        #expect(problems.filter { $0.check == .rules }.map(\.message.last) == ["1", "1", "1", "1"])
    }
}
