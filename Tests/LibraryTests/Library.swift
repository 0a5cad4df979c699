import CostModel
import Diagnostics
import Foundation
import Git
import PolicyLanguage
import Reconciliation
import Testing

/// The library of rules, loaded as a workspace of its own, as someone has it who copies the folder.
enum Library {
    static let now = Instant("2026-11-01T00:00:00Z")!
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../policies/library").standardized

    static let loaded: (policies: PolicySet?, tests: [PolicyTest], diagnostics: [Diagnostic]) = {
        let workspace = SourceFile(
            path: "bursar.yaml",
            text: """
                apiVersion: bursar/v1
                kind: Workspace
                metadata: {name: library}
                spec: {currency: USD, policies: [policies/library]}

                """)
        return PolicyLoader.loadTests(workspace: workspace, paths: files.map { "policies/library/\($0)" }, now: now) { path in
            bytes(of: String(path.dropFirst("policies/library/".count)))
        }
    }()

    static var rules: [Rule] { loaded.policies?.rules ?? [] }

    /// Relative to the folder, sorted.
    static let files: [String] = {
        guard let paths = FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String] else { return [] }
        return paths.filter { $0.hasSuffix(".yaml") }.sorted()
    }()

    private static func bytes(of file: String) -> [UInt8] {
        // A file that was just listed and cannot be read makes the load fail, which is what a test looks at.
        (try? Data(contentsOf: folder.appending(path: file))).map { [UInt8]($0) } ?? []
    }

    static func outcomes(_ rule: Rule) -> [RuleExamples.Outcome] {
        guard let workspace = loaded.policies?.workspace else { return [] }
        return RuleExamples.run(rule, workspace: workspace, now: now)
    }

    /// What the unit tests give, with one rule changed; nil: as it is. Examples are not among them.
    static func unitTests(with rule: Rule? = nil) -> [PolicyTestRunner.Outcome] {
        guard var policies = loaded.policies else { return [] }
        var tests = loaded.tests
        if let rule {
            let name = rule.header.reference.name
            policies.policies = policies.policies.map { $0.reference.name == name ? rule.asPolicy : $0 }
            tests.removeAll { !$0.policies.contains(name) }
        }
        policies.policies = policies.policies.map { policy in
            guard var rule = policy.kindBody as? Rule else { return policy }
            rule.examples = []
            return rule.asPolicy
        }
        return PolicyTestRunner(TestedWorkspace(policies: policies, tests: tests, tree: NoFiles())).run(tests).outcomes
    }

    /// The unit tests write their code themselves.
    private struct NoFiles: FileTree {
        func target(ofLink path: String) -> [UInt8]? { nil }

        var entries: [TreeEntry] { [] }
        func read(_ path: String) throws(GitError) -> [UInt8] { [] }
    }
}

extension Rule: CustomTestStringConvertible {
    public var testDescription: String { header.reference.name }
}
