import CostModel
import Observation

/// Which resources were deployed when somebody looked last, one a line: so that a state file that vanished, or that somebody emptied, is not
/// taken for one that never was.
struct DeployedMemory {
    let resources: Set<ResourceIdentity>

    init(text: String?) {
        resources = Set((text ?? "").split(separator: "\n").map { ResourceIdentity(text: String($0)) })
    }

    /// What is to be remembered after an evaluation: what is deployed now, and what was before. Only a resource that left the code is
    /// forgotten, once all of the code was read.
    init(_ evaluated: EvaluatedWorkspace) {
        let observed = evaluated.observed
        let now = observed.resources.lazy.filter { $0.deployed != nil }.map(\.identity)
        let before = evaluated.observations.deployed
        let inCode = Set(evaluated.evaluation.resources)
        resources = Set(now).union(observed.isPartial ? before : before.filter(inCode.contains))
    }

    var text: String { resources.map(\.description).sorted().joined(separator: "\n") }
}

extension DeployedMemory {
    /// What was deployed, is in the code still, and is in no state any more.
    struct Loss {
        private(set) var resources: [ResourceIdentity: String] = [:]
        /// Of all of them.
        var roots: Set<String> { Set(resources.keys.map(\.root)) }
        /// Of roots of which nothing is left: by root.
        private(set) var problems: [String: ObservationProblem] = [:]

        init(of known: Set<ResourceIdentity>, in present: [Resource], sources: [InventorySource]) {
            guard !known.isEmpty else { return }
            // Where nobody names states any more, nobody expects one.
            let sources = sources.filter { !$0.state.isEmpty }
            for (root, members) in Dictionary(grouping: present, by: \.identity.root) {
                let lost = members.filter { $0.deployed == nil && known.contains($0.identity) }
                guard !lost.isEmpty, let source = sources.first(where: { $0.holds(root) }) else { continue }
                for resource in lost { resources[resource.identity] = "it was deployed, and is in no state any more" }
                guard !members.contains(where: { $0.deployed != nil }) else { continue }
                let place = source.place
                problems[root] = ObservationProblem(
                    .partial, id: "lost-state", file: place.file, line: place.line, column: place.column,
                    "the state of '\(root)' had \(lost.count) \(lost.count == 1 ? "resource" : "resources") of its code and has none any more: "
                        + "bring it back, or take the code out if it was destroyed")
            }
        }
    }
}

extension ObservedState {
    mutating func note(_ loss: DeployedMemory.Loss) {
        undeployed = loss.resources
        for (root, problem) in loss.problems { reach[problem] = .roots([root]) }
        problems = (problems + loss.problems.values).sorted()
    }
}

extension EvaluatedWorkspace {
    /// The teams whose findings or money may lie in what could not be observed.
    var touchedTeams: Set<String> {
        var touched: Set<String> = []
        for problem in observed.problems where problem.severity == .partial {
            switch observed.reach[problem] ?? .everything {
            case .everything: return Set(policies.teams.map(\.name))
            case .utilization: touched.formUnion(teamsWithUtilization)
            case .roots(let roots):
                for resource in observed.resources where roots.contains(resource.identity.root) {
                    if let owner = evaluation.owners[resource.identity] { touched.insert(owner) }
                }
            }
        }
        return touched
    }

    /// Teams with a resource of which a policy asks how full it is, whatever it found.
    private var teamsWithUtilization: Set<String> {
        let asking = Set(
            policies.policies.filter { !$0.kindBody.needs.lookbacks.isEmpty || $0.kindBody.needs.namesUtilization }.map(\.reference))
        let judged = evaluation.findings.lazy.filter { asking.contains($0.policy) }.compactMap { $0.resource?.identity }
        let held = evaluation.suppressed.lazy.filter { asking.contains($0.policy) }.map(\.resource.identity)
        return Set((Array(judged) + Array(held)).compactMap { evaluation.owners[$0] })
    }
}
