internal import CSQLite

/// What Bursar remembers about one workspace: runs, lives of findings, scores, requests, savings, costs, and who caused each write.
///
/// One file in the workspace's state folder. Every verb that writes is one transaction; `transaction` joins several. Not `Sendable`: a
/// ledger is confined to one thread at a time, so keep it inside one task or actor.
package final class Ledger {
    package enum Mode: Hashable, Sendable {
        /// Makes the file where there is none, and brings an older one to the newest version.
        case readWrite
        /// Changes nothing; an older file is refused.
        case readOnly
    }

    let database: Database
    /// The version that the file had before it was opened, where that was an older one than ours; nil for a new file.
    package let migratedFrom: Int?

    /// - Throws: `corrupt` when the file is damaged (see `recover`), `newer` when a newer Bursar wrote it, `missing`, `readOnly`, `busy`.
    package static func open(at path: String, mode: Mode) throws(LedgerError) -> Ledger {
        switch mode {
        case .readWrite: try LedgerFile.prepare(path)
        case .readOnly: try LedgerFile.check(path)
        }
        return try Ledger(path, mode)
    }

    private init(_ path: String, _ mode: Mode) throws(LedgerError) {
        database = try Database(path: path, flags: mode == .readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE)
        database.wait(milliseconds: Ledger.busyTimeout)
        // A file from elsewhere may hold triggers and views; none of them may call what has side effects.
        try database.execute("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA foreign_keys = ON")
        let version = try Ledger.version(of: database)
        switch mode {
        case .readOnly:
            guard version > 0 else { throw LedgerError(.missing, "'\(path)' holds no ledger yet") }
            guard version == Migration.newest else { throw .older(path) }
            migratedFrom = nil
        case .readWrite:
            guard !database.isReadOnly else { throw .readOnly(path) }
            // Write-ahead: readers never wait for the writer. FULL: what was committed survives a power cut.
            try database.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
            let before = try Ledger.migrate(database, to: Migration.all)
            migratedFrom = (1..<Migration.newest).contains(before) ? before : nil
        }
    }

    package var path: String { database.path }

    /// For tests: makes chosen statements fail.
    package var fault: LedgerFault? {
        get { database.fault }
        set { database.fault = newValue }
    }

    /// For tests: as if the disk had room for a file of so many pages, and no more.
    package func limit(pages: Int) throws(LedgerError) {
        try database.execute("PRAGMA max_page_count = \(pages)")
    }

    /// Does all of it or nothing. Transactions may stand inside each other; an inner one that fails is undone by itself.
    @discardableResult
    package func transaction<Value>(_ body: () throws(LedgerError) -> Value) throws(LedgerError) -> Value {
        try database.transaction(body)
    }

    /// How long a write waits for another process, in milliseconds.
    static let busyTimeout: Int32 = 5_000
}

extension Ledger {
    /// `BRSR`: by this a ledger is told from other databases.
    static let applicationID: Int64 = 0x4252_5352

    /// 0 for an empty file.
    static func version(of database: Database) throws(LedgerError) -> Int {
        let version: Int = try database.value("PRAGMA user_version") ?? 0
        let application: Int64 = try database.value("PRAGMA application_id") ?? 0
        let tables: Int = try database.value("SELECT count(*) FROM sqlite_schema") ?? 0
        let isEmpty = version == 0 && application == 0 && tables == 0
        guard isEmpty || application == applicationID else { throw .foreign(database.path) }
        guard version <= Migration.newest else { throw .newer(database.path) }
        return version
    }

    /// Brings a database to the version that the migrations make, in one transaction; gives the version that it had.
    static func migrate(_ database: Database, to migrations: [Migration]) throws(LedgerError) -> Int {
        guard try version(of: database) < migrations.count else { return migrations.count }
        return try database.transaction { () throws(LedgerError) in
            // Another process may have done it while this one waited.
            let before = try version(of: database)
            for migration in migrations.dropFirst(before) {
                try database.execute(migration.sql)
                try migration.step?(database)
            }
            try database.execute("PRAGMA application_id = \(applicationID); PRAGMA user_version = \(migrations.count)")
            return before
        }
    }
}

extension LedgerError {
    fileprivate static func newer(_ path: String) -> LedgerError {
        LedgerError(.newer, "the ledger '\(path)' was written by a newer bursar; use that one, or restore a backup")
    }

    fileprivate static func older(_ path: String) -> LedgerError {
        LedgerError(.invalid, "the ledger '\(path)' was written by an older bursar; the next reconciliation brings it up to date")
    }

    fileprivate static func readOnly(_ path: String) -> LedgerError {
        LedgerError(.readOnly, "the ledger '\(path)' may not be written")
    }

    fileprivate static func foreign(_ path: String) -> LedgerError {
        LedgerError(.invalid, "'\(path)' is a database of another program")
    }
}
