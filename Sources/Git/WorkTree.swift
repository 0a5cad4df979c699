internal import CGit2
import Diagnostics
internal import Glibc

/// The files of a folder on disk: tracked ones, and untracked ones that Git does not ignore. Listed once when it is made.
///
/// Bytes are read as they lie on disk; where Git converts line endings on checkout they differ from the commit's.
package struct WorkTree: FileTree {
    package let entries: [TreeEntry]
    private let root: String
    private let limits: TreeLimits

    /// - Parameters:
    ///   - folder: becomes the tree's root.
    ///   - repository: whose ignore rules apply; nil for a folder outside Git, where every file counts.
    package init(_ folder: String, in repository: Repository?, limits: TreeLimits = TreeLimits()) throws(GitError) {
        guard let root = Repository.absolutePath(of: folder) else { throw GitError(.notFound, "the folder '\(folder)' does not exist") }
        self.root = root
        self.limits = limits
        let ignores = try repository.map { repository throws(GitError) in
            try IgnoreRules(repository, prefix: repository.prefix(of: folder))
        }
        var listing = FolderListing(root, ignores, limits)
        try listing.list("", depth: 0)
        let leftOut = ignores?.leftOut(beside: listing.entries) ?? []
        entries = (listing.entries + leftOut).sorted { $0.path < $1.path }
    }

    package func read(_ path: String) throws(GitError) -> [UInt8] {
        _ = try file(at: path)
        return try readFile(TreePath.location(path, in: root), shownAs: path)
    }

    package func target(ofLink path: String) throws(GitError) -> [UInt8]? {
        guard entry(at: path)?.kind == .symbolicLink else { return nil }
        let most = Int(PATH_MAX)
        let location = TreePath.location(path, in: root)
        var count = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: most) { buffer, initializedCount in
            buffer.withMemoryRebound(to: CChar.self) { count = readlink(location, $0.baseAddress!, most) }
            initializedCount = max(count, 0)
        }
        guard count >= 0 else { throw systemError("read the link '\(path)'") }
        return bytes
    }

    /// The file may have changed since it was listed: it is looked at again once it is open.
    private func readFile(_ location: [CChar], shownAs path: String) throws(GitError) -> [UInt8] {
        let descriptor = open(location, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw systemError("read '\(path)'") }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw systemError("read '\(path)'") }
        guard status.st_mode & S_IFMT == S_IFREG else { throw GitError(.unsafe, "'\(path)' is not a regular file") }
        // One byte more than it says, so that nearly every file is there at once; one that grows is read on.
        var bytes: [UInt8] = []
        var next = min(Int(status.st_size), limits.fileSize) + 1
        while true {
            let chunk = try read(descriptor, upTo: next, shownAs: path)
            if bytes.isEmpty { bytes = chunk } else { bytes += chunk }
            guard !chunk.isEmpty else { return bytes }
            guard bytes.count <= limits.fileSize else {
                throw GitError(.limit, "'\(path)' is too large: at most \(limits.fileSize) bytes are read")
            }
            next = chunk.count < next ? 1 : 1 << 16
        }
    }

    private func read(_ descriptor: Int32, upTo most: Int, shownAs path: String) throws(GitError) -> [UInt8] {
        var count = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: most) { buffer, initializedCount in
            count = Glibc.read(descriptor, buffer.baseAddress, most)
            initializedCount = max(count, 0)
        }
        guard count >= 0 else { throw systemError("read '\(path)'") }
        return bytes
    }
}

/// Walks a folder on disk without following links and without entering other repositories.
private struct FolderListing {
    var entries: [TreeEntry] = []
    private let root: String
    private let ignores: IgnoreRules?
    private let limits: TreeLimits
    private var count = 0

    init(_ root: String, _ ignores: IgnoreRules?, _ limits: TreeLimits) {
        self.root = root
        self.ignores = ignores
        self.limits = limits
    }

    mutating func list(_ folder: String, depth: Int) throws(GitError) {
        guard depth < limits.depth else {
            throw GitError(.limit, "folders are nested deeper than \(limits.depth) at '\(folder.prefix(80))…'")
        }
        for name in try names(in: folder) where !name.elementsEqual(".git".utf8) {
            count += 1
            guard count <= limits.entryCount else {
                throw GitError(.limit, "the folder has more than \(limits.entryCount) files and folders")
            }
            try add(TreePath.joined(folder, PathText.shown(name)), name, depth)
        }
    }

    private mutating func add(_ path: String, _ name: [UInt8], _ depth: Int) throws(GitError) {
        var status = stat()
        guard lstat(TreePath.location(path, in: root), &status) == 0 else {
            entries.append(TreeEntry(path: path, kind: .unreadable("it vanished"), blob: nil))
            return
        }
        let type = status.st_mode & S_IFMT
        guard try ignores?.isIgnored(path, isFolder: type == S_IFDIR) != true else { return }
        switch type {
        case S_IFREG: entries.append(TreeEntry(path: path, kind: .file(isExecutable: status.st_mode & S_IXUSR != 0), blob: nil))
        case S_IFLNK: entries.append(TreeEntry(path: path, kind: .symbolicLink, blob: nil))
        case S_IFDIR where lstat(TreePath.location(path + "/.git", in: root), &status) == 0 || ignores?.isSubmodule(path) == true:
            entries.append(TreeEntry(path: path, kind: .submodule, blob: nil))
        case S_IFDIR: try list(path, depth: depth + 1)
        default: entries.append(TreeEntry(path: path, kind: .unreadable("it is not a regular file"), blob: nil))
        }
    }

    private func names(in folder: String) throws(GitError) -> [[UInt8]] {
        guard let stream = opendir(TreePath.location(folder, in: root)) else { throw systemError("list the folder '\(folder)'") }
        defer { closedir(stream) }
        var names: [[UInt8]] = []
        while let item = readdir(stream) {
            let name = withUnsafePointer(to: &item.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { Array(UnsafeRawBufferPointer(start: $0, count: strlen($0))) }
            }
            if !name.elementsEqual(".".utf8), !name.elementsEqual("..".utf8) { names.append(name) }
        }
        return names.sorted { $0.lexicographicallyPrecedes($1) }
    }
}

/// What Git leaves alone: ignored files that are not tracked.
private struct IgnoreRules {
    private let repository: Repository
    private let index: Index?
    private let prefix: String

    /// Frees libgit2's index with the last copy of the rules.
    private final class Index {
        let handle: OpaquePointer
        init(_ handle: OpaquePointer) { self.handle = handle }
        deinit { git_index_free(handle) }
    }

    init(_ repository: Repository, prefix: String) throws(GitError) {
        self.repository = repository
        self.prefix = prefix
        index = repository.isBare ? nil : Index(try gitObject("read the index") { git_repository_index($0, repository.handle) })
    }

    /// Whether the commit has another repository's commit here. One that was not checked out is an empty folder, and not nothing.
    func isSubmodule(_ path: String) -> Bool {
        guard let index else { return false }
        return git_index_get_bypath(index.handle, TreePath.cString(TreePath.joined(prefix, path)), 0)?.pointee.mode
            == GIT_FILEMODE_COMMIT.rawValue
    }

    /// Tracked files that are not on disk because Git was told to leave them out, by a sparse checkout for one: nobody removed them.
    func leftOut(beside listed: [TreeEntry]) -> [TreeEntry] {
        guard let index else { return [] }
        let above = prefix.isEmpty ? [] : Array((prefix + "/").utf8)
        var paths: [[UInt8]] = []
        for position in 0..<git_index_entrycount(index.handle) {
            guard let entry = git_index_get_byindex(index.handle, position)?.pointee, let path = entry.path,
                UInt32(entry.flags_extended) & GIT_INDEX_ENTRY_SKIP_WORKTREE.rawValue != 0
            else { continue }
            let bytes = Array(UnsafeRawBufferPointer(start: path, count: strlen(path)))
            if bytes.starts(with: above) { paths.append(Array(bytes.dropFirst(above.count))) }
        }
        guard !paths.isEmpty else { return [] }
        // By bytes: other spellings of a letter are other names.
        let known = Set(listed.map { Array($0.path.utf8) })
        let reason = "it is not checked out here (a sparse checkout), and '--head HEAD' reads it"
        return paths.map { PathText.shown($0) }.filter { !known.contains(Array($0.utf8)) }
            .map { TreeEntry(path: $0, kind: .unreadable(reason), blob: nil) }
    }

    func isIgnored(_ path: String, isFolder: Bool) throws(GitError) -> Bool {
        guard let index else { return false }
        let path = TreePath.joined(prefix, path)
        var result: Int32 = 0
        try git("ask whether '\(path)' is ignored") {
            git_ignore_path_is_ignored(&result, repository.handle, TreePath.cString(isFolder ? path + "/" : path))
        }
        guard result == 1 else { return false }
        if isFolder { return git_index_find_prefix(nil, index.handle, TreePath.cString(path + "/")) != 0 }
        return git_index_get_bypath(index.handle, TreePath.cString(path), 0) == nil
    }
}

/// The C library's last error; to be called directly behind the call that failed.
private func systemError(_ operation: String) -> GitError {
    let code = errno
    return GitError(code == ENOENT ? .notFound : .other, String(cString: strerror(code)).lowercased(), operation: operation)
}
