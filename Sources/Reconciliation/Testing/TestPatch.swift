import CostModel
import Diagnostics
import Evaluation
import Git
import Remediation

/// The patch that a plan would offer for a test's world, made and proved as for a real one.
struct TestPatch {
    let world: TestWorld
    let result: EvaluationResult
    let policies: PolicySet

    func differences(from expected: String) -> [String] {
        let actual: String
        do throws(GitError) { actual = try patch() } catch { return ["the patch cannot be made: \(error)"] }
        let (wanted, got) = (Self.lines(expected), Self.lines(actual))
        guard wanted != got else { return [] }
        let found = got.isEmpty ? "none" : "\n" + got.joined(separator: "\n")
        return ["the patch differs: expected\n\(wanted.joined(separator: "\n"))\nfound \(found)"]
    }

    func patch() throws(GitError) -> String {
        let files = world.files
        let sources = SourceLibrary { files[$0] }
        let remediator = Remediator(
            before: Judgement(resources: world.state.resources, findings: result.findings), policies: policies, sources: sources,
            judge: judge)
        var edits: [String: [TextEdit]] = [:]
        for proposal in remediator.propose() where proposal.applicability != .advisory {
            if let file = proposal.file { edits[file, default: []] += proposal.edits }
        }
        var patch = ""
        for (path, edits) in edits.sorted(by: { $0.key < $1.key }) {
            guard let old = files[path]?.bytes, let new = edits.applied(to: old) else { continue }
            patch += String(decoding: try UnifiedDiff(path: path, old: old, new: new, isExecutable: false).render(), as: UTF8.self)
        }
        return patch
    }

    private func judge(_ edited: [String: [UInt8]]) -> Judgement? {
        let after = world.replacing(edited)
        guard !after.state.problems.contains(where: { $0.severity == .partial }) else { return nil }
        let findings = Evaluator.judge(after.state.resources, policies: policies, state: after.state, like: result)
        return Judgement(resources: after.state.resources, findings: result.findings.filter { $0.resource == nil } + findings)
    }

    /// Without what depends on the repository: the ids of blobs.
    private static func lines(_ patch: String) -> [String] {
        var lines = patch.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines.filter { !$0.hasPrefix("index ") && !$0.hasPrefix("diff --git ") }
    }
}
