import CostModel
import Observation
import Remediation

/// Judges a tree as edits of its code would leave it, like the tree itself.
struct EditTrial {
    private let evaluated: EvaluatedWorkspace
    private let before: [ResourceIdentity: Resource]
    private let findings: [String: [Finding]]
    private let problems: Set<Problem>

    /// What was wrong before the edit; on which line may have changed.
    private struct Problem: Hashable {
        var id: String
        var file: String
        var message: String

        init(_ problem: ObservationProblem) { (id, file, message) = (problem.id, problem.file, problem.message) }
    }

    init(_ evaluated: EvaluatedWorkspace) {
        self.evaluated = evaluated
        before = Dictionary(evaluated.observed.resources.map { ($0.identity, $0) }, uniquingKeysWith: { first, _ in first })
        findings = Dictionary(grouping: evaluated.evaluation.findings) { $0.resource?.identity.root ?? "" }
        problems = Set(evaluated.estate.problems.lazy.filter { $0.severity == .partial }.map { Problem($0) })
    }

    /// The tree before any edit.
    var tree: JudgedTree {
        let estate = evaluated.estate
        return JudgedTree(
            resources: evaluated.observed.resources, findings: evaluated.evaluation.findings, readers: estate.readers,
            reach: { estate.reach(of: $0) })
    }

    /// Nil when an edited file or its root can no longer be read.
    func judge(_ files: [String: [UInt8]]) -> JudgedTree? {
        guard let edited = evaluated.estate.editing(files) else { return judgeAll(files) }
        guard isReadable(edited.problems) else { return nil }
        let resources = edited.resources.map { resource in
            var resource = resource
            if let deployed = before[resource.identity]?.deployed { resource.deploy(deployed) }
            return resource
        }
        let readers = edited.readers
        let unchanged = edited.roots.flatMap { findings[$0] ?? [] }
        return JudgedTree(
            resources: resources, findings: judged(resources, unchanged), roots: edited.roots, readers: { _ in readers })
    }

    private func judgeAll(_ files: [String: [UInt8]]) -> JudgedTree? {
        let edited = evaluated.estate.replacing(files)
        guard isReadable(edited.problems) else { return nil }
        return JudgedTree(
            resources: edited.resources, findings: judged(edited.resources, evaluated.evaluation.findings), readers: edited.readers)
    }

    private func isReadable(_ found: [ObservationProblem]) -> Bool {
        found.allSatisfy { $0.severity != .partial || problems.contains(Problem($0)) }
    }

    /// Findings on resources that the edit changes are made anew.
    private func judged(_ resources: [Resource], _ findings: [Finding]) -> [Finding] {
        let changed = resources.filter { before[$0.identity] != $0 }
        let identities = Set(changed.map(\.identity))
        return findings.filter { finding in finding.resource.map { !identities.contains($0.identity) } ?? true }
            + evaluated.judge(changed)
    }
}
