internal import CSQLite
package import CostModel
internal import Glibc

extension Ledger {
    /// Writes a copy of the ledger as it is now into one file, for its owner alone, while others may go on writing.
    ///
    /// - Throws: `invalid` when there is something at the path already and it may not be overwritten.
    package func backup(to target: String, overwriting: Bool = false) throws(LedgerError) {
        guard overwriting || !LedgerFile.exists(target) else { throw LedgerError(.invalid, "'\(target)' exists already") }
        let partial = "\(target).partial-\(getpid())"
        unlink(partial)
        try LedgerFile.prepare(partial)
        do throws(LedgerError) {
            try database.run("VACUUM INTO ?", [partial])
            try LedgerFile.flush(partial)
            try LedgerFile.place(partial, at: target, overwriting: overwriting)
        } catch {
            unlink(partial)
            throw error
        }
    }

    /// Replaces what stands in a ledger by a backup, at once or not at all; a damaged ledger is moved aside first.
    ///
    /// The caller holds the workspace's lock.
    ///
    /// - Returns: where a damaged ledger lies now; nil where there was none.
    /// - Throws: `corrupt` or `invalid` when the backup is none; nothing was changed then.
    @discardableResult
    package static func restore(from backup: String, to path: String, now: Instant, cause: String) throws(LedgerError) -> String? {
        try LedgerFile.check(backup)
        let source = try Database(path: backup, flags: SQLITE_OPEN_READONLY)
        guard try version(of: source) > 0 else { throw LedgerError(.invalid, "'\(backup)' holds no ledger") }
        guard try source.value("PRAGMA integrity_check(1)") == "ok" else {
            throw LedgerError(.corrupt, "the backup '\(backup)' is damaged")
        }
        let damaged = try isDamaged(path) ? nameAside(path, now) : nil
        if let damaged { try moveAside(path, to: damaged) }
        try LedgerFile.prepare(path)
        do {
            let target = try Database(path: path, flags: SQLITE_OPEN_READWRITE)
            target.wait(milliseconds: busyTimeout)
            try target.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
            try target.copy(from: source)
        }
        // An older backup is brought up to date here.
        try Ledger.open(at: path, mode: .readWrite).append(
            AuditEntry(time: now, run: nil, cause: cause, action: .ledgerRestored, object: path, detail: "from \(backup)"))
        return damaged
    }
}
