package import CostModel

extension Ledger {
    /// The workspace's present status; nil before its first run.
    package func status() throws(LedgerError) -> WorkspaceStatus? {
        guard var status = try database.records(WorkspaceStatus.self).first else { return nil }
        status.stages = try database.records(StageStatus.self)
        return status
    }

    package func setStatus(_ status: WorkspaceStatus) throws(LedgerError) {
        try transaction { () throws(LedgerError) in
            try database.run("DELETE FROM status")
            try database.run("DELETE FROM status_stages")
            try database.insert(status)
            for stage in status.stages { try database.insert(stage) }
        }
    }

    /// One of the small things that are remembered from pass to pass, such as the digest of the last input.
    package func value(_ key: String) throws(LedgerError) -> String? {
        try database.value("SELECT value FROM settings WHERE key = ?", [key])
    }

    /// - Parameter value: nil forgets it.
    package func setValue(_ key: String, _ value: String?) throws(LedgerError) {
        guard let value else { return try database.run("DELETE FROM settings WHERE key = ?", [key]) }
        try database.run(
            "INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", [key, value])
    }
}
