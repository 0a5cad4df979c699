import CostModel
import Diagnostics
import Git
import Observation

/// The observed files that a change itself touches: bills, states, samples, rates and instance types in the repository.
///
/// They count as the target of the change has them. What the change does not touch counts as it lies there, and so does what no commit has.
struct TouchedData {
    private static let largest = 512 << 20

    private let head: OpenedWorkspace
    private let root: String
    private let target: ObjectID
    /// In the repository.
    private let touched: Set<String>

    /// Nil where nothing of the change is on the disk: a bare repository has no files.
    ///
    /// - Parameters:
    ///   - fork: where the change began.
    ///   - target: where it goes.
    init?(_ head: OpenedWorkspace, since fork: ObjectID, to target: ObjectID) throws(WorkspaceError) {
        guard let root = head.repository.workDirectory, let commit = head.commit.flatMap({ ObjectID($0) }) else { return nil }
        self.head = head
        self.root = root
        self.target = target
        do throws(GitError) {
            let committed = try head.repository.changedFiles(from: fork, to: commit).map(\.path)
            touched = Set(committed).union(head.editedFiles.map(head.repositoryPath))
        } catch { throw WorkspaceError(opening: error) }
    }

    /// What the files that a workspace observes count as; nil: the change touches none of them.
    ///
    /// - Parameter policies: those of the target, and those by which is judged beside them.
    func replaced(observing policies: [PolicySet]) throws(WorkspaceError) -> ReplacedFiles? {
        var paths: Set<String> = []
        for policies in policies { paths.formUnion(try self.paths(of: policies)) }
        guard !paths.isEmpty else { return nil }
        guard let replaced = ReplacedFiles(in: root) else {
            throw .failed("cannot make a temporary folder for the files that the change touches: \(paths.sorted()[0]) and others")
        }
        do {
            var limits = TreeLimits()
            limits.fileSize = Self.largest
            let tree = try RevisionTree(head.repository, at: target, limits: limits)
            for path in paths.sorted() {
                // A link, or a submodule, counts as nothing: neither is followed.
                let isFile = tree.entry(at: path).map { $0.problem == nil } ?? false
                guard replaced.replace(path, with: isFile ? try tree.read(path) : nil) else {
                    throw WorkspaceError.failed("cannot write the '\(path)' of \(target.short) into a temporary folder")
                }
            }
        } catch { throw .failed("\(error)") }
        return replaced
    }

    /// Refuses a snapshot that the change itself edits.
    func refuse(snapshot path: String) throws(WorkspaceError) {
        guard let edited = touched.first(where: { isNamed(path, $0, from: ".") }) else { return }
        throw .usage("the change edits '\(edited)', the observations by which it would be judged; '--trust-head' judges by them")
    }

    private func isNamed(_ pattern: String, _ path: String, from folder: String? = nil) -> Bool {
        ReplacedFiles.names(pattern, path, from: folder ?? head.folder, in: root)
    }

    private func paths(of policies: PolicySet) throws(WorkspaceError) -> Set<String> {
        let workspace = policies.workspace
        let bills = Set(workspace.cost.flatMap(\.paths))
        let patterns = Fingerprint.patterns(of: policies).filter { !bills.contains($0) }
        var paths = touched.filter { path in patterns.contains { isNamed($0, path) } }
        // What lies behind a link or in a submodule that the change brings or moves comes with it, whatever lies there.
        let all = patterns + bills
        paths.formUnion(
            try doors().filter { door in
                all.contains { ReplacedFiles.mayName($0, below: door, from: head.folder, in: root) }
            })
        for source in workspace.cost {
            func isPart(_ path: String) -> Bool { source.paths.contains { isNamed($0, path) || isManifest(path, of: $0) } }
            guard touched.contains(where: isPart) else { continue }
            // The files of a delivery are read together: all of them are the target's.
            paths.formUnion(touched.filter(isPart))
            do throws(GitError) {
                paths.formUnion(try RevisionTree(head.repository, at: target).entries.lazy.map(\.path).filter(isPart))
                guard let commit = head.commit.flatMap({ ObjectID($0) }) else { continue }
                paths.formUnion(try RevisionTree(head.repository, at: commit).entries.lazy.map(\.path).filter(isPart))
            } catch { throw WorkspaceError(opening: error) }
        }
        return paths
    }

    /// The links and submodules that the change touches, on either side, and the links that lead to something that it touches.
    private func doors() throws(WorkspaceError) -> Set<String> {
        do throws(GitError) {
            var doors: Set<String> = []
            var links: [(path: String, target: String)] = []
            for commit in [target, head.commit.flatMap({ ObjectID($0) })].compactMap(\.self) {
                let tree = try RevisionTree(head.repository, at: commit)
                for entry in tree.entries where entry.kind == .symbolicLink || entry.kind == .submodule {
                    if touched.contains(entry.path) { doors.insert(entry.path) }
                    guard let text = try tree.target(ofLink: entry.path) else { continue }
                    if let target = LinkTargets.resolve(text, from: entry.path) { links.append((entry.path, target)) }
                }
            }
            // A link may lead to another.
            while true {
                let found = links.filter { link in
                    !doors.contains(link.path)
                        && (touched.contains { Self.isBelow($0, link.target) } || doors.contains { Self.isBelow(link.target, $0) })
                }
                guard !found.isEmpty else { return doors }
                doors.formUnion(found.map(\.path))
            }
        } catch { throw WorkspaceError(opening: error) }
    }

    private static func isBelow(_ path: String, _ folder: String) -> Bool {
        folder.isEmpty || path == folder || path.utf8.starts(with: (folder + "/").utf8)
    }

    /// Whether it may say which files a delivery has: it lies in their folder or beside it.
    private func isManifest(_ path: String, of pattern: String) -> Bool {
        guard path.lowercased().hasSuffix("manifest.json") else { return false }
        let folders = pattern.split(separator: "/", omittingEmptySubsequences: false).prefix { !$0.contains { "*?".contains($0) } }
        let around = folders.dropLast(2)
        return isNamed((around.isEmpty ? "" : around.joined(separator: "/") + "/") + "**", path)
    }
}
