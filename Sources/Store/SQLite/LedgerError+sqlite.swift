internal import CSQLite
internal import Glibc

extension LedgerError {
    /// From one of SQLite's result codes; an extended one counts like the plain one it extends.
    ///
    /// - Parameter system: what the operating system said, as `errno`; 0: nothing.
    init(sqlite code: Int32, system: Int32 = 0, _ message: String, operation: String, sql: String? = nil) {
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
