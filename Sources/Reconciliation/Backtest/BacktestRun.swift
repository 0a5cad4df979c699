package import CostModel
import Diagnostics
import Git
import Observation
import Scoring

/// Tries policies on the past: the code of each day as Git has it, and the bill as it was then, judged and remembered as the loop does it.
///
/// The same evaluator and the same rules of lives as a run of the loop, so that what it finds is what a ledger would hold had the loop run at
/// these moments with these policies. Where no snapshot was kept the bill is today's, cut before each day; states, what the cloud says and
/// catalogues are as they are now.
package struct BacktestRun {
    private let workspace: OpenedWorkspace
    private let policies: PolicySet
    private let days: BacktestDays
    private let snapshots: StoredSnapshots
    private let now: Instant
    private let history: [Commit]

    /// - Parameters:
    ///   - workspace: whose policies are tried.
    ///   - policies: are tried in their place, such as those of a change with its base's sources.
    ///   - head: the revision whose history they are tried on.
    ///   - now: nothing later is looked at.
    package init(
        _ workspace: OpenedWorkspace, policies: PolicySet? = nil, on head: String, days: BacktestDays, snapshots: StoredSnapshots = .none,
        now: Instant
    ) throws(WorkspaceError) {
        self.workspace = workspace
        self.policies = policies ?? workspace.policies
        self.days = days
        self.snapshots = snapshots
        self.now = now
        let first = days.from.advanced(by: 1).start
        let tip = try BaseFinder(workspace.repository).tip(named: head)
        do throws(GitError) {
            history = try workspace.repository.firstParents(of: tip) { $0.committer.seconds < first.seconds }
        } catch { throw WorkspaceError(opening: error) }
    }

    /// The moments at which it will judge.
    package var moments: [Instant] {
        days.moments(commits: history.map { Instant(seconds: $0.committer.seconds) }, now: now)
    }

    /// - Parameters:
    ///   - moments: when to judge; nil: at those of the days.
    ///   - progress: is told after each evaluation how many there were.
    package func perform(at moments: [Instant]? = nil, progress: (Int) -> Void = { _ in }) throws(WorkspaceError) -> Backtest {
        let moments = moments ?? self.moments
        let currency = policies.workspace.currency
        var result = Backtest(
            policies: workspace.revision, head: history[0].id.description, from: days.from, to: days.to, stepping: days.stepping,
            currency: currency)
        var tally = BacktestTally(currency)
        var lives = History()
        var final: Observations?
        var last: EvaluatedWorkspace?
        var touched = TouchedFiles(workspace)
        for (index, moment) in moments.enumerated() {
            guard let commit = history.first(where: { $0.committer.seconds <= moment.seconds }) else {
                result.withoutCode += 1
                continue
            }
            let earlier = index > 0 ? moments[index - 1] : moment.subtracting(.days(1))
            let kept = try snapshots.observations(after: earlier, upTo: moment)
            if kept != nil { result.bySnapshot += 1 }
            if kept == nil, final == nil {
                final = .read(for: [policies], directory: workspace.folder, now: now, clients: workspace.clients)
            }
            guard let observations = kept ?? final?.asOf(moment, for: policies, clients: workspace.clients) else { continue }
            let code = try code(at: commit.id, as: last)
            let evaluated = try EvaluatedWorkspace(code, now: moment, observations: observations, like: last)
            result.evaluations += 1
            note(evaluated, in: &result)
            let scored = ScoreHistory.advance(
                policies: evaluated.policies, result: evaluated.evaluation, history: lives, now: moment,
                revision: evaluated.workspace.revision,
                isPartial: evaluated.observed.isPartial, touched: evaluated.touchedTeams, successors: evaluated.estate.successors)
            let days = index + 1 < moments.count ? max(1, moment.day.distance(to: moments[index + 1].day)) : 1
            // What lives were called before is told once, as it is written.
            let told = scored.history.lives
            let all = Dictionary(told.map { ($0.identity, $0) }, uniquingKeysWith: { $1 })
            lives = lives.adding(scored.history)
            let step = BacktestTally.Step(now: moment, commit: commit.id, days: days)
            try tally.add(
                step, lives.lives.map { all[$0.identity] ?? $0 }, evaluated.evaluation.findings,
                present: Set(evaluated.evaluation.resources), &touched)
            last = evaluated
            progress(result.evaluations)
        }
        (result.entries, result.unknown) = tally.result()
        return result
    }

    /// - Parameter last: what was judged before, often at the same commit.
    private func code(at commit: ObjectID, as last: EvaluatedWorkspace?) throws(WorkspaceError) -> OpenedWorkspace {
        if let last, last.workspace.commit == commit.description { return last.workspace }
        return try OpenedWorkspace(workspace, at: commit, policies: policies)
    }

    private func note(_ evaluated: EvaluatedWorkspace, in result: inout Backtest) {
        guard let first = evaluated.observed.problems.first(where: { $0.severity == .partial }) else { return }
        result.partial += 1
        if result.partialReason == nil { result.partialReason = "\(evaluated.now.day): \(first.place): \(first.message)" }
    }
}
