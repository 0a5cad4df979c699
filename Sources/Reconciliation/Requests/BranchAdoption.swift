import CostModel
import Git

/// Makes records of branches that are there and the ledger does not know, where there is no code host that could tell: after its loss, or
/// where another installation writes to the same remote. What they fix stands in the trailers of our commit.
///
/// Without it a group whose files have changed since would get a second branch, and nobody would ever delete the first.
struct BranchAdoption {
    let repository: Repository
    let heads: OriginHeads
    /// What the names of our branches begin with.
    let prefixes: [String]
    /// Others may push to the same repository.
    let mark: WorkspaceMark
    let now: Instant

    /// How far below its tip our commit is looked for.
    private static let depth = 50

    /// - Parameter branches: how each branch stands.
    func records(of branches: [String: BranchState], besides known: [RequestRecord]) throws(GitError) -> [RequestRecord] {
        let taken = Set(known.map(\.branch))
        var records: [RequestRecord] = []
        for (name, state) in branches.sorted(by: { $0.key < $1.key }) where !taken.contains(name) && isRequest(name) {
            guard let tip = heads.branches[name] else { continue }
            switch state {
            case .ours: if let record = try record(of: tip, name, isEdited: false) { records.append(record) }
            case .edited:
                if let own = try ownCommit(below: tip), let record = try record(of: own, name, isEdited: true) { records.append(record) }
            case .contained, .missing: break
            }
        }
        return records
    }

    /// Branches that 'apply' and 'revert' make are people's wishes, and no requests.
    private func isRequest(_ name: String) -> Bool {
        !prefixes.contains { name.hasPrefix($0 + "fix-") || name.hasPrefix($0 + "revert-") }
    }

    private func record(of id: ObjectID, _ branch: String, isEdited: Bool) throws(GitError) -> RequestRecord? {
        let commit = try repository.commit(id)
        let findings = Set(commit.trailers("Bursar-Finding")).sorted()
        guard let plan = commit.trailers("Bursar-Plan").last, commit.trailers("Bursar-Reverts").isEmpty,
            mark.owns(commit.trailers(WorkspaceMark.trailer).last, about: findings)
        else { return nil }
        // Commits have the time of the one below them: that is long enough ago not to count as opened just now.
        var record = RequestRecord(
            adopting: plan, group: RequestRecord.group(ofAdopted: "adopted", branch),
            title: String(commit.message.prefix { !$0.isNewline }),
            findings: findings, .open, branch: branch, commit: id.description, opened: Instant(seconds: commit.committer.seconds), now: now)
        record.team = commit.trailers(WorkspaceMark.teamTrailer).last
        record.isEdited = isEdited
        return record
    }

    /// The newest commit of ours on a branch that people have worked on.
    private func ownCommit(below tip: ObjectID) throws(GitError) -> ObjectID? {
        guard let base = try repository.mergeBase(of: tip, and: heads.tip) else { return nil }
        for id in try repository.newestCommits(of: tip, count: Self.depth) {
            if id == base { return nil }
            if try !repository.commit(id).trailers("Bursar-Plan").isEmpty { return try repository.isAncestor(id, of: heads.tip) ? nil : id }
        }
        return nil
    }
}
