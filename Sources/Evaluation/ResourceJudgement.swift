import Conditions
import CostModel

/// Resources held against the policies that speak about them.
struct ResourceJudgement {
    /// For each tagging policy, then each rightsizing policy, then each rule, which resources it speaks about.
    typealias Scopes = [[ScopeAnswer]]

    private(set) var findings: [Finding] = []
    private(set) var suppressed: [Suppression] = []

    /// - Parameter scopes: of these subjects, in their order.
    init(
        _ subjects: [Subject], records: ResourceRecords, scopes: Scopes, policies: PolicySet, state: ObservedState, now: Instant,
        coverage: BranchCoverage? = nil
    ) {
        let currency = policies.workspace.currency
        var scopes = scopes[...]
        for policy in policies.tagging {
            guard let scope = scopes.popFirst() else { break }
            var judge = TaggingJudge(policy, teams: policies.teams, currency: currency)
            for (index, subject) in subjects.enumerated() where scope[index].isIncluded {
                for finding in judge.findings(on: subject) { add(finding, scope[index]) }
            }
        }
        for policy in policies.rightsizing {
            guard let scope = scopes.popFirst() else { break }
            var judge = RightsizingJudge(policy, state: state, currency: currency, now: now)
            for (index, subject) in subjects.enumerated() where scope[index].isIncluded {
                switch judge.judge(subject) {
                case .finding(let finding): add(finding, scope[index])
                case .suppressed(let suppression): suppressed.append(suppression)
                }
            }
        }
        for rule in policies.rules {
            guard let scope = scopes.popFirst() else { break }
            let judge = RuleJudge(rule, state: state, currency: currency, now: now, coverage: coverage)
            for (index, subject) in subjects.enumerated() where scope[index].isIncluded {
                add(judge.judge(subject, records[index]), scope[index])
            }
        }
    }

    private mutating func add(_ finding: consuming Finding, _ scope: ScopeAnswer) {
        if case .unsure(let doubt) = scope, finding.verdict == .fail { finding.doubt(doubt) }
        findings.append(finding)
    }

    /// The findings, handed over: there may be hundreds of thousands, and copying each is work.
    mutating func takeFindings() -> [Finding] {
        var taken: [Finding] = []
        swap(&taken, &findings)
        return taken
    }

    static func scopes(
        _ policies: PolicySet, _ subjects: [Subject], _ records: ResourceRecords, coverage: BranchCoverage? = nil
    ) -> Scopes {
        func scope(_ match: ResourceMatch, applies: (Resource) -> Bool) -> [ScopeAnswer] {
            var scope = ResourceScope(match, coverage: coverage)
            return subjects.enumerated().map { index, subject in
                applies(subject.resource) ? scope.answer(subject.resource) { records[index] } : .outside
            }
        }
        return policies.tagging.map { scope($0.match, applies: TaggingJudge.applies) }
            + policies.rightsizing.map { scope($0.match, applies: RightsizingJudge.applies) }
            + policies.rules.map { scope($0.match, applies: { _ in true }) }
    }

    /// The headers in the order of the scopes.
    static func headers(_ policies: PolicySet) -> [PolicyHeader] {
        policies.tagging.map(\.header) + policies.rightsizing.map(\.header) + policies.rules.map(\.header)
    }
}

extension Finding {
    /// Where it is not known whether the policy speaks about the resource, a failure is not known either.
    fileprivate mutating func doubt(_ reason: String) {
        verdict = .unknown
        self.reason = reason
        message = "\(message) (\(reason))"
        proposal = [:]
        monthlySavings = nil
    }
}

extension Subject {
    /// Each resource with its owner and what it spends.
    static func all(
        _ resources: [Resource], _ teams: [Team], _ ownership: Ownership, spend: (Int, Resource) -> Money?,
        previousSpend: (Int, Resource) -> Money?, hasBill: Bool
    ) -> [Subject] {
        let teams = Dictionary(teams.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        return resources.enumerated().map { index, resource in
            Subject(
                resource: resource, owner: ownership.owner(of: resource).flatMap { teams[$0] }, spend: spend(index, resource),
                previousSpend: previousSpend(index, resource), hasBill: hasBill)
        }
    }
}
