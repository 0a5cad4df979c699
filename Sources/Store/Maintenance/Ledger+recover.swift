internal import CSQLite
package import CostModel
internal import Glibc

/// What became of a damaged ledger.
package struct LedgerRecovery: Hashable, Sendable {
    /// Where the damaged file lies now.
    package var damaged: String
    /// How many rows of each table could be read from it and stand in the new one; tables without any are left out.
    package var saved: [SavedTable]
    /// Tables in which something could not be read.
    package var incomplete: [String]

    package struct SavedTable: Hashable, Sendable {
        package var table: String
        package var rows: Int
    }
}

extension Database {
    fileprivate func isSound() throws(LedgerError) -> Bool { try value("PRAGMA quick_check(1)") == "ok" }
}

extension LedgerRecovery {
    /// Whether one was killed between its last two steps, so that the ledger is not in its place.
    package static func isUnfinished(at path: String) -> Bool { !LedgerFile.exists(path) && LedgerFile.exists("\(path).new") }
}

extension Ledger {
    /// Looks at every page.
    ///
    /// - Throws: `corrupt` when it is damaged.
    package func examine() throws(LedgerError) {
        guard try database.isSound() else { throw LedgerError(.corrupt, "'\(path)' is damaged") }
    }

    /// Looks at a ledger before it is used, and where it is damaged moves it aside and makes a new one.
    ///
    /// What can still be read is taken over, but of the status only whether it is suspended, and no settings: without them the next run looks at everything anew. Of
    /// what is missing then, findings and costs come back from Git and bills; the rest is lost, and the caller says so.
    ///
    /// - Returns: nil when there is nothing to fix.
    /// - Throws: what keeps it from being read or written for other reasons: `busy`, `readOnly`, `newer`, `invalid`.
    package static func recover(at path: String, now: Instant) throws(LedgerError) -> LedgerRecovery? {
        let fresh = "\(path).new"
        if LedgerRecovery.isUnfinished(at: path) {
            // An earlier recovery was killed between its last two steps; its own entry in the audit says what it did.
            try LedgerFile.move(fresh, to: path)
        }
        guard try isDamaged(path) else { return nil }
        for suffix in ["", "-wal", "-shm"] { unlink(fresh + suffix) }
        var recovery = LedgerRecovery(damaged: nameAside(path, now), saved: [], incomplete: [])
        // The new one is whole before the old one is moved, so that a kill in between loses nothing that could be saved.
        do {
            let ledger = try Ledger.open(at: fresh, mode: .readWrite)
            try ledger.save(from: path, into: &recovery)
            let rows = recovery.saved.reduce(0) { $0 + $1.rows }
            try ledger.append(
                AuditEntry(
                    time: now, run: nil, cause: "damaged ledger", action: .ledgerRebuilt, object: path,
                    detail: "moved to \(recovery.damaged); \(rows) rows saved"))
        }
        try moveAside(path, to: recovery.damaged)
        try LedgerFile.place(fresh, at: path, overwriting: true)
        return recovery
    }

    static func isDamaged(_ path: String) throws(LedgerError) -> Bool {
        guard LedgerFile.exists(path) else { return false }
        do throws(LedgerError) {
            try LedgerFile.check(path)
            let database = try Database(path: path, flags: SQLITE_OPEN_READWRITE)
            database.wait(milliseconds: busyTimeout)
            _ = try version(of: database)
            return try !database.isSound()
        } catch {
            guard error.code == .corrupt else { throw error }
            return true
        }
    }

    /// `ledger.sqlite.corrupt-20261101T120000Z`, with a number behind it where that is taken.
    static func nameAside(_ path: String, _ now: Instant) -> String {
        let first = "\(path).corrupt-\(now.description.filter { $0 != ":" && $0 != "-" })"
        var (name, count) = (first, 1)
        while LedgerFile.exists(name) {
            count += 1
            name = "\(first)-\(count)"
        }
        return name
    }

    /// The write-ahead log goes with the file, or it would be taken for the new one's.
    static func moveAside(_ path: String, to aside: String) throws(LedgerError) {
        try LedgerFile.move(path, to: aside)
        if LedgerFile.exists("\(path)-wal") { try LedgerFile.move("\(path)-wal", to: "\(aside)-wal") }
        unlink("\(path)-shm")
    }

    private func save(from damaged: String, into recovery: inout LedgerRecovery) throws(LedgerError) {
        let old: Database
        do throws(LedgerError) {
            old = try Database(path: damaged, flags: SQLITE_OPEN_READONLY)
            // Without writable_schema SQLite reads nothing of a file that is shorter than its header says.
            try old.execute("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA writable_schema = ON")
            // Columns of another version would have to be migrated, which a damaged file does not bear.
            guard try Ledger.version(of: old) == Migration.newest else { throw LedgerError(.invalid, "of another version") }
        } catch {
            recovery.incomplete = recordTypes.map { $0.table.name } + [WorkspaceStatus.table.name]
            return
        }
        for type in recordTypes { try save(type, from: old, into: &recovery) }
        var status: WorkspaceStatus?
        do throws(LedgerError) { status = try old.records(WorkspaceStatus.self).first } catch {
            recovery.incomplete.append(WorkspaceStatus.table.name)
        }
        // What a person suspended stays suspended.
        if let status, status.isSuspended { try setStatus(WorkspaceStatus(name: status.name, isSuspended: true)) }
    }

    private func save<Saved: TableRecord>(_ type: Saved.Type, from old: Database, into recovery: inout LedgerRecovery) throws(LedgerError) {
        let table = Saved.table
        var found: [Int64: Saved] = [:]
        var isComplete = true
        // From both ends, up to where the damage begins.
        for direction in ["ASC", "DESC"] {
            do throws(LedgerError) {
                let select = "SELECT sequence, \(Table.list(table.columns)) FROM \(table.name) ORDER BY sequence \(direction)"
                try old.each(select) { (row) throws(LedgerError) in
                    let sequence: Int64 = try row.next()
                    if found[sequence] != nil { return false }
                    do throws(LedgerError) {
                        found[sequence] = try Saved(&row)
                    } catch {
                        isComplete = false
                    }
                    return true
                }
                if isComplete { break }
            } catch {
                isComplete = false
            }
        }
        var rows = 0
        try transaction { () throws(LedgerError) in
            for (_, record) in found.sorted(by: { $0.key < $1.key }) {
                do throws(LedgerError) {
                    try database.insert(record)
                    rows += 1
                } catch {
                    // It contradicts another row, or what it refers to is gone.
                    guard error.code == .invalid else { throw error }
                    isComplete = false
                }
            }
        }
        if rows > 0 { recovery.saved.append(LedgerRecovery.SavedTable(table: table.name, rows: rows)) }
        if !isComplete { recovery.incomplete.append(table.name) }
    }
}
