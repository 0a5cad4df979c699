import CostModel
import Git

/// Tells our branches from those that people have worked on.
struct BranchInspector {
    let repository: Repository
    /// The tip of the watched branch.
    let base: ObjectID
    /// Who our commits are by.
    let author: Identity

    /// Ours is a branch of one commit that is as we wrote it: with our trailers, the tree that they name, and our name on it. Below it
    /// there is nothing but what the watched branch has too.
    func state(of tip: ObjectID) throws(GitError) -> BranchState {
        let commit = try repository.commit(tip)
        let isAsWritten =
            commit.trailers("Bursar-Tree").last == commit.tree.description && !commit.trailers("Bursar-Plan").isEmpty
            && commit.parents.count == 1
            && [commit.author, commit.committer].allSatisfy { $0.name == author.name && $0.email == author.email }
        if isAsWritten, try repository.isAncestor(commit.parents[0], of: base) { return .ours(tip: tip.description) }
        if try isUpdate(commit) { return .ours(tip: tip.description) }
        return try repository.isAncestor(tip, of: base) ? .contained(tip: tip.description) : .edited(tip: tip.description)
    }

    /// Whether a commit only brings the watched branch into ours, as a code host's button does: it merges the two, and what it has otherwise
    /// than the watched branch is what our commit makes of its files.
    private func isUpdate(_ merge: Commit) throws(GitError) -> Bool {
        guard merge.parents.count == 2, try repository.isAncestor(merge.parents[1], of: base),
            case .ours = try state(of: merge.parents[0])
        else { return false }
        func made(_ id: ObjectID) throws(GitError) -> Set<Made> {
            Set(try changes(of: id).map { Made(path: $0.path, blob: $0.newBlob) })
        }
        return try made(merge.id) == made(merge.parents[0])
    }

    private struct Made: Hashable {
        var path: String
        var blob: String
    }

    /// What a commit of ours, or a merge that brings it up to date, changes of the one below it.
    func changes(of tip: ObjectID) throws(GitError) -> Set<Plan.FileResult> {
        let commit = try repository.commit(tip)
        return Set(
            try repository.changedFiles(from: commit.proposalBase, to: tip).map { file in
                Plan.FileResult(path: file.path, baseBlob: file.old?.description ?? "", newBlob: file.new?.description ?? "")
            })
    }

    /// Whether the watched branch holds what a commit of ours makes of its files, whatever way it came there.
    func isContained(_ tip: ObjectID) throws(GitError) -> Bool {
        if try repository.isAncestor(tip, of: base) { return true }
        let commit = try repository.commit(tip)
        let files = try repository.changedFiles(from: commit.proposalBase, to: tip)
        guard !files.isEmpty else { return false }
        let tree = try RevisionTree(repository, at: base)
        return files.allSatisfy { file in file.new != nil && tree.entry(at: file.path)?.blob == file.new }
    }
}

extension Commit {
    /// What a proposal's tip is held against: the commit below it; where it is a merge that brought it up to date, what was merged.
    var proposalBase: ObjectID? { parents.count == 2 ? parents[1] : parents.first }
}
