import CostModel
import Observation
import Remediation

/// Judges a tree as edits of its code would leave it, like the tree itself.
struct EditTrial {
    private let evaluated: EvaluatedWorkspace
    private let before: [ResourceIdentity: Resource]
    private let problems: Set<ObservationProblem>

    init(_ evaluated: EvaluatedWorkspace) {
        self.evaluated = evaluated
        before = Dictionary(evaluated.observed.resources.map { ($0.identity, $0) }, uniquingKeysWith: { first, _ in first })
        problems = Set(evaluated.estate.problems.filter { $0.severity == .partial })
    }

    /// Nil when an edited file or its root can no longer be read.
    func judge(_ files: [String: [UInt8]]) -> JudgedTree? {
        let edited = evaluated.estate.replacing(files)
        guard edited.problems.allSatisfy({ $0.severity != .partial || problems.contains($0) }) else { return nil }
        let resources = edited.resources
        let changed = resources.filter { before[$0.identity] != $0 }
        let identities = Set(changed.map(\.identity))
        let unchanged = evaluated.evaluation.findings.filter { finding in
            finding.resource.map { !identities.contains($0.identity) } ?? true
        }
        return JudgedTree(resources: resources, findings: unchanged + evaluated.judge(changed), argumentDigests: edited.argumentDigests)
    }
}
