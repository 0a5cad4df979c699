internal import CGit2
import Diagnostics
internal import Glibc

/// The files of a commit, or of one folder of it. Listed and checked once when it is made.
package struct RevisionTree: FileTree {
    package let entries: [TreeEntry]
    package let commit: ObjectID
    private let repository: Repository
    private let limits: TreeLimits

    /// - Parameter prefix: the folder that becomes the tree's root; empty for the commit's own. A folder that the commit
    ///   does not have makes an empty tree.
    package init(_ repository: Repository, at commit: ObjectID, under prefix: String = "", limits: TreeLimits = TreeLimits())
        throws(GitError)
    {
        self.repository = repository
        self.commit = commit
        self.limits = limits
        let root = try repository.tree(of: commit)
        defer { git_tree_free(root) }
        var listing = TreeListing(repository, limits)
        if let id = try RevisionTree.folder(prefix, of: root) { try listing.list(id) }
        let listed = listing.entries.sorted { $0.path < $1.path }
        entries = try EncodedFiles(repository, at: commit, under: prefix).marked(listed, root: root)
    }

    package func read(_ path: String) throws(GitError) -> [UInt8] {
        guard let id = try file(at: path).blob else { throw GitError(.notFound, "there is no file '\(path)'") }
        return try repository.readBlob(id, path, limits)
    }

    package func target(ofLink path: String) throws(GitError) -> [UInt8]? {
        guard let entry = entry(at: path), entry.kind == .symbolicLink, let id = entry.blob else { return nil }
        return try repository.readBlob(id, path, limits)
    }

    /// One file of a commit, without listing the others; nil where there is none.
    package static func file(
        _ path: String, of repository: Repository, at commit: ObjectID, limits: TreeLimits = TreeLimits()
    ) throws(GitError) -> [UInt8]? {
        try TreePath.check(path)
        let root = try repository.tree(of: commit)
        defer { git_tree_free(root) }
        guard let entry = try entry(at: path, of: root) else { return nil }
        defer { git_tree_entry_free(entry) }
        let mode = git_tree_entry_filemode(entry)
        guard mode == GIT_FILEMODE_BLOB || mode == GIT_FILEMODE_BLOB_EXECUTABLE else { return nil }
        return try repository.readBlob(ObjectID(git_tree_entry_id(entry).pointee), path, limits)
    }

    /// The content of a file; nil where there is none, or no file.
    static func blob(_ path: String, of root: OpaquePointer) throws(GitError) -> ObjectID? {
        guard let entry = try entry(at: path, of: root) else { return nil }
        defer { git_tree_entry_free(entry) }
        return git_tree_entry_type(entry) == GIT_OBJECT_BLOB ? ObjectID(git_tree_entry_id(entry).pointee) : nil
    }

    private static func folder(_ prefix: String, of root: OpaquePointer) throws(GitError) -> ObjectID? {
        guard !prefix.isEmpty else { return ObjectID(git_tree_id(root).pointee) }
        try TreePath.check(prefix)
        guard let entry = try entry(at: prefix, of: root) else { return nil }
        defer { git_tree_entry_free(entry) }
        guard git_tree_entry_type(entry) == GIT_OBJECT_TREE else { throw GitError(.unsafe, "'\(prefix)' is not a folder") }
        return ObjectID(git_tree_entry_id(entry).pointee)
    }

    /// The caller frees it; nil where there is none.
    private static func entry(at path: String, of root: OpaquePointer) throws(GitError) -> OpaquePointer? {
        do throws(GitError) {
            return try gitObject("find '\(path)'") { git_tree_entry_bypath($0, root, TreePath.cString(path)) }
        } catch  where error.code == .notFound {
            // A folder above it that is not here says the same as one that does not hold it.
            if let repository = git_tree_owner(root) { try PartialClone.checkFolders(above: path, of: root, in: repository) }
            return nil
        }
    }
}

/// Walks a tree of trees. libgit2's own walk has no limits and passes on any name.
private struct TreeListing {
    var entries: [TreeEntry] = []
    private let repository: Repository
    private let limits: TreeLimits
    private var count = 0

    init(_ repository: Repository, _ limits: TreeLimits) {
        self.repository = repository
        self.limits = limits
    }

    mutating func list(_ id: ObjectID, at path: String = "", depth: Int = 0) throws(GitError) {
        guard depth < limits.depth else {
            throw GitError(.limit, "folders are nested deeper than \(limits.depth) at '\(path.prefix(80))…'")
        }
        var raw = id.raw
        let tree = try PartialClone.present(in: repository.handle, "the folder '\(path)'") { () throws(GitError) in
            try gitObject("read the folder '\(path)'") { git_tree_lookup($0, repository.handle, &raw) }
        }
        defer { git_tree_free(tree) }
        var names: Set<[UInt8]> = []
        for index in 0..<git_tree_entrycount(tree) {
            guard let entry = git_tree_entry_byindex(tree, index), let cName = git_tree_entry_name(entry) else { continue }
            count += 1
            guard count <= limits.entryCount else {
                throw GitError(.limit, "the tree has more than \(limits.entryCount) files and folders")
            }
            let name = Array(UnsafeRawBufferPointer(start: cName, count: strlen(cName)))
            let child = TreePath.joined(path, PathText.shown(name))
            if let problem = TreePath.problem(ofComponent: String(decoding: name, as: UTF8.self)) {
                throw GitError(.unsafe, "the folder '\(path)' of the commit holds \(problem)")
            }
            guard names.insert(name).inserted else { throw GitError(.unsafe, "the tree holds '\(child)' twice") }
            try add(entry, child, depth)
        }
    }

    private mutating func add(_ entry: OpaquePointer, _ path: String, _ depth: Int) throws(GitError) {
        let id = ObjectID(git_tree_entry_id(entry).pointee)
        switch git_tree_entry_filemode(entry) {
        case GIT_FILEMODE_TREE: try list(id, at: path, depth: depth + 1)
        case GIT_FILEMODE_BLOB: entries.append(TreeEntry(path: path, kind: .file(isExecutable: false), blob: id))
        case GIT_FILEMODE_BLOB_EXECUTABLE: entries.append(TreeEntry(path: path, kind: .file(isExecutable: true), blob: id))
        case GIT_FILEMODE_LINK: entries.append(TreeEntry(path: path, kind: .symbolicLink, blob: id))
        case GIT_FILEMODE_COMMIT: entries.append(TreeEntry(path: path, kind: .submodule, blob: id))
        case let mode:
            let octal = String(mode.rawValue, radix: 8)
            entries.append(TreeEntry(path: path, kind: .unreadable("its mode \(octal) is unknown"), blob: nil))
        }
    }
}

extension Repository {
    /// Asks for the size before it reads: a blob of gigabytes costs nothing.
    func readBlob(_ id: ObjectID, _ path: String, _ limits: TreeLimits) throws(GitError) -> [UInt8] {
        var raw = id.raw
        let database = try gitObject("open the object database") { git_repository_odb($0, handle) }
        defer { git_odb_free(database) }
        var size = 0
        var type = GIT_OBJECT_ANY
        try PartialClone.present(in: handle, "'\(path)'") { () throws(GitError) in
            _ = try git("read '\(path)'") { git_odb_read_header(&size, &type, database, &raw) }
        }
        guard size <= limits.fileSize else {
            throw GitError(.limit, "'\(path)' is too large: \(size) bytes, at most \(limits.fileSize) are read")
        }
        let blob = try gitObject("read '\(path)'") { git_blob_lookup($0, handle, &raw) }
        defer { git_blob_free(blob) }
        return Array(UnsafeRawBufferPointer(start: git_blob_rawcontent(blob), count: Int(git_blob_rawsize(blob))))
    }
}
