import CostModel
import Diagnostics
import Git
import Observation

/// What the target has fixed since a change began, and what a change that is merged now would bring back.
///
/// A change is compared with where it began, so that it is not blamed for what others did meanwhile. But what it has in common with that commit
/// is not always what a merge leaves alone: code that it moved into another file comes along as it was, and where both sides were merged
/// crosswise, there are several commits where it began, of which one may have what another has not. So what was there before is no excuse once
/// the target does not have it any more, and has it again with the files that the change touches, merged as Git merges them.
struct FixedSince {
    /// What is not as it should be in the target.
    private let open: Set<FindingKey>
    /// The same with the change's files.
    private let merged: Set<FindingKey>
    /// The roots of which that cannot be told.
    private let unreadable: Set<String>
    /// The roots that use a file that the change touches.
    private let touched: Set<String>

    static let detail = "the target has fixed it since the change began: merge the target into the change"

    /// Nil where nothing can come back.
    ///
    /// - Parameters:
    ///   - target: the target's workspace by now.
    ///   - findings: what may fail of the change's code.
    init?(
        _ target: OpenedWorkspace, before: EvaluatedWorkspace, after: EvaluatedWorkspace, findings: [Finding]
    ) throws(WorkspaceError) {
        let roots = Set(findings.compactMap { $0.resource?.identity.root })
        guard !roots.isEmpty, let tip = target.commit.flatMap({ ObjectID($0) }) else { return nil }
        let bases = try Self.bases(of: after.workspace, and: tip)
        let files = try Self.touchedFiles(of: after.workspace, since: bases)
        let touched = files.reduce(into: Set<String>()) { $0.formUnion(before.estate.reach(of: $1).union(after.estate.reach(of: $1))) }
            .intersection(roots)
        func judged(_ replaced: [String: SourceFile?]) throws(WorkspaceError) -> EvaluatedWorkspace {
            try EvaluatedWorkspace(
                target, policies: before.policies, now: after.now, observations: before.observations, like: before, isCompared: true,
                replaced: replaced)
        }
        let suspects = findings.filter { touched.contains($0.resource?.identity.root ?? "") }
        guard !suspects.isEmpty else { return nil }
        let now = try judged([:])
        open = Self.open(now)
        guard !suspects.allSatisfy({ [open] in open.contains($0.key.atAddress) }) else { return nil }
        let both = try judged(Self.merged(files, of: after.workspace, into: target, since: bases))
        merged = Self.open(both)
        unreadable = Set(both.gaps(notIn: now).compactMap(\.root))
        self.touched = touched
    }

    /// Whether a finding that both sides have is one that comes back.
    func comesBack(_ old: Finding, as new: Finding) -> Bool {
        guard let root = new.resource?.identity.root, touched.contains(root) else { return false }
        guard !open.contains(new.key.atAddress), !open.contains(old.key.atAddress) else { return false }
        return merged.contains(new.key.atAddress) || unreadable.contains(root)
    }

    private static func open(_ evaluated: EvaluatedWorkspace) -> Set<FindingKey> {
        Set(evaluated.evaluation.findings.lazy.filter { $0.verdict != .pass }.map(\.key.atAddress))
    }

    /// Where the change began; several where both sides were merged crosswise.
    private static func bases(of head: OpenedWorkspace, and tip: ObjectID) throws(WorkspaceError) -> [ObjectID] {
        guard let commit = head.commit.flatMap({ ObjectID($0) }) else { return [] }
        do throws(GitError) { return try head.repository.mergeBases(of: tip, and: commit) } catch { throw WorkspaceError(opening: error) }
    }

    /// The workspace's files in which the change differs from any commit where it began.
    private static func touchedFiles(of head: OpenedWorkspace, since bases: [ObjectID]) throws(WorkspaceError) -> Set<String> {
        var paths = Set(head.editedFiles)
        guard let commit = head.commit.flatMap({ ObjectID($0) }) else { return paths }
        do throws(GitError) {
            for base in bases {
                let changed = try head.repository.changedFiles(from: base, to: commit).map(\.path)
                paths.formUnion(changed.filter { $0.hasPrefix(head.repositoryPath("")) }.map(head.workspacePath))
            }
        } catch { throw WorkspaceError(opening: error) }
        return paths
    }

    /// What becomes of files when the change is merged into the target. Where the edits of both meet, somebody will have to settle that: until
    /// then the change's text counts.
    private static func merged(
        _ files: Set<String>, of head: OpenedWorkspace, into target: OpenedWorkspace, since bases: [ObjectID]
    ) throws(WorkspaceError) -> [String: SourceFile?] {
        do throws(GitError) {
            let base = bases.count == 1 ? try RevisionTree(head.repository, at: bases[0], under: head.prefix) : nil
            var contents: [String: SourceFile?] = [:]
            for path in files {
                // What cannot be read is missing in the change itself, which is said.
                var bytes = try read(path, head.tree)
                if let ours = bytes, let base, let theirs = try read(path, target.tree), let old = try read(path, base) {
                    bytes = try FileMerge.merged(old, ours, theirs) ?? ours
                }
                contents[path] = .some(bytes.map { SourceFile(path: path, bytes: $0) })
            }
            return contents
        } catch { throw WorkspaceError(opening: error) }
    }

    private static func read(_ path: String, _ tree: any FileTree) throws(GitError) -> [UInt8]? {
        guard let entry = tree.entry(at: path), entry.problem == nil else { return nil }
        return try tree.read(path)
    }
}
