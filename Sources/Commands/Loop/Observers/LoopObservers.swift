import CostModel
import Diagnostics
import Reconciliation
import Server
import Store

/// Who is told of what happens in the loop, in `reconcile` and `serve` alike: one line each.
enum LoopObservers {
    /// - Parameter log: first, so that it tells of others that fail.
    static func all(_ session: Session, log: LoopLog) throws(CommandFailure) -> [any LoopObserver] {
        let observers: [(any LoopObserver)?] = [
            log,
            try traces(session),
        ]
        return observers.compactMap { $0 }
    }

    /// Who sends messages. It works where something is written outside of the ledger, and also where no channel is named: then it says so of
    /// messages that wait.
    static func messages(
        _ settings: ReconcilerSettings, _ clients: EngineClients, folder: @escaping @Sendable (WatchedWorkspace) -> StateFolder?,
        now: @escaping @Sendable () -> Instant, log: LoopLog
    ) -> OutboxDelivery {
        let watched = Dictionary(settings.workspaces.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        return OutboxDelivery(
            folder: { watched[$0].flatMap(folder) }, channels: clients.channels, version: Version.current,
            environment: clients.environment, now: now,
            clock: log.console.clock,
            warn: { workspace, message in
                log.observe(LoopEvent(time: now(), workspace: workspace, run: nil, kind: .problem(.init(.warning, nil, message))))
            })
    }

    /// Nil where no collector is named.
    private static func traces(_ session: Session) throws(CommandFailure) -> TraceExporter? {
        let endpoint = session.invocation[LoopOptions.traces] ?? session.console.environment[LoopOptions.tracesVariable] ?? ""
        guard !endpoint.isEmpty else { return nil }
        do throws(ServerError) {
            return try TraceExporter(endpoint: endpoint, version: Version.current)
        } catch { throw CommandFailure(error.message.printable, .invalid) }
    }
}
