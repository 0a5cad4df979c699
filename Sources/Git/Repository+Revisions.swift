internal import CGit2

/// From names to commits, and how commits lie to each other.
extension Repository {
    /// The commit a revision names, as Git spells it: `main`, `v1.2`, `HEAD~1`, `9f2c01a`. Tags are peeled.
    package func resolve(revision: String) throws(GitError) -> ObjectID {
        guard !revision.isEmpty, !revision.utf8.contains(0) else { throw GitError(.invalidName, "'\(revision)' is not a revision") }
        let object: OpaquePointer
        do throws(GitError) {
            object = try gitObject("resolve '\(revision)'") { git_revparse_single($0, handle, revision) }
        } catch {
            throw explained(error, revision)
        }
        defer { git_object_free(object) }
        do throws(GitError) {
            let commit = try gitObject("read '\(revision)'") { git_object_peel($0, object, GIT_OBJECT_COMMIT) }
            defer { git_object_free(commit) }
            return ObjectID(git_object_id(commit).pointee)
        } catch {
            throw GitError(.invalidName, "'\(revision)' names a \(copied(git_object_type2string(git_object_type(object)))), not a commit")
        }
    }

    /// Every reference, and the commit, that the name in a revision may mean, by Git's rules (`git help revisions`): more than one is a trap.
    /// Whoever may push a tag could otherwise say what `origin/main` is.
    ///
    /// A full name such as `refs/remotes/origin/main` means one thing where it exists.
    package func meanings(of revision: String) throws(GitError) -> [String] {
        // What stands behind the name: `~1`, `^{commit}`, `@{yesterday}`.
        let bytes = Array(revision.utf8)
        let end = bytes.indices.first { index in
            bytes[index] == UInt8(ascii: "~") || bytes[index] == UInt8(ascii: "^") || bytes[index] == UInt8(ascii: ":")
                || (bytes[index] == UInt8(ascii: "@") && index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "{"))
        }
        let name = String(decoding: bytes[..<(end ?? bytes.count)], as: UTF8.self)
        guard !name.isEmpty else { return [] }
        // All digits of an object are that object, whatever is called like it: Git sees it so, and anybody may push such a tag.
        if let id = ObjectID(name) { return ["the object \(id.short)"] }
        if name.utf8.starts(with: "refs/".utf8), try hasReference(name) { return [name] }
        var found: [String] = []
        for candidate in [
            name, "refs/\(name)", "refs/tags/\(name)", "refs/heads/\(name)", "refs/remotes/\(name)", "refs/remotes/\(name)/HEAD",
        ]
        where try hasReference(candidate) { found.append(candidate) }
        if (4...40).contains(name.utf8.count), name.utf8.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let commit = try objectID(startingWith: name)
        {
            found.append("the object \(commit.short)")
        }
        return found
    }

    private func hasReference(_ name: String) throws(GitError) -> Bool {
        var id = git_oid()
        do throws(GitError) {
            try git("read the reference '\(name)'") { git_reference_name_to_id(&id, handle, name) }
            return true
        } catch  where error.code == .notFound || error.code == .invalidName {
            return false
        }
    }

    private func objectID(startingWith digits: String) throws(GitError) -> ObjectID? {
        var short = git_oid()
        guard git_oid_fromstrn(&short, digits, digits.utf8.count) == 0 else { return nil }
        do throws(GitError) {
            let object = try gitObject("find '\(digits)'") {
                git_object_lookup_prefix($0, handle, &short, digits.utf8.count, GIT_OBJECT_ANY)
            }
            defer { git_object_free(object) }
            return ObjectID(git_object_id(object).pointee)
        } catch  where error.code == .notFound || error.code == .ambiguous {
            return nil
        }
    }

    private func explained(_ error: GitError, _ revision: String) -> GitError {
        if git_repository_head_unborn(handle) == 1, revision.hasPrefix("HEAD") {
            return GitError(
                .noCommits,
                "the repository has no commits yet: 'git commit' makes the first one; 'bursar check' judges the working tree without")
        }
        switch error.code {
        case .notFound: return GitError(.notFound, "unknown revision '\(revision)'")
        case .ambiguous: return GitError(.ambiguous, "'\(revision)' is ambiguous: several objects start like this")
        case .invalidName: return GitError(.invalidName, "'\(revision)' is not a revision")
        default: return error
        }
    }

    /// What is checked out, or would be in a bare repository; nil before the first commit.
    package func headCommit() throws(GitError) -> ObjectID? {
        do throws(GitError) {
            return try resolve(revision: "HEAD")
        } catch  where error.code == .noCommits {
            return nil
        }
    }

    /// Branches, remote branches and tags by the names people write, sorted: what a mistyped revision may have meant.
    package func revisionNames() throws(GitError) -> [String] {
        let iterator = try gitObject("list the references") { git_reference_iterator_new($0, handle) }
        defer { git_reference_iterator_free(iterator) }
        var names: [String] = []
        var reference: OpaquePointer?
        while git_reference_next(&reference, iterator) == 0 {
            names.append(copied(git_reference_shorthand(reference)))
            git_reference_free(reference)
        }
        return names.sorted()
    }

    /// Whether a commit is another's ancestor; each counts as its own.
    package func isAncestor(_ ancestor: ObjectID, of commit: ObjectID) throws(GitError) -> Bool {
        guard ancestor != commit else { return true }
        var (older, newer) = (ancestor.raw, commit.raw)
        return try git("compare \(ancestor.short) with \(commit.short)") { git_graph_descendant_of(handle, &newer, &older) } == 1
    }

    /// Whether the history was cut off when it was fetched.
    package func isShallow() throws(GitError) -> Bool { try git("look at the history") { git_repository_is_shallow(handle) } == 1 }

    /// The newest commit that both have in their history; nil where they share none.
    package func mergeBase(of a: ObjectID, and b: ObjectID) throws(GitError) -> ObjectID? {
        var (first, second, base) = (a.raw, b.raw, git_oid())
        do throws(GitError) {
            try git("compare \(a.short) with \(b.short)") { git_merge_base(&base, handle, &first, &second) }
        } catch  where error.code == .notFound {
            return nil
        }
        return ObjectID(base)
    }

    /// All commits that both have in their history and of which none is in another one's: several where they were merged crosswise.
    package func mergeBases(of a: ObjectID, and b: ObjectID) throws(GitError) -> [ObjectID] {
        var (first, second, bases) = (a.raw, b.raw, git_oidarray())
        defer { git_oidarray_dispose(&bases) }
        do throws(GitError) {
            try git("compare \(a.short) with \(b.short)") { git_merge_bases(&bases, handle, &first, &second) }
        } catch  where error.code == .notFound {
            return []
        }
        return (0..<bases.count).map { ObjectID(bases.ids[$0]) }
    }

    /// The commits that `tip` has and `base` has not, newest first.
    ///
    /// - Parameter limit: more is an error; a branch of ours is short.
    package func commits(from base: ObjectID, to tip: ObjectID, limit: Int = 10_000) throws(GitError) -> [ObjectID] {
        let walk = try gitObject("read the history") { git_revwalk_new($0, handle) }
        defer { git_revwalk_free(walk) }
        var (newest, hidden) = (tip.raw, base.raw)
        try git("order the history") { git_revwalk_sorting(walk, GIT_SORT_TOPOLOGICAL.rawValue) }
        try git("read the history of \(tip.short)") { git_revwalk_push(walk, &newest) }
        try git("read the history of \(base.short)") { git_revwalk_hide(walk, &hidden) }
        var commits: [ObjectID] = []
        var id = git_oid()
        while try isNext(&id, walk, of: tip) {
            guard commits.count < limit else { throw GitError(.limit, "more than \(limit) commits between \(base.short) and \(tip.short)") }
            commits.append(ObjectID(id))
        }
        return commits
    }

    /// The newest commits of a history, newest first.
    package func newestCommits(of tip: ObjectID, count: Int) throws(GitError) -> [ObjectID] {
        let walk = try gitObject("read the history") { git_revwalk_new($0, handle) }
        defer { git_revwalk_free(walk) }
        var newest = tip.raw
        try git("order the history") { git_revwalk_sorting(walk, GIT_SORT_TOPOLOGICAL.rawValue) }
        try git("read the history of \(tip.short)") { git_revwalk_push(walk, &newest) }
        var commits: [ObjectID] = []
        var id = git_oid()
        while commits.count < count, try isNext(&id, walk, of: tip) { commits.append(ObjectID(id)) }
        return commits
    }

    /// A history that cannot be read on does not end there.
    private func isNext(_ id: inout git_oid, _ walk: OpaquePointer, of tip: ObjectID) throws(GitError) -> Bool {
        let code = git_revwalk_next(&id, walk)
        if code == GIT_ITEROVER.rawValue { return false }
        do throws(GitError) {
            try git("read the history of \(tip.short)") { code }
        } catch  where error.code == .notFound {
            guard try isShallow() else { throw error }
            throw GitError(
                .shallow, "the history is shallow, and ends before all of \(tip.short) was read; fetch more of it: git fetch --unshallow")
        }
        return true
    }

    /// Whether the commit is here.
    package func has(_ commit: ObjectID) throws(GitError) -> Bool {
        do throws(GitError) {
            git_commit_free(try lookUpCommit(commit))
            return true
        } catch  where error.code == .notFound {
            return false
        }
    }
}
