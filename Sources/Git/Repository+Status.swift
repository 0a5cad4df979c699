internal import CGit2

extension Repository {
    /// Tracked files whose content differs from HEAD, staged or not, sorted; relative to the folder they were asked for.
    ///
    /// Untracked files do not count: they are in no revision. A bare repository has none.
    ///
    /// - Parameter prefix: a folder of the repository; empty for all of it.
    package func dirtyTrackedFiles(under prefix: String = "") throws(GitError) -> [String] {
        guard !isBare else { return [] }
        var options = git_status_options()
        try git("prepare the status") { git_status_options_init(&options, UInt32(GIT_STATUS_OPTIONS_VERSION)) }
        options.show = GIT_STATUS_SHOW_INDEX_AND_WORKDIR
        options.flags = GIT_STATUS_OPT_EXCLUDE_SUBMODULES.rawValue
        let list = try gitObject("compare the working tree with HEAD") { git_status_list_new($0, handle, &options) }
        defer { git_status_list_free(list) }
        let folder = prefix.isEmpty ? "" : prefix + "/"
        var paths: Set<String> = []
        for index in 0..<git_status_list_entrycount(list) {
            guard let entry = git_status_byindex(list, index)?.pointee, entry.status != GIT_STATUS_CURRENT else { continue }
            for delta in [entry.head_to_index, entry.index_to_workdir] {
                guard let delta else { continue }
                let path = shownPath(delta.pointee.new_file.path ?? delta.pointee.old_file.path)
                if path.hasPrefix(folder) { paths.insert(String(path.dropFirst(folder.count))) }
            }
        }
        return paths.sorted()
    }
}
