import CostModel
import Reconciliation
import Server
import Store

/// The loop of this process, as the server asks it.
struct LoopSource: ServerSource {
    let board: StatusBoard
    /// Of each workspace.
    let folders: [String: StateFolder]

    func statuses() -> [WorkspaceStatus] { board.statuses() }

    func requestReconcile(workspace: String, cause: RunCause) -> Bool { board.request(workspace, cause: cause) }

    func place(_ order: RequestOrder, workspace: String) throws(ServerError) -> OrderFolder.Placement? {
        guard board.status(of: workspace) != nil, let folder = folders[workspace] else { return nil }
        let placement: OrderFolder.Placement
        do throws(LedgerError) { placement = try folder.orders.place(order) } catch {
            throw ServerError(code: .archive, message: "what is asked for cannot be written down (\(error.code.rawValue))")
        }
        if placement == .placed { board.request(workspace, cause: .api(caller: order.caller)) }
        return placement
    }

    /// The pass that is asked for writes the wish down, with its cause, and then rests or goes on.
    func setSuspended(workspace: String, _ isSuspended: Bool, cause: RunCause) -> Bool {
        board.setSuspended(workspace, isSuspended) && board.request(workspace, cause: cause)
    }
}
