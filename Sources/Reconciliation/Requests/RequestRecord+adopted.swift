import CostModel
import Git

extension RequestRecord {
    /// A request that only others remember. Of its plan they know the digest and what it fixes; not what it edits.
    ///
    /// - Parameter commit: which one we wrote; empty where only the branch tells.
    init(
        adopting plan: String, group: String, title: String, findings: [String], savings: Money? = nil, _ state: State, branch: String,
        commit: String, opened: Instant, now: Instant
    ) {
        let change = PlanRecord.Change(
            id: "adopted", title: title, file: "", team: nil, findings: findings, resources: [], monthlySavings: savings)
        self.init(
            group: group, team: nil, state: state, branch: branch, title: title,
            plan: PlanRecord(digest: plan, baseCommit: "", policyDigest: "", observedDigest: "", made: opened, changes: [change]),
            commit: commit, opened: opened, updated: now)
    }

    /// In the form of a group, for what does not say of which one it is: the same for the same thing.
    static func group(ofAdopted kind: String, _ name: String) -> String {
        var hash = SHA256()
        for field in [kind, name] { hash.update(field: field) }
        let digits = hash.hexDigest()
        return "g-\(digits.prefix(12))-\(digits.dropFirst(12).prefix(8))"
    }

    /// The team and the resources that its findings are about now.
    mutating func complete(by evaluated: EvaluatedWorkspace, _ observed: [ResourceIdentity: Resource]) {
        let fixed = names
        let about = evaluated.evaluation.findings.filter { $0.names.contains(where: fixed.contains) }
        let resources = ChangedResource.list(of: Set(about.compactMap { $0.resource?.identity }), in: observed)
        let teams = Set(about.map(\.team))
        // Who had them then, where somebody wrote it down; what is open says whose they are now.
        if team == nil, let only = teams.first, teams.count == 1 { team = only }
        for index in plan.changes.indices where plan.changes[index].resources.isEmpty {
            plan.changes[index].resources = resources
            plan.changes[index].team = team
        }
    }
}
