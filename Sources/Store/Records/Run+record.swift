internal import CostModel

extension Run: Record {
    static let table = Table(
        "runs",
        columns: [
            "id", "trigger", "started", "finished", "outcome", "revision", "policy_digest", "observed_digest", "is_dry_run", "is_partial",
            "resources", "failing_low", "failing_medium", "failing_high", "failing_critical", "unknown", "exempt", "at_stake",
            "potential_savings", "open_requests",
        ], key: ["id"], order: "sequence")

    var values: [any Storable] {
        [id, trigger, started, finished, outcome, revision, policyDigest, observedDigest, isDryRun, isPartial, summary?.resources]
            + Severity.allCases.map { summary?.failing[$0] }
            + [summary?.unknown, summary?.exempt, summary?.atStake, summary?.potentialSavings, summary?.openRequests]
    }

    /// Without its stages, which are rows of another table.
    init(_ row: inout Row) throws(LedgerError) {
        self.init(
            id: try row.next(), trigger: try row.next(), started: try row.next(), finished: try row.next(), outcome: try row.next(),
            revision: try row.next(), policyDigest: try row.next(), observedDigest: try row.next(), isDryRun: try row.next(),
            isPartial: try row.next(), summary: try RunSummary(nextIn: &row))
    }
}

extension RunSummary {
    /// Nil where nothing was evaluated.
    fileprivate init?(nextIn row: inout Row) throws(LedgerError) {
        let resources: Int? = try row.next()
        var failing: [Severity: Int] = [:]
        for severity in Severity.allCases { failing[severity] = try row.next() as Int? }
        let (unknown, exempt): (Int?, Int?) = (try row.next(), try row.next())
        let (atStake, potentialSavings): (Money?, Money?) = (try row.next(), try row.next())
        let openRequests: Int? = try row.next()
        guard let resources, let unknown, let exempt, let openRequests else { return nil }
        self.init(
            resources: resources, failing: failing, unknown: unknown, exempt: exempt, atStake: atStake, potentialSavings: potentialSavings,
            openRequests: openRequests)
    }
}

/// A stage of a run.
struct RunStage: Record {
    var run: String
    var status: StageStatus

    static let table = Table("run_stages", columns: ["run"] + StageStatus.columns, key: ["run", "stage"], order: "sequence")

    var values: [any Storable] { [run] + status.values }

    init(run: String, status: StageStatus) {
        self.run = run
        self.status = status
    }

    init(_ row: inout Row) throws(LedgerError) {
        run = try row.next()
        status = try StageStatus(&row)
    }
}

/// As a row of its own: a stage of the workspace's present status.
extension StageStatus: Record {
    fileprivate static let columns = ["stage", "condition", "reason", "message", "started", "milliseconds"]
    static let table = Table("status_stages", columns: columns, key: ["stage"], order: "sequence")

    var values: [any Storable] { [stage, condition, reason, message, started, milliseconds] }

    init(_ row: inout Row) throws(LedgerError) {
        self.init(
            stage: try row.next(), condition: try row.next(), reason: try row.next(), message: try row.next(), started: try row.next(),
            milliseconds: try row.next())
    }
}

extension WorkspaceStatus: Record {
    static let table = Table(
        "status",
        columns: [
            "name", "is_suspended", "observed_revision", "applied_revision", "last_handled_request", "last_success", "next", "failures",
        ], order: "sequence")

    var values: [any Storable] {
        [name, isSuspended, observedRevision, appliedRevision, lastHandledRequest, lastSuccess, next, failures]
    }

    /// Without its stages, which are rows of another table.
    init(_ row: inout Row) throws(LedgerError) {
        self.init(
            name: try row.next(), isSuspended: try row.next(), observedRevision: try row.next(), appliedRevision: try row.next(),
            lastHandledRequest: try row.next(), lastSuccess: try row.next(), next: try row.next(), failures: try row.next())
    }
}
