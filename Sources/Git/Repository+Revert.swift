internal import CGit2

extension Repository {
    /// What undoing a commit makes of another one's files: the new bytes by path, nil where a file goes away. Merged line by line, so that
    /// what others changed since stays.
    ///
    /// - Throws: `.moved` where others changed the same lines.
    package func filesReverting(_ commit: ObjectID, on head: ObjectID) throws(GitError) -> [String: [UInt8]?] {
        let undone = try lookUpCommit(commit)
        defer { git_commit_free(undone) }
        let ours = try lookUpCommit(head)
        defer { git_commit_free(ours) }
        var options = git_merge_options()
        try git("prepare a revert") { git_merge_options_init(&options, UInt32(GIT_MERGE_OPTIONS_VERSION)) }
        // Of a merge, what it brought to the branch that it was made on.
        let mainline: UInt32 = git_commit_parentcount(undone) > 1 ? 1 : 0
        let index = try gitObject("revert \(commit.short)") { git_revert_commit($0, handle, undone, ours, mainline, &options) }
        defer { git_index_free(index) }
        guard git_index_has_conflicts(index) == 0 else {
            throw GitError(.moved, "the lines that \(commit.short) changed were changed again since")
        }
        var tree = git_oid()
        try git("write the reverted tree") { git_index_write_tree_to(&tree, index, handle) }
        return try differences(of: tree, from: ours)
    }

    private func differences(of tree: git_oid, from commit: OpaquePointer) throws(GitError) -> [String: [UInt8]?] {
        var id = tree
        let new = try gitObject("read the reverted tree") { git_tree_lookup($0, handle, &id) }
        defer { git_tree_free(new) }
        let old = try gitObject("read a commit's tree") { git_commit_tree($0, commit) }
        defer { git_tree_free(old) }
        let diff = try gitObject("compare two trees") { git_diff_tree_to_tree($0, handle, old, new, nil) }
        defer { git_diff_free(diff) }
        var files: [String: [UInt8]?] = [:]
        for index in 0..<git_diff_num_deltas(diff) {
            guard let delta = git_diff_get_delta(diff, index)?.pointee else { continue }
            let path = shownPath(delta.new_file.path)
            try TreePath.check(path)
            files.updateValue(delta.status == GIT_DELTA_DELETED ? nil : try blob(delta.new_file.id), forKey: path)
        }
        return files
    }

    private func blob(_ id: git_oid) throws(GitError) -> [UInt8] {
        var id = id
        let blob = try gitObject("read a file") { git_blob_lookup($0, handle, &id) }
        defer { git_blob_free(blob) }
        return Array(UnsafeRawBufferPointer(start: git_blob_rawcontent(blob), count: Int(git_blob_rawsize(blob))))
    }
}
