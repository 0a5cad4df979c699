import Diagnostics
import Git
import PolicyLanguage

/// Where a workspace is and what HEAD calls it. Neither policies nor the other files are looked at, so that a loop that finds nothing
/// changed has read one small file.
package struct WorkspaceGlance: Hashable, Sendable {
    package let name: String
    /// The repository's work tree, or the repository itself where it is bare.
    package let repository: String
    /// The workspace's folder inside the repository; empty for its root.
    package let prefix: String
    /// Where relative paths of observed data start.
    package let folder: String

    /// - Returns: nil where there is none, or it cannot be read: `OpenedWorkspace` says what is wrong.
    package init?(_ directory: String) {
        // Whatever goes wrong is found again, and said, by who opens the workspace.
        guard let found = try? Self.find(directory) else { return nil }
        self = found
    }

    private init(name: String, repository: String, prefix: String, folder: String) {
        self.name = name
        self.repository = repository
        self.prefix = prefix
        self.folder = folder
    }

    private static func find(_ directory: String) throws(GitError) -> WorkspaceGlance? {
        let repository = try Repository.discover(from: directory)
        guard let head = try repository.headCommit() else { return nil }
        for prefix in OpenedWorkspace.ancestors(of: try repository.prefix(of: directory)) {
            let path = OpenedWorkspace.path(prefix, OpenedWorkspace.fileName)
            guard let bytes = try RevisionTree.file(path, of: repository, at: head) else { continue }
            guard let name = PolicyLoader.workspaceName(in: SourceFile(path: path, bytes: bytes)) else { return nil }
            let root = repository.workDirectory
            return WorkspaceGlance(
                name: name, repository: root ?? directory, prefix: prefix,
                folder: root.map { OpenedWorkspace.path($0, prefix) } ?? directory)
        }
        return nil
    }
}
