import CostModel
import Git

/// Finds plans of ours that reached the watched branch, by the trailers of its commits: merge, squash and rebase keep them, or the commit
/// that has them.
struct MergeFinder {
    /// How far back the first look goes, where nobody remembers an earlier one.
    static let firstLook = 2_000

    struct Merge: Hashable {
        /// The plan's digest, as its trailer says.
        var plan: String
        var commit: String
        var time: Instant
        var findings: [String]
    }

    let repository: Repository

    /// - Parameter since: the revision up to which somebody has looked; nil: nobody has.
    func merges(since: ObjectID?, until tip: ObjectID) throws(GitError) -> [Merge] {
        var result: [Merge] = []
        for id in try commits(since: since, until: tip) {
            let commit = try repository.commit(id)
            for plan in commit.trailers("Bursar-Plan") {
                result.append(
                    Merge(
                        plan: plan, commit: id.description, time: Instant(seconds: commit.committer.seconds),
                        findings: commit.trailers("Bursar-Finding")))
            }
        }
        return result
    }

    private func commits(since: ObjectID?, until tip: ObjectID) throws(GitError) -> [ObjectID] {
        if let since, try repository.has(since) { return try repository.commits(from: since, to: tip, limit: 100_000) }
        return try repository.newestCommits(of: tip, count: Self.firstLook)
    }
}
