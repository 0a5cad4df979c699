package import CostModel
package import Diagnostics
package import Git
import PolicyLanguage

/// A workspace with the tests that stand beside its policies.
package struct TestedWorkspace {
    package let policies: PolicySet
    package let tests: [PolicyTest]
    package let diagnostics: [Diagnostic]
    package let tree: any FileTree

    /// What was loaded already.
    package init(policies: PolicySet, tests: [PolicyTest], diagnostics: [Diagnostic] = [], tree: any FileTree) {
        self.policies = policies
        self.tests = tests
        self.diagnostics = diagnostics
        self.tree = tree
    }

    package init(_ workspace: OpenedWorkspace, now: Instant) throws(WorkspaceError) {
        tree = workspace.tree
        let tree = tree
        let loaded: (policies: PolicySet?, tests: [PolicyTest], diagnostics: [Diagnostic])
        do throws(GitError) {
            let file = SourceFile(path: "bursar.yaml", bytes: try tree.read("bursar.yaml"))
            loaded = try PolicyLoader.loadTests(workspace: file, paths: tree.entries.map(\.path), now: now) { path throws(GitError) in
                try tree.read(path)
            }
        } catch { throw WorkspaceError(opening: error) }
        guard let policies = loaded.policies else { throw .invalidPolicies(loaded.diagnostics) }
        self.policies = policies
        tests = loaded.tests
        diagnostics = loaded.diagnostics
    }
}
