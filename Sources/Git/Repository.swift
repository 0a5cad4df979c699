internal import CGit2
internal import Glibc

/// A Git repository, bare or with a working tree.
///
/// Owns libgit2's handle and frees it with the last reference. Not `Sendable`: libgit2's objects are confined to one
/// thread at a time, so keep a repository and the trees read from it inside one task or actor.
package final class Repository {
    let handle: OpaquePointer

    /// Finds the repository that holds a folder, from there upwards, as Git does. Inside `pre-receive`, what is being pushed can be read.
    ///
    /// - Parameters:
    ///   - mayBeMissing: the folder may be one of a commit only: behind a bare repository, or not checked out.
    ///   - isOurs: it is a bare repository that we made, wherever it lies; from then on for the whole process.
    /// - Throws: `.unsafe` for a bare repository among the files of another one's working tree (see `ImplicitRepository`).
    package static func discover(from path: String, mayBeMissing: Bool = false, isOurs: Bool = false) throws(GitError) -> Repository {
        let (start, missing) = existing(path)
        let isMissing = GitError(.notFound, "the folder '\(path)' does not exist")
        guard missing.isEmpty || mayBeMissing else { throw isMissing }
        let repository: Repository
        do throws(GitError) {
            repository = Repository(try gitObject("open the repository at '\(path)'") { git_repository_open_ext($0, start, 0, nil) })
        } catch {
            throw missing.isEmpty ? explained(error, path) : isMissing
        }
        if isOurs { ImplicitRepository.allow(repository.ownDirectory) }
        try ImplicitRepository.refuse(repository.ownDirectory, foundFrom: start)
        try repository.readQuarantine(Quarantine.folders())
        return repository
    }

    /// Lets the repository in a folder be opened wherever it lies, for the whole process: an operator named it, so that no commit brought it in.
    package static func allow(named folder: String) { ImplicitRepository.allow(folder) }

    /// The part of a path that exists, and the names behind it.
    static func existing(_ path: String) -> (path: String, missing: [String]) {
        var (start, missing) = (path, [String]())
        while absolutePath(of: start) == nil {
            guard start != ".", start != "/" else { return (start, missing) }
            let slash = start.lastIndex(of: "/")
            let name = String(slash.map { start[start.index(after: $0)...] } ?? start[...])
            if !name.isEmpty, name != "." { missing.insert(name, at: 0) }
            start = slash.map { $0 == start.startIndex ? "/" : String(start[..<$0]) } ?? "."
        }
        return (start, missing)
    }

    private static func explained(_ error: GitError, _ path: String) -> GitError {
        if error.message.lowercased().contains("objectformat") {
            return GitError(
                .unsupported,
                "the repository '\(root(above: path) ?? path)' names its objects by SHA-256, which this libgit2 does not read: "
                    + "only repositories with SHA-1 can be watched and checked (git init --object-format=sha1)")
        }
        // Before it refuses another user's repository, libgit2 1.5 looks for exceptions, and where a configuration states
        // none it reports just that.
        guard error.code == .foreignOwner || error.message.contains("safe.directory") else {
            return error.code == .notFound ? GitError(.notFound, outside(path)) : error
        }
        let folder = root(above: path) ?? path
        return GitError(
            .foreignOwner,
            "the repository '\(folder)' belongs to another user; if you trust it, run: git config --global --add safe.directory '\(folder)'"
        )
    }

    private static func outside(_ path: String) -> String {
        "'\(path)' is not inside a Git repository: '-C DIR' names a folder that is, 'git init' makes one"
    }

    /// The folder that holds `.git`, or the bare repository; found without opening it.
    private static func root(above path: String) -> String? {
        var buffer = git_buf()
        defer { git_buf_dispose(&buffer) }
        guard git_repository_discover(&buffer, path, 0, nil) == 0 else { return nil }
        let found = withoutTrailingSlash(copied(buffer.ptr))
        return found.hasSuffix("/.git") ? String(found.dropLast("/.git".count)) : found
    }

    private init(_ handle: OpaquePointer) {
        self.handle = handle
    }

    deinit {
        git_repository_free(handle)
    }

    package var isBare: Bool { git_repository_is_bare(handle) == 1 }

    /// The folder that holds the checked-out files, without a trailing `/`; nil for a bare repository.
    package var workDirectory: String? {
        git_repository_workdir(handle).map { Repository.withoutTrailingSlash(String(cString: $0)) }
    }

    /// The folder with Git's own data that all worktrees share, without a trailing `/`.
    package var commonDirectory: String {
        Repository.withoutTrailingSlash(copied(git_repository_commondir(handle)))
    }

    /// The folder with Git's data of this worktree, without a trailing `/`.
    private var ownDirectory: String { Repository.withoutTrailingSlash(copied(git_repository_path(handle))) }

    /// Where a folder lies inside the working tree, such as `infra/live`, also when it is not checked out; empty for the root.
    ///
    /// In a bare repository: where it lies inside the commits, which begin at the repository's own path.
    package func prefix(of folder: String) throws(GitError) -> String {
        guard let root = Repository.absolutePath(of: workDirectory ?? commonDirectory) else { return "" }
        let (start, missing) = Repository.existing(folder)
        guard let absolute = Repository.absolutePath(of: start) else { throw GitError(.notFound, "the folder '\(folder)' does not exist") }
        guard absolute == root || absolute.hasPrefix(root == "/" ? root : root + "/") else {
            throw GitError(.notFound, "'\(folder)' lies outside the working tree '\(root)'")
        }
        return (absolute.dropFirst(root.count).split(separator: "/").map(String.init) + missing).joined(separator: "/")
    }

    /// The same by the names that the path is written with: links inside the working tree count as folders of those names. Nil outside of it.
    package func writtenPrefix(of folder: String) -> String? {
        guard let root = Repository.absolutePath(of: workDirectory ?? commonDirectory) else { return nil }
        let absolute = folder.utf8.first == UInt8(ascii: "/") ? folder : (Repository.absolutePath(of: ".") ?? "") + "/" + folder
        var parts: [Substring] = []
        for part in absolute.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        let length = (0...parts.count).first { Repository.absolutePath(of: "/" + parts[..<$0].joined(separator: "/")) == root }
        return length.map { parts[$0...].joined(separator: "/") }
    }

    /// Absolute and without symbolic links; nil where nothing exists.
    static func absolutePath(of path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    private static func withoutTrailingSlash(_ path: String) -> String {
        path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    }
}
