internal import CGit2

extension Repository {
    /// The commits of a branch as it grew, newest first: of a merge only the side that it was made on.
    ///
    /// - Parameters:
    ///   - tip: the newest.
    ///   - isEnough: asked with each commit; true: older ones are not read.
    /// - Throws: `.limit` beyond 200,000 commits; `.shallow` where the history was cut off before that.
    package func firstParents(of tip: ObjectID, until isEnough: (Commit) -> Bool = { _ in false }) throws(GitError) -> [Commit] {
        var commits: [Commit] = []
        var next: ObjectID? = tip
        while let id = next {
            guard commits.count < 200_000 else { throw GitError(.limit, "more than 200,000 commits below \(tip.short)") }
            let commit: Commit
            do throws(GitError) { commit = try self.commit(id) } catch {
                guard error.code == .notFound, !commits.isEmpty, try isShallow() else { throw error }
                throw GitError(
                    .shallow,
                    "the history is shallow, and ends before all of \(tip.short) was read; fetch more of it: git fetch --unshallow")
            }
            commits.append(commit)
            if isEnough(commit) { break }
            next = commit.parents.first
        }
        return commits
    }
}
