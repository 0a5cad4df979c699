package import CostModel
import Git
import Observation
import Reporting
package import Store

/// What a run takes over from the runs before it.
struct RunCheckpoint {
    /// Digests of what the last whole run, and the last one that stalled, went by.
    let inputs: String?
    let stalledInputs: String?
    /// When something that waits is looked at again, though nothing changes, and since when it is known; nil: nothing waits.
    let again: (since: Instant, until: Instant)?
    /// The stage that stalled then.
    let stalled: StageStatus?
    /// Of the workspace's observed files.
    let patterns: [String]
    /// What names of our branches begin with: the present prefix first, then those of requests that are still open.
    let branchPrefixes: [String]
    /// The branch of badges, as the last run was told; nil: there was none.
    let badgesBranch: String?
    /// The revision up to which merges were looked for.
    let mergesSeen: ObjectID?
    /// When the code host was last looked at, and which one it was.
    let lookedAt: Instant?
    let host: String?
    /// Whose ledger it is.
    let owner: LedgerOwner?
    /// A digest of the evaluation that lives and scores last went by.
    let evidence: String?
    /// All of them, the oldest first; not before they are asked for: a run that finds nothing changed needs none.
    private(set) var requests: [RequestRecord] = []
    private let lastRun: String

    init(_ ledger: Ledger) throws(LedgerError) {
        inputs = try ledger.value(Key.inputs)
        stalledInputs = try ledger.value(Key.stalledInputs)
        let times = try ledger.value(Key.again)?.split(separator: " ").compactMap { Instant(String($0)) } ?? []
        again = times.count == 2 ? (times[0], times[1]) : nil
        let status = try ledger.status()
        stalled = status?.stages.first { $0.condition == .stalled }
        patterns = try ledger.value(Key.patterns)?.split(separator: "\n").map(String.init) ?? []
        branchPrefixes =
            try ledger.value(Key.branchPrefixes)?.split(separator: "\n").map(String.init) ?? [RemediationSettings().branchPrefix]
        badgesBranch = try ledger.value(Key.badges)
        mergesSeen = try ledger.value(Key.mergesSeen).flatMap { ObjectID($0) }
        lookedAt = try ledger.value(Key.lookedAt).flatMap { Instant($0) }
        host = try ledger.value(Key.host)
        owner = try ledger.value(Key.owner).map(LedgerOwner.init)
        evidence = try ledger.value(Key.evidence)
        lastRun = try ledger.runs(limit: 1).first?.id ?? ""
    }

    mutating func readRequests(from ledger: Ledger) throws(LedgerError) { requests = try ledger.requestHistory().reversed() }

    enum Key {
        static let inputs = "inputs"
        static let stalledInputs = "stalled-inputs"
        static let again = "again"
        static let patterns = "observed-patterns"
        /// One a line.
        static let branchPrefixes = "branch-prefix"
        static let badges = "badges-branch"
        static let mergesSeen = "merges-seen"
        static let lookedAt = "host-looked-at"
        static let host = "host"
        static let owner = "owner"
        /// Until when the code host asked us to leave it alone.
        static let hostWait = "host-wait"
        static let evidence = "evidence"
        /// See `DeployedMemory`.
        static let deployed = "deployed"
        /// The revision up to which changes were estimated.
        static let estimated = "estimated"
        /// The revision up to which merged branches were looked through.
        static let caughtUpTo = "caught-up-to"
        /// See `BilledMemory`.
        static let billed = "billed-days"
        /// Behind it stands a digest of policies; the value is a revision that has them.
        static let policies = "policies-"
        static let status = "commit-status"
    }

    /// All prefixes that our branches may have, once this one is the present one.
    func prefixes(with present: String) -> [String] { [present] + branchPrefixes.filter { $0 != present } }

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
            badges: try ledger.badges(), caught: try ledger.value(CaughtFindings.key).flatMap(CaughtFindings.init(text:)))
    }
}
