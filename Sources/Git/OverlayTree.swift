/// Another tree with some files' bytes replaced or added in memory: how a plan looks at its own result before anything is written.
package struct OverlayTree: FileTree {
    package let entries: [TreeEntry]
    private let base: any FileTree
    private let files: [String: [UInt8]]

    /// - Parameter files: new bytes by path. What is not a file in the base cannot be replaced.
    package init(_ base: any FileTree, replacing files: [String: [UInt8]]) throws(GitError) {
        self.base = base
        self.files = files
        var changed: [String: TreeEntry] = [:]
        for (path, bytes) in files {
            try TreePath.check(path)
            let old = base.entry(at: path)
            if let problem = old?.problem { throw GitError(.unsafe, "cannot replace '\(path)': \(problem)") }
            changed[path] = TreeEntry(path: path, kind: old?.kind ?? .file(isExecutable: false), blob: try ObjectID(ofBlob: bytes))
        }
        let kept = base.entries.filter { changed[$0.path] == nil }
        entries = (kept + changed.values).sorted { $0.path < $1.path }
    }

    package func read(_ path: String) throws(GitError) -> [UInt8] {
        if let bytes = files[path] { return bytes }
        return try base.read(path)
    }
}
