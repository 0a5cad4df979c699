internal import CGit2

extension Repository {
    /// The commit that wrote each line of a file as it is now; nil for lines that no commit has. A file that the commit lacks has none at all.
    ///
    /// - Parameters:
    ///   - path: relative to the repository.
    ///   - commit: the newest that counts.
    ///   - content: the file as it is now, which may be edited since.
    package func blame(_ path: String, at commit: ObjectID, content: [UInt8]) throws(GitError) -> [ObjectID?] {
        try TreePath.check(path)
        guard !content.isEmpty else { return [] }
        let count = content.count { $0 == UInt8(ascii: "\n") } + (content.last == UInt8(ascii: "\n") ? 0 : 1)
        var lines = [ObjectID?](repeating: nil, count: count)
        var options = git_blame_options()
        try git("prepare to ask for a file's history") { git_blame_options_init(&options, UInt32(GIT_BLAME_OPTIONS_VERSION)) }
        options.newest_commit = commit.raw
        let committed: OpaquePointer
        do throws(GitError) {
            committed = try gitObject("read the history of '\(path)'") { git_blame_file($0, handle, path, &options) }
        } catch  where error.code == .notFound {
            return lines
        }
        defer { git_blame_free(committed) }
        let blame = try gitObject("hold '\(path)' against its history") { result in
            content.withUnsafeBytes { bytes in
                git_blame_buffer(result, committed, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count)
            }
        }
        defer { git_blame_free(blame) }
        for index in 0..<git_blame_get_hunk_count(blame) {
            guard let hunk = git_blame_get_hunk_byindex(blame, index)?.pointee else { continue }
            let id = ObjectID(hunk.final_commit_id)
            let first = Int(hunk.final_start_line_number) - 1
            guard first >= 0, id != .zero else { continue }
            for line in first..<min(lines.count, first + Int(hunk.lines_in_hunk)) { lines[line] = id }
        }
        return lines
    }
}
