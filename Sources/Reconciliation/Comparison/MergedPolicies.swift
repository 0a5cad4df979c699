import CostModel

/// The policies that a change would leave behind at its target: object by object, what the change does not touch is as the target has it by now.
///
/// So a branch that is behind brings no policy back, and takes away nothing that was added meanwhile.
enum MergedPolicies {
    /// - Parameters:
    ///   - fork: of the commit where the change began.
    ///   - target: of the newest commit of the branch that it goes to.
    static func of(_ head: PolicySet, since fork: PolicySet, into target: PolicySet) -> PolicySet {
        if fork.digest == target.digest { return head }
        if head.digest == fork.digest { return target }
        let changed = changed(from: fork, to: head)
        func merged<Item>(_ old: [Item], _ new: [Item], _ reference: (Item) -> PolicyReference) -> [Item] {
            old.filter { !changed.contains(reference($0)) } + new.filter { changed.contains(reference($0)) }
        }
        var result = head
        if !changed.contains(where: { $0.kind == .workspace }) { result.workspace = target.workspace }
        result.teams = merged(target.teams, head.teams) { PolicyReference(.team, $0.name) }.sorted { $0.name < $1.name }
        if hasCircle(result.teams) { result.teams = target.teams }
        result.policies = merged(target.policies, head.policies, \.reference).sorted { $0.reference < $1.reference }
        result.allocations = merged(target.allocations, head.allocations) { PolicyReference(.allocation, $0.name) }
            .sorted { $0.name < $1.name }
        result.metrics = merged(target.metrics, head.metrics) { PolicyReference(.metric, $0.name) }.sorted { $0.name < $1.name }
        result.tagRules = TagRules(merged(target.tagRules.rules, head.tagRules.rules) { PolicyReference(.tagRule, $0.name) })
        result.exemptions = merged(target.exemptions, head.exemptions) { PolicyReference(.exemption, $0.name) }
            .sorted { $0.name < $1.name }
        result.notifications = merged(target.notifications, head.notifications) { PolicyReference(.notification, $0.name) }
            .sorted { $0.name < $1.name }
        if !changed.contains(where: { $0.kind == .baseline }) { result.baseline = target.baseline }
        result.objects = merged(target.objects, head.objects, \.reference).sorted { $0.reference < $1.reference }
        return result
    }

    private static func changed(from fork: PolicySet, to head: PolicySet) -> Set<PolicyReference> {
        var changed = Set(PolicyDifference.changes(from: fork.objects, to: head.objects).map(\.policy))
        // A comment that exempts is no key of its policy.
        let comments = Dictionary(
            fork.policies.map { ($0.reference, $0.inlineExemptions.map(\.content)) }, uniquingKeysWith: { first, _ in first })
        for policy in head.policies where comments[policy.reference].map({ $0 != policy.inlineExemptions.map(\.content) }) == true {
            changed.insert(policy.reference)
        }
        return changed
    }

    /// Both sides may move a team below the other's.
    private static func hasCircle(_ teams: [Team]) -> Bool {
        let parents = Dictionary(teams.map { ($0.name, $0.parent) }, uniquingKeysWith: { first, _ in first })
        return teams.contains { team in
            var (above, steps) = (team.parent, 0)
            while let name = above, steps <= teams.count { (above, steps) = (parents[name] ?? nil, steps + 1) }
            return steps > teams.count
        }
    }
}
