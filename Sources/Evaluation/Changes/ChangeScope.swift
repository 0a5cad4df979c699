import Conditions
import CostModel

/// Whether what a resource will be charged counts in a scope of the bill.
///
/// A scope is written for charges, and a resource that a change adds has none yet: its account is taken from the others of its root, its
/// service from what the bill calls that of other resources of its type. What nothing tells is unsure, never outside.
struct ChangeScope {
    private let scope: Budget.Scope
    private let teams: Set<String>?
    private let condition: CompiledCostCondition?
    private let facts: ChangeFacts

    init(_ scope: Budget.Scope, _ facts: ChangeFacts) {
        self.scope = scope
        self.facts = facts
        teams = scope.team.map { facts.lineage.descendants(of: $0).union([$0]) }
        condition = scope.condition.map { CompiledCostCondition($0, teams: facts.teams, now: facts.now) }
    }

    func answer(_ entry: EstimateChange.Entry) -> ScopeAnswer {
        let estimate = entry.resource
        guard let resource = facts.resource(estimate.identity) else { return .unsure("its resource is not known") }
        if let teams, !(estimate.team.map(teams.contains) ?? false) { return .outside }
        let account = facts.account(of: resource)
        let service = facts.service(of: resource)
        let tags = facts.tags(of: resource, account: account, service: service, region: estimate.region)
        var unsure: String?
        func note(_ wanted: [String]?, _ value: String?, _ what: String) -> Bool {
            guard let wanted else { return true }
            guard let value else {
                unsure = unsure ?? "\(what) is not known"
                return true
            }
            return wanted.contains(value)
        }
        guard note(scope.accounts, account, "its account"), note(scope.services, service, "its service on the bill"),
            note(scope.regions, estimate.region, "its region")
        else { return .outside }
        for (key, value) in (scope.tags ?? [:]).sorted(by: { $0.key < $1.key }) {
            switch tags.answer(key, value) {
            case .yes: continue
            case .no: return .outside
            case .unknown: unsure = unsure ?? "its tag '\(key)' is not known"
            }
        }
        if let condition {
            let line = CompiledCostCondition.ExpectedLine(
                account: account, provider: nil, service: service, region: estimate.region,
                resource: resource.deployed?.arn ?? resource.deployed?.id, day: facts.now.day, tags: tags.whole)
            switch condition.answer(of: line, team: estimate.team) {
            case .yes: break
            case .no, .error: return .outside
            case .unknown(let reason): unsure = unsure ?? reason
            }
        }
        return unsure.map { .unsure($0) } ?? .inside
    }
}

/// The tags that a resource's charges will have, as far as the code tells.
struct ExpectedTags {
    enum Answer { case yes, no, unknown }

    /// As the rules of the bill's tags make them of what is known.
    var known: [String: String]
    /// Keys whose values are known after apply only.
    var unknown: Set<String>
    /// Whether there may be others.
    var isOpen: Bool

    func answer(_ key: String, _ value: String) -> Answer {
        if let known = known[key] { return known == value ? .yes : .no }
        return isOpen || unknown.contains(key) ? .unknown : .no
    }

    /// Nil: some are not known.
    var whole: [String: String]? { isOpen || !unknown.isEmpty ? nil : known }
}
