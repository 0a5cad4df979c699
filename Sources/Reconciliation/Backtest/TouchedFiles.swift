import Git

/// Which files differ between commits, each two compared once.
struct TouchedFiles {
    private struct Pair: Hashable {
        var old: ObjectID
        var new: ObjectID
    }

    private let workspace: OpenedWorkspace
    private var known: [Pair: Set<String>] = [:]

    init(_ workspace: OpenedWorkspace) {
        self.workspace = workspace
    }

    mutating func differs(_ file: String, between old: ObjectID, and new: ObjectID) throws(WorkspaceError) -> Bool {
        guard old != new else { return false }
        let pair = Pair(old: old, new: new)
        if known[pair] == nil {
            do throws(GitError) {
                known[pair] = Set(try workspace.repository.changedFiles(from: old, to: new).map(\.path))
            } catch { throw WorkspaceError(opening: error) }
        }
        return known[pair]?.contains(workspace.repositoryPath(file)) ?? false
    }
}
