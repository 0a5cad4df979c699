/// A folder of files as the rest of the program sees it, wherever it comes from: a commit, the disk, or either with
/// some files replaced.
///
/// All paths are relative to the tree's root, which is the workspace's folder and not always the repository's.
package protocol FileTree {
    /// Everything in the tree but folders, sorted by path. What cannot be read is listed with its reason, so that nobody
    /// takes a file that was left out for one that is clean.
    var entries: [TreeEntry] { get }

    /// The bytes of a file.
    func read(_ path: String) throws(GitError) -> [UInt8]

    /// What a link of the tree is written with; nil where there is no link at the path.
    func target(ofLink path: String) throws(GitError) -> [UInt8]?
}

/// One file in a tree, or what stands in a file's place.
package struct TreeEntry: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case file(isExecutable: Bool)
        case symbolicLink
        case submodule
        /// Something else, and why it is not read.
        case unreadable(String)
    }

    /// Relative to the tree's root, with `/`.
    package let path: String
    package let kind: Kind
    /// The content's id in Git, of a submodule its commit's; nil for files on disk, which nobody has hashed yet.
    package let blob: ObjectID?

    /// Why the entry is not read; nil for files.
    package var problem: String? {
        switch kind {
        case .file: nil
        case .symbolicLink: "symbolic links are not followed"
        case .submodule: "the files of a submodule are not read"
        case .unreadable(let reason): reason
        }
    }
}

/// What a tree may hold before reading it is refused.
package struct TreeLimits: Sendable {
    /// Bytes of one file.
    package var fileSize = 32 << 20
    /// Files and folders together, so that a small tree that names itself a thousand times over ends, too.
    package var entryCount = 200_000
    /// Folders inside folders.
    package var depth = 100

    package init() {}
}

extension FileTree {
    package func entry(at path: String) -> TreeEntry? {
        let index = firstIndex(notBefore: path)
        return index < entries.count && entries[index].path == path ? entries[index] : nil
    }

    /// The entries inside a folder, in order; all of them for the empty path.
    package func entries(under folder: String) -> ArraySlice<TreeEntry> {
        guard !folder.isEmpty else { return entries[...] }
        let prefix = folder.hasSuffix("/") ? folder : folder + "/"
        let start = firstIndex(notBefore: prefix)
        return entries[start...].prefix { $0.path.hasPrefix(prefix) }
    }

    /// The readable entry at a path, or the error that says why there is none.
    func file(at path: String) throws(GitError) -> TreeEntry {
        guard let entry = entry(at: path) else { throw GitError(.notFound, "there is no file '\(path)'") }
        if let problem = entry.problem { throw GitError(.unsafe, "cannot read '\(path)': \(problem)") }
        return entry
    }

    private func firstIndex(notBefore path: String) -> Int {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].path < path { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
