package import CostModel
import Diagnostics
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

    /// - Parameters:
    ///   - digest: the plan document's own digest.
    ///   - settings: the workspace's, for the branch's prefix and the author.
    package init(_ directory: String, plan: Plan, digest: String, settings: RemediationSettings) throws(PassError) {
        do throws(GitError) { repository = try Repository.discover(from: directory) } catch { throw .usage("\(error)") }
        self.plan = plan
        self.digest = digest
        self.settings = settings
    }

    /// The changes that may be written there.
    package func changes(for target: Target) -> [Plan.Change] {
        plan.changes.filter { change in
            target == .base ? change.applicability == .automatic : change.applicability != .advisory
        }
    }

    package func apply(to target: Target) throws(PassError) -> Outcome {
        let changes = changes(for: target)
        guard !changes.isEmpty else { throw .usage(Self.nothing) }
        guard let base = ObjectID(plan.baseCommit) else { throw .usage("'\(plan.baseCommit)' is not a commit id") }
        do {
            return target == .base ? try commitOntoBase(base, changes) : try commitOntoBranch(name(of: target), base, changes)
        } catch {
            throw PassError(applying: error)
        }
    }

    // MARK: On a branch of its own

    private func commitOntoBranch(_ name: String, _ base: ObjectID, _ changes: [Plan.Change]) throws -> Outcome {
        let files = try editedFiles(changes, at: base)
        if let head = try repository.headCommit() { try refuseChanged(files, at: head) }
        let commit = try repository.write(draft(on: base, files.mapValues(\.new), changes))
        let tip = try repository.branchTip(name)
        if tip == commit { return Outcome(branch: name, commit: commit.description, changes: changes.count, written: false) }
        if let tip {
            try refuseForeign(tip, name)
            guard try !repository.isCheckedOut(branch: name) || repository.isBare else { throw PassError.conflict(Self.checkedOut(name)) }
        }
        try repository.updateBranch(name, to: commit, expecting: tip, reflog: "bursar: plan \(digest.prefix(12))")
        return Outcome(branch: name, commit: commit.description, changes: changes.count, written: true)
    }

    /// Only a branch on which every commit is ours, as we wrote it, may be replaced.
    private func refuseForeign(_ tip: ObjectID, _ name: String) throws {
        let commit = try repository.commit(tip)
        guard let tree = commit.trailers("Bursar-Tree").last, !commit.trailers("Bursar-Plan").isEmpty else {
            throw PassError.conflict("the branch '\(name)' is not one of Bursar's: it ends in \(tip.short), which Bursar did not write")
        }
        guard tree == commit.tree.description, commit.parents.count == 1 else {
            throw PassError.conflict("the branch '\(name)' was edited by a person: \(tip.short) is not as Bursar wrote it")
        }
        // Below it there must be nothing but what HEAD has too; that may be an earlier plan of ours, merged.
        guard let head = try repository.headCommit(), try repository.isAncestor(commit.parents[0], of: head) else {
            throw PassError.conflict("the branch '\(name)' holds other commits below Bursar's, which HEAD does not have")
        }
    }

    // MARK: Onto the base branch

    private func commitOntoBase(_ base: ObjectID, _ changes: [Plan.Change]) throws -> Outcome {
        guard let name = try repository.headBranch() else { throw PassError.conflict("HEAD is at no branch") }
        guard let tip = try repository.branchTip(name) else { throw PassError.conflict("the branch '\(name)' has no commit") }
        if try repository.commit(tip).trailers("Bursar-Plan").contains(digest) {
            return Outcome(branch: name, commit: tip.description, changes: changes.count, written: false)
        }
        let files = try editedFiles(changes, at: base)
        try refuseChanged(files, at: tip)
        if try repository.isCheckedOut(branch: name), !repository.isBare {
            throw PassError.conflict(Self.checkedOut(name) + "; apply to a branch and merge it")
        }
        let commit = try repository.write(draft(on: tip, files.mapValues(\.new), changes))
        try repository.updateBranch(name, to: commit, expecting: tip, reflog: "bursar: plan \(digest.prefix(12))")
        return Outcome(branch: name, commit: commit.description, changes: changes.count, written: true)
    }

    // MARK: Files

    private struct EditedFile {
        var baseBlob: String
        var new: [UInt8]
    }

    /// The plan's files with the edits of the chosen changes made, each checked against the plan.
    private func editedFiles(_ changes: [Plan.Change], at base: ObjectID) throws -> [String: EditedFile] {
        let tree = try RevisionTree(repository, at: base)
        var result: [String: EditedFile] = [:]
        for (path, group) in Dictionary(grouping: changes, by: { $0.file ?? "" }) {
            let old = try tree.read(path)
            let edits = group.flatMap(\.edits).map { TextEdit($0.offset..<$0.offset + max(0, $0.length), $0.text) }
            guard let expected = plan.files.first(where: { $0.path == path }), tree.entry(at: path)?.blob?.description == expected.baseBlob,
                let new = edits.applied(to: old)
            else { throw PassError.conflict(Self.stale(path)) }
            let all = group.count == plan.changes.count(where: { $0.file == path && $0.applicability != .advisory })
            let blob = try ObjectID(ofBlob: new).description
            guard !all || blob == expected.newBlob else {
                throw PassError.conflict("the plan does not add up for '\(path)': it was changed after it was made")
            }
            result[path] = EditedFile(baseBlob: expected.baseBlob, new: new)
        }
        return result
    }

    private func refuseChanged(_ files: [String: EditedFile], at commit: ObjectID) throws {
        let tree = try RevisionTree(repository, at: commit)
        for (path, file) in files.sorted(by: { $0.key < $1.key }) where tree.entry(at: path)?.blob?.description != file.baseBlob {
            throw PassError.conflict(Self.stale(path))
        }
    }

    // MARK: The commit

    /// The times are the parent's, so that the same plan gives the same commit.
    private func draft(on parent: ObjectID, _ files: [String: [UInt8]], _ changes: [Plan.Change]) throws -> CommitDraft {
        let time = try repository.commit(parent).committer
        let identity = try repository.identity()
        let author = settings.author.map { ($0.name, $0.email) } ?? identity.map { ($0.name, $0.email) } ?? ("Bursar", "bursar@localhost")
        let signature = Signature(name: author.0, email: author.1, seconds: time.seconds, zoneMinutes: time.zoneMinutes)
        var draft = CommitDraft(base: parent, files: files, message: "", author: signature, committer: signature)
        draft.message =
            CommitMessage(plan: plan, changes: changes, digest: digest, tree: try repository.writeTree(of: draft).description).text
        return draft
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
    private static func checkedOut(_ branch: String) -> String {
        "the branch '\(branch)' is checked out: moving it would leave the working tree behind"
    }
    private static func stale(_ path: String) -> String {
        "'\(path)' is not what the plan was made from; plan again"
    }
}
