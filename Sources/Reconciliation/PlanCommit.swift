import CostModel
import Diagnostics
import Git

/// The commit that a plan, or some of its changes, make of a base: the same for every place it is written to.
struct PlanCommit {
    let repository: Repository
    let plan: Plan
    /// What the `Bursar-Plan` trailer says.
    let digest: String
    /// Nil: Git's configuration, else Bursar.
    let author: RemediationSettings.Author?
    /// See `WorkspaceMark`.
    var workspace: String?

    struct EditedFile {
        var baseBlob: String
        var new: [UInt8]
    }

    /// The plan's files with the edits of the chosen changes made, each checked against the plan.
    func editedFiles(_ changes: [Plan.Change], at base: ObjectID) throws -> [String: EditedFile] {
        let tree = try RevisionTree(repository, at: base)
        let edits = TreeEdits(of: changes)
        var old: [String: [UInt8]] = [:]
        for path in edits.paths { old[path] = try tree.read(path) }
        let files: [TreeEdits.EditedFile]
        do throws(TreeEdits.Conflict) { files = try edits.made { old[$0] } } catch { throw WorkspaceError.conflict(Self.stale(error.path)) }
        var result: [String: EditedFile] = [:]
        for file in files {
            let path = file.path
            guard let expected = plan.files.first(where: { $0.path == path }), tree.entry(at: path)?.blob?.description == expected.baseBlob
            else { throw WorkspaceError.conflict(Self.stale(path)) }
            let isWhole =
                changes.count(where: { $0.file == path })
                == plan.changes.count(where: { $0.file == path && $0.applicability != .advisory })
            let blob = try ObjectID(ofBlob: file.new).description
            guard !isWhole || blob == expected.newBlob else {
                throw WorkspaceError.conflict("the plan does not add up for '\(path)': it was changed after it was made")
            }
            result[path] = EditedFile(baseBlob: expected.baseBlob, new: file.new)
        }
        return result
    }

    /// Who commits are by: the settings' author, else Git's configuration, else Bursar.
    static func person(_ author: RemediationSettings.Author?, in repository: Repository) throws(GitError) -> Identity {
        if let author { return Identity(name: author.name, email: author.email) }
        return try repository.identity() ?? Identity(name: "Bursar", email: "bursar@localhost")
    }

    func refuseChanged(_ files: [String: EditedFile], at commit: ObjectID) throws {
        let tree = try RevisionTree(repository, at: commit)
        for (path, file) in files.sorted(by: { $0.key < $1.key }) where tree.entry(at: path)?.blob?.description != file.baseBlob {
            throw WorkspaceError.conflict(Self.stale(path))
        }
    }

    /// The times are the parent's, so that the same plan gives the same commit.
    func draft(on parent: ObjectID, _ files: [String: EditedFile], _ changes: [Plan.Change]) throws -> CommitDraft {
        let time = try repository.commit(parent).committer
        let person = try Self.person(author, in: repository)
        let signature = Signature(name: person.name, email: person.email, seconds: time.seconds, zoneMinutes: time.zoneMinutes)
        var draft = CommitDraft(base: parent, files: files.mapValues(\.new), message: "", author: signature, committer: signature)
        let tree = try repository.writeTree(of: draft).description
        draft.message = CommitMessage(plan: plan, changes: changes, digest: digest, tree: tree, workspace: workspace).text
        return draft
    }
}

// MARK: Messages

extension PlanCommit {
    private static func stale(_ path: String) -> String {
        "'\(path)' is not what the plan was made from; plan again"
    }
}
