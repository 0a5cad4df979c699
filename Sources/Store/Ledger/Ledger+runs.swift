package import CostModel

/// A pass in which nothing had changed writes nothing, so it has no run here: `begin` is called once something has changed.
extension Ledger {
    package func begin(_ run: Run) throws(LedgerError) {
        try put(run)
    }

    /// Writes the run with its stages and figures; also one whose beginning was lost with a damaged file.
    package func finish(_ run: Run) throws(LedgerError) {
        try put(run)
    }

    private func put(_ run: Run) throws(LedgerError) {
        try transaction { () throws(LedgerError) in
            try database.upsert(run)
            try database.run("DELETE FROM run_stages WHERE run = ?", [run.id])
            for stage in run.stages { try database.insert(RunStage(run: run.id, status: stage)) }
        }
    }

    /// The newest first.
    ///
    /// - Parameters:
    ///   - since: only runs that started then or later.
    ///   - before: only runs that began before this one; by this a list is read page by page.
    package func runs(limit: Int, since: Instant? = nil, before: String? = nil) throws(LedgerError) -> [Run] {
        try withStages(
            database.records(
                Run.self,
                """
                WHERE started >= ? AND sequence < ifnull((SELECT sequence FROM runs WHERE id = ?), 9223372036854775807)
                ORDER BY sequence DESC LIMIT ?
                """, [since?.seconds ?? .min, before, limit]))
    }

    package func run(_ id: String) throws(LedgerError) -> Run? {
        try withStages(database.records(Run.self, "WHERE id = ?", [id])).first
    }

    /// Ends the runs that a process left behind when it died, and gives them. The caller holds the workspace's lock, so nobody is at work.
    @discardableResult
    package func markInterrupted(now: Instant) throws(LedgerError) -> [Run] {
        try transaction { () throws(LedgerError) in
            var left = try withStages(database.records(Run.self, "WHERE outcome = ? ORDER BY sequence", [Run.Outcome.running]))
            for index in left.indices {
                left[index].outcome = .interrupted
                left[index].finished = now
                try database.upsert(left[index])
            }
            return left
        }
    }

    private func withStages(_ runs: [Run]) throws(LedgerError) -> [Run] {
        var runs = runs
        for index in runs.indices {
            runs[index].stages = try database.records(RunStage.self, "WHERE run = ? ORDER BY sequence", [runs[index].id]).map(\.status)
        }
        return runs
    }
}
