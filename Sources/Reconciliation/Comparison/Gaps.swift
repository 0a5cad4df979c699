package import CostModel
import Git

extension EvaluatedWorkspace {
    /// What is missing here and was not before: files of the tree that cannot be read, and whatever else the base does not lack too.
    ///
    /// A gap in the tree counts as the base's only if its folder is the same in both: what is changed beside a file that cannot be read is not
    /// seen either.
    ///
    /// - Parameter base: nil: there is none, and what lies in the tree is this tree's own doing.
    package func gaps(notIn base: EvaluatedWorkspace?) -> [ObservationProblem] {
        let known = Set(base?.observed.problems.filter { $0.severity == .partial }.map(Gap.init) ?? [])
        return observed.problems.filter { problem in
            guard problem.severity == .partial else { return false }
            // What is said of a line of the workspace is missing where that line leads to.
            let isOfTree =
                problem.file != OpenedWorkspace.fileName
                && (workspace.tree.entry(at: problem.file) != nil || base?.workspace.tree.entry(at: problem.file) != nil)
            guard isOfTree else { return base != nil && !known.contains(Gap(problem)) }
            guard let base, known.contains(Gap(problem)) else { return true }
            guard let here = files(beside: problem.file), let there = base.files(beside: problem.file) else { return true }
            return here != there
        }
    }

    /// The files of the folder that holds a file, by path; nil where it is not known what they hold.
    private func files(beside path: String) -> [String: ObjectID]? {
        let folder = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[..<$0]) } ?? ""
        var files: [String: ObjectID] = [:]
        for entry in workspace.tree.entries(under: folder) where entry.kind != .submodule {
            guard let blob = entry.blob else { return nil }
            files[entry.path] = blob
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
