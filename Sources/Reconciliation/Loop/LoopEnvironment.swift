package import CostModel

/// What a run needs of the world around it.
package struct LoopEnvironment: Sendable {
    package var now: @Sendable () -> Instant
    /// Only says what it would write outside of the ledger.
    package var isDryRun: Bool
    package var toolVersion: String
    package var log: @Sendable (LoopEvent) -> Void
    /// For tests: called before each step of the write stage; returning true ends the run there and then, as if the process were killed.
    package var isKilled: @Sendable (WriteStep) -> Bool

    package init(
        now: @escaping @Sendable () -> Instant, isDryRun: Bool, toolVersion: String,
        log: @escaping @Sendable (LoopEvent) -> Void = { _ in }, isKilled: @escaping @Sendable (WriteStep) -> Bool = { _ in false }
    ) {
        self.now = now
        self.isDryRun = isDryRun
        self.toolVersion = toolVersion
        self.log = log
        self.isKilled = isKilled
    }
}

/// The steps of the write stage after each of which the world has changed.
package enum WriteStep: String, Hashable, Sendable, CaseIterable {
    case remember, push, open, update, close, deleteBranch, comment, status
}

/// Something worth a line in a log. Holds no secret.
package struct LoopEvent: Hashable, Sendable {
    package enum Level: String, Hashable, Sendable { case info, warning, error }

    package var time: Instant
    package var level: Level
    package var workspace: String
    package var run: String?
    package var stage: Stage?
    package var message: String

    package init(time: Instant, level: Level, workspace: String, run: String?, stage: Stage?, message: String) {
        self.time = time
        self.level = level
        self.workspace = workspace
        self.run = run
        self.stage = stage
        self.message = message
    }
}
