import TestSupport

/// Somebody with a clone of the remote, who works on branches and pushes as people do: what is refused is done again on what is there now.
struct Person {
    private let remote: String
    private let clone: TemporaryRepository
    /// Commits that the remote took, and nobody replaced since.
    private(set) var pushed: Set<String> = []
    private var count = 0

    init(remote: String) throws {
        self.remote = remote
        clone = try TemporaryRepository()
    }

    enum Work {
        /// A commit on a branch.
        case commit(branch: String, files: [String: String])
        /// A branch is merged into the main one.
        case merge(branch: String)
        /// A branch becomes one commit of theirs on the main one, whatever it was, if it still stands where they saw it.
        case replace(branch: String)

        var branch: String {
            switch self {
            case .commit(let branch, _), .replace(let branch): branch
            case .merge: "main"
            }
        }
    }

    /// Work that is done, and waits to be pushed.
    struct Draft {
        let work: Work
        let commit: String
        /// What the branch was when they looked.
        let seen: String
    }

    /// - Returns: nil where there is nothing to work on any more.
    mutating func prepare(_ work: Work) throws -> Draft? {
        count += 1
        try clone.git(["fetch", "--quiet", "--prune", remote, "+refs/heads/*:refs/remotes/origin/*"])
        guard let seen = try tip(work.branch), let main = try tip("main") else { return nil }
        switch work {
        case .commit(_, let files):
            try clone.git(["checkout", "--quiet", "--force", "--detach", seen])
            for (path, text) in files.sorted(by: { $0.key < $1.key }) { try clone.write(text, to: path) }
            try clone.commit("work \(count)")
        case .merge(let branch):
            guard let theirs = try tip(branch) else { return nil }
            try clone.git(["checkout", "--quiet", "--force", "--detach", seen])
            guard try clone.attempt(["merge", "--quiet", "--no-ff", "--message", "merge \(count)", theirs]).code == 0 else {
                // It is in conflict with what others did.
                try clone.git(["merge", "--abort"])
                return nil
            }
        case .replace:
            try clone.git(["checkout", "--quiet", "--force", "--detach", main])
            try clone.write("rewritten \(count)\n", to: "notes/rewritten-\(count)")
            try clone.commit("rewrite \(count)")
        }
        return Draft(work: work, commit: try clone.git(["rev-parse", "HEAD"]), seen: seen)
    }

    /// - Returns: whether the remote took it, or what it became after others were faster.
    mutating func push(_ draft: Draft) throws -> Bool {
        var draft = draft
        for _ in 0..<5 {
            if try pushOnce(draft) { return true }
            guard let again = try prepare(draft.work) else { return false }
            draft = again
        }
        return false
    }

    private mutating func pushOnce(_ draft: Draft) throws -> Bool {
        var lease: [String] = []
        if case .replace(let branch) = draft.work { lease = ["--force-with-lease=refs/heads/\(branch):\(draft.seen)"] }
        let result = try clone.attempt(["push", "--quiet"] + lease + [remote, "\(draft.commit):refs/heads/\(draft.work.branch)"])
        guard result.code == 0 else { return false }
        if case .replace = draft.work {
            // What they take away themselves is not lost.
            for commit in pushed where try clone.attempt(["merge-base", "--is-ancestor", commit, draft.seen]).code == 0 {
                guard try !isElsewhere(commit, than: draft.work.branch) else { continue }
                pushed.remove(commit)
            }
        }
        pushed.insert(draft.commit)
        return true
    }

    private func isElsewhere(_ commit: String, than branch: String) throws -> Bool {
        let names = try clone.git(["for-each-ref", "--contains", commit, "--format=%(refname:lstrip=3)", "refs/remotes/origin"])
        return names.split(separator: "\n").contains { $0 != branch }
    }

    private func tip(_ branch: String) throws -> String? {
        let result = try clone.attempt(["rev-parse", "--verify", "--quiet", "refs/remotes/origin/\(branch)"])
        return result.code == 0 ? String(result.output.dropLast()) : nil
    }
}
