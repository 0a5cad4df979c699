package import CostModel

/// The loop as the server sees it: how its workspaces stand, and the little that a client may ask of it.
package protocol ServerSource: Sendable {
    /// Sorted by name.
    func statuses() -> [WorkspaceStatus]

    /// Asks for a pass as soon as possible; asked twice before it begins, there is one. False: there is no such workspace.
    ///
    /// - Parameter cause: for the audit.
    func requestReconcile(workspace: String, cause: RunCause) -> Bool

    /// False: there is no such workspace.
    func setSuspended(workspace: String, _ isSuspended: Bool, cause: RunCause) -> Bool
}
