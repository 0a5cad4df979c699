package import CostModel
import Git
import Observation
package import Store

/// What a run takes over from the runs before it.
struct Memory {
    /// Digests of what the last whole run, and the last one that stalled, went by.
    let inputs: String?
    let stalledInputs: String?
    /// When something that waits is looked at again, though nothing changes; nil: nothing waits.
    let again: Instant?
    /// The stage that stalled then.
    let stalled: StageStatus?
    /// Of the workspace's observed files.
    let patterns: [String]
    let branchPrefix: String
    let appliedRevision: ObjectID?
    /// A digest of the evaluation that lives and scores last went by.
    let evidence: String?
    /// All of them, the oldest first.
    let requests: [RequestRecord]
    private let lastRun: String

    init(_ ledger: Ledger) throws(LedgerError) {
        inputs = try ledger.value(Key.inputs)
        stalledInputs = try ledger.value(Key.stalledInputs)
        again = try ledger.value(Key.again).flatMap { Instant($0) }
        let status = try ledger.status()
        stalled = status?.stages.first { $0.condition == .stalled }
        patterns = try ledger.value(Key.patterns)?.split(separator: "\n").map(String.init) ?? []
        branchPrefix = try ledger.value(Key.branchPrefix) ?? RemediationSettings().branchPrefix
        appliedRevision = status?.appliedRevision.flatMap { ObjectID($0) }
        evidence = try ledger.value(Key.evidence)
        requests = try ledger.requestHistory().reversed()
        lastRun = try ledger.runs(limit: 1).first?.id ?? ""
    }

    enum Key {
        static let inputs = "inputs"
        static let stalledInputs = "stalled-inputs"
        static let again = "again"
        static let patterns = "observed-patterns"
        static let branchPrefix = "branch-prefix"
        static let evidence = "evidence"
        /// Behind it stands a digest of policies; the value is a revision that has them.
        static let policies = "policies-"
        static let status = "commit-status"
    }

    /// The id of the run that comes next: the same for the same history.
    func identifier(of run: Run, workspace: String) -> String {
        var hash = SHA256()
        for field in [workspace, lastRun, run.trigger.rawValue, run.started.description] { hash.update(field: field) }
        return "r-" + hash.hexDigest().prefix(12)
    }
}

extension History {
    /// How far back scores are looked at: streaks of a year, and some more.
    private static let scoreDays = 400

    /// All that a ledger remembers of a workspace and bears on scores.
    package init(_ ledger: Ledger, today: Day) throws(LedgerError) {
        self.init(
            lives: try ledger.lives(), scores: try ledger.scores(since: today.advanced(by: -Self.scoreDays)), savings: try ledger.savings(),
            badges: try ledger.badges())
    }
}
