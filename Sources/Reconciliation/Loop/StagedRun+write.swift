import CostModel
import Forge
import Git
import Store

extension StagedRun {
    /// Holds the plan's groups against what is there, and does what the board decides.
    func write(
        _ groups: [RequestGroup], _ pass: Pass, _ heads: OriginHeads, _ memory: Memory, _ note: inout StageClock.Note
    ) throws(Halt) {
        let settings = pass.policies.workspace.remediation
        var heads = heads
        if settings.branchPrefix != memory.branchPrefix { heads = try refetch(heads, prefix: settings.branchPrefix) }
        let view = try OutsideView(
            known: memory.requests, groups: groups, heads: heads, forge: context.forge, directory: context.origin.directory,
            settings: settings, judged: Set(pass.evaluation.findings.map(\.id)), since: memory.appliedRevision, now: environment.now())
        if !environment.isDryRun { try remember(adopted: view.adopted) }
        let board = RequestBoard(
            settings: settings.requests, branchPrefix: settings.branchPrefix, now: environment.now(), isPartial: pass.observed.isPartial,
            groups: groups, records: memory.requests + view.adopted, standings: view.standings, branches: view.branches,
            presentFindings: Set(pass.evaluation.findings.filter(\.isPresent).map(\.id)), changes: view.changes,
            merges: view.found.merges.mapValues(\.commit), reverts: Set(view.found.reverts.keys))
        let actions = board.actions()
        hasMore = actions.contains(where: \.waitsForTime)
        let texts = try RequestTexts(pass, tip: heads.tip, in: view.repository)
        guard !environment.isDryRun else {
            note.message = "dry run: nothing is written"
            result.requests = actions.map { action in
                var outcome = RequestOutcome(action, record: nil)
                outcome.title = action.group.map(texts.title)
                return outcome
            }
            return
        }
        var keeper = RequestKeeper(
            origin: context.origin, forge: context.forge, ledger: ledger, repository: view.repository, heads: heads, remediation: settings,
            texts: texts, environment: environment, sign: context.signer, run: result.run.id, cause: cause,
            isStopping: { [board = context.board] in board.isStopping })
        defer {
            result.requests = keeper.outcomes.map { outcome in
                var outcome = outcome
                outcome.title = outcome.action.group.map(texts.title)
                return outcome
            }
        }
        try keeper.carryOut(actions)
        result.run.summary?.openRequests = try ledger { () throws(LedgerError) in try ledger.requests(states: [.open]).count }
        try setStatus(pass, heads)
        if let failure = keeper.failures.first { throw failure }
    }

    private func remember(adopted records: [RequestRecord]) throws(Halt) {
        for record in records {
            try ledger { () throws(LedgerError) in try ledger.put(record) }
            log(.warning, .write, "\(record.url ?? record.branch) was not in the ledger: it is taken over as \(record.state.rawValue)")
        }
    }

    private func refetch(_ heads: OriginHeads, prefix: String) throws(Halt) -> OriginHeads {
        do throws(OriginError) {
            let newer = try context.origin.fetch(branch: watched.branch, prefix: prefix)
            // What is judged is the revision of the first fetch; newer commits wait for the next run.
            return OriginHeads(branch: heads.branch, tip: heads.tip, branches: newer.branches)
        } catch { throw Halt(error) }
    }

    /// The state beside the revision's commit on the code host; set once for what it says.
    private func setStatus(_ pass: Pass, _ heads: OriginHeads) throws(Halt) {
        guard let forge = context.forge else { return }
        let status = CommitStatus(pass, workspace: watched.name)
        let words = "\(heads.tip) \(status.state.rawValue) \(status.description)"
        guard try ledger({ () throws(LedgerError) in try ledger.value(Memory.Key.status) }) != words else { return }
        do throws(ForgeError) { try forge.setStatus(status, of: heads.tip.description) } catch { throw Halt(error) }
        if environment.isKilled(.status) { throw Halt(.reconciling, .interrupted, "killed after 'status'") }
        let entry = AuditEntry(
            time: environment.now(), run: result.run.id, cause: cause, action: .statusSet, object: heads.tip.description,
            detail: status.state.rawValue)
        try ledger { () throws(LedgerError) in
            try ledger.append(entry)
            try ledger.setValue(Memory.Key.status, words)
        }
    }
}

extension Finding {
    /// Still something to mend, or to look at.
    fileprivate var isPresent: Bool { verdict != .pass && exemption == nil }
}

extension RequestAction {
    /// What it is about, where that is something a plan offers now.
    fileprivate var group: RequestGroup? {
        switch self {
        case .open(let group, _, _), .update(_, let group, _), .describe(_, let group, _), .wait(let group, _): group
        case .settle, .handOver, .close, .abandon: nil
        }
    }

    /// Whether it may come off later though nothing else changes.
    fileprivate var waitsForTime: Bool {
        guard case .wait(_, let reason) = self else { return false }
        switch reason {
        case .maxOpen, .maxNewPerHour, .schedule, .partial: return true
        case .dismissed, .fighting, .foreignBranch: return false
        }
    }
}

extension CommitStatus {
    fileprivate init(_ pass: Pass, workspace: String) {
        let summary = pass.evaluation.summary
        let blocking = pass.evaluation.findings.count {
            $0.verdict == .fail && $0.exemption == nil && $0.enforcement == .block && !$0.baseline
        }
        let state: State = pass.observed.isPartial ? .error : blocking > 0 ? .failure : .success
        let words =
            pass.observed.isPartial
            ? "not everything could be observed" : "\(summary.fail) failing, \(blocking) of policies that block; \(summary.unknown) unknown"
        self.init(state: state, context: "bursar/\(workspace)", description: words)
    }
}
