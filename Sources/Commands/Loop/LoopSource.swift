import CostModel
import Reconciliation
import Server

/// The loop of this process, as the server asks it.
struct LoopSource: ServerSource {
    let board: StatusBoard

    func statuses() -> [WorkspaceStatus] { board.statuses() }

    func requestReconcile(workspace: String, cause: RunCause) -> Bool { board.request(workspace, cause: cause) }

    /// The pass that is asked for writes the wish down, with its cause, and then rests or goes on.
    func setSuspended(workspace: String, _ isSuspended: Bool, cause: RunCause) -> Bool {
        board.setSuspended(workspace, isSuspended) && board.request(workspace, cause: cause)
    }
}
