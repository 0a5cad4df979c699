package import CostModel

/// A line of the log of a process that runs unattended.
package struct LogEntry: Hashable, Sendable {
    package enum Level: String, Hashable, Sendable, CaseIterable {
        case info
        /// It passes by itself, or something was refused.
        case warning
        /// A person must look at it.
        case error
    }

    package var time: Instant
    package var level: Level
    /// Lower case, no full stop; holds no secret.
    package var message: String
    package var workspace: String?
    package var run: String?
    package var stage: Stage?

    package init(
        _ level: Level, _ message: String, time: Instant, workspace: String? = nil, run: String? = nil, stage: Stage? = nil
    ) {
        self.time = time
        self.level = level
        self.message = message
        self.workspace = workspace
        self.run = run
        self.stage = stage
    }
}

/// Where the log goes. Called from any thread; keeps the order of calls from one thread.
package protocol LogSink: Sendable {
    func write(_ entry: LogEntry)
}
