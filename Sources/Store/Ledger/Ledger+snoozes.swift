package import CostModel

extension Ledger {
    /// In the order in which they were asked for.
    package func snoozes() throws(LedgerError) -> [Snooze] { try database.records() }

    /// Overwrites one of the same group that began at the same time.
    package func put(_ snooze: Snooze) throws(LedgerError) { try database.upsert(snooze) }
}
