internal import CGit2

/// A clone that left objects on the server, to fetch them when somebody asks (`git clone --filter`). We ask nobody while we read: what is
/// not here is said, with the way to get it, and never taken for what does not exist.
enum PartialClone {
    /// Reads an object; `what` names it for messages.
    static func present<Value>(
        in repository: OpaquePointer, _ what: @autoclosure () -> String, _ read: () throws(GitError) -> Value
    ) throws(GitError) -> Value {
        do throws(GitError) { return try read() } catch {
            guard error.code == .notFound, isPartial(repository) else { throw error }
            throw missing(what())
        }
    }

    /// - Throws: where a folder on the way to a path is named by the one above it, and is not here.
    static func checkFolders(above path: String, of root: OpaquePointer, in repository: OpaquePointer) throws(GitError) {
        guard isPartial(repository) else { return }
        var folder = root
        defer { if folder != root { git_tree_free(folder) } }
        var place = ""
        for name in path.split(separator: "/").dropLast() {
            place = TreePath.joined(place, String(name))
            guard let entry = git_tree_entry_byname(folder, String(name)), git_tree_entry_type(entry) == GIT_OBJECT_TREE,
                let id = git_tree_entry_id(entry)
            else { return }
            let next = try present(in: repository, "the folder '\(place)'") { () throws(GitError) in
                try gitObject("read the folder '\(place)'") { git_tree_lookup($0, repository, id) }
            }
            if folder != root { git_tree_free(folder) }
            folder = next
        }
    }

    private static func missing(_ what: String) -> GitError {
        GitError(.partialClone, "\(what) is not in this partial clone; fetch what is missing of it: git fetch --refetch --no-filter")
    }

    private static func isPartial(_ repository: OpaquePointer) -> Bool {
        var configuration: OpaquePointer?
        guard git_repository_config_snapshot(&configuration, repository) == 0 else { return false }
        defer { git_config_free(configuration) }
        var iterator: OpaquePointer?
        let names = "^(remote\\..*\\.promisor|extensions\\.partialclone)$"
        guard git_config_iterator_glob_new(&iterator, configuration, names) == 0 else { return false }
        defer { git_config_iterator_free(iterator) }
        var entry: UnsafeMutablePointer<git_config_entry>?
        return git_config_next(&entry, iterator) == 0
    }
}
