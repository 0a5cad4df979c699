internal import CGit2

extension Repository {
    /// Where Git looks for this repository's hooks, as `git rev-parse --git-path hooks` says: `core.hooksPath`, or the folder of its own.
    ///
    /// - Returns: a path without a trailing `/`; nothing need exist there.
    package func hooksFolder() throws(GitError) -> String {
        guard let configured = try hooksPath(), !configured.isEmpty else { return commonDirectory + "/hooks" }
        // Relative to where hooks run.
        let path = configured.hasPrefix("/") ? configured : "\(workDirectory ?? commonDirectory)/\(configured)"
        return path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    }

    private func hooksPath() throws(GitError) -> String? {
        let configuration = try gitObject("read Git's configuration") { git_repository_config_snapshot($0, handle) }
        defer { git_config_free(configuration) }
        var path = git_buf()
        defer { git_buf_dispose(&path) }
        do throws(GitError) {
            // A '~' becomes the home folder.
            try git("read 'core.hooksPath'") { git_config_get_path(&path, configuration, "core.hooksPath") }
        } catch  where error.code == .notFound {
            return nil
        }
        return copied(path.ptr)
    }

    /// Whether a path leads into the repository, its working tree included; what lies elsewhere may serve other repositories, too.
    package func holds(_ path: String) -> Bool {
        let resolved = Repository.existing(path)
        guard let absolute = Repository.absolutePath(of: resolved.path) else { return false }
        return [workDirectory, commonDirectory].compactMap { $0.flatMap(Repository.absolutePath) }.contains {
            absolute == $0 || absolute.hasPrefix($0 + "/")
        }
    }
}
