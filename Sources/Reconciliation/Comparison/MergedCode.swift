import Diagnostics
import Git
import Observation

/// The code of a target as a merge of a change would leave it. Nothing is written for that.
struct MergedCode {
    private static let deepest = 3

    /// What the target's tree has otherwise then, by path; nil: the file is not there.
    let replaced: [String: SourceFile?]
    /// Where the edits of both sides meet, sorted: somebody will have to settle that, and until then the change's text counts.
    let conflicts: [String]

    /// Nil where one side has changed no code since both had the same: then the merge has nothing that no side has.
    ///
    /// - Throws: `.failed` where the history or a tree cannot be read.
    init?(of head: OpenedWorkspace, into target: OpenedWorkspace, reading inventories: Inventories) throws(WorkspaceError) {
        guard let commit = head.commit.flatMap({ ObjectID($0) }), let tip = target.commit.flatMap({ ObjectID($0) }) else { return nil }
        do throws(GitError) {
            let reader = MergeSideReader(repository: head.repository, prefix: head.prefix, inventories: inventories)
            let ours = try MergeSide(target.tree, inventories)
            let theirs = try reader.side(of: head, at: commit)
            guard ours.ids != theirs.ids else { return nil }
            let base = try reader.base(of: tip, and: commit, Self.deepest)
            // Several began where no commit is, and there nobody has compared anything yet.
            guard base.side.ids != theirs.ids, base.isMade || base.side.ids != ours.ids else { return nil }
            let merge = try MergeSide.merged(base.side, ours, theirs, unsettled: base.conflicts)
            conflicts = merge.conflicts.sorted()
            replaced = merge.side.made.reduce(into: [:]) { replaced, file in
                guard merge.side.ids[file.key] != ours.ids[file.key] else { return }
                replaced[file.key] = .some(file.value.map { SourceFile(path: file.key, bytes: $0) })
            }
        } catch { throw WorkspaceError(opening: error) }
    }
}

/// Reads what the commits of one workspace have of code.
private struct MergeSideReader {
    let repository: Repository
    let prefix: String
    let inventories: Inventories

    func side(at commit: ObjectID) throws(GitError) -> MergeSide {
        try MergeSide(RevisionTree(repository, at: commit, under: prefix), inventories)
    }

    /// What a change has, with what of a working tree no commit has.
    func side(of head: OpenedWorkspace, at commit: ObjectID) throws(GitError) -> MergeSide {
        guard !(head.tree is RevisionTree) else { return try MergeSide(head.tree, inventories) }
        let committed = try RevisionTree(repository, at: commit, under: prefix)
        let edited = Set(head.editedFiles)
        return try MergeSide(head.tree, inventories) { path in edited.contains(path) ? nil : committed.entry(at: path)?.blob }
    }

    /// What two commits began with.
    struct Base {
        var side = MergeSide()
        /// Files of which nobody knows what it was.
        var conflicts: Set<String> = []
        /// Whether it was made from several commits.
        var isMade = false
    }

    /// Where two commits were merged crosswise there are several commits where they began: these are merged first, as Git does.
    func base(of one: ObjectID, and other: ObjectID, _ depth: Int) throws(GitError) -> Base {
        let bases = try repository.mergeBases(of: one, and: other)
        guard let first = bases.first else { return Base() }
        var found = Base(side: try side(at: first), isMade: bases.count > 1)
        guard depth > 0 else { return found }
        for next in bases.dropFirst() {
            let older = try base(of: first, and: next, depth - 1)
            let merge = try MergeSide.merged(older.side, found.side, side(at: next), unsettled: older.conflicts)
            (found.side, found.conflicts) = (merge.side, found.conflicts.union(merge.conflicts))
        }
        return found
    }
}

/// The code of one side of a merge.
private struct MergeSide {
    /// What each file holds.
    private(set) var ids: [String: ObjectID] = [:]
    /// What a merge made of files; nil: it took them away.
    private(set) var made: [String: [UInt8]?] = [:]
    private let tree: (any FileTree)?

    /// Nothing.
    init() { tree = nil }

    /// What cannot be read takes no part: that it is missing is said of its own side.
    ///
    /// - Parameter known: the id of a file's content where it is known without reading it.
    init(_ tree: any FileTree, _ inventories: Inventories, known: (String) -> ObjectID? = { _ in nil }) throws(GitError) {
        self.tree = tree
        for entry in tree.entries where entry.problem == nil && inventories.reads(entry.path) {
            if let id = entry.blob ?? known(entry.path) {
                ids[entry.path] = id
            } else if let bytes = Self.bytes(entry.path, in: tree) {
                ids[entry.path] = try ObjectID(ofBlob: bytes)
            }
        }
    }

    /// - Parameter unsettled: files of which nobody knows what both began with: where the sides differ in one, `theirs` counts.
    static func merged(
        _ base: MergeSide, _ ours: MergeSide, _ theirs: MergeSide, unsettled: Set<String>
    ) throws(GitError) -> (side: MergeSide, conflicts: Set<String>) {
        var paths = Set(base.ids.keys).union(ours.ids.keys).union(theirs.ids.keys).filter { path in
            let id = ours.ids[path]
            return base.ids[path] != id || theirs.ids[path] != id
        }
        var (old, mine, new): (TreeMerge.Files, TreeMerge.Files, TreeMerge.Files) = ([:], [:], [:])
        for path in paths {
            let (first, second, third) = (base.content(path), ours.content(path), theirs.content(path))
            if [first, second, third].contains(.unreadable) {
                paths.remove(path)
            } else {
                (old[path], mine[path], new[path]) = (first.bytes, second.bytes, third.bytes)
            }
        }
        let outcome = try TreeMerge.merged(base: old, ours: mine, theirs: new)
        var (merged, conflicts) = (ours, outcome.conflicts)
        for path in paths.union(outcome.files.keys) {
            var bytes = outcome.files[path]
            if unsettled.contains(path), mine[path] != new[path] {
                bytes = new[path]
                conflicts.insert(path)
            }
            merged.made[path] = .some(bytes)
            merged.ids[path] = try bytes.map { bytes throws(GitError) in try ObjectID(ofBlob: bytes) }
        }
        return (merged, conflicts)
    }

    private enum Content: Equatable {
        case none
        case file([UInt8])
        case unreadable

        var bytes: [UInt8]? { if case .file(let bytes) = self { bytes } else { nil } }
    }

    private func content(_ path: String) -> Content {
        if let made = made[path] { return made.map(Content.file) ?? .none }
        guard ids[path] != nil, let tree else { return .none }
        return Self.bytes(path, in: tree).map(Content.file) ?? .unreadable
    }

    private static func bytes(_ path: String, in tree: any FileTree) -> [UInt8]? {
        do throws(GitError) { return try tree.read(path) } catch { return nil }
    }
}
