import Diagnostics
import Git

/// Finds the commit that a change is compared with: as in `git diff A...B`, the newest one that both have in their history.
struct BaseFinder {
    private let repository: Repository

    init(_ repository: Repository) {
        self.repository = repository
    }

    func base(named name: String, of head: String?) throws(WorkspaceError) -> ObjectID {
        guard let head = head.flatMap({ ObjectID($0) }) else {
            throw .usage("there is no commit yet that '\(name)' could be compared with")
        }
        let tip = try tip(named: name)
        let isShallow: Bool
        do throws(GitError) { isShallow = try repository.isShallow() } catch { throw WorkspaceError(opening: error) }
        do throws(GitError) {
            if let base = try repository.mergeBase(of: tip, and: head) { return base }
        } catch {
            // A walk that leaves a history which was cut off finds a commit missing.
            guard isShallow else { throw WorkspaceError(opening: error) }
        }
        throw .usage(
            isShallow
                ? "the history is shallow: the commit that '\(name)' and \(head.short) have in common is not in it; fetch more of it: "
                    + "git fetch --unshallow (in CI, check out with full history, such as fetch-depth: 0)"
                : "'\(name)' and \(head.short) have no commit in common")
    }

    /// The commit that a name means.
    func tip(named name: String) throws(WorkspaceError) -> ObjectID {
        try repository.requireOneMeaning(of: name)
        do throws(GitError) {
            return try repository.resolve(revision: name)
        } catch {
            guard error.code == .notFound else { throw WorkspaceError(opening: error) }
            throw .usage("\(error)\(hint(for: name)); a CI checkout often has one branch only: git fetch origin \(branch(of: name))")
        }
    }

    private func hint(for name: String) -> String {
        // Without the names there is just no suggestion.
        do throws(GitError) { return DidYouMean.hint(for: name, in: try repository.revisionNames()) } catch { return "" }
    }

    /// `main` of `origin/main`.
    private func branch(of name: String) -> String {
        name.hasPrefix("origin/") ? String(name.dropFirst(7)) : name
    }
}
