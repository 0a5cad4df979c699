package import CostModel

/// What a run needs of the world around it.
package struct LoopEnvironment: Sendable {
    package var now: @Sendable () -> Instant
    /// Only says what it would write outside of the ledger.
    package var isDryRun: Bool
    package var toolVersion: String
    /// By which query engines are asked.
    package var clients: EngineClients
    /// Where what happens is told.
    package var events: LoopEvents
    /// For tests: called before each step of the write stage; returning true ends the run there and then, as if the process were killed.
    package var isKilled: @Sendable (WriteStep) -> Bool

    package init(
        now: @escaping @Sendable () -> Instant, isDryRun: Bool, toolVersion: String, clients: EngineClients = .none,
        events: LoopEvents = LoopEvents(), isKilled: @escaping @Sendable (WriteStep) -> Bool = { _ in false }
    ) {
        self.now = now
        self.isDryRun = isDryRun
        self.toolVersion = toolVersion
        self.clients = clients
        self.events = events
        self.isKilled = isKilled
    }
}

/// The steps of the write stage after each of which the world has changed.
package enum WriteStep: String, Hashable, Sendable, CaseIterable {
    case remember, push, open, update, close, deleteBranch, comment, status, badges, dashboard
}

extension LoopEnvironment {
    /// - Parameter run: the run's id; empty: it has none yet.
    func tell(_ kind: LoopEvent.Kind, workspace: String, run: String = "") {
        events.send(LoopEvent(time: now(), workspace: workspace, run: run.isEmpty ? nil : run, kind: kind))
    }
}
