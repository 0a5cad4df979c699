import CostModel
package import Forge
import Git
import Observation
import Store

extension StagedRun {
    /// Holds the plan's groups against what is there, and does what follows from that.
    func write(
        _ groups: [RequestGroup], _ evaluated: EvaluatedWorkspace, _ leaderboard: Leaderboard, _ heads: OriginHeads,
        _ checkpoint: RunCheckpoint, _ note: inout StageClock.Note
    ) throws(StageError) {
        try respectWait()
        let settings = evaluated.policies.workspace.remediation
        let begin = ContinuousClock.now
        let host = HostIdentity(watched.forge)
        let prefixes = checkpoint.prefixes(with: settings.branchPrefix)
        let badges = BadgeBranch(evaluated.policies.workspace.scoring.badges, of: watched.name)
        var heads = try refetch(heads, prefixes, badges?.name, checkpoint)
        let standing = badges.flatMap { heads.branches.removeValue(forKey: $0.name) }
        let mark = WorkspaceMark(
            watched, name: evaluated.policies.workspace.name, judged: Set(evaluated.evaluation.findings.map(\.id)))
        let moved = host.moved(checkpoint.requests, from: checkpoint.host)
        var remote = try RemoteState(
            .init(
                known: moved, heads: heads, settings: settings, prefixes: prefixes,
                mark: mark, mergesSeen: checkpoint.mergesSeen,
                lookedAt: checkpoint.host == host.text ? checkpoint.lookedAt : nil, now: environment.now(),
                fetchAgain: { [origin = context.origin, watched] () throws(OriginError) in
                    try origin.fetch(branch: watched.branch, prefixes: prefixes, others: badges.map { [$0.name] } ?? [])
                }),
            forge: context.forge, directory: context.origin.directory)
        remote.completeAdopted(by: evaluated, labels: settings.requests.labels)
        let lives = try ledger { () throws(LedgerError) in try ledger.lives() }
        let unseen = Sightings(
            evaluated.evaluation, of: lives, asking: Set(evaluated.policies.headers.filter(\.enforcement.counts).map(\.reference)),
            successors: evaluated.estate.successors
        )
        .unseen
        let texts = try RequestTexts(evaluated, of: mark, tip: heads.tip, in: remote.repository)
        var failures: [StageError] = []
        var dashboard: Dashboard?
        do throws(StageError) { dashboard = try lookAtDashboard(evaluated, of: mark) } catch {
            guard error.isOfOne else { throw error }
            failures.append(error)
        }
        var snoozes = try ledger { () throws(LedgerError) in try ledger.snoozes() }
        if let dashboard { snoozes = try putOff(by: dashboard, groups, snoozes, title: texts.title) }
        var reconciler = RequestReconciler(
            settings: settings.requests, branchPrefix: settings.branchPrefix, now: environment.now(),
            isPartial: evaluated.observed.isPartial,
            groups: groups, records: remote.records, statuses: remote.statuses, branches: remote.branches,
            presentFindings: Set(evaluated.evaluation.findings.filter(\.isPresent).flatMap(\.names)).union(unseen), changes: remote.changes,
            history: remote.found,
            openBranches: remote.openBranches, snoozes: snoozes, asked: dashboard?.asked ?? [])
        let orders = try waitingOrders()
        reconciler.wanted = Set(orders.filter { $0.kind == .apply }.map(\.object))
        reconciler.turnedDown = Set(orders.filter { $0.kind == .dismiss }.map(\.object))
        let actions = reconciler.actions()
        again = reconciler.again(after: actions)
        guard !environment.isDryRun else {
            note.message = "dry run: nothing is written"
            if let badges, writesBranches, try draft(badges, leaderboard, evaluated, heads, at: standing, remote.repository) != nil {
                note.message += "; the badges would be renewed"
            }
            result.requests = actions.map { action in
                var outcome = RequestOutcome(action, record: nil)
                outcome.title = action.group.map(texts.title)
                return outcome
            }
            _ = try keepOffers(groups, remote.records, actions.map { RequestOutcome($0, record: nil) }, texts)
            for order in orders { try end(order, .refused(RequestOrder.dryRun)) }
            return
        }
        let journal = RequestJournal(moved) { [self] kind in tell(kind) }
        try remember(moved, on: host, checkpoint, adopted: remote.adopted, journal)
        var executor = RequestExecutor(
            origin: context.origin, forge: context.forge, seen: remote.hosted, ledger: ledger, repository: remote.repository, heads: heads,
            remediation: settings,
            texts: texts, environment: environment, journal: journal, sign: context.signer, run: result.run.id, cause: cause.description,
            dismissals: Dictionary(
                orders.filter { $0.kind == .dismiss }.map { ($0.object, $0) }, uniquingKeysWith: { first, _ in first }),
            mayGoOn: { [board = context.board, limit = watched.deadlines[.write]] () throws(StageError) in
                if board.isStopping { throw StageError(.reconciling, .interrupted, "stopped before everything was written") }
                guard begin.duration(to: .now) < .seconds(limit.seconds) else {
                    throw StageError(.reconciling, .deadlineExceeded, "not everything was written within \(limit)")
                }
            })
        defer {
            result.requests = executor.outcomes.map { outcome in
                var outcome = outcome
                outcome.title = outcome.action.group.map(texts.title)
                return outcome
            }
        }
        if let dashboard { try open(by: dashboard, actions, snoozes) }
        try executor.carryOut(actions)
        let records = try ledger { () throws(LedgerError) in try ledger.requestHistory() }.reversed()
        let offers = try keepOffers(groups, Array(records), executor.outcomes, texts)
        try end(orders, offers, executor.outcomes)
        result.run.summary?.openRequests = try ledger { () throws(LedgerError) in try ledger.requests(states: [.open]).count }
        failures += executor.failures
        do throws(StageError) { try setStatus(evaluated, heads) } catch {
            guard error.isOfOne else { throw error }
            failures.append(error)
        }
        var pictures = standing
        if let badges {
            do throws(StageError) {
                pictures = try renew(badges, leaderboard, evaluated, heads, at: standing, remote.repository, &note)
            } catch {
                guard error.isOfOne else { throw error }
                failures.append(error)
            }
        }
        if let dashboard {
            do throws(StageError) { try draw(dashboard, evaluated, executor.outcomes, of: mark, title: texts.title, &note) } catch {
                guard error.isOfOne else { throw error }
                failures.append(error)
            }
        }
        // What may pass is tried again soon; what a person must fix, every interval.
        if let failure = failures.first(where: { $0.condition == .reconciling }) ?? failures.first { throw failure }
        try remember(heads, prefixes, executor.outcomes, isWhole: !evaluated.observed.isPartial)
        if let badges { left[badges.name] = pictures }
        try ledger { () throws(LedgerError) in try ledger.setValue(RunCheckpoint.Key.badges, badges?.name) }
    }

    /// What was found outside, before anything is done about it.
    private func remember(
        _ moved: [RequestRecord], on host: HostIdentity, _ checkpoint: RunCheckpoint, adopted: ArraySlice<RequestRecord>,
        _ journal: RequestJournal
    ) throws(StageError) {
        try ledger { () throws(LedgerError) in
            try ledger.transaction { () throws(LedgerError) in
                for record in moved where !checkpoint.requests.contains(record) { try ledger.put(record) }
                for record in adopted {
                    try ledger.put(record)
                    if record.state == .merged { try ledger.put(record.pendingSavings(at: environment.now())) }
                }
                if checkpoint.host != host.text { try ledger.setValue(RunCheckpoint.Key.host, host.text) }
            }
        }
        for record in adopted {
            journal.noteAdopted(record)
            tell(.warning, .write, "\(record.name) was not in the ledger: it is taken over as \(record.state.rawValue)")
        }
    }

    /// That everything was looked at and done. With data missing, what was found outside could not all be told apart: it is looked at again.
    private func remember(_ heads: OriginHeads, _ prefixes: [String], _ outcomes: [RequestOutcome], isWhole: Bool) throws(StageError) {
        let live = try ledger { () throws(LedgerError) in try ledger.requests(states: [.writing, .open]) }
        let needed = prefixes.prefix(1) + prefixes.dropFirst().filter { prefix in live.contains { $0.branch.hasPrefix(prefix) } }
        left = heads.branches.filter { branch in needed.contains { branch.key.hasPrefix($0) } }
        for outcome in outcomes where outcome.failure == nil && context.forge?.hasBranches ?? true {
            guard let record = outcome.record else { continue }
            switch outcome.action {
            case .open, .update: left[record.branch] = ObjectID(record.commit)
            case .dismiss: if context.forge == nil { left[record.branch] = nil }
            case .close, .prune: left[record.branch] = nil
            case .settle, .describe, .handOver, .abandon, .wait: break
            }
        }
        try ledger { () throws(LedgerError) in
            try ledger.setValue(RunCheckpoint.Key.branchPrefixes, needed.joined(separator: "\n"))
            guard isWhole else { return }
            try ledger.setValue(RunCheckpoint.Key.mergesSeen, heads.tip.description)
            // Clocks differ.
            try ledger.setValue(RunCheckpoint.Key.lookedAt, result.run.started.subtracting(.hours(24)).description)
        }
    }

    /// Branches of prefixes that the run's fetch did not ask for.
    private func refetch(
        _ heads: OriginHeads, _ prefixes: [String], _ badges: String?, _ checkpoint: RunCheckpoint
    ) throws(StageError) -> OriginHeads {
        guard Set(prefixes) != Set(checkpoint.branchPrefixes) || badges != checkpoint.badgesBranch else { return heads }
        do throws(OriginError) {
            let newer = try context.origin.fetch(branch: watched.branch, prefixes: prefixes, others: badges.map { [$0] } ?? [])
            // What is judged is the revision of the first fetch; newer commits wait for the next run.
            return OriginHeads(branch: heads.branch, tip: heads.tip, branches: newer.branches)
        } catch { throw StageError(error) }
    }

    /// The state beside the revision's commit on the code host; set once for what it says.
    private func setStatus(_ evaluated: EvaluatedWorkspace, _ heads: OriginHeads) throws(StageError) {
        guard let forge = context.forge else { return }
        let status = CommitStatus(evaluated, workspace: watched.name)
        let words = "\(heads.tip) \(status.state.rawValue) \(status.description)"
        guard try ledger({ () throws(LedgerError) in try ledger.value(RunCheckpoint.Key.status) }) != words else { return }
        do throws(ForgeError) { try forge.setStatus(status, of: heads.tip.description) } catch { throw StageError(calling: error) }
        if environment.isKilled(.status) { throw StageError(.reconciling, .interrupted, "killed after 'status'") }
        let entry = AuditEntry(
            time: environment.now(), run: result.run.id, cause: cause.description, action: .statusSet, object: heads.tip.description,
            detail: status.state.rawValue)
        try ledger { () throws(LedgerError) in
            try ledger.append(entry)
            try ledger.setValue(RunCheckpoint.Key.status, words)
        }
    }
}

extension CommitStatus {
    /// A failure where `bursar check` ends with 1.
    package init(_ evaluated: EvaluatedWorkspace, workspace: String) {
        let summary = evaluated.evaluation.summary
        let blocks = evaluated.evaluation.findings.contains(where: \.blocks)
        let state: State = evaluated.observed.isPartial ? .error : blocks ? .failure : .success
        let errors = summary.error > 0 ? "; \(summary.error) in error" : ""
        let words =
            evaluated.observed.isPartial
            ? "not everything could be observed"
            : "\(summary.fail) failing, \(summary.blocking) of policies that block; \(summary.unknown) unknown\(errors)"
        self.init(state: state, context: "bursar/\(workspace)", description: words)
    }
}
