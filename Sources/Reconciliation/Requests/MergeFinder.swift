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
    }

    /// What the commits since somebody last looked say.
    struct Found: Hashable {
        /// By plan: the newest commit that says it is of the plan.
        var merges: [String: Merge] = [:]
        /// By plan: the newest commit that undoes it.
        var reverts: [String: Merge] = [:]
    }

    let repository: Repository

    /// - Parameter since: the revision up to which somebody has looked; nil: nobody has.
    func find(since: ObjectID?, until tip: ObjectID) throws(GitError) -> Found {
        var found = Found()
        // The newest first: the first that is found of a plan counts.
        for id in try commits(since: since, until: tip) {
            let commit = try repository.commit(id)
            let time = Instant(seconds: commit.committer.seconds)
            for plan in commit.trailers("Bursar-Plan") where found.merges[plan] == nil {
                found.merges[plan] = Merge(plan: plan, commit: id.description, time: time)
            }
            for plan in commit.trailers("Bursar-Reverts") where found.reverts[plan] == nil {
                found.reverts[plan] = Merge(plan: plan, commit: id.description, time: time)
            }
        }
        return found
    }

    private func commits(since: ObjectID?, until tip: ObjectID) throws(GitError) -> [ObjectID] {
        if let since, try repository.has(since) { return try repository.commits(from: since, to: tip, limit: 100_000) }
        return try repository.newestCommits(of: tip, count: Self.firstLook)
    }
}
