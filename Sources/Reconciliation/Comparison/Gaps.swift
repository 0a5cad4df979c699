package import CostModel
import Git
import Observation

extension EvaluatedWorkspace {
    /// What is missing here and was not before: files of the tree that cannot be read, and whatever else the base does not lack too.
    ///
    /// A gap in the tree counts as the base's only if what it may hide is the same in both: its folder, and of the roots that read it every
    /// folder. What is changed there is not seen either.
    ///
    /// - Parameter base: nil: there is none, and what lies in the tree is this tree's own doing.
    package func gaps(notIn base: EvaluatedWorkspace?) -> [ObservationProblem] {
        let known = Set(base?.observed.problems.filter { $0.severity == .partial }.map(Gap.init) ?? [])
        return observed.problems.filter { problem in
            guard problem.severity == .partial else { return false }
            // What is said of a line of the workspace is missing where that line leads to.
            let isOfTree = problem.file != OpenedWorkspace.fileName && (holds(problem.file) || base?.holds(problem.file) == true)
            guard isOfTree else { return base != nil && !known.contains(Gap(problem)) }
            guard let base, known.contains(Gap(problem)) else { return true }
            guard let here = files(behind: problem), let there = base.files(behind: problem) else { return true }
            return here != there
        }
    }

    /// Whether a path is one of the tree: a file, or a folder with something in it.
    private func holds(_ path: String) -> Bool {
        workspace.tree.entry(at: path) != nil || (!path.isEmpty && !workspace.tree.entries(under: path).isEmpty)
    }

    /// The files of which a gap may hide something, by path, those that links lead to among them; nil where it is not known what they hold.
    private func files(behind problem: ObservationProblem) -> [String: ObjectID]? {
        let tree = workspace.tree
        // A limit that a root has reached is said of its folder.
        let isFile = tree.entry(at: problem.file) != nil
        let folder = isFile ? problem.file.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(problem.file[..<$0]) } ?? "" : problem.file
        let near = tree.entries(under: folder)
        var roots = Set(near.flatMap { estate.reach(of: $0.path) })
        if let root = problem.root { roots.insert(root) }
        let far = roots.isEmpty ? [] : tree.entries.filter { !estate.reach(of: $0.path).isDisjoint(with: roots) }
        var files: [String: ObjectID] = [:]
        var links: [String] = []
        for entry in near + far {
            guard let blob = entry.blob else { return nil }
            files[entry.path] = blob
            if entry.kind == .symbolicLink { links.append(entry.path) }
        }
        if !links.isEmpty {
            // What a link leads to is read by whoever follows it.
            guard let targets = try? LinkTargets(of: workspace)?.files(behind: links) else { return nil }
            files.merge(targets, uniquingKeysWith: { first, _ in first })
        }
        return files
    }
}

/// One and the same gap, wherever the lines have moved to.
private struct Gap: Hashable {
    let id: String
    let file: String
    let message: String

    init(_ problem: ObservationProblem) {
        (id, file, message) = (problem.id, problem.file, problem.message)
    }
}
