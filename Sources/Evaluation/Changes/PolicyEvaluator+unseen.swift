package import CostModel
import Patterns

extension PolicyEvaluator {
    /// What policies say of modules that a change calls and whose code is not in the tree.
    ///
    /// Only a policy that blocks and lets new unknowns fail says anything. What a module creates may be of any type and have any tags, so that
    /// of a policy's scope nothing but the place, and of a guardrail's nothing but the team, leaves a call out.
    ///
    /// - Parameter modules: those that may create what the base did not have.
    package static func judge(unseen modules: [UnseenModule], by policies: PolicySet, now: Instant) -> [Finding] {
        guard !modules.isEmpty else { return [] }
        let ownership = Ownership(teams: policies.teams, resources: [])
        let lineage = Lineage(policies.teams)
        var findings = policies.policies.filter { $0.header.blockUnknown }.flatMap { policy in
            modules.compactMap { module -> Finding? in
                let owner = ownership.owner(byPlaceIn: module.root, file: module.location.file)
                guard mayCover(policy, module, owner: owner, lineage) else { return nil }
                var finding = Finding(
                    policy: policy.header, rule: UnseenCode.id, verdict: .unknown, team: owner, message: UnseenCode.message(module),
                    subject: UnseenCode.id, reason: "the module's code is not in this tree",
                    resource: Finding.ResourceReference(identity: module.identity, id: nil, type: "module", provider: ""),
                    location: module.location, atStake: .zero(policies.workspace.currency))
                finding.fix = .advisory
                finding.isNewUnknown = true
                return finding.blocks ? finding : nil
            }
        }
        exempt(&findings, policies, on: now.day)
        return findings
    }

    private static func mayCover(_ policy: Policy, _ module: UnseenModule, owner: String?, _ lineage: Lineage) -> Bool {
        switch (policy.reference.kind, policy.body) {
        case (.tagging, .resources(let resources)), (.rule, .resources(let resources)):
            guard let paths = resources.match.paths else { return true }
            return paths.contains { $0.matches(module.root) || $0.matches(module.location.file) }
        case (.guardrail, .change(let change)):
            guard let team = (change as? Guardrail)?.scope.team, let owner else { return true }
            return owner == team || lineage.descendants(of: team).contains(owner)
        default: return false
        }
    }
}
