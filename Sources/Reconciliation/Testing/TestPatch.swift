import CostModel
import Diagnostics
import Evaluation
import Git
import Observation
import Remediation

/// The patch that a plan would offer for a test's world, made and proved as for a real one.
struct TestPatch {
    let world: PolicyTestFixture
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
        let estate = world.estate
        let remediator = Remediator(
            before: JudgedTree(resources: world.state.resources, findings: result.findings, readers: estate.readers), policies: policies,
            sources: SourceLibrary { estate.file($0).flatMap(Editors.open) }, judge: judge)
        var edits = TreeEdits()
        for proposal in remediator.propose() where proposal.applicability != .advisory {
            if let file = proposal.file { edits.add(proposal.edits, to: file) }
        }
        let files: [TreeEdits.EditedFile]
        do throws(TreeEdits.Conflict) { files = try edits.made { estate.file($0)?.source.bytes } } catch {
            preconditionFailure("what was proved to go together cannot be made in '\(error.path)'")
        }
        return try files.map { file throws(GitError) in
            let diff = UnifiedDiff(path: file.path, old: file.old, new: file.new, isExecutable: false)
            return String(decoding: try diff.render(), as: UTF8.self)
        }.joined()
    }

    private func judge(_ edited: [String: [UInt8]]) -> JudgedTree? {
        let after = world.replacing(edited)
        guard !after.state.problems.contains(where: { $0.severity == .partial }) else { return nil }
        let findings = PolicyEvaluator.judge(after.state.resources, policies: policies, state: after.state, like: result)
        return JudgedTree(
            resources: after.state.resources, findings: result.findings.filter { $0.resource == nil } + findings,
            readers: after.estate.readers)
    }

    /// Without what depends on the repository: the ids of blobs.
    private static func lines(_ patch: String) -> [String] {
        var lines = patch.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines.filter { !$0.hasPrefix("index ") && !$0.hasPrefix("diff --git ") }
    }
}
