internal import CGit2

/// Files of a commit whose attributes say that a checkout holds other bytes than the commit: `working-tree-encoding`.
///
/// Terraform reads the checkout. What the commit holds is then not what is applied, and may look harmless.
struct EncodedFiles {
    private static let attribute = "working-tree-encoding"
    /// Nobody writes so many attributes; such a file may say anything.
    private static let largest = 1 << 20

    private let repository: Repository
    private let commit: ObjectID
    private let prefix: String

    /// - Parameter prefix: the folder that paths are relative to.
    init(_ repository: Repository, at commit: ObjectID, under prefix: String) {
        self.repository = repository
        self.commit = commit
        self.prefix = prefix
    }

    /// The entries, with those that a checkout encodes anew marked as not readable.
    func marked(_ entries: [TreeEntry], root: OpaquePointer) throws(GitError) -> [TreeEntry] {
        guard try isNamed(in: entries, root) else { return entries }
        var marked = entries
        for index in entries.indices {
            guard case .file = entries[index].kind, let encoding = try encoding(of: entries[index].path) else { continue }
            let reason = "a checkout holds other bytes than the commit: its attribute \(Self.attribute) is '\(encoding)'"
            marked[index] = TreeEntry(path: entries[index].path, kind: .unreadable(reason), blob: entries[index].blob)
        }
        return marked
    }

    /// Whether any file of attributes there, or in a folder above, has the word.
    private func isNamed(in entries: [TreeEntry], _ root: OpaquePointer) throws(GitError) -> Bool {
        let name = ".gitattributes"
        var blobs = entries.filter { $0.path == name || $0.path.hasSuffix("/" + name) }.compactMap(\.blob)
        var folder = prefix
        while !folder.isEmpty {
            folder = folder.lastIndex(of: "/").map { String(folder[..<$0]) } ?? ""
            if let id = try RevisionTree.blob(TreePath.joined(folder, name), of: root) { blobs.append(id) }
        }
        for id in Set(blobs) where try names(id) { return true }
        return false
    }

    private func names(_ id: ObjectID) throws(GitError) -> Bool {
        var limits = TreeLimits()
        limits.fileSize = Self.largest
        let bytes: [UInt8]
        do throws(GitError) { bytes = try repository.readBlob(id, ".gitattributes", limits) } catch {
            guard error.code == .limit else { throw error }
            return true
        }
        return String(decoding: bytes, as: UTF8.self).utf8.firstRange(of: Self.attribute.utf8) != nil
    }

    /// Nil where none is set, also where it is UTF-8, which changes nothing.
    private func encoding(of path: String) throws(GitError) -> String? {
        var options = git_attr_options()
        options.version = UInt32(GIT_ATTR_OPTIONS_VERSION)
        options.flags = UInt32(GIT_ATTR_CHECK_INCLUDE_COMMIT | GIT_ATTR_CHECK_NO_SYSTEM)
        options.attr_commit_id = commit.raw
        var value: UnsafePointer<CChar>?
        let whole = TreePath.joined(prefix, path)
        try git("read the attributes of '\(path)'") {
            git_attr_get_ext(&value, repository.handle, &options, TreePath.cString(whole), Self.attribute)
        }
        guard let value, git_attr_value(value) == GIT_ATTR_VALUE_STRING else { return nil }
        let text = String(cString: value)
        return ["utf-8", "utf8"].contains(text.lowercased()) ? nil : text
    }
}
