import CostModel

/// Tells which changes of policies make a finding appear, vanish or differ.
///
/// The head's code judged by the base's policies says whether the policies have a part in it at all. Of the changed objects then those
/// count that the finding depends on: its own policy; exemptions and the baseline where they differ; teams where the owner or an allowed value does.
struct Causes {
    private let changed: [PolicyReference]
    private let crossed: [FindingKey: Finding]?
    private let isSameCode: Bool

    init(policies: [Comparison.PolicyChange], crossed: EvaluationResult?, isSameCode: Bool) {
        changed = policies.map(\.policy)
        self.crossed = crossed.map { Self.byKey($0) }
        self.isSameCode = isSameCode
    }

    private static func byKey(_ result: EvaluationResult) -> [FindingKey: Finding] {
        Dictionary(
            result.findings.lazy.filter { $0.verdict != .pass }.map { ($0.key.atAddress, $0) }, uniquingKeysWith: { first, _ in first })
    }

    func of(_ change: Comparison.FindingChange) -> [PolicyReference] {
        guard !changed.isEmpty, policiesHaveAPart(in: change) else { return [] }
        let finding = change.finding
        let own = changed.filter { $0 == finding.policy }
        if !own.isEmpty { return own }
        if change.before?.exemption != change.after?.exemption {
            let names = [change.before?.exemption, change.after?.exemption].compactMap(\.self)
            let exemptions = changed.filter { $0.kind == .exemption && names.contains($0.name) }
            if !exemptions.isEmpty { return exemptions }
        }
        if change.before?.baseline != change.after?.baseline {
            let baselines = changed.filter { $0.kind == .baseline }
            if !baselines.isEmpty { return baselines }
        }
        let teams = changed.filter { $0.kind == .team }
        let owners = teams.filter { $0.name == change.before?.team || $0.name == change.after?.team }
        if !owners.isEmpty { return owners }
        return teams.isEmpty ? changed.filter { $0.kind == .workspace } : teams
    }

    private func policiesHaveAPart(in change: Comparison.FindingChange) -> Bool {
        if isSameCode { return true }
        guard let crossed else { return false }
        // By the base's policies the new code gives the same as the head's do: the code alone did it.
        return !same(crossed[change.finding.key.atAddress], change.after)
    }

    private func same(_ a: Finding?, _ b: Finding?) -> Bool {
        switch (a, b) {
        case (nil, nil): true
        case (let a?, let b?): FindingDetails.differences(a, b).isEmpty
        default: false
        }
    }
}
