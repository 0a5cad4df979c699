package import CostModel

extension Ledger {
    /// How many rows of a table were deleted.
    package struct PrunedTable: Hashable, Sendable {
        package var table: String
        package var rows: Int
    }

    /// Forgets what is older: runs, events, fixed findings, scores, costs, ended requests, snoozes that are over, uses of exemptions,
    /// messages that were sent or given up, audit entries.
    ///
    /// Never findings that are not fixed, requests that are open or that a person closed, savings, badges, nor the newest run of each
    /// outcome. The space is used again by what comes; the file does not shrink, but a backup is small.
    ///
    /// - Returns: what was deleted; tables that lost nothing are left out.
    @discardableResult
    package func prune(before: Instant, now: Instant, cause: String) throws(LedgerError) -> [PrunedTable] {
        try transaction { () throws(LedgerError) in
            var pruned: [PrunedTable] = []
            func delete(_ table: String, _ condition: String, _ value: any Storable) throws(LedgerError) {
                try database.run("DELETE FROM \(table) WHERE \(condition)", [value])
                if database.changes > 0 { pruned.append(PrunedTable(table: table, rows: database.changes)) }
            }
            try delete(
                "runs",
                "started < ? AND outcome <> 'running' AND sequence NOT IN (SELECT max(sequence) FROM runs GROUP BY outcome)", before)
            // Also what was seen once and never again.
            try delete(
                "lives", "state = 'fixed' AND fixed < ?1 OR state = 'appearing' AND opened IS NULL AND last_seen < ?1", before)
            try delete("life_events", "time < ? AND finding NOT IN (SELECT identity FROM lives)", before)
            try delete("exemption_uses", "last_used < ?", before)
            try delete("scores", "day < ?", before.day)
            try delete("costs", "day < ?", before.day)
            try delete(
                "requests",
                """
                ended < ? AND state NOT IN ('writing', 'open') AND NOT (state IN ('dismissed', 'abandoned')
                AND sequence IN (SELECT max(sequence) FROM requests GROUP BY "group"))
                """, before)
            try delete("estimates", "merged < ? AND standing <> 'waiting'", before)
            try delete("snoozes", "until < ?", before)
            try delete("messages", "finished < ? AND state <> 'waiting'", before)
            try setValue(Ledger.auditLimit, String(before.seconds))
            try delete("audit", "time < ?", before)
            try setValue(Ledger.auditLimit, nil)
            guard !pruned.isEmpty else { return [] }
            let counts = pruned.map { "\($0.table) \($0.rows)" }.joined(separator: ", ")
            try append(
                AuditEntry(time: now, run: nil, cause: cause, action: .ledgerPruned, object: path, detail: "before \(before): \(counts)"))
            return pruned
        }
    }

    /// Named by the trigger that keeps the audit.
    private static let auditLimit = "pruning-audit-before"
}
