internal import CGit2

/// A file that two commits have differently; nil where one does not have it.
package struct ChangedFile: Hashable, Sendable {
    package var path: String
    package var old: ObjectID?
    package var new: ObjectID?
}

extension Repository {
    /// What one commit's tree has otherwise than another's, by path; nil: the empty tree. Renames are not looked for.
    ///
    /// - Throws: `.limit` when there are more than 100,000.
    package func changedFiles(from old: ObjectID?, to new: ObjectID) throws(GitError) -> [ChangedFile] {
        let before = try old.map { old throws(GitError) in try tree(of: old) }
        defer { git_tree_free(before) }
        let after = try tree(of: new)
        defer { git_tree_free(after) }
        var options = git_diff_options()
        try git("prepare a comparison") { git_diff_options_init(&options, UInt32(GIT_DIFF_OPTIONS_VERSION)) }
        options.flags = GIT_DIFF_INCLUDE_TYPECHANGE.rawValue | GIT_DIFF_SKIP_BINARY_CHECK.rawValue
        let diff = try gitObject("compare two commits") { git_diff_tree_to_tree($0, handle, before, after, &options) }
        defer { git_diff_free(diff) }
        let count = git_diff_num_deltas(diff)
        guard count <= 100_000 else { throw GitError(.limit, "the commits differ in \(count) files") }
        let files = (0..<count).compactMap { index -> ChangedFile? in
            guard let delta = git_diff_get_delta(diff, index)?.pointee else { return nil }
            let (old, new) = (ObjectID(delta.old_file.id), ObjectID(delta.new_file.id))
            return ChangedFile(path: shownPath(delta.new_file.path), old: old == .zero ? nil : old, new: new == .zero ? nil : new)
        }
        return files.sorted { $0.path < $1.path }
    }

    /// The caller frees it.
    func tree(of commit: ObjectID) throws(GitError) -> OpaquePointer {
        let commit = try lookUpCommit(commit)
        defer { git_commit_free(commit) }
        return try PartialClone.present(in: handle, "the tree of a commit") { () throws(GitError) in
            try gitObject("read a commit's tree") { git_commit_tree($0, commit) }
        }
    }

    /// The branches whose names begin so, with their tips.
    package func branches(prefix: String) throws(GitError) -> [String: ObjectID] {
        let iterator = try gitObject("list the branches") { git_reference_iterator_new($0, handle) }
        defer { git_reference_iterator_free(iterator) }
        var names: [String] = []
        var reference: OpaquePointer?
        while git_reference_next(&reference, iterator) == 0 {
            let name = copied(git_reference_name(reference))
            git_reference_free(reference)
            if name.hasPrefix("refs/heads/" + prefix) { names.append(String(name.dropFirst("refs/heads/".count))) }
        }
        var tips: [String: ObjectID] = [:]
        for name in names { tips[name] = try branchTip(name) }
        return tips
    }

    /// Deletes a branch, if it still stands where the caller saw it.
    package func deleteBranch(_ name: String, expecting old: ObjectID) throws(GitError) {
        try Repository.checkBranchName(name)
        let reference = try gitObject("read the branch '\(name)'") { git_reference_lookup($0, handle, "refs/heads/\(name)") }
        defer { git_reference_free(reference) }
        // libgit2 compares the value it looked up with the one on disk, under the lock.
        guard let found = git_reference_target(reference), ObjectID(found.pointee) == old else {
            throw GitError(.moved, "the branch '\(name)' is not at \(old.short) any more")
        }
        let lock = "refs/heads/\(name).lock"
        let claim = LockClaim(
            commonDirectory, [LockClaim.Lock(lock, holds: nil), LockClaim.Lock(LockClaim.packed, holds: nil)])
        defer { claim.release() }
        do throws(GitError) {
            try git("delete the branch '\(name)'") { git_reference_delete(reference) }
        } catch  where error.code == .locked {
            let isPacked = LockClaim.describe(lock, in: commonDirectory) == nil
            throw locked(isPacked ? LockClaim.packed : lock, error, "the branch '\(name)' is locked")
        }
    }
}
