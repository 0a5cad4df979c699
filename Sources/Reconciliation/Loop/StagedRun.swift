import CostModel
import Evaluation
import Forge
import Git
import Observation
import Store

/// One run under way. A class because each stage adds to what the next ones read; it lives in one call and never leaves its thread.
final class StagedRun {
    let context: WorkspaceRun
    let cause: RunCause
    var result: RunResult
    private var clock: StageClock
    /// The patterns of the workspace's observed files, and what they matched before any of it was read; nil where that cannot be told.
    private var patterns: [String] = []
    private var fingerprint: String?
    private var digest: String?
    /// Whether nothing had changed since the last run, so that there is nothing to write down.
    private var isRepeated = false
    /// What was estimated of changes that were merged before.
    private(set) var estimates: [EstimateRecord] = []
    /// Our branches as the run leaves them.
    var left: [String: ObjectID] = [:]
    /// When something that waits may come off though nothing changes, such as what a limit held back; nil: nothing waits.
    var again: Instant?

    init(_ context: WorkspaceRun, _ cause: RunCause) {
        self.context = context
        self.cause = cause
        result = RunResult(
            run: Run(id: "", trigger: cause.trigger, started: context.environment.now(), isDryRun: context.environment.isDryRun))
        let name = context.watched.name
        clock = StageClock(
            deadlines: context.watched.deadlines, now: context.environment.now, isStopping: { [board = context.board] in board.isStopping }
        ) { [board = context.board] status in
            board.report(status, of: name)
        }
    }

    var watched: WatchedWorkspace { context.watched }
    var ledger: Ledger { context.ledger }
    var environment: LoopEnvironment { context.environment }

    func perform() {
        do throws(StageError) {
            try go()
        } catch {
            result.run.outcome = error.condition == .stalled ? .stalled : .failed
            if error.isLedgerDamaged { result.isLedgerDamaged = true }
            result.retryAfter = error.retryAfter
            rememberWait(error)
            tell(.error, clock.stages.last?.stage, error.message)
        }
        result.run.finished = environment.now()
        guard !isRepeated else { return }
        result.run.stages = clock.stages
        do throws(LedgerError) { try recordEnd() } catch {
            result.run.outcome = .failed
            noteDamage(error)
            tell(.error, nil, "the run cannot be written down: \(error)")
        }
    }

    private func go() throws(StageError) {
        var checkpoint = try ledger { () throws(LedgerError) in try RunCheckpoint(ledger) }
        result.run.id = checkpoint.identifier(of: result.run, workspace: watched.name)
        let heads = try timed(.fetch) { note throws(StageError) in try fetch(checkpoint, &note) }
        result.run.revision = heads.tip.description
        context.board.update(watched.name) { $0.observedRevision = heads.tip.description }
        if try isSettled(heads, checkpoint) { return }
        let known = try ledger { () throws(LedgerError) in
            try context.examine()
            try checkpoint.readRequests(from: ledger)
            try ledger.markInterrupted(now: environment.now())
            // Until it has come through, nothing is as it was: also when somebody asked for it, and it fails.
            try ledger.setValue(RunCheckpoint.Key.inputs, nil)
            try ledger.begin(result.run)
            if checkpoint.owner == nil { try ledger.setValue(RunCheckpoint.Key.owner, LedgerOwner(watched, branch: heads.branch).text) }
            estimates = try ledger.estimates()
            return try History(ledger, today: environment.now().day)
        }

        let input = try stage(.observe) { _ throws(StageError) in try observe(heads, known) }
        let evaluated = try stage(.evaluate) { note throws(StageError) in try evaluate(input, &note) }
        let leaderboard = try stage(.score) { note throws(StageError) in
            try holdEstimates(evaluated)
            try holdCaught(evaluated)
            return try score(evaluated, checkpoint, known, heads, &note)
        }
        let plan = try stage(.plan) { note throws(StageError) in
            let groups = try makePlan(evaluated, checkpoint, &note)
            try keep(evaluated, known, leaderboard)
            return groups
        }
        try stage(.write) { note throws(StageError) in try write(plan, evaluated, leaderboard, heads, checkpoint, &note) }
        result.leaderboard = leaderboard
        result.run.outcome = evaluated.observed.isPartial ? .failed : .succeeded
        try recordSuccess(evaluated, heads)
    }

    /// Whether everything is as it was after the last whole run, or as it was when a person was asked to fix something.
    private func isSettled(_ heads: OriginHeads, _ checkpoint: RunCheckpoint) throws(StageError) -> Bool {
        fingerprint = Fingerprint.digest(of: checkpoint.patterns, directory: context.observedFolder)
        patterns = checkpoint.patterns
        digest = inputs(heads)?.digest()
        if context.orders?.isWaiting ?? false { return false }
        // Who asks by hand, or a host that says that something happened there, is not answered from memory.
        guard let digest, result.run.trigger != .manual, result.run.trigger != .webhook else { return false }
        let now = environment.now()
        // A clock that jumped back does not make anything wait for longer.
        let isWaiting = checkpoint.again.map { now >= $0.since && now < $0.until } ?? true
        if digest == checkpoint.inputs, checkpoint.stalled == nil, isWaiting {
            result.run.outcome = .unchanged
            result.run.stages = clock.stages
            context.board.update(watched.name) { $0.lastSuccess = environment.now() }
        } else if digest == checkpoint.stalledInputs, let stalled = checkpoint.stalled {
            result.run.outcome = .stalled
            result.run.stages = clock.stages + [stalled]
            context.board.report(stalled, of: watched.name)
        } else {
            return false
        }
        isRepeated = true
        return true
    }

    /// Takes the fingerprint of what is about to be read, where the last run's patterns do not hold any more.
    func prepare(toObserve policies: PolicySet) {
        let patterns = Fingerprint.patterns(of: policies)
        guard patterns != self.patterns else { return }
        self.patterns = patterns
        fingerprint = Fingerprint.digest(of: patterns, directory: context.observedFolder)
    }

    /// What the run goes by; nil where it cannot be told.
    func inputs(_ heads: OriginHeads) -> RunInputs? {
        fingerprint.map {
            RunInputs(
                watched: watched, heads: heads, environment: environment, observed: $0, folder: context.observedFolder,
                day: result.run.started.day)
        }
    }

    /// How long a code host may ask us to wait; a later time is a clock's mistake.
    private static let longestWait = TimeSpan.hours(24)

    /// The next process does not ask a host that asked this one to wait.
    private func rememberWait(_ error: StageError) {
        guard error.reason == .forgeFailed, let seconds = error.retryAfter, seconds > 0 else { return }
        let until = environment.now().adding(TimeSpan(seconds: Int64(seconds)))
        do throws(LedgerError) { try ledger.setValue(RunCheckpoint.Key.hostWait, until.description) } catch {
            noteDamage(error)
            tell(.warning, .write, "that the code host asks to wait cannot be written down: \(error)")
        }
    }

    /// - Throws: while the code host does not want to be asked.
    func respectWait() throws(StageError) {
        guard context.forge != nil else { return }
        let value = try ledger { () throws(LedgerError) in try ledger.value(RunCheckpoint.Key.hostWait) }
        let now = environment.now()
        guard let until = value.flatMap({ Instant($0) }), until > now, until <= now.adding(Self.longestWait) else { return }
        throw StageError(
            .reconciling, .forgeFailed, "the code host asked to be left alone until \(until)", retryAfter: Int(until.seconds - now.seconds))
    }

    private func stage<Value>(
        _ stage: Stage, _ body: (inout StageClock.Note) throws(StageError) -> Value
    ) throws(StageError) -> Value {
        if context.board.isStopping { throw StageError(.reconciling, .interrupted, "stopped before \(stage.rawValue)") }
        return try timed(stage, body)
    }

    private func timed<Value>(
        _ stage: Stage, _ body: (inout StageClock.Note) throws(StageError) -> Value
    ) throws(StageError) -> Value {
        defer { if let status = clock.stages.last { tell(.stageEnded(status)) } }
        return try clock.run(stage, body)
    }

    func ledger<Value>(_ body: () throws(LedgerError) -> Value) throws(StageError) -> Value {
        do throws(LedgerError) { return try body() } catch { throw StageError(error) }
    }

    /// For where a failing ledger does not end the stage as such.
    func noteDamage(_ error: LedgerError) {
        if error.code == .corrupt { result.isLedgerDamaged = true }
    }

    func tell(_ kind: LoopEvent.Kind) { environment.tell(kind, workspace: watched.name, run: result.run.id) }

    func tell(_ severity: LoopEvent.Problem.Severity, _ stage: Stage?, _ message: String) {
        tell(.problem(LoopEvent.Problem(severity, stage, message)))
    }

    // MARK: What is written down

    private func recordSuccess(_ evaluated: EvaluatedWorkspace, _ heads: OriginHeads) throws(StageError) {
        // A dry run is for being read: the next one says it again.
        let isWhole = !evaluated.observed.isPartial && !environment.isDryRun
        // Branches as the run leaves them: its own writing is no change.
        let digest = isWhole ? inputs(OriginHeads(branch: heads.branch, tip: heads.tip, branches: left))?.digest() : nil
        try ledger { () throws(LedgerError) in
            try ledger.setValue(RunCheckpoint.Key.patterns, patterns.joined(separator: "\n"))
            try ledger.setValue(RunCheckpoint.Key.inputs, digest)
            try ledger.setValue(RunCheckpoint.Key.again, again.map { "\(result.run.started) \($0)" })
        }
    }

    private func recordEnd() throws(LedgerError) {
        let run = result.run
        context.board.update(watched.name) { status in
            if run.outcome == .succeeded {
                status.lastSuccess = run.finished
                status.appliedRevision = run.revision
            }
        }
        guard let status = context.board.status(of: watched.name) else { return }
        try ledger.transaction { () throws(LedgerError) in
            // What a code host holds against us is not among the inputs: it is asked again every interval.
            let isByInputs = run.outcome == .stalled && run.stages.last?.stage == .observe
            try ledger.setValue(RunCheckpoint.Key.stalledInputs, isByInputs ? digest : nil)
            try ledger.setStatus(status)
            try ledger.finish(run)
            try tellOfRun()
        }
    }
}
