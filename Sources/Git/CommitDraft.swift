internal import CGit2
internal import Glibc

/// A commit that is made without a working tree: a base with some files' bytes replaced, or a first commit.
package struct CommitDraft: Sendable {
    /// Becomes the parent; nil: it is the first commit of a branch that has nothing in common with others.
    package var base: ObjectID?
    /// New bytes by path from the repository's root. A file keeps its mode; one that the base does not have is added.
    package var files: [String: [UInt8]]
    /// Paths of the base's files that are taken out.
    package var removed: [String] = []
    package var message: String
    package var author: Signature
    package var committer: Signature

    package init(base: ObjectID?, files: [String: [UInt8]], message: String, author: Signature, committer: Signature) {
        self.base = base
        self.files = files
        self.message = message
        self.author = author
        self.committer = committer
    }
}

extension Repository {
    /// Writes the commit and what it needs to the object database, flushed to disk. No reference points to it yet:
    /// until `updateBranch` nothing has happened.
    ///
    /// The same draft gives the same id, always; a signed one as far as the key gives the same signature.
    package func write(_ draft: CommitDraft, signer: CommitSigner? = nil) throws(GitError) -> ObjectID {
        guard !draft.message.utf8.contains(0) else { throw GitError(.other, "the commit message holds a NUL byte") }
        let parent = try draft.base.map { base throws(GitError) in try lookUpCommit(base) }
        defer { git_commit_free(parent) }
        let tree = try writeTree(draft.files, without: draft.removed, over: parent)
        defer { git_tree_free(tree) }
        let author = try draft.author.makeRaw()
        defer { git_signature_free(author) }
        let committer = try draft.committer.makeRaw()
        defer { git_signature_free(committer) }
        var id = git_oid()
        var parents: [OpaquePointer?] = parent.map { [$0] } ?? []
        guard let signer else {
            try git("write the commit") {
                git_commit_create(&id, handle, nil, author, committer, nil, draft.message, tree, parents.count, &parents)
            }
            return ObjectID(id)
        }
        var content = git_buf()
        defer { git_buf_dispose(&content) }
        try git("make the commit") {
            git_commit_create_buffer(&content, handle, author, committer, nil, draft.message, tree, parents.count, &parents)
        }
        let signature = try signer.sign(Array(UnsafeRawBufferPointer(start: content.ptr, count: content.size)))
        try git("write the signed commit") { git_commit_create_with_signature(&id, handle, content.ptr, signature, "gpgsig") }
        return ObjectID(id)
    }

    /// The tree that the draft's commit would have; written, but named by nothing yet.
    package func writeTree(of draft: CommitDraft) throws(GitError) -> ObjectID {
        let parent = try draft.base.map { base throws(GitError) in try lookUpCommit(base) }
        defer { git_commit_free(parent) }
        let tree = try writeTree(draft.files, without: draft.removed, over: parent)
        defer { git_tree_free(tree) }
        return ObjectID(git_tree_id(tree).pointee)
    }

    /// Only the folders that hold a changed file are written anew; everything else stays the base's, byte for byte.
    private func writeTree(
        _ files: [String: [UInt8]], without removed: [String], over parent: OpaquePointer?
    ) throws(GitError) -> OpaquePointer {
        let base =
            if let parent { try gitObject("read the base's tree") { git_commit_tree($0, parent) } } else { try emptyTree() }
        defer { git_tree_free(base) }
        let changes = try files.sorted { $0.key < $1.key }.map { path, bytes throws(GitError) in
            (path, try writeBlob(bytes, path).raw, try mode(of: path, in: base))
        }
        // libgit2 reads the paths while it builds the tree: they live until then.
        for path in removed { try TreePath.check(path) }
        let paths = (changes.map(\.0) + removed.sorted()).map { strdup(TreePath.cString($0)) }
        defer { for path in paths { free(path) } }
        var updates = zip(changes, paths).map { change, path in
            git_tree_update(action: GIT_TREE_UPDATE_UPSERT, id: change.1, filemode: change.2, path: path)
        }
        updates += paths.dropFirst(changes.count).map { path in
            git_tree_update(action: GIT_TREE_UPDATE_REMOVE, id: git_oid(), filemode: GIT_FILEMODE_BLOB, path: path)
        }
        var id = git_oid()
        try git("write the tree") { git_tree_create_updated(&id, handle, base, updates.count, updates) }
        return try gitObject("read the tree back") { git_tree_lookup($0, handle, &id) }
    }

    /// The caller frees it.
    private func emptyTree() throws(GitError) -> OpaquePointer {
        let builder = try gitObject("make an empty tree") { git_treebuilder_new($0, handle, nil) }
        defer { git_treebuilder_free(builder) }
        var id = git_oid()
        try git("write an empty tree") { git_treebuilder_write(&id, builder) }
        return try gitObject("read the empty tree") { git_tree_lookup($0, handle, &id) }
    }

    private func writeBlob(_ bytes: [UInt8], _ path: String) throws(GitError) -> ObjectID {
        var id = git_oid()
        try git("write '\(path)'") { bytes.withUnsafeBytes { git_blob_create_from_buffer(&id, handle, $0.baseAddress, $0.count) } }
        return ObjectID(id)
    }

    private func mode(of path: String, in tree: OpaquePointer) throws(GitError) -> git_filemode_t {
        try TreePath.check(path)
        do throws(GitError) {
            let entry = try gitObject("find '\(path)'") { git_tree_entry_bypath($0, tree, TreePath.cString(path)) }
            defer { git_tree_entry_free(entry) }
            let mode = git_tree_entry_filemode(entry)
            guard mode == GIT_FILEMODE_BLOB || mode == GIT_FILEMODE_BLOB_EXECUTABLE else {
                throw GitError(.unsafe, "'\(path)' is not a file in the base: it cannot be replaced")
            }
            return mode
        } catch  where error.code == .notFound {
            return GIT_FILEMODE_BLOB
        }
    }
}

extension Signature {
    /// The caller frees it. Git's format has no room for `<`, `>` or a line break in a name.
    fileprivate func makeRaw() throws(GitError) -> UnsafeMutablePointer<git_signature> {
        guard !(name + email).utf8.contains(where: { $0 < 0x20 }) else {
            throw GitError(.invalidName, "the name or address '\(name) <\(email)>' holds a control character")
        }
        var signature: UnsafeMutablePointer<git_signature>?
        try git("sign as '\(name) <\(email)>'") { git_signature_new(&signature, name, email, seconds, Int32(clamping: zoneMinutes)) }
        guard let signature else { throw GitError(.other, "libgit2 returned nothing", operation: "sign as '\(name)'") }
        return signature
    }
}
