import CostModel
import Git

/// Finds plans of ours that reached the watched branch, by the trailers of its commits: merge, squash and rebase keep them, or the commit
/// that has them. And what people undid since: by our trailer, by Git's own sentence, or by GitHub's.
struct MergeFinder {
    /// How far back the first look goes, where nobody remembers an earlier one.
    static let firstLook = 2_000
    /// Commits of one merge that are undone with it.
    private static let mergeLimit = 1_000

    let repository: Repository

    /// - Parameter since: the revision up to which somebody has looked; nil: nobody has.
    func find(since: ObjectID?, until tip: ObjectID) throws(GitError) -> MergeHistory {
        var found = MergeHistory()
        // The newest first: the first that is found of a plan counts.
        for (age, id) in try commits(since: since, until: tip).enumerated() {
            let saying = Saying(try repository.commit(id))
            for plan in saying.merges where found.merges[plan] == nil {
                found.merges[plan] = MergeHistory.Merge(
                    plan: plan, commit: id.description, time: saying.time, title: saying.title, findings: saying.findings, age: age)
            }
            // What undoes something and was undone itself, did nothing.
            guard !saying.undoes.isEmpty, !found.undone.keys.contains(where: saying.isCalled) else { continue }
            let turn = MergeHistory.Turn(commit: id.description, time: saying.time, age: age)
            for name in try whole(saying.undoes) where found.undone[name] == nil { found.undone[name] = turn }
        }
        try findRedone(in: &found, until: tip)
        return found
    }

    private func commits(since: ObjectID?, until tip: ObjectID) throws(GitError) -> [ObjectID] {
        if let since, try repository.has(since) { return try repository.commits(from: since, to: tip, limit: 100_000) }
        return try repository.newestCommits(of: tip, count: Self.firstLook)
    }

    /// A commit also stands for the plans that it says it is of, and a merge for all that it brought.
    private func whole(_ names: [String]) throws(GitError) -> [String] {
        var whole = names
        for id in names.compactMap({ ObjectID($0) }) {
            guard try repository.has(id) else { continue }
            let commit = try repository.commit(id)
            whole += Saying(commit).merges
            guard commit.parents.count == 2, let first = commit.parents.first else { continue }
            do throws(GitError) {
                for side in try repository.commits(from: first, to: id, limit: Self.mergeLimit) where side != id {
                    whole += [side.description] + Saying(try repository.commit(side)).merges
                }
            } catch  where error.code == .limit { continue }
        }
        return whole
    }

    /// What undoes an undoing that is older than what is looked at brings a merge back; what undoes that, undoes the merge again.
    private func findRedone(in found: inout MergeHistory, until tip: ObjectID) throws(GitError) {
        guard !found.undone.isEmpty else { return }
        for (age, id) in try repository.newestCommits(of: tip, count: Self.firstLook).enumerated() {
            let saying = Saying(try repository.commit(id))
            guard !saying.undoes.isEmpty else { continue }
            func turn(_ turns: [String: MergeHistory.Turn]) -> MergeHistory.Turn? {
                turns.filter { saying.isCalled($0.key) && $0.value.age < age }.values.min { $0.age < $1.age }
            }
            let (undone, redone) = (turn(found.undone), turn(found.redone))
            guard undone != nil || redone != nil else { continue }
            for name in try whole(saying.undoes) where found.undone[name] == nil && found.redone[name] == nil {
                if let undone { found.redone[name] = undone } else { found.undone[name] = redone }
            }
        }
    }
}

/// What a commit's message says of plans.
struct Saying {
    let title: String
    let time: Instant
    /// The plans that it is of.
    let merges: [String]
    let findings: [String]
    /// Plans, commits (40 digits) and requests (`owner/name#5`).
    let undoes: [String]
    private let names: Set<String>
    /// Of the request whose merge it is, where the message says so.
    private let number: String?

    init(_ commit: Commit) {
        title = String(commit.message.prefix { !$0.isNewline })
        time = Instant(seconds: commit.committer.seconds)
        findings = Set(commit.trailers("Bursar-Finding")).sorted()
        let plans = commit.trailers("Bursar-Plan")
        undoes = commit.trailers("Bursar-Reverts") + Self.undone(by: commit.message)
        // What undoes a plan by our hand has a plan of its own.
        merges = commit.trailers("Bursar-Reverts").isEmpty ? plans : []
        names = Set(plans + [commit.id.description])
        number = Self.number(in: title)
    }

    /// Whether a name is the commit's: its own, its plan's, or its request's.
    func isCalled(_ name: String) -> Bool {
        if names.contains(name) { return true }
        guard let number else { return false }
        return name.hasSuffix("#\(number)")
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

    /// GitHub writes `… (#6)` and `Merge pull request #6 from …`.
    private static func number(in title: String) -> String? {
        let words = title.split(separator: " ")
        if words.starts(with: ["Merge", "pull", "request"]), words.count > 3, words[3].hasPrefix("#") {
            return String(words[3].dropFirst())
        }
        guard let last = words.last, last.hasPrefix("(#"), last.hasSuffix(")") else { return nil }
        return String(last.dropFirst(2).dropLast())
    }
}
