internal import CGit2

/// What a merge makes of two sets of files that began as one, as Git does it: file by file, line by line, and with files found again that a
/// side renamed.
///
/// All of it happens in memory: nothing is written to any repository, and no attribute of one has a say.
package enum TreeMerge {
    /// Contents by path.
    package typealias Files = [String: [UInt8]]

    package struct Outcome: Equatable, Sendable {
        /// Where the edits of both meet, it is as `theirs` has it.
        package var files: Files
        /// The paths, of any side, at which a person has to settle what both did.
        package var conflicts: Set<String>
    }

    /// - Parameters:
    ///   - base: what both began with.
    ///   - ours: what is merged into.
    ///   - theirs: what is merged into it.
    package static func merged(base: Files, ours: Files, theirs: Files) throws(GitError) -> Outcome {
        let store = try ObjectMemory()
        let trees = try [base, ours, theirs].map { files throws(GitError) in try store.tree(of: files) }
        defer { for tree in trees { git_tree_free(tree) } }
        var options = git_merge_options()
        try git("prepare a merge") { git_merge_options_init(&options, UInt32(GIT_MERGE_OPTIONS_VERSION)) }
        options.flags = GIT_MERGE_FIND_RENAMES.rawValue
        options.target_limit = 1_000
        let index = try gitObject("merge two trees") { git_merge_trees($0, store.handle, trees[0], trees[1], trees[2], &options) }
        defer { git_index_free(index) }
        var outcome = Outcome(files: [:], conflicts: [])
        for position in 0..<git_index_entrycount(index) {
            guard let entry = git_index_get_byindex(index, position)?.pointee, !isConflict(entry) else { continue }
            outcome.files[store.path(entry.path)] = try store.read(entry.id)
        }
        try settle(index, store, &outcome)
        return outcome
    }

    private static func settle(_ index: OpaquePointer, _ store: ObjectMemory, _ outcome: inout Outcome) throws(GitError) {
        guard git_index_has_conflicts(index) == 1 else { return }
        let iterator = try gitObject("list the conflicts") { git_index_conflict_iterator_new($0, index) }
        defer { git_index_conflict_iterator_free(iterator) }
        var (base, ours, theirs): (UnsafePointer<git_index_entry>?, UnsafePointer<git_index_entry>?, UnsafePointer<git_index_entry>?)
        while true {
            let code = git_index_conflict_next(&base, &ours, &theirs, iterator)
            if code == GIT_ITEROVER.rawValue { return }
            try git("list the conflicts") { code }
            for side in [base, ours, theirs] { if let side { outcome.conflicts.insert(store.path(side.pointee.path)) } }
            guard let theirs = theirs?.pointee else { continue }
            outcome.files[store.path(theirs.path)] = try store.read(theirs.id)
        }
    }

    /// Whether it is one side of a conflict.
    private static func isConflict(_ entry: git_index_entry) -> Bool {
        entry.flags & UInt16(GIT_INDEX_ENTRY_STAGEMASK) != 0
    }
}

/// A repository that is nothing but objects in memory.
private final class ObjectMemory {
    let handle: OpaquePointer
    private let objects: OpaquePointer

    init() throws(GitError) {
        let objects = try gitObject("make a store of objects") { git_odb_new($0) }
        do throws(GitError) {
            // The store owns what it reads from and writes to.
            let memory = try gitObject("make a store of objects") { git_mempack_new($0) }
            try git("make a store of objects") { git_odb_add_backend(objects, memory, 1) }
            handle = try gitObject("make a store of objects") { git_repository_wrap_odb($0, objects) }
        } catch {
            git_odb_free(objects)
            throw error
        }
        self.objects = objects
    }

    deinit {
        git_repository_free(handle)
        git_odb_free(objects)
    }

    /// The caller frees it.
    func tree(of files: TreeMerge.Files) throws(GitError) -> OpaquePointer {
        let index = try gitObject("list files") { git_index_new($0) }
        defer { git_index_free(index) }
        for (path, bytes) in files.sorted(by: { $0.key < $1.key }) {
            var entry = git_index_entry()
            try git("keep '\(path)'") {
                bytes.withUnsafeBytes { git_odb_write(&entry.id, objects, $0.baseAddress, $0.count, GIT_OBJECT_BLOB) }
            }
            entry.mode = GIT_FILEMODE_BLOB.rawValue
            try git("list '\(path)'") {
                Self.name(path).withCString { name in
                    entry.path = name
                    return git_index_add(index, &entry)
                }
            }
        }
        var id = git_oid()
        try git("keep a tree") { git_index_write_tree_to(&id, index, handle) }
        return try gitObject("read a tree") { git_tree_lookup($0, handle, &id) }
    }

    func read(_ id: git_oid) throws(GitError) -> [UInt8] {
        var id = id
        let blob = try gitObject("read a merged file") { git_blob_lookup($0, handle, &id) }
        defer { git_blob_free(blob) }
        return Array(UnsafeRawBufferPointer(start: git_blob_rawcontent(blob), count: Int(git_blob_rawsize(blob))))
    }

    /// A mark before each part: no name means anything to libgit2 then, as `git~1` would.
    private static func name(_ path: String) -> String { path.split(separator: "/").map { "_" + $0 }.joined(separator: "/") }

    func path(_ name: UnsafePointer<CChar>?) -> String {
        copied(name).split(separator: "/").map { $0.dropFirst() }.joined(separator: "/")
    }
}
