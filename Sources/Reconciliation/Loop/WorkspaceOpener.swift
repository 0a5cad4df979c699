package import CostModel
package import Forge
import Git
import Observation
package import Store

/// Opens what a run needs (folder, lock, ledger, repository, code host), runs, and lets go of it all. Blocks.
package struct WorkspaceOpener: Sendable {
    /// Makes the client of a code host, given the folder of the repository; nil for a workspace that has none.
    package typealias ForgeMaker = @Sendable (WatchedWorkspace, _ directory: String) throws(ForgeError) -> (any Forge)?

    private let state: @Sendable (WatchedWorkspace) -> StateFolder?
    private let board: StatusBoard
    private let environment: LoopEnvironment
    private let makeForge: ForgeMaker
    /// Whether what bills add up to is kept in the workspace's folder.
    package var keepsBills = true

    package init(
        state: @escaping @Sendable (WatchedWorkspace) -> StateFolder?, board: StatusBoard, environment: LoopEnvironment,
        makeForge: @escaping ForgeMaker
    ) {
        self.state = state
        self.board = board
        self.environment = environment
        self.makeForge = makeForge
    }

    /// One run, as observers are told of it: it begins and ends once, also where its ledger had to be restored on the way.
    package func run(_ watched: WatchedWorkspace, _ cause: RunCause) -> RunResult {
        environment.tell(.runBegan(cause), workspace: watched.name)
        let result = attempt(watched, cause)
        environment.tell(.runEnded(result.run, cause), workspace: watched.name, run: result.run.id)
        return result
    }

    private func attempt(_ watched: WatchedWorkspace, _ cause: RunCause) -> RunResult {
        do throws(StageError) {
            if board.isStopping { throw StageError(.reconciling, .interrupted, "stopped before it began") }
            let folder = try folder(of: watched)
            let lock = try lock(folder)
            defer { lock.release() }
            let result = try mending(folder, watched) { () throws(StageError) in try run(watched, folder, lock, cause) }
            guard result.isLedgerDamaged else { return result }
            try recover(folder, watched)
            return try run(watched, folder, lock, cause)
        } catch {
            if error.reason == .ledgerFailed { board.lookAgain(at: watched.name) }
            return failure(error, watched, cause)
        }
    }

    private func run(
        _ watched: WatchedWorkspace, _ folder: StateFolder, _ lock: ProcessLock, _ cause: RunCause
    ) throws(StageError) -> RunResult {
        let ledger = try open(folder, lock, watched, cause)
        if try isSuspended(watched, ledger, cause) { return suspended(watched, cause) }
        let context = try context(watched, folder, ledger)
        return SourceMemories.$current.withValue(SourceMemoryFile(folder.sources, breaks: true)) {
            BillCache.$current.withValue(keepsBills ? BillCache(folder: folder.bills) : nil) {
                let result = context.perform(cause)
                context.rollBack()
                return result
            }
        }
    }

    /// Undoes a merged plan, see `Reverter`.
    package func revert(
        _ plan: String, of watched: WatchedWorkspace, cause: RunCause, isDryRun: Bool
    ) throws(WorkspaceError) -> Reverter.Outcome {
        let reverter: Reverter
        let lock: ProcessLock
        do throws(StageError) {
            let folder = try folder(of: watched)
            let held = try self.lock(folder)
            lock = held
            reverter = try mending(folder, watched) { () throws(StageError) in
                Reverter(try context(watched, folder, open(folder, held, watched, cause)), cause: cause)
            }
        } catch { throw .failed(error.message) }
        defer { lock.release() }
        return try reverter.revert(plan, isDryRun: isDryRun)
    }

    private func folder(of watched: WatchedWorkspace) throws(StageError) -> StateFolder {
        guard let folder = state(watched) else {
            throw .init(.stalled, .invalidConfiguration, "there is no folder for the state: set BURSAR_STATE, XDG_STATE_HOME or HOME")
        }
        do throws(LedgerError) { try folder.create() } catch { throw .init(error) }
        return folder
    }

    private func lock(_ folder: StateFolder) throws(StageError) -> ProcessLock {
        do throws(ProcessLock.Failure) {
            return try ProcessLock(at: folder.lock, now: environment.now().seconds)
        } catch {
            throw .init(.reconciling, .locked, "\(error)")
        }
    }

    private func open(
        _ folder: StateFolder, _ lock: ProcessLock, _ watched: WatchedWorkspace, _ cause: RunCause
    ) throws(StageError) -> Ledger {
        do throws(LedgerError) {
            let now = environment.now()
            let ledger = try openOrRecover(folder, watched)
            if let before = ledger.migratedFrom {
                try ledger.append(
                    AuditEntry(
                        time: now, run: nil, cause: cause.description, action: .ledgerMigrated, object: folder.ledger,
                        detail: "from version \(before)")
                )
            }
            if let owner = lock.deadOwner {
                try ledger.markInterrupted(now: now)
                let detail = "process \(owner.process) on \(owner.host), since \(Instant(seconds: owner.since))"
                try ledger.append(
                    AuditEntry(time: now, run: nil, cause: cause.description, action: .lockTakenOver, object: folder.lock, detail: detail))
                tell(watched, .warning, "the run of \(detail) did not come to its end: its lock is taken over")
            }
            if let status = try ledger.status() { board.take(status, for: watched.name) }
            return ledger
        } catch { throw .init(error) }
    }

    /// What is damaged may be found before a run looks at every page (`Ledger.examine`): the ledger is restored, and the same done once more.
    private func mending<Value>(
        _ folder: StateFolder, _ watched: WatchedWorkspace, _ body: () throws(StageError) -> Value
    ) throws(StageError) -> Value {
        do throws(StageError) { return try body() } catch {
            guard error.isLedgerDamaged else { throw error }
            try recover(folder, watched)
            return try body()
        }
    }

    /// A file that is no ledger any more is found by opening it; what lies deeper, by reading it.
    private func openOrRecover(_ folder: StateFolder, _ watched: WatchedWorkspace) throws(LedgerError) -> Ledger {
        if LedgerRecovery.isUnfinished(at: folder.ledger) { try restore(folder, watched) }
        do throws(LedgerError) {
            return try Ledger.open(at: folder.ledger, mode: .readWrite)
        } catch {
            guard error.code == .corrupt else { throw error }
            try restore(folder, watched)
            return try Ledger.open(at: folder.ledger, mode: .readWrite)
        }
    }

    private func recover(_ folder: StateFolder, _ watched: WatchedWorkspace) throws(StageError) {
        do throws(LedgerError) { try restore(folder, watched) } catch { throw .init(error) }
    }

    private func restore(_ folder: StateFolder, _ watched: WatchedWorkspace) throws(LedgerError) {
        guard let recovery = try Ledger.recover(at: folder.ledger, now: environment.now()) else { return }
        tell(watched, .warning, Self.recovered(recovery))
    }

    private func context(
        _ watched: WatchedWorkspace, _ folder: StateFolder, _ ledger: Ledger
    ) throws(StageError) -> WorkspaceRun {
        try refuseForeign(watched, ledger)
        let origin: any RepositoryOrigin
        do throws(OriginError) {
            origin =
                watched.isLocal
                ? try LocalOrigin(watched.repository)
                : try MirrorOrigin(at: folder.mirror, watched, isCancelled: { [board] in board.isStopping })
        } catch { throw .init(error) }
        let forge: (any Forge)?
        do throws(ForgeError) { forge = try makeForge(watched, origin.directory) } catch { throw .init(error) }
        var run = WorkspaceRun(
            watched, origin: origin, forge: forge, ledger: ledger, board: board, environment: environment, signer: try signer(watched),
            verifier: try verifier(watched))
        run.examine = { [board] () throws(LedgerError) in
            if board.isFirstLook(at: watched.name) { try ledger.examine() }
        }
        run.orders = folder.orders
        return run
    }

    /// Before the mirror of another address is looked at, which would only say that it is not this one's.
    private func refuseForeign(_ watched: WatchedWorkspace, _ ledger: Ledger) throws(StageError) {
        // Of a repository of this machine the branch counts, which is not known yet.
        guard !watched.isLocal else { return }
        let owner: LedgerOwner?
        do throws(LedgerError) { owner = try ledger.value(RunCheckpoint.Key.owner).map(LedgerOwner.init) } catch { throw .init(error) }
        if let problem = LedgerOwner(watched, branch: "").problem(with: owner) {
            throw StageError(.stalled, .invalidConfiguration, problem)
        }
    }

    // MARK: Signatures

    private func signer(_ watched: WatchedWorkspace) throws(StageError) -> WorkspaceRun.Signer? {
        guard let key = watched.signingKey else { return nil }
        do throws(TransportError) {
            let signer = try CommitSigner(keyFile: key)
            return { draft, repository in try repository.write(draft, signer: signer) }
        } catch { throw .init(.stalled, .invalidConfiguration, error.message) }
    }

    private func verifier(_ watched: WatchedWorkspace) throws(StageError) -> WorkspaceRun.Verifier? {
        guard !watched.verification.isEmpty else { return nil }
        do throws(GitError) {
            let verifier = try CommitVerifier(signedBy: watched.verification)
            return { id, repository throws(GitError) in try verifier.verify(id, in: repository).problem }
        } catch { throw .init(.stalled, .invalidConfiguration, "\(error)") }
    }

    // MARK: Suspension

    private func isSuspended(_ watched: WatchedWorkspace, _ ledger: Ledger, _ cause: RunCause) throws(StageError) -> Bool {
        if let wish = board.suspension(of: watched.name) {
            do throws(LedgerError) {
                var status = board.status(of: watched.name) ?? WorkspaceStatus(name: watched.name)
                status.isSuspended = wish
                try ledger.setStatus(status)
                try ledger.append(
                    AuditEntry(
                        time: environment.now(), run: nil, cause: cause.description, action: wish ? .suspended : .resumed,
                        object: watched.name))
                // Only what is written down is not asked for any more.
                board.settleSuspension(of: watched.name, wish)
            } catch { throw .init(error) }
            environment.tell(wish ? .suspended(cause) : .resumed(cause), workspace: watched.name)
        }
        return board.status(of: watched.name)?.isSuspended ?? false
    }

    private func suspended(_ watched: WatchedWorkspace, _ cause: RunCause) -> RunResult {
        let now = environment.now()
        var run = Run(id: "", trigger: cause.trigger, started: now, finished: now, outcome: .unchanged, isDryRun: environment.isDryRun)
        run.stages = [StageStatus(stage: .fetch, condition: .ready, reason: .suspended, message: "suspended", started: now)]
        return RunResult(run: run)
    }

    private func failure(_ error: StageError, _ watched: WatchedWorkspace, _ cause: RunCause) -> RunResult {
        let now = environment.now()
        let status = StageStatus(stage: .fetch, condition: error.condition, reason: error.reason, message: error.message, started: now)
        board.report(status, of: watched.name)
        tell(watched, .error, error.message)
        var result = RunResult(
            run: Run(
                id: "", trigger: cause.trigger, started: now, finished: now, outcome: error.condition == .stalled ? .stalled : .failed,
                isDryRun: environment.isDryRun, stages: [status]))
        result.retryAfter = error.retryAfter
        return result
    }

    private func tell(_ watched: WatchedWorkspace, _ severity: LoopEvent.Problem.Severity, _ message: String) {
        environment.tell(.problem(LoopEvent.Problem(severity, nil, message)), workspace: watched.name)
    }
}

extension WorkspaceOpener {
    private static func recovered(_ recovery: LedgerRecovery) -> String {
        let rows = recovery.saved.reduce(0) { $0 + $1.rows }
        let lost = recovery.incomplete.isEmpty ? "" : "; not all could be read of \(recovery.incomplete.joined(separator: ", "))"
        return
            "the ledger was damaged: it lies at '\(recovery.damaged)' now, and a new one holds the \(rows) rows that could be read\(lost)"
    }
}

extension CommitVerifier.Verdict {
    /// Why it does not count; nil where it does.
    fileprivate var problem: String? {
        switch self {
        case .verified: nil
        case .unsigned: "it is not signed"
        case .wrongKey(let fingerprint): "it is signed by \(fingerprint), which is not among the keys of 'signedBy'"
        case .bad(let reason): "its signature does not hold: \(reason)"
        case .unsupported(let kind): "its signature is of \(kind); only those of SSH keys are checked"
        }
    }
}
