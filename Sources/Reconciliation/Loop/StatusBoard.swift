package import CostModel
import Synchronization

/// How every workspace of the loop stands, for whoever asks at any time, and what was asked of the loop from outside.
package final class StatusBoard: Sendable {
    private struct State {
        var statuses: [String: WorkspaceStatus]
        /// What asks for a run at once, by workspace; only the newest counts.
        var requests: [String: RunCause] = [:]
        var suspensions: [String: Bool] = [:]
        var isStopping = false
        /// Workspaces of which the ledger's status was taken over.
        var remembering: Set<String> = []
        /// Workspaces whose ledgers this process has looked through.
        var lookedAt: Set<String> = []
    }

    private let state: Mutex<State>

    package init(workspaces: [String]) {
        let statuses = Dictionary(workspaces.map { ($0, WorkspaceStatus(name: $0)) }, uniquingKeysWith: { first, _ in first })
        state = Mutex(State(statuses: statuses))
    }

    /// By name.
    package func statuses() -> [WorkspaceStatus] {
        state.withLock { $0.statuses.values.sorted { $0.name < $1.name } }
    }

    package func status(of workspace: String) -> WorkspaceStatus? { state.withLock { $0.statuses[workspace] } }

    func update(_ workspace: String, _ change: (inout WorkspaceStatus) -> Void) {
        state.withLock { state in
            guard var status = state.statuses[workspace] else { return }
            change(&status)
            state.statuses[workspace] = status
        }
    }

    /// What the ledger remembers: all of it the first time, then only whether it is suspended, which another process may have asked for.
    func take(_ remembered: WorkspaceStatus, for workspace: String) {
        state.withLock { state in
            guard var status = state.statuses[workspace] else { return }
            if state.remembering.insert(workspace).inserted {
                let stages = status.stages
                status = remembered
                status.name = workspace
                if !stages.isEmpty { status.stages = stages }
            }
            status.isSuspended = state.suspensions[workspace] ?? remembered.isSuspended
            state.statuses[workspace] = status
        }
    }

    /// One stage of a workspace; the others stay as they stand.
    func report(_ stage: StageStatus, of workspace: String) {
        update(workspace) { status in
            status.stages.removeAll { $0.stage == stage.stage }
            status.stages.append(stage)
            status.stages.sort { $0.stage < $1.stage }
        }
    }

    /// Whether this process has not looked through the workspace's ledger yet.
    func isFirstLook(at workspace: String) -> Bool { state.withLock { $0.lookedAt.insert(workspace).inserted } }

    func lookAgain(at workspace: String) { state.withLock { _ = $0.lookedAt.remove(workspace) } }

    // MARK: From outside

    /// Asks for a run at once.
    ///
    /// - Parameter cause: who or what asks; it is kept with what the run writes.
    /// - Returns: False when there is no such workspace.
    @discardableResult
    package func request(_ workspace: String, cause: RunCause) -> Bool {
        state.withLock { state in
            guard state.statuses[workspace] != nil else { return false }
            state.requests[workspace] = cause
            return true
        }
    }

    func takeRequest(for workspace: String) -> RunCause? { state.withLock { $0.requests.removeValue(forKey: workspace) } }

    /// - Returns: False when there is no such workspace.
    @discardableResult
    package func setSuspended(_ workspace: String, _ isSuspended: Bool) -> Bool {
        state.withLock { state in
            guard state.statuses[workspace] != nil else { return false }
            state.statuses[workspace]?.isSuspended = isSuspended
            state.suspensions[workspace] = isSuspended
            return true
        }
    }

    func suspension(of workspace: String) -> Bool? { state.withLock { $0.suspensions[workspace] } }

    /// - Parameter wish: the one that was done; a newer one stays.
    func settleSuspension(of workspace: String, _ wish: Bool) {
        state.withLock { if $0.suspensions[workspace] == wish { $0.suspensions[workspace] = nil } }
    }

    /// Lets runs end where they can, and starts none any more.
    package func stop() { state.withLock { $0.isStopping = true } }

    package var isStopping: Bool { state.withLock { $0.isStopping } }
}
