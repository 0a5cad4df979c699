package import CostModel

extension Ledger {
    /// What was estimated of merged changes, in the order in which they came.
    package func estimates() throws(LedgerError) -> [EstimateRecord] {
        try database.records()
    }

    /// A commit has one estimate of a resource: the last one put.
    package func put(_ estimates: [EstimateRecord]) throws(LedgerError) {
        try transaction { () throws(LedgerError) in
            for estimate in estimates { try database.upsert(estimate) }
        }
    }
}
