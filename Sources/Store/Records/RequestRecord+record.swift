internal import CostModel

extension RequestRecord: Record {
    static let table = Table(
        "requests",
        columns: [
            "group", "team", "state", "branch", "title", "number", "url", "plan", "base_commit", "policy_digest", "observed_digest", "made",
            "changes", "commit", "opened", "updated", "ended", "merge_commit", "is_edited",
        ], key: ["group", "opened"], order: "sequence")

    var values: [any Storable] {
        [
            group, team, state, branch, title, number, url, plan.digest, plan.baseCommit, plan.policyDigest, plan.observedDigest, plan.made,
            StoredChanges(plan.changes), commit, opened, updated, ended, mergeCommit, isEdited,
        ]
    }

    init(_ row: inout Row) throws(LedgerError) {
        self.init(
            group: try row.next(), team: try row.next(), state: try row.next(), branch: try row.next(), title: try row.next(),
            number: try row.next(), url: try row.next(), plan: try PlanRecord(nextIn: &row), commit: try row.next(),
            opened: try row.next(), updated: try row.next(), ended: try row.next(), mergeCommit: try row.next(), isEdited: try row.next())
    }
}

extension PlanRecord {
    fileprivate init(nextIn row: inout Row) throws(LedgerError) {
        self.init(
            digest: try row.next(), baseCommit: try row.next(), policyDigest: try row.next(), observedDigest: try row.next(),
            made: try row.next(), changes: (try row.next() as StoredChanges).changes)
    }
}

extension SavingsRecord: Record {
    static let table = Table(
        "savings",
        columns: [
            "plan", "change_id", "change", "commit", "merged", "standing", "since", "estimated", "realised", "verified", "measured",
            "method",
        ], key: ["plan", "change_id", "commit"], order: "merged, plan, change_id, \"commit\"")

    var values: [any Storable] {
        [
            change.plan, change.change.id, change.change, change.commit, change.merged, standing, since, estimated, realised, verified,
            measured, method,
        ]
    }

    init(_ row: inout Row) throws(LedgerError) {
        let plan: String = try row.next()
        let _: String = try row.next()
        self.init(
            change: MergedChange(plan: plan, change: try row.next(), commit: try row.next(), merged: try row.next()),
            standing: try row.next(), since: try row.next(), estimated: try row.next(), realised: try row.next(),
            verified: try row.next(), measured: try row.next(), method: try row.next())
    }
}
