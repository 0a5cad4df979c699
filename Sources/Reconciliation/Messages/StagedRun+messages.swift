import CostModel
import Git
import Secrets
import Store

extension StagedRun {
    /// Behind it stands the revision whose Notifications count while newer policies cannot be read.
    private static let revision = "notifying-revision"

    /// Writes messages about the evaluation; in the transaction that keeps what it found.
    func tell(
        _ evaluated: EvaluatedWorkspace, _ leaderboard: Leaderboard, _ history: History, scores: [ScoreChange]
    ) throws(LedgerError) -> [String] {
        try ledger.setValue(Self.revision, evaluated.workspace.commit)
        let now = environment.now()
        var events = EventFinder.events(evaluated, lives: history.lives, scores: scores, at: now)
        var kinds = EventFinder.ofEvaluation
        // A report waits until everything is there that it tells of, and is made only where somebody wants it.
        let reports = ReportEvents.kinds.intersection(evaluated.policies.notifications.flatMap(\.events))
        if !evaluated.observed.isPartial, !reports.isEmpty {
            events += ReportEvents.events(evaluated, leaderboard, history, at: now, asked: reports)
            kinds.formUnion(reports)
        }
        return try outbox(evaluated.policies).tell(events, of: kinds)
    }

    /// Writes messages about the run itself and its requests; in the transaction that ends it.
    func tellOfRun() throws(LedgerError) {
        let stalled = result.run.outcome == .stalled ? result.run.stages.last { $0.condition == .stalled } : nil
        guard stalled != nil || result.evaluated != nil, let policies = try notifyingPolicies() else { return }
        var events = EventFinder.stalled(stalled)
        var kinds: Set<NotificationPolicy.Event> = [.runStalled]
        if stalled == nil {
            events += EventFinder.events(try ledger.requests(states: [.open]))
            kinds.insert(.requestOpened)
        }
        report(try outbox(policies).tell(events, of: kinds))
    }

    func report(_ problems: [String]) {
        for problem in problems { tell(.warning, nil, problem) }
    }

    private func outbox(_ policies: PolicySet) -> Outbox {
        Outbox(
            ledger: ledger,
            composer: MessageComposer(
                workspace: watched.name, policies: policies.notifications, teams: policies.teams, channels: environment.clients.channels,
                now: environment.now()))
    }

    /// Those of the evaluation, else those of the last one that came so far: mostly it is policies that stall a run.
    private func notifyingPolicies() throws(LedgerError) -> PolicySet? {
        if let evaluated = result.evaluated { return evaluated.policies }
        guard let revision = try ledger.value(Self.revision) else { return nil }
        do throws(WorkspaceError) {
            return try OpenedWorkspace(
                context.origin.directory, .revision(revision), under: watched.path, observed: context.observedFolder,
                now: environment.now()
            ).policies
        } catch {
            tell(.warning, nil, "nobody is told: the policies of \(revision.prefix(12)) cannot be read any more (\(error))")
            return nil
        }
    }
}
