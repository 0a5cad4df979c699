internal import CSQLite
internal import Glibc

/// A database file, open: the one door to SQLite.
///
/// Owns SQLite's handle and closes it with the last reference. Every result code is looked at where it is returned, and the message
/// read in the same breath. Not `Sendable`: a connection is confined to one thread at a time.
final class Database {
    let path: String
    private let handle: OpaquePointer
    private var statements: [String: Statement] = [:]
    /// Called with each statement before it runs; what it throws counts as that statement's failure.
    var fault: LedgerFault?

    /// - Parameter flags: SQLite's own.
    init(path: String, flags: Int32) throws(LedgerError) {
        var opened: OpaquePointer?
        let code = sqlite3_open_v2(path, &opened, flags | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_NOMUTEX, nil)
        guard code == SQLITE_OK, let opened else {
            let message = opened.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
            let system = opened.map { sqlite3_system_errno($0) } ?? 0
            sqlite3_close_v2(opened)
            throw LedgerError(sqlite: code, system: system, message, operation: "open '\(path)'")
        }
        handle = opened
        self.path = path
    }

    deinit {
        // Statements that outlive it keep the connection until they are freed too.
        sqlite3_close_v2(handle)
    }

    /// Also where it was to be written and the file or its disk does not allow it: SQLite opens it all the same.
    var isReadOnly: Bool { sqlite3_db_readonly(handle, "main") == 1 }
    /// Outside of a transaction each statement is one of its own.
    var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }
    /// How many rows the last statement wrote or deleted.
    var changes: Int { Int(sqlite3_changes64(handle)) }

    func wait(milliseconds: Int32) {
        sqlite3_busy_timeout(handle, milliseconds)
    }

    /// Runs any number of statements without values.
    func execute(_ sql: String) throws(LedgerError) {
        try fault?.check(sql)
        try check(sqlite3_exec(handle, sql, nil, nil, nil), sql)
    }

    func run(_ sql: String, _ values: [any Storable] = []) throws(LedgerError) {
        try fault?.check(sql)
        try each(sql, values.map(\.stored)) { (_) throws(LedgerError) in true }
    }

    func query<Value>(
        _ sql: String, _ values: [any Storable] = [], _ read: (inout Row) throws(LedgerError) -> Value
    ) throws(LedgerError) -> [Value] {
        var found: [Value] = []
        try each(sql, values.map(\.stored)) { (row) throws(LedgerError) in
            found.append(try read(&row))
            return true
        }
        return found
    }

    /// The first column of the first row; nil where there is no row.
    func value<Value: Storable>(_ sql: String, _ values: [any Storable] = []) throws(LedgerError) -> Value? {
        var found: Value?
        try each(sql, values.map(\.stored)) { (row) throws(LedgerError) in
            found = try row.next()
            return false
        }
        return found
    }

    /// Visits rows until there are none left or `body` says no. The body must not run the same statement.
    func each(
        _ sql: String, _ values: [SQLiteValue] = [], _ body: (inout Row) throws(LedgerError) -> Bool
    ) throws(LedgerError) {
        let statement = try prepared(sql)
        defer {
            // Its code repeats that of the step, which is looked at below.
            sqlite3_reset(statement.handle)
            sqlite3_clear_bindings(statement.handle)
        }
        precondition(values.count == Int(sqlite3_bind_parameter_count(statement.handle)), "one value for each ?")
        for (index, value) in values.enumerated() { try bind(value, at: Int32(index + 1), in: statement) }
        while true {
            let code = sqlite3_step(statement.handle)
            if code == SQLITE_DONE { return }
            guard code == SQLITE_ROW else { return try check(code, sql) }
            var row = Row(statement)
            guard try body(&row) else { return }
        }
    }

    private func bind(_ value: SQLiteValue, at index: Int32, in statement: Statement) throws(LedgerError) {
        let code: Int32
        switch value {
        case .null: code = sqlite3_bind_null(statement.handle, index)
        case .integer(let number): code = sqlite3_bind_int64(statement.handle, index, number)
        case .text(var text):
            code = text.withUTF8 { bytes in
                bytes.withMemoryRebound(to: CChar.self) { characters in
                    // An empty buffer may have no address, which SQLite would take for NULL.
                    guard let start = characters.baseAddress else { return bursar_sqlite_bind_text(statement.handle, index, "", 0) }
                    return bursar_sqlite_bind_text(statement.handle, index, start, Int32(characters.count))
                }
            }
        }
        try check(code, statement.sql)
    }

    /// Statements are kept: a pass over ten thousand findings runs the same few again and again.
    private func prepared(_ sql: String) throws(LedgerError) -> Statement {
        if let known = statements[sql] { return known }
        var made: OpaquePointer?
        try check(sqlite3_prepare_v2(handle, sql, -1, &made, nil), sql)
        guard let made else { preconditionFailure("an empty statement") }
        let statement = Statement(made, sql: sql)
        statements[sql] = statement
        return statement
    }

    private func check(_ code: Int32, _ sql: String) throws(LedgerError) {
        guard code != SQLITE_OK, code != SQLITE_DONE, code != SQLITE_ROW else { return }
        throw LedgerError(
            sqlite: code, system: sqlite3_system_errno(handle), String(cString: sqlite3_errmsg(handle)),
            operation: "use the ledger '\(path)'", sql: sql)
    }
}

extension Database {
    /// Does all of it or nothing. Within another transaction it is a part of that one, and still undone by itself when it fails.
    func transaction<Value>(_ body: () throws(LedgerError) -> Value) throws(LedgerError) -> Value {
        let isInner = isInTransaction
        // The write lock is taken at once: a transaction that first reads and then wants to write could otherwise not wait for another.
        try execute(isInner ? "SAVEPOINT step" : "BEGIN IMMEDIATE")
        do throws(LedgerError) {
            let value = try body()
            try execute(isInner ? "RELEASE step" : "COMMIT")
            return value
        } catch {
            // SQLite has rolled back by itself after some faults; another fault here adds nothing to the first, and closing rolls back too.
            if isInTransaction { sqlite3_exec(handle, isInner ? "ROLLBACK TO step; RELEASE step" : "ROLLBACK", nil, nil, nil) }
            throw error
        }
    }
}

extension Database {
    /// Reads everything as of one moment, whatever others write meanwhile.
    func reading(_ body: () throws(LedgerError) -> Void) throws(LedgerError) {
        guard !isInTransaction else { return try body() }
        try execute("BEGIN")
        // Nothing was written that a failure here could lose; closing ends it too.
        defer { sqlite3_exec(handle, "ROLLBACK", nil, nil, nil) }
        try body()
    }

    /// Replaces all that this database holds by what another one holds, in one transaction.
    func copy(from source: Database) throws(LedgerError) {
        let operation = "copy '\(source.path)' to '\(path)'"
        guard let backup = sqlite3_backup_init(handle, "main", source.handle, "main") else {
            throw LedgerError(sqlite: sqlite3_errcode(handle), String(cString: sqlite3_errmsg(handle)), operation: operation)
        }
        sqlite3_backup_step(backup, -1)
        // It repeats the step's failure.
        let code = sqlite3_backup_finish(backup)
        guard code == SQLITE_OK else {
            throw LedgerError(sqlite: code, String(cString: sqlite3_errstr(code)), operation: operation)
        }
    }
}

extension LedgerError {
    /// From one of SQLite's result codes; an extended one counts like the plain one it extends.
    ///
    /// - Parameter system: what the operating system said, as `errno`; 0: nothing.
    fileprivate init(sqlite code: Int32, system: Int32 = 0, _ message: String, operation: String, sql: String? = nil) {
        let text = message == "not an error" ? String(cString: sqlite3_errstr(code)) : message
        self.init(LedgerError.code(of: code, system), text, operation: operation, sql: sql)
    }

    private static func code(of code: Int32, _ system: Int32) -> Code {
        switch code & 0xFF {
        case SQLITE_CORRUPT, SQLITE_NOTADB: .corrupt
        case SQLITE_FULL: .full
        case SQLITE_READONLY, SQLITE_PERM: .readOnly
        case SQLITE_BUSY, SQLITE_LOCKED: .busy
        case SQLITE_CONSTRAINT, SQLITE_MISMATCH: .invalid
        // Not everywhere does SQLite tell a full disk from other failures: the file of shared memory, a flush.
        case SQLITE_IOERR, SQLITE_CANTOPEN: system == ENOSPC || system == EDQUOT ? .full : .other
        default: .other
        }
    }
}

/// For tests: makes a chosen statement fail as a disk would.
package struct LedgerFault {
    private let failure: (String) -> LedgerError?

    /// - Parameter failure: given a statement that is about to write, the fault it meets; nil: none.
    package init(_ failure: @escaping (String) -> LedgerError?) {
        self.failure = failure
    }

    func check(_ sql: String) throws(LedgerError) {
        if let error = failure(sql) { throw error }
    }
}
