import CostModel
import Diagnostics
import Git
import PolicyLanguage

/// Reads the policies of a tree.
struct PolicyReading {
    let tree: any FileTree

    /// The policies and their warnings.
    ///
    /// - Throws: `.invalidPolicies` with everything that is wrong, warnings too.
    func read(now: Instant) throws(WorkspaceError) -> (PolicySet, [Diagnostic]) {
        let paths = tree.entries.map(\.path)
        let result: (policies: PolicySet?, diagnostics: [Diagnostic])
        do throws(GitError) {
            let workspace = SourceFile(path: "bursar.yaml", bytes: try tree.read("bursar.yaml"))
            result = try PolicyLoader.load(workspace: workspace, paths: paths, now: now) { path throws(GitError) in
                try tree.read(path)
            }
        } catch { throw .usage("\(error)") }
        guard let policies = result.policies else { throw .invalidPolicies(result.diagnostics) }
        return (policies, result.diagnostics)
    }
}
