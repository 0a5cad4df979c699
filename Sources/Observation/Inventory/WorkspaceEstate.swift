package import CostModel
package import Diagnostics

/// All infrastructure of a workspace: the estates of its inventories, one for each format.
package struct WorkspaceEstate: Sendable {
    struct Part: Sendable {
        let format: InventoryFormat
        let sources: [InventorySource]
        var estate: any Estate
    }

    /// Of one estate what it has itself: resources are large, and large trees have many.
    package var resources: [Resource] { parts.count == 1 ? parts[0].estate.resources : parts.flatMap(\.estate.resources) }
    /// Sorted.
    package let problems: [ObservationProblem]
    private let parts: [Part]

    init(_ parts: [Part]) {
        self.parts = parts
        problems = parts.flatMap(\.estate.problems).sorted()
    }

    /// The same with the bytes of some files replaced.
    package func replacing(_ edited: [String: [UInt8]]) -> WorkspaceEstate {
        WorkspaceEstate(
            parts.map { part in
                let own = edited.filter { part.estate.files[$0.key] != nil }
                guard !own.isEmpty else { return part }
                var part = part
                part.estate = part.estate.replacing(own)
                return part
            })
    }

    /// The roots that an edit of a file can reach; empty where that is not known.
    package func reach(of file: String) -> Set<String> {
        parts.first { $0.estate.files[file] != nil }?.estate.reach(of: file) ?? []
    }

    /// What an edit of some files makes of the roots that it reaches; nil where only the whole estate can tell.
    package func editing(_ edited: [String: [UInt8]]) -> EditedRoots? {
        var all = EditedRoots(roots: [], resources: [], problems: [], readers: [:])
        for part in parts {
            let own = edited.filter { part.estate.files[$0.key] != nil }
            guard !own.isEmpty else { continue }
            guard let found = part.estate.editing(own) else { return nil }
            all.roots.formUnion(found.roots)
            all.resources += found.resources
            all.problems += found.problems
            all.readers.merge(found.readers, uniquingKeysWith: { first, _ in first })
        }
        return all
    }

    /// The lines of a file on which secrets are written out.
    package func secretLines(of file: String) -> Set<Int> {
        guard let part = parts.first(where: { $0.estate.files[file] != nil }), let source = part.estate.files[file] else { return [] }
        return part.estate.secretLines(of: file).union(source.linesLikeSecrets)
    }

    /// The resources that the one of an earlier revision may have become, best first.
    package func successors(of resource: ResourceIdentity) -> [ResourceIdentity] { parts.flatMap { $0.estate.successors(of: resource) } }

    /// The resources of earlier revisions that each of these may have been, the latest first.
    package func predecessors(of resources: [ResourceIdentity]) -> [ResourceIdentity: [ResourceIdentity]] {
        parts.reduce(into: [:]) { $0.merge($1.estate.predecessors(of: resources), uniquingKeysWith: { $0 + $1 }) }
    }

    /// The folders of all code that is observed.
    package var roots: Set<String> { parts.reduce(into: []) { $0.formUnion($1.estate.roots) } }

    /// The calls of modules whose code is not in the tree.
    package var unseenModules: [UnseenModule] { parts.flatMap(\.estate.unseenModules) }

    /// What is known of what a root has deployed.
    package func deployment(of root: String) -> RootDeployment {
        parts.first { $0.estate.roots.contains(root) }?.estate.deployment(of: root) ?? .unknown
    }

    /// What reads values of the code, wherever an edit of these files may be seen.
    package func readers(near files: Set<String>) -> CodeReaders {
        parts.reduce(into: [:]) { result, part in
            let own = files.filter { part.estate.files[$0] != nil }
            if !own.isEmpty { result.merge(part.estate.readers(near: own), uniquingKeysWith: { first, _ in first }) }
        }
    }

    /// A file of any inventory, and what it is written in.
    package func file(_ path: String) -> (source: SourceFile, format: InventoryFormat)? {
        for part in parts {
            if let source = part.estate.files[path] { return (source, part.format) }
        }
        return nil
    }

    /// The sources whose folders hold no code, each with what is not there.
    package var missingCode: [(source: InventorySource, reason: String)] {
        parts.flatMap { part in
            part.sources.compactMap { source in part.estate.missingCode(of: source).map { (source, $0) } }
        }
    }

    /// What the states of all roots say, for whoever has no files.
    package var recordedStates: RecordedStates {
        let recorded = parts.map(\.estate.recordedStates)
        return RecordedStates(
            roots: recorded.flatMap(\.roots).sorted(), states: recorded.flatMap(\.states), problems: recorded.flatMap(\.problems))
    }

    func estate(of format: InventoryFormat) -> (any Estate)? { parts.first { $0.format == format }?.estate }
}
