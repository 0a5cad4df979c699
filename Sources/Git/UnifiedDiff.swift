internal import CGit2

/// The difference of one file as a patch that `git apply` accepts. It depends on the two contents and the path only,
/// never on anybody's configuration.
package struct UnifiedDiff: Sendable {
    /// From the repository's root, with `/`.
    private let path: String
    private let old: [UInt8]?
    private let new: [UInt8]
    private let isExecutable: Bool
    private let hidden: Set<Int>

    /// - Parameters:
    ///   - old: nil for a file that is added.
    ///   - hidden: lines of the old file that are not shown: no hunk reaches them.
    package init(path: String, old: [UInt8]?, new: [UInt8], isExecutable: Bool = false, hiding hidden: Set<Int> = []) {
        self.hidden = hidden
        self.path = path
        self.old = old
        self.new = new
        self.isExecutable = isExecutable
    }

    /// The patch as bytes, because the file's need not be UTF-8; empty when nothing changes.
    package func render() throws(GitError) -> [UInt8] {
        guard old != new else { return [] }
        try TreePath.check(path)
        let before = old ?? []
        return try header() + hunks(from: before, to: new)
    }

    private func header() throws(GitError) -> [UInt8] {
        let mode = isExecutable ? "100755" : "100644"
        let oldID = try old.map { bytes throws(GitError) in try ObjectID(ofBlob: bytes) } ?? .zero
        let newID = try ObjectID(ofBlob: new)
        // As Git does: behind a name with a blank a tab shows where the name ends.
        let end = path.contains(" ") ? "\t\n" : "\n"
        let (before, after) = (GitQuoting.quoted("a/" + path), GitQuoting.quoted("b/" + path))
        var text = "diff --git \(before) \(after)\n"
        text += old == nil ? "new file mode \(mode)\nindex \(oldID)..\(newID)\n" : "index \(oldID)..\(newID) \(mode)\n"
        // An added empty file has no lines, and then Git names no files either.
        if old == nil, new.isEmpty { return Array(text.utf8) }
        text += "--- \(old == nil ? "/dev/null\n" : before + end)+++ \(after)\(end)"
        return Array(text.utf8)
    }

    private func hunks(from old: [UInt8], to new: [UInt8]) throws(GitError) -> [UInt8] {
        var options = git_diff_options()
        try git("prepare the difference") { git_diff_options_init(&options, UInt32(GIT_DIFF_OPTIONS_VERSION)) }
        // What looks binary is shown as text all the same: a patch without its lines could not be applied.
        options.flags = GIT_DIFF_FORCE_TEXT.rawValue
        options.context_lines = 3
        options.interhunk_lines = 0
        // The patch points into both buffers: they live until it is freed.
        return try old.withUnsafeBufferPointer { oldBytes throws(GitError) in
            try new.withUnsafeBufferPointer { newBytes throws(GitError) in
                let patch = try gitObject("compare '\(path)'") {
                    git_patch_from_buffers(
                        $0, oldBytes.baseAddress, oldBytes.count, nil, newBytes.baseAddress, newBytes.count, nil, &options)
                }
                defer { git_patch_free(patch) }
                var text: [UInt8] = []
                for hunk in 0..<git_patch_num_hunks(patch) { try append(hunk, of: patch, to: &text) }
                return text
            }
        }
    }

    private func append(_ hunk: Int, of patch: OpaquePointer, to text: inout [UInt8]) throws(GitError) {
        var header: UnsafePointer<git_diff_hunk>?
        var lineCount = 0
        try git("compare '\(path)'") { git_patch_get_hunk(&header, &lineCount, patch, hunk) }
        guard let range = header?.pointee else { return }
        // Where one side has no lines, its start is the line before.
        var part = DiffHunk(
            old: Int(range.old_start) + (range.old_lines == 0 ? 1 : 0), new: Int(range.new_start) + (range.new_lines == 0 ? 1 : 0))
        for index in 0..<lineCount {
            var line: UnsafePointer<git_diff_line>?
            try git("compare '\(path)'") { git_patch_get_line_in_hunk(&line, patch, hunk, index) }
            guard let line = line?.pointee else { continue }
            let content = UnsafeRawBufferPointer(start: line.content, count: Int(line.content_len))
            let origin = Unicode.Scalar(UInt8(bitPattern: line.origin))
            guard hidden.contains(Int(line.old_lineno)) else {
                part.add(origin, content)
                continue
            }
            if origin == " " {
                text += part.text
                part = part.next
            } else {
                // An edit of such a line is not offered; whoever made one all the same does not get it shown.
                part.add(origin, Array("(hidden: a secret is written here)\n".utf8))
            }
        }
        text += part.text
    }
}
