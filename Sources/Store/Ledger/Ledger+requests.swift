package import CostModel

extension Ledger {
    /// The newest request of each group that stands in one of these states, in the order in which they were first put.
    package func requests(states: Set<RequestRecord.State> = Set(RequestRecord.State.allCases)) throws(LedgerError) -> [RequestRecord] {
        try database.records(
            RequestRecord.self, #"WHERE sequence IN (SELECT max(sequence) FROM requests GROUP BY "group") ORDER BY sequence"#
        ).filter { states.contains($0.state) }
    }

    /// The newest request of a group.
    package func request(_ group: String) throws(LedgerError) -> RequestRecord? {
        try database.records(RequestRecord.self, #"WHERE "group" = ? ORDER BY sequence DESC LIMIT 1"#, [group]).first
    }

    /// All requests with the earlier ones of each group, the newest first.
    package func requestHistory(group: String? = nil, since: Instant? = nil, limit: Int = .max) throws(LedgerError) -> [RequestRecord] {
        try database.records(
            RequestRecord.self, #"WHERE "group" = ifnull(?, "group") AND updated >= ? ORDER BY sequence DESC LIMIT ?"#,
            [group, since?.seconds ?? .min, limit])
    }

    /// Overwrites the group's request with the same `opened`. Another `opened` is another request of the group, and the earlier ones stay.
    ///
    /// - Throws: `invalid` where another request of the group is still open.
    package func put(_ request: RequestRecord) throws(LedgerError) {
        try database.upsert(request)
    }

    /// Sorted by the time of the merge.
    package func savings() throws(LedgerError) -> [SavingsRecord] {
        try database.records()
    }

    /// A change that was merged by a commit has one record: the last one put.
    package func put(_ savings: [SavingsRecord]) throws(LedgerError) {
        try transaction { () throws(LedgerError) in
            for record in savings { try database.upsert(record) }
        }
    }
}
