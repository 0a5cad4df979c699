internal import CGit2

extension Repository {
    /// Moves a branch, if it still stands where the caller saw it: nobody's commit is overwritten.
    ///
    /// - Parameters:
    ///   - old: where the branch must stand; nil when it must not exist yet.
    ///   - reflog: a line for the branch's log.
    /// - Throws: `.moved` or `.exists` when somebody was faster, `.invalidName` for what Git does not accept as a name.
    package func updateBranch(_ name: String, to new: ObjectID, expecting old: ObjectID?, reflog: String) throws(GitError) {
        try Repository.checkBranchName(name)
        // A zero id means "does not exist" and is compared under the lock, unlike the check that `force` turns off.
        var (target, expected) = (new.raw, (old ?? .zero).raw)
        var reference: OpaquePointer?
        defer { git_reference_free(reference) }
        let claim = LockClaim(commonDirectory, [LockClaim.Lock("refs/heads/\(name).lock", holds: "\(new)")])
        defer { claim.release() }
        do throws(GitError) {
            try git("update the branch '\(name)'") {
                git_reference_create_matching(&reference, handle, "refs/heads/\(name)", &target, 1, &expected, reflog)
            }
        } catch {
            switch error.code {
            case .moved, .notFound:
                let now = try branchTip(name)
                throw GitError(
                    now != nil && old == nil ? .exists : .moved,
                    "the branch '\(name)' is at \(now?.short ?? "no commit"), expected \(old?.short ?? "none")")
            case .locked: throw locked("refs/heads/\(name).lock", error, "the branch '\(name)' is locked")
            default: throw error
            }
        }
    }

    /// Removes the lock files that killed runs of ours left: whoever may write branches does so before it looks at them.
    package func removeLeftLocks() { LockClaim.sweep(commonDirectory) }

    /// Names the lock that stands in the way: who finds it a year later must know what it is.
    func locked(_ lock: String, _ error: GitError, _ what: String) -> GitError {
        guard let description = LockClaim.describe(lock, in: commonDirectory) else {
            return GitError(.locked, "\(what) by another process: \(error.message)")
        }
        return GitError(
            .locked, "\(what): \(description), and was not left by a run of Bursar that died; when no 'git' is at work any more, remove it")
    }

    /// The commit a branch points to; nil when there is no such branch.
    package func branchTip(_ name: String) throws(GitError) -> ObjectID? {
        try Repository.checkBranchName(name)
        var id = git_oid()
        do throws(GitError) {
            try git("read the branch '\(name)'") { git_reference_name_to_id(&id, handle, "refs/heads/\(name)") }
        } catch  where error.code == .notFound {
            return nil
        }
        return ObjectID(id)
    }

    /// The branch that is checked out here, such as `main`; nil when HEAD names a commit.
    package func headBranch() throws(GitError) -> String? {
        let head = try gitObject("read HEAD") { git_reference_lookup($0, handle, "HEAD") }
        defer { git_reference_free(head) }
        guard let target = git_reference_symbolic_target(head) else { return nil }
        let name = String(cString: target)
        return name.hasPrefix("refs/heads/") ? String(name.dropFirst("refs/heads/".count)) : nil
    }

    /// Whether any working tree has the branch checked out; moving it would leave that tree's files behind.
    package func isCheckedOut(branch name: String) throws(GitError) -> Bool {
        try Repository.checkBranchName(name)
        do throws(GitError) {
            let reference = try gitObject("read the branch '\(name)'") { git_reference_lookup($0, handle, "refs/heads/\(name)") }
            defer { git_reference_free(reference) }
            return try git("ask who has '\(name)' checked out") { git_branch_is_checked_out(reference) } == 1
        } catch  where error.code == .notFound {
            return false
        }
    }

    /// Throws unless Git accepts the name for a branch. A leading `-` would pass for an option on a command line.
    package static func checkBranchName(_ name: String) throws(GitError) {
        var isValid: Int32 = 0
        try git("check the branch name '\(name)'") { git_branch_name_is_valid(&isValid, name) }
        guard isValid == 1, !name.hasPrefix("-"), !name.utf8.contains(0) else {
            throw GitError(.invalidName, "'\(name)' is not a valid branch name")
        }
    }
}
