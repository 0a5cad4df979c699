internal import CGit2

/// What a merge makes of one file that both sides changed, as Git does it: line by line.
package enum FileMerge {
    /// - Returns: nil where edits of both sides meet, which a person has to settle.
    package static func merged(_ base: [UInt8], _ ours: [UInt8], _ theirs: [UInt8]) throws(GitError) -> [UInt8]? {
        var result = git_merge_file_result()
        defer { git_merge_file_result_free(&result) }
        try git("merge a file") {
            base.withUnsafeBytes { base in
                ours.withUnsafeBytes { ours in
                    theirs.withUnsafeBytes { theirs in
                        var (first, second, third) = (input(base), input(ours), input(theirs))
                        return git_merge_file(&result, &first, &second, &third, nil)
                    }
                }
            }
        }
        guard result.automergeable != 0 else { return nil }
        return Array(UnsafeRawBufferPointer(start: result.ptr, count: result.len))
    }

    private static func input(_ bytes: UnsafeRawBufferPointer) -> git_merge_file_input {
        var input = git_merge_file_input()
        input.version = UInt32(GIT_MERGE_FILE_INPUT_VERSION)
        (input.ptr, input.size) = (bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count)
        return input
    }
}
