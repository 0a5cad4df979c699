package import CostModel
package import Store

/// The loop as the server sees it: how its workspaces stand, and the little that a client may ask of it.
package protocol ServerSource: Sendable {
    /// Sorted by name.
    func statuses() -> [WorkspaceStatus]

    /// Asks for a pass as soon as possible; asked twice before it begins, there is one. False: there is no such workspace.
    ///
    /// - Parameter cause: for the audit.
    func requestReconcile(workspace: String, cause: RunCause) -> Bool

    /// Writes down what a client asks for, and lets the loop do it as soon as possible. Nil: there is no such workspace.
    func place(_ order: RequestOrder, workspace: String) throws(ServerError) -> OrderFolder.Placement?

    /// False: there is no such workspace.
    func setSuspended(workspace: String, _ isSuspended: Bool, cause: RunCause) -> Bool
}
