internal import Glibc
internal import Synchronization

/// A bare repository that lies among the files of another one's working tree is refused, as Git does with `safe.bareRepository=explicit`.
///
/// A commit may hold one: `HEAD`, `objects` and `refs` are names like others. Opened because somebody stands in its folder, it would put its own
/// history and configuration in the place of those that were asked about.
enum ImplicitRepository {
    private static let allowed = Mutex<Set<String>>([])

    /// One that this process made, or that an operator's document names.
    static func allow(_ folder: String) {
        guard let path = Repository.absolutePath(of: folder) else { return }
        allowed.withLock { _ = $0.insert(path) }
    }

    /// - Parameters:
    ///   - folder: Git's data of a repository that was found.
    ///   - start: where somebody began to look for it.
    static func refuse(_ folder: String, foundFrom start: String) throws(GitError) {
        guard let path = Repository.absolutePath(of: folder), let start = Repository.absolutePath(of: start),
            // What a file '.git' points to was found by that.
            isInside(start, path),
            // Git lets nobody commit this name: it is the real one, or a submodule's or a worktree's in it.
            !path.utf8.split(separator: UInt8(ascii: "/")).contains(where: { $0.elementsEqual(".git".utf8) }),
            !allowed.withLock({ $0.contains(path) }), !isNamedByEnvironment(path), let outer = workTree(around: path)
        else { return }
        throw GitError(
            .unsafe,
            "'\(path)' is a bare repository inside the working tree '\(outer)' and is not opened: it may have come with a commit; "
                + "if it is meant, name it in GIT_DIR, or move it elsewhere")
    }

    /// Git names the repository to the hooks that it runs, and a person may.
    private static func isNamedByEnvironment(_ path: String) -> Bool {
        guard let named = getenv("GIT_DIR") else { return false }
        return Repository.absolutePath(of: String(cString: named)) == path
    }

    /// The nearest folder above that has a `.git`.
    private static func workTree(around path: String) -> String? {
        var folder = path
        while let slash = folder.lastIndex(of: "/"), folder != "/" {
            folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
            var status = stat()
            if lstat(folder == "/" ? "/.git" : folder + "/.git", &status) == 0 { return folder }
        }
        return nil
    }

    private static func isInside(_ path: String, _ folder: String) -> Bool {
        path.utf8.elementsEqual(folder.utf8) || path.utf8.starts(with: (folder + "/").utf8)
    }
}
