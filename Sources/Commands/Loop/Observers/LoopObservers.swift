import CostModel
import Diagnostics
import Server

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

    /// Nil where no collector is named.
    private static func traces(_ session: Session) throws(CommandFailure) -> TraceExporter? {
        let endpoint = session.invocation[LoopOptions.traces] ?? session.console.environment[LoopOptions.tracesVariable] ?? ""
        guard !endpoint.isEmpty else { return nil }
        do throws(ServerError) {
            return try TraceExporter(endpoint: endpoint, version: Version.current)
        } catch { throw CommandFailure(error.message.printable, .invalid) }
    }
}
