package import CostModel
package import Diagnostics
package import Git
import Glibc
import Observation

/// A workspace found in a repository: the tree that is judged, and the policies that it holds.
package struct OpenedWorkspace {
    /// Which tree is judged.
    package enum Source: Hashable, Sendable {
        /// The working tree; a bare repository's HEAD.
        case workTree
        /// A revision as Git spells it.
        case revision(String)
    }

    package let repository: Repository
    /// As it was asked for.
    let source: Source
    /// Rooted at the workspace's folder.
    let tree: any FileTree
    /// The workspace's folder inside the repository; empty for its root.
    package let prefix: String
    /// Where relative paths of observed data start.
    package let folder: String
    /// The commit's id, with `-dirty` when tracked files are edited; `unborn` before the first commit.
    package let revision: String
    /// The commit that is judged, or that the working tree stands on.
    package let commit: String?
    /// Tracked files that are edited, relative to the workspace; only known for a working tree.
    package let editedFiles: [String]
    package let policies: PolicySet
    /// Warnings; errors are thrown.
    package let diagnostics: [Diagnostic]
    /// By which query engines are asked for what lies in them: whoever runs Bursar says so, and no repository does.
    package var clients = EngineClients.none

    /// Finds the workspace at a folder or above it, and reads its policies.
    ///
    /// - Parameters:
    ///   - prefix: the workspace's folder in the repository where it is known; nil: at the directory or above it.
    ///   - observed: the folder at which relative paths of observed data begin; nil: the workspace's own.
    package init(
        _ directory: String, _ source: Source = .workTree, under prefix: String? = nil, observed: String? = nil, now: Instant
    ) throws(WorkspaceError) {
        let place = try WorkspacePlace(directory, source, under: prefix)
        repository = place.repository
        self.source = source
        tree = place.tree
        self.prefix = place.prefix
        folder = observed ?? place.folder
        commit = place.commit?.description
        editedFiles = place.editedFiles
        revision = (commit ?? "unborn") + (place.editedFiles.isEmpty ? "" : "-dirty")
        (policies, diagnostics) = try PolicyReading(tree: place.tree).read(now: now)
    }

    /// The tree of another commit of a workspace under these policies, whatever policies that commit had, or whether it had any.
    init(_ other: OpenedWorkspace, at commit: ObjectID, policies: PolicySet) throws(WorkspaceError) {
        repository = other.repository
        source = .revision(commit.description)
        do throws(GitError) { tree = try RevisionTree(other.repository, at: commit, under: other.prefix) } catch {
            throw WorkspaceError(opening: error)
        }
        prefix = other.prefix
        folder = other.folder
        self.commit = commit.description
        editedFiles = []
        revision = commit.description
        (self.policies, diagnostics) = (policies, [])
        clients = other.clients
    }

    /// The folder of the workspace that a commit has for the files of a folder: there or above; nil where it has none.
    static func folder(in repository: Repository, at commit: ObjectID, above prefix: String) throws(WorkspaceError) -> String? {
        do throws(GitError) {
            let tree = try RevisionTree(repository, at: commit)
            return ancestors(of: prefix).first { tree.entry(at: path($0, fileName)) != nil }
        } catch { throw WorkspaceError(opening: error) }
    }

    /// A path of the workspace as the repository knows it.
    func repositoryPath(_ path: String) -> String { prefix.isEmpty ? path : prefix + "/" + path }

    /// Whether there is anything in a source's folder that its format reads.
    func hasCode(of source: InventorySource) -> Bool {
        let inventories = Inventories([source])
        let folder = source.path == "." ? "" : source.path
        return tree.entries(under: folder).contains { inventories.reads($0.path) }
    }

    func blob(of bytes: [UInt8]) throws(WorkspaceError) -> String {
        do throws(GitError) { return try ObjectID(ofBlob: bytes).description } catch { throw .failed("\(error)") }
    }

    /// The path in the workspace of a path in the repository.
    func workspacePath(_ path: String) -> String { prefix.isEmpty ? path : String(path.dropFirst(prefix.count + 1)) }

    /// A patch of one file that `git apply` takes.
    ///
    /// - Parameter hidden: lines of the old file that it does not show.
    func diff(_ path: String, from old: [UInt8], to new: [UInt8], hiding hidden: Set<Int>) throws(WorkspaceError) -> String {
        let isExecutable = tree.entry(at: path)?.kind == .file(isExecutable: true)
        do throws(GitError) {
            let bytes = try UnifiedDiff(path: repositoryPath(path), old: old, new: new, isExecutable: isExecutable, hiding: hidden)
                .render()
            return String(decoding: bytes, as: UTF8.self)
        } catch { throw .failed("\(error)") }
    }
}

extension OpenedWorkspace {
    package static let fileName = "bursar.yaml"

    /// The folder itself, then the folders around it, up to the repository's root.
    static func ancestors(of prefix: String) -> [String] {
        var parts = prefix.split(separator: "/")
        var result = [prefix]
        while !parts.isEmpty {
            parts.removeLast()
            result.append(parts.joined(separator: "/"))
        }
        return result
    }

    static func path(_ parts: String...) -> String { parts.filter { !$0.isEmpty }.joined(separator: "/") }
}

/// The repository and the tree behind a folder.
private struct WorkspacePlace {
    let repository: Repository
    let tree: any FileTree
    let prefix: String
    package let folder: String
    let commit: ObjectID?
    let editedFiles: [String]

    init(_ directory: String, _ source: OpenedWorkspace.Source, under known: String?) throws(WorkspaceError) {
        do {
            repository = try Repository.discover(from: directory, mayBeMissing: true)
            let start = try known ?? repository.prefix(of: directory)
            let root = repository.workDirectory
            if case .workTree = source, let root {
                guard Self.exists(directory) else { throw WorkspaceError.usage("the folder '\(directory)' does not exist") }
                guard
                    let found = OpenedWorkspace.ancestors(of: start).first(where: {
                        let folder = OpenedWorkspace.path(root, $0)
                        // A link is not the folder of its name.
                        return Self.exists(folder + "/" + OpenedWorkspace.fileName) && Self.resolved(folder) == Self.resolved(root, $0)
                    })
                else {
                    throw WorkspaceError.usage(Self.missing(in: directory))
                }
                prefix = found
                folder = OpenedWorkspace.path(root, found)
                tree = try WorkTree(folder, in: repository)
                commit = try repository.headCommit()
                editedFiles = commit == nil ? [] : try repository.dirtyTrackedFiles(under: found)
            } else {
                var name = "HEAD"
                if case .revision(let revision) = source {
                    try repository.requireOneMeaning(of: revision)
                    name = revision
                }
                let id = try repository.resolve(revision: name)
                let whole = try RevisionTree(repository, at: id)
                guard known != nil || Self.exists(directory) || !whole.entries(under: start).isEmpty else {
                    throw WorkspaceError.usage("the folder '\(directory)' exists neither here nor at \(name)")
                }
                guard
                    let found = OpenedWorkspace.ancestors(of: start).first(where: {
                        whole.entry(at: OpenedWorkspace.path($0, OpenedWorkspace.fileName)) != nil
                    })
                else {
                    throw WorkspaceError.usage(Self.missing(in: directory) + " at \(name)")
                }
                prefix = found
                folder = root.map { OpenedWorkspace.path($0, found) } ?? directory
                tree = found.isEmpty ? whole : try RevisionTree(repository, at: id, under: found)
                commit = id
                editedFiles = []
            }
        } catch {
            throw WorkspaceError(opening: error)
        }
    }

    private static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// The folder without links in its path, and below it a path as it is written.
    private static func resolved(_ folder: String, _ below: String = "") -> String? {
        guard let path = realpath(folder, nil) else { return nil }
        defer { free(path) }
        return OpenedWorkspace.path(String(cString: path), below)
    }

    private static func missing(in directory: String) -> String {
        "there is no \(OpenedWorkspace.fileName) in '\(directory)' or above it in the repository; 'bursar init' writes one"
    }
}
