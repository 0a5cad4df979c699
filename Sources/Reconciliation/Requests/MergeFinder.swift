import CostModel
import Git

/// Finds plans of ours that reached the watched branch, by the trailers of its commits: merge, squash and rebase keep them, or the commit
/// that has them. And what people undid since: by our trailer, by Git's own sentence, or by a code host's.
struct MergeFinder {
    /// How far back the first look goes, where nobody remembers an earlier one.
    static let firstLook = 2_000
    /// Commits of one merge that are undone with it.
    private static let mergeLimit = 1_000

    let repository: Repository
    let now: Instant
    /// By plan: the commit of it that we wrote, where somebody remembers.
    var written: [String: String] = [:]

    /// - Parameter since: the revision up to which somebody has looked; nil: nobody has.
    func find(since: ObjectID?, until tip: ObjectID) throws(GitError) -> MergeHistory {
        let since = try since.flatMap { id throws(GitError) in try repository.has(id) ? id : nil }
        let window = try commits(since: since, until: tip)
        var arrivals = Arrivals(repository: repository, window: window, since: since, tip: tip, now: now)
        var found = MergeHistory()
        // The newest first: the first that is found of a plan counts.
        for (age, id) in window.enumerated() {
            let references = CommitReferences(try repository.commit(id))
            for plan in references.merges where found.merges[plan] == nil {
                guard try brings(plan, id) else { continue }
                found.merges[plan] = MergeHistory.Merge(
                    plan: plan, commit: id.description, time: try arrivals.time(of: id, committed: references.time),
                    title: references.title,
                    findings: references.findings, workspace: references.workspace, team: references.team, age: age)
            }
            // What undoes something and was undone itself, did nothing.
            guard !references.undoes.isEmpty, !found.undone.keys.contains(where: references.isCalled) else { continue }
            let turn = MergeHistory.Turn(
                commit: id.description, time: try arrivals.time(of: id, committed: references.time), age: age)
            for name in try whole(references.undoes) where found.undone[name] == nil { found.undone[name] = turn }
        }
        try findRedone(in: &found, until: tip)
        return found
    }

    /// Whether a commit that has a plan's trailers has its change too. A squash of a commit and its revert, and notes that quote a message,
    /// have the words alone. Of a plan that nobody remembers the words must do.
    private func brings(_ plan: String, _ id: ObjectID) throws(GitError) -> Bool {
        guard let own = written[plan].flatMap({ ObjectID($0) }), own != id, try repository.has(own) else { return true }
        let ours = try repository.changedFiles(from: try repository.commit(own).proposalBase, to: own)
        let commit = try repository.commit(id)
        do throws(GitError) {
            let paths = Set(try repository.changedFiles(from: commit.parents.first, to: id).map(\.path))
            return ours.isEmpty || ours.contains { paths.contains($0.path) }
        } catch  where error.code == .limit { return true }
    }

    private func commits(since: ObjectID?, until tip: ObjectID) throws(GitError) -> [ObjectID] {
        if let since { return try repository.commits(from: since, to: tip, limit: 100_000) }
        return try repository.newestCommits(of: tip, count: Self.firstLook)
    }

    /// A commit also stands for the plans that it says it is of, and a merge for all that it brought.
    private func whole(_ names: [String]) throws(GitError) -> [String] {
        var whole = names
        for id in names.compactMap({ ObjectID($0) }) {
            guard try repository.has(id) else { continue }
            let commit = try repository.commit(id)
            whole += CommitReferences(commit).merges
            guard commit.parents.count == 2, let first = commit.parents.first else { continue }
            do throws(GitError) {
                for side in try repository.commits(from: first, to: id, limit: Self.mergeLimit) where side != id {
                    whole += [side.description] + CommitReferences(try repository.commit(side)).merges
                }
            } catch  where error.code == .limit { continue }
        }
        return whole
    }

    /// What undoes an undoing that is older than what is looked at brings a merge back; what undoes that, undoes the merge again.
    private func findRedone(in found: inout MergeHistory, until tip: ObjectID) throws(GitError) {
        guard !found.undone.isEmpty else { return }
        for (age, id) in try repository.newestCommits(of: tip, count: Self.firstLook).enumerated() {
            let references = CommitReferences(try repository.commit(id))
            guard !references.undoes.isEmpty else { continue }
            func turn(_ turns: [String: MergeHistory.Turn]) -> MergeHistory.Turn? {
                turns.filter { references.isCalled($0.key) && $0.value.age < age }.values.min { $0.age < $1.age }
            }
            let (undone, redone) = (turn(found.undone), turn(found.redone))
            guard undone != nil || redone != nil else { continue }
            for name in try whole(references.undoes) where found.undone[name] == nil && found.redone[name] == nil {
                if let undone { found.redone[name] = undone } else { found.undone[name] = redone }
            }
        }
    }
}

/// When commits reached the watched branch. What they say themselves is when they were made, ours even less: the time of the commit below.
private struct Arrivals {
    let repository: Repository
    let window: [ObjectID]
    let since: ObjectID?
    let tip: ObjectID
    let now: Instant
    /// The branch's own commits, the newest first: what others brought came with one of them. Nil until somebody asks: mostly nobody does.
    private var steps: [(id: ObjectID, time: Instant)]?

    init(repository: Repository, window: [ObjectID], since: ObjectID?, tip: ObjectID, now: Instant) {
        self.repository = repository
        self.window = window
        self.since = since
        self.tip = tip
        self.now = now
    }

    private func walk() throws(GitError) -> [(id: ObjectID, time: Instant)] {
        let inside = Set(window)
        var steps: [(id: ObjectID, time: Instant)] = []
        var next: ObjectID? = tip
        while let id = next, inside.contains(id) {
            let commit = try repository.commit(id)
            steps.append((id, Instant(seconds: commit.committer.seconds)))
            next = commit.parents.first
        }
        return steps
    }

    mutating func time(of id: ObjectID, committed: Instant) throws(GitError) -> Instant {
        if steps == nil { steps = try walk() }
        let steps = steps ?? []
        // Every step down to the one that brought it has it, and none below.
        var (has, hasNot) = (-1, steps.count)
        while hasNot - has > 1 {
            let middle = (has + hasNot) / 2
            if try repository.isAncestor(id, of: steps[middle].id) { has = middle } else { hasNot = middle }
        }
        let time = has < 0 ? committed : steps[has].time
        // Newer than what somebody has seen, and it says it is not: a fast-forward.
        if let since, time <= Instant(seconds: try repository.commit(since).committer.seconds) { return now }
        return time
    }
}
