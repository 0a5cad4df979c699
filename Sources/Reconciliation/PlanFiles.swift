import CostModel
import Diagnostics
import Observation

/// The files that some changes of a plan edit: the blobs before and after, and the patch.
struct PlanFiles {
    private(set) var results: [Plan.FileResult] = []
    private(set) var patch = ""

    init(of changes: [Plan.Change], in evaluated: EvaluatedWorkspace) throws(WorkspaceError) {
        let workspace = evaluated.workspace
        let files: [TreeEdits.EditedFile]
        do throws(TreeEdits.Conflict) {
            files = try TreeEdits(of: changes).made { evaluated.estate.file(workspace.workspacePath($0))?.source.bytes }
        } catch {
            throw .failed("a proved edit of '\(error.path)' cannot be made")
        }
        for file in files {
            results.append(
                Plan.FileResult(path: file.path, baseBlob: try workspace.blob(of: file.old), newBlob: try workspace.blob(of: file.new)))
            let path = workspace.workspacePath(file.path)
            patch += try workspace.diff(path, from: file.old, to: file.new, hiding: evaluated.estate.secretLines(of: path))
        }
    }
}

extension TreeEdits {
    /// The edits of changes that have any; files are called as in the repository.
    init(of changes: [Plan.Change]) {
        self.init()
        for change in changes { add(change.edits, to: change.file ?? "") }
    }
}
