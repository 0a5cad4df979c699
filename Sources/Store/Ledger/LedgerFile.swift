internal import Glibc

/// The ledger's file on disk: made for its owner alone.
enum LedgerFile {
    /// Makes an empty file that only its owner may read, or takes that away from others where a file is there already.
    ///
    /// SQLite gives the files that it adds beside it (`-wal`, `-shm`) the same permissions.
    static func prepare(_ path: String) throws(LedgerError) {
        let made = open(path, O_CREAT | O_EXCL | O_RDWR | O_NOFOLLOW | O_CLOEXEC, 0o600)
        if made >= 0 {
            // The process's umask may have taken away more than others' rights.
            let isSet = fchmod(made, 0o600) == 0
            let code = errno
            close(made)
            guard isSet else { throw .system(code, "make the ledger '\(path)'") }
            return
        }
        guard errno == EEXIST else { throw .system(errno, "make the ledger '\(path)'") }
        let mode = try check(path)
        if mode & 0o077 != 0, chmod(path, mode & 0o700) != 0 { throw .system(errno, "protect the ledger '\(path)'") }
    }

    /// The permissions of a file that may be a ledger. A link could point at a file that is not ours; and what is shorter than any database
    /// but not empty SQLite would take for a new one, and overwrite.
    @discardableResult
    static func check(_ path: String) throws(LedgerError) -> mode_t {
        var status = stat()
        guard lstat(path, &status) == 0 else {
            if errno == ENOENT { throw LedgerError(.missing, "there is no ledger at '\(path)'") }
            throw .system(errno, "open the ledger '\(path)'")
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw LedgerError(.invalid, "'\(path)' is not a regular file") }
        guard status.st_size == 0 || status.st_size >= smallestPage else { throw LedgerError(.corrupt, "'\(path)' is not a database") }
        return status.st_mode & 0o7777
    }

    private static let smallestPage = 512

    static func move(_ path: String, to target: String) throws(LedgerError) {
        guard rename(path, target) == 0 else { throw .system(errno, "move '\(path)' to '\(target)'") }
    }

    /// Gives a finished file its name; without `overwriting` only where nothing has that name.
    static func place(_ path: String, at target: String, overwriting: Bool) throws(LedgerError) {
        if overwriting {
            try move(path, to: target)
        } else {
            guard link(path, target) == 0 else { throw .system(errno, "write '\(target)'") }
            unlink(path)
        }
        try flush(folder(of: target))
    }

    /// Waits until a file or the names in a folder are on the disk.
    static func flush(_ path: String) throws(LedgerError) {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw .system(errno, "open '\(path)'") }
        defer { close(file) }
        guard fsync(file) == 0 else { throw .system(errno, "write '\(path)' to the disk") }
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    static func exists(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0
    }
}

extension LedgerError {
    /// From `errno`.
    static func system(_ code: Int32, _ operation: String) -> LedgerError {
        let kind: Code =
            switch code {
            case ENOSPC, EDQUOT: .full
            case EROFS, EACCES, EPERM: .readOnly
            case ENOENT: .missing
            default: .other
            }
        return LedgerError(kind, String(cString: strerror(code)).lowercased(), operation: operation)
    }
}
