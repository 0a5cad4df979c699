package import CostModel

/// The loop over several workspaces. Each has its own schedule, folder, ledger and lock, so that one that is broken never stops the others.
///
/// What is asked from outside (statuses, runs at once, suspension) goes through the `StatusBoard`.
package actor Reconciler {
    /// Does one run of a workspace. It blocks, on a thread of its own.
    package typealias Runner = @Sendable (_ workspace: WatchedWorkspace, _ cause: RunCause) -> RunOutcome

    /// What the schedule needs to know of a run.
    package struct RunOutcome: Sendable {
        package var run: Run
        package var retryAfter: Int?

        package init(run: Run, retryAfter: Int? = nil) {
            self.run = run
            self.retryAfter = retryAfter
        }
    }

    private let settings: ReconcilerSettings
    private let board: StatusBoard
    private let now: @Sendable () -> Instant
    private let runner: Runner
    /// How many runs are at work at one time; each holds a workspace in memory.
    private let limit: ConcurrencyLimit

    package init(
        _ settings: ReconcilerSettings, board: StatusBoard, now: @escaping @Sendable () -> Instant, atOnce: Int = 2,
        runner: @escaping Runner
    ) {
        self.settings = settings
        self.board = board
        self.now = now
        self.runner = runner
        limit = ConcurrencyLimit(atOnce)
    }

    /// Goes on until the board says stop; then what is at work ends at its next step.
    package func loop() async {
        await withTaskGroup(of: Void.self) { group in
            for workspace in settings.workspaces { group.addTask { await self.loop(workspace) } }
        }
    }

    private func loop(_ workspace: WatchedWorkspace) async {
        let backoff = Backoff(workspace: workspace.name)
        let interval = workspace.interval ?? settings.interval
        var cause = RunCause.interval
        var failures = 0
        var revision: String?
        while !board.isStopping {
            let outcome = await run(workspace, cause)
            let run = outcome.run
            // What a person must fix is looked at again every interval, and skipped while it has not changed. So is what was judged in part.
            let hasEnded = run.stages.last.map { $0.stage == .write && $0.condition == .ready } ?? false
            let isRetried = run.outcome == .failed && !(run.isPartial && hasEnded)
            if run.revision != revision { failures = 0 }
            revision = run.revision
            failures = isRetried ? failures + 1 : 0
            let wait =
                isRetried
                ? backoff.afterFailure(failures, atLeast: outcome.retryAfter, run: run.id)
                : backoff.afterSuccess(interval: interval, run: run.id)
            let next = now().adding(wait)
            board.update(workspace.name) { status in
                status.failures = failures
                status.next = next
            }
            cause = await waiting(for: workspace.name, until: next, isRetried: isRetried)
        }
    }

    /// Until the time comes, or somebody asks. Looking five times a second costs nothing, and bears clocks that jump.
    private func waiting(for workspace: String, until next: Instant, isRetried: Bool) async -> RunCause {
        let begin = now()
        while !board.isStopping {
            if let cause = board.takeRequest(for: workspace) {
                board.update(workspace) { $0.lastHandledRequest = cause.description }
                return cause
            }
            // A clock that jumped back does not make anybody wait longer than was meant.
            if now() >= next || now() < begin { break }
            // Cancellation ends the loop by way of the board.
            try? await Task.sleep(for: .milliseconds(200))
        }
        return isRetried ? .retry : .interval
    }

    private func run(_ workspace: WatchedWorkspace, _ cause: RunCause) async -> RunOutcome {
        await limit.enter()
        let runner = runner
        // Off the cooperative threads: a run blocks for as long as it takes.
        var thread: WorkerThread?
        let outcome = await withCheckedContinuation { continuation in
            thread = WorkerThread { continuation.resume(returning: runner(workspace, cause)) }
        }
        // It has said its last word: this takes no time.
        thread?.join()
        await limit.leave()
        return outcome
    }
}

/// Lets only so many in.
private actor ConcurrencyLimit {
    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(_ count: Int) { free = count }

    func enter() async {
        guard free == 0 else {
            free -= 1
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    func leave() {
        if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
    }
}
