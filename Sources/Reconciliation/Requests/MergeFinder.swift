import CostModel
import Git

/// Finds plans of ours that reached the watched branch, by the trailers of its commits: merge, squash and rebase keep them, or the commit
/// that has them. And what people undid since: by our trailer, by Git's own sentence, or by GitHub's.
struct MergeFinder {
    /// How far back the first look goes, where nobody remembers an earlier one.
    static let firstLook = 2_000

    struct Merge: Hashable, Sendable {
        /// The plan's digest, as its trailer says.
        var plan: String
        var commit: String
        var time: Instant
        /// The commit's subject.
        var title: String
        /// What its trailers say that it mends.
        var findings: [String]
    }

    /// What the commits since somebody last looked say.
    struct Found: Hashable, Sendable {
        /// By plan: the newest commit that says it is of the plan.
        var merges: [String: Merge] = [:]
        /// Plans, commits, and requests (`owner/name#5`) that were undone.
        var undone: Set<String> = []

        /// Whether people undid a request's merge.
        func undoes(_ record: RequestRecord) -> Bool {
            if undone.contains(record.plan.digest) || undone.contains(record.commit) { return true }
            if let commit = record.mergeCommit, undone.contains(commit) { return true }
            guard let number = record.number, let url = record.url else { return false }
            return undone.contains { name in
                let parts = name.split(separator: "#")
                return parts.count == 2 && parts[1] == "\(number)" && url.contains("/\(parts[0])/")
            }
        }
    }

    let repository: Repository

    /// - Parameter since: the revision up to which somebody has looked; nil: nobody has.
    func find(since: ObjectID?, until tip: ObjectID) throws(GitError) -> Found {
        var found = Found()
        // The newest first: the first that is found of a plan counts.
        for id in try commits(since: since, until: tip) {
            let commit = try repository.commit(id)
            let time = Instant(seconds: commit.committer.seconds)
            let reverts = commit.trailers("Bursar-Reverts")
            found.undone.formUnion(reverts + Self.undone(by: commit.message))
            // What undoes a plan has a plan's trailers too.
            for plan in reverts.isEmpty ? commit.trailers("Bursar-Plan") : [] where found.merges[plan] == nil {
                found.merges[plan] = Merge(
                    plan: plan, commit: id.description, time: time, title: String(commit.message.prefix { !$0.isNewline }),
                    findings: Set(commit.trailers("Bursar-Finding")).sorted())
            }
        }
        return found
    }

    private func commits(since: ObjectID?, until tip: ObjectID) throws(GitError) -> [ObjectID] {
        if let since, try repository.has(since) { return try repository.commits(from: since, to: tip, limit: 100_000) }
        return try repository.newestCommits(of: tip, count: Self.firstLook)
    }

    /// `This reverts commit <id>.` is what `git revert` writes, and `Reverts owner/name#5` what GitHub's button does, each at the beginning
    /// of a line.
    static func undone(by message: String) -> [String] {
        message.split(whereSeparator: \.isNewline).compactMap { line in
            let words = line.split(separator: " ")
            if words.starts(with: ["This", "reverts", "commit"]), words.count > 3 {
                let id = words[3].prefix { $0.isHexDigit }
                return id.count == 40 ? String(id) : nil
            }
            return words.count == 2 && words[0] == "Reverts" && words[1].contains("#") ? String(words[1]) : nil
        }
    }
}
