package import CostModel

extension Ledger {
    package func append(_ entry: AuditEntry) throws(LedgerError) {
        try database.insert(entry)
    }

    /// The newest first.
    package func audits(since: Instant? = nil, limit: Int = .max, action: AuditEntry.Action? = nil) throws(LedgerError) -> [AuditEntry] {
        try database.records(
            AuditEntry.self, "WHERE time >= ? AND action = ifnull(?, action) ORDER BY sequence DESC LIMIT ?",
            [since?.seconds ?? .min, action, limit])
    }
}
