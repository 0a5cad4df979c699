package import CostModel
import Git

extension OpenedWorkspace {
    /// The workspace of the working tree where HEAD has none yet and no file of HEAD is edited, as it is right after `bursar init`: then the
    /// code that is read is HEAD's, and a plan of it fits HEAD. Nil everywhere else.
    package static func uncommitted(_ directory: String, now: Instant) throws(WorkspaceError) -> OpenedWorkspace? {
        do {
            let repository = try Repository.discover(from: directory, mayBeMissing: true)
            guard repository.workDirectory != nil, let commit = try repository.headCommit() else { return nil }
            let head = try RevisionTree(repository, at: commit)
            let folders = ancestors(of: try repository.prefix(of: directory))
            guard !folders.contains(where: { head.entry(at: path($0, fileName)) != nil }) else { return nil }
            let workspace = try OpenedWorkspace(directory, .workTree, now: now)
            return workspace.editedFiles.contains { head.entry(at: workspace.repositoryPath($0)) != nil } ? nil : workspace
        } catch { throw WorkspaceError(opening: error) }
    }
}
