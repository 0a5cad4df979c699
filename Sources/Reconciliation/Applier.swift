package import CostModel
import Git

/// Writes a plan as one commit on one branch: objects first, then a compare-and-swap of the ref. Killed anywhere, it has happened or not.
///
/// It reads the repository and the plan, no observations; the working tree and the index are not touched.
package struct Applier {
    /// Where the commit goes.
    package enum Target: Hashable, Sendable {
        /// A branch of its own; nil: named by the plan.
        case branch(String?)
        /// The base branch itself; only *automatic* changes.
        case base
    }

    package struct Outcome: Hashable, Sendable {
        package var branch: String
        package var commit: String
        package var changes: Int
        /// False when the branch was at this commit already.
        package var written: Bool
    }

    private let repository: Repository
    private let plan: Plan
    private let digest: String
    private let settings: RemediationSettings
    private let commits: PlanCommit

    /// - Parameters:
    ///   - digest: the plan document's own digest.
    ///   - settings: the workspace's, for the branch's prefix and the author.
    package init(_ directory: String, plan: Plan, digest: String, settings: RemediationSettings) throws(WorkspaceError) {
        do throws(GitError) { repository = try Repository.discover(from: directory) } catch { throw .usage("\(error)") }
        self.plan = plan
        self.digest = digest
        self.settings = settings
        commits = PlanCommit(repository: repository, plan: plan, digest: digest, author: settings.author)
    }

    /// The changes that may be written there.
    package func changes(for target: Target) -> [Plan.Change] {
        plan.changes.filter { change in
            target == .base ? change.applicability == .automatic : change.applicability != .advisory
        }
    }

    package func apply(to target: Target) throws(WorkspaceError) -> Outcome {
        let changes = changes(for: target)
        guard !changes.isEmpty else { throw .usage(Self.nothing) }
        guard let base = ObjectID(plan.baseCommit) else { throw .usage("'\(plan.baseCommit)' is not a commit id") }
        // Also where nothing is left to write: a run that was killed may have come so far, and its lock is there.
        repository.removeLeftLocks()
        do {
            return target == .base ? try commitOntoBase(base, changes) : try commitOntoBranch(name(of: target), base, changes)
        } catch {
            throw WorkspaceError(applying: error)
        }
    }

    // MARK: On a branch of its own

    private func commitOntoBranch(_ name: String, _ base: ObjectID, _ changes: [Plan.Change]) throws -> Outcome {
        let files = try commits.editedFiles(changes, at: base)
        if let head = try repository.headCommit() { try commits.refuseChanged(files, at: head) }
        let commit = try repository.write(commits.draft(on: base, files, changes))
        let tip = try repository.branchTip(name)
        if tip == commit { return Outcome(branch: name, commit: commit.description, changes: changes.count, written: false) }
        if let tip {
            try refuseForeign(tip, name)
            guard try !repository.isCheckedOut(branch: name) || repository.isBare else {
                throw WorkspaceError.conflict(Self.checkedOut(name))
            }
        }
        try repository.updateBranch(name, to: commit, expecting: tip, reflog: "bursar: plan \(digest.prefix(12))")
        return Outcome(branch: name, commit: commit.description, changes: changes.count, written: true)
    }

    /// Only a branch on which every commit is ours, as we wrote it, may be replaced.
    private func refuseForeign(_ tip: ObjectID, _ name: String) throws {
        let commit = try repository.commit(tip)
        guard let tree = commit.trailers("Bursar-Tree").last, !commit.trailers("Bursar-Plan").isEmpty else {
            throw WorkspaceError.conflict(
                "the branch '\(name)' is not one of Bursar's: it ends in \(tip.short), which Bursar did not write")
        }
        guard tree == commit.tree.description, commit.parents.count == 1 else {
            throw WorkspaceError.conflict("the branch '\(name)' was edited by a person: \(tip.short) is not as Bursar wrote it")
        }
        // Below it there must be nothing but what HEAD has too; that may be an earlier plan of ours, merged.
        guard let head = try repository.headCommit(), try repository.isAncestor(commit.parents[0], of: head) else {
            throw WorkspaceError.conflict("the branch '\(name)' holds other commits below Bursar's, which HEAD does not have")
        }
    }

    // MARK: Onto the base branch

    private func commitOntoBase(_ base: ObjectID, _ changes: [Plan.Change]) throws -> Outcome {
        guard let name = try repository.headBranch() else { throw WorkspaceError.conflict(Self.detached) }
        guard let tip = try repository.branchTip(name) else { throw WorkspaceError.conflict("the branch '\(name)' has no commit") }
        if try repository.commit(tip).trailers("Bursar-Plan").contains(digest) {
            return Outcome(branch: name, commit: tip.description, changes: changes.count, written: false)
        }
        let files = try commits.editedFiles(changes, at: base)
        try commits.refuseChanged(files, at: tip)
        if try repository.isCheckedOut(branch: name), !repository.isBare {
            throw WorkspaceError.conflict(Self.checkedOut(name) + "; apply to a branch and merge it")
        }
        let commit = try repository.write(commits.draft(on: tip, files, changes))
        try repository.updateBranch(name, to: commit, expecting: tip, reflog: "bursar: plan \(digest.prefix(12))")
        return Outcome(branch: name, commit: commit.description, changes: changes.count, written: true)
    }

    /// The same policies and files give the same branch, whatever the values.
    private func name(of target: Target) -> String {
        if case .branch(let name?) = target { return name }
        var hash = SHA256()
        for file in plan.files.map(\.path).sorted() { hash.update(field: file) }
        hash.update(field: plan.policyDigest)
        return settings.branchPrefix + "fix-" + hash.hexDigest().prefix(12)
    }
}

// MARK: Messages

extension Applier {
    private static let nothing = "the plan has no change that may be written there"
    private static let detached = "HEAD is at no branch: check one out ('git switch NAME'), or apply without '--onto-base'"
    private static func checkedOut(_ branch: String) -> String {
        "the branch '\(branch)' is checked out: moving it would leave the working tree behind"
    }
}
