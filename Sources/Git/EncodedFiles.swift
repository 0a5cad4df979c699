internal import CGit2

/// Files of a commit whose attributes say that a checkout holds other bytes than the commit: in another encoding, with `$Id$` or `$Format:`
/// replaced, or with other line ends where these are part of a value.
///
/// Terraform reads the checkout. What the commit holds is then not what is applied, and may look harmless.
struct EncodedFiles {
    private static let encoding = "working-tree-encoding"
    private static let identification = "ident"
    private static let substitution = "export-subst"
    private static let lineEnd = "eol"
    private static let text = "text"
    /// Their here-documents keep the line ends that the file has.
    private static let keepLineEnds = [".tf", ".tofu", ".tfvars"]
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
            guard case .file = entries[index].kind, let why = try difference(entries[index]) else { continue }
            let reason = "a checkout holds other bytes than the commit: its attribute \(why)"
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
        return [Self.encoding, Self.identification, Self.substitution, Self.lineEnd].contains {
            bytes.firstRange(of: Array($0.utf8)) != nil
        }
    }

    /// Which attribute makes a checkout hold other bytes; nil where none does.
    private func difference(_ entry: TreeEntry) throws(GitError) -> String? {
        // UTF-8 changes nothing.
        if case .text(let name) = try value(of: Self.encoding, entry.path), !["utf-8", "utf8"].contains(name.lowercased()) {
            return "\(Self.encoding) is '\(name)'"
        }
        if try value(of: Self.identification, entry.path) == .set, try holds("$Id", entry) { return "\(Self.identification) is set" }
        // What is deployed from an archive of the commit, as code hosts make them, has it replaced.
        if try value(of: Self.substitution, entry.path) == .set, try holds("$Format:", entry) { return "\(Self.substitution) is set" }
        if Self.keepLineEnds.contains(where: entry.path.hasSuffix), try value(of: Self.lineEnd, entry.path) == .text("crlf"),
            try value(of: Self.text, entry.path) != .unset, try holds("<<", entry)
        {
            return "\(Self.lineEnd) is 'crlf', and it has here-documents"
        }
        return nil
    }

    /// What cannot be looked into may hold anything.
    private func holds(_ text: String, _ entry: TreeEntry) throws(GitError) -> Bool {
        guard let blob = entry.blob else { return true }
        do throws(GitError) {
            return try repository.readBlob(blob, entry.path, TreeLimits()).firstRange(of: Array(text.utf8)) != nil
        } catch {
            guard error.code == .limit else { throw error }
            return true
        }
    }

    private enum Value: Equatable {
        case set
        case unset
        case text(String)
    }

    /// Nil: nothing is said.
    private func value(of attribute: String, _ path: String) throws(GitError) -> Value? {
        var options = git_attr_options()
        options.version = UInt32(GIT_ATTR_OPTIONS_VERSION)
        options.flags = UInt32(GIT_ATTR_CHECK_INCLUDE_COMMIT | GIT_ATTR_CHECK_NO_SYSTEM)
        options.attr_commit_id = commit.raw
        var value: UnsafePointer<CChar>?
        let whole = TreePath.joined(prefix, path)
        try git("read the attributes of '\(path)'") {
            git_attr_get_ext(&value, repository.handle, &options, TreePath.cString(whole), attribute)
        }
        switch git_attr_value(value) {
        case GIT_ATTR_VALUE_TRUE: return .set
        case GIT_ATTR_VALUE_FALSE: return .unset
        case GIT_ATTR_VALUE_STRING: return value.map { .text(String(cString: $0)) }
        default: return nil
        }
    }
}
