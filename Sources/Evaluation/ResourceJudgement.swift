import CostModel

/// Resources held against the policies that speak about them.
struct ResourceJudgement {
    /// For each tagging policy, then each rightsizing policy, which resources it speaks about.
    typealias Scopes = [[Bool]]

    private(set) var findings: [Finding] = []
    private(set) var suppressed: [Suppression] = []

    /// - Parameter scopes: of these subjects, in their order.
    init(_ subjects: [Subject], scopes: Scopes, policies: PolicySet, state: ObservedState, now: Instant) {
        let currency = policies.workspace.currency
        for (policy, scope) in zip(policies.tagging, scopes) {
            var judge = TaggingJudge(policy, teams: policies.teams, currency: currency)
            for (index, subject) in subjects.enumerated() where scope[index] { findings += judge.findings(on: subject) }
        }
        for (policy, scope) in zip(policies.rightsizing, scopes.dropFirst(policies.tagging.count)) {
            var judge = RightsizingJudge(policy, state: state, currency: currency, now: now)
            for (index, subject) in subjects.enumerated() where scope[index] {
                switch judge.judge(subject) {
                case .finding(let finding): findings.append(finding)
                case .suppressed(let suppression): suppressed.append(suppression)
                }
            }
        }
    }

    static func scopes(_ policies: PolicySet, _ resources: [Resource]) -> Scopes {
        policies.tagging.map { policy in
            var scope = ResourceScope(policy.match)
            return resources.map { TaggingJudge.applies(to: $0) && scope.holds($0) }
        }
            + policies.rightsizing.map { policy in
                var scope = ResourceScope(policy.match)
                return resources.map { RightsizingJudge.applies(to: $0) && scope.holds($0) }
            }
    }
}

extension Subject {
    /// Each resource with its owner and what it spends.
    static func all(
        _ resources: [Resource], _ teams: [Team], _ ownership: Ownership, spend: (Int, Resource) -> Money?
    ) -> [Subject] {
        let teams = Dictionary(teams.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        return resources.enumerated().map { index, resource in
            Subject(resource: resource, owner: ownership.owner(of: resource).flatMap { teams[$0] }, spend: spend(index, resource))
        }
    }
}
