import CostModel
import Observation
import Remediation

/// Judges a tree as edits of its code would leave it, like the tree itself.
struct EditTrial {
    private let evaluated: EvaluatedWorkspace
    private let before: ResourceIndex
    /// Where the findings of each root are that do not pass: of those that do, nothing is to be proved.
    private let failing: [String: [Int]]
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
        before = ResourceIndex(evaluated.observed.resources)
        let findings = evaluated.evaluation.findings
        failing = Dictionary(grouping: findings.indices.filter { findings[$0].verdict != .pass }) {
            findings[$0].resource?.identity.root ?? ""
        }
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
        var resources = edited.resources
        for index in resources.indices {
            guard let place = before.place(of: resources[index].identity), let deployed = before.resources[place].deployed else { continue }
            resources[index].deploy(deployed)
        }
        let readers = edited.readers
        return JudgedTree(
            resources: resources, findings: judged(resources, edited.roots.flatMap { failing[$0] ?? [] }), roots: edited.roots,
            readers: { _ in readers })
    }

    private func judgeAll(_ files: [String: [UInt8]]) -> JudgedTree? {
        let edited = evaluated.estate.replacing(files)
        guard isReadable(edited.problems) else { return nil }
        return JudgedTree(
            resources: edited.resources, findings: judged(edited.resources, failing.values.flatMap(\.self)), readers: edited.readers)
    }

    private func isReadable(_ found: [ObservationProblem]) -> Bool {
        found.allSatisfy { $0.severity != .partial || problems.contains(Problem($0)) }
    }

    /// Findings that do not pass, of which those on resources that the edit changes are made anew.
    ///
    /// - Parameter indices: of the findings before the edit.
    private func judged(_ resources: [Resource], _ indices: [Int]) -> [Finding] {
        let findings = evaluated.evaluation.findings
        let changed = resources.indices.filter { index in
            before.place(of: resources[index].identity).map { before.resources[$0] != resources[index] } ?? true
        }
        let identities = Set(changed.map { resources[$0].identity })
        let others = indices.filter { index in findings[index].resource.map { !identities.contains($0.identity) } ?? true }
        return others.map { findings[$0] } + evaluated.judge(changed.map { resources[$0] }).filter { $0.verdict != .pass }
    }
}
