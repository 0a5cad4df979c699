import CostModel

@testable import Reconciliation

/// One team's request about some findings of one file, at noon of a Wednesday.
struct RequestCase {
    static let noon = Instant("2026-11-25T12:00:00Z")!
    var settings = RequestSettings()
    var now = noon
    var isPartial = false
    var groups: [RequestGroup] = []
    var records: [RequestRecord] = []
    var statuses: [String: RemoteStatus] = [:]
    var branches: [String: BranchState] = [:]
    var present: Set<String> = []
    var changes: [String: Set<Plan.FileResult>] = [:]
    var history = MergeHistory()
    var openBranches: Set<String> = []
    var snoozes: [Snooze] = []
    var asked: Set<String> = []
    var wanted: Set<String> = []

    var actions: [RequestAction] { situation.actions() }
    var again: Instant? { situation.again(after: actions) }

    private var situation: RequestReconciler {
        var situation = RequestReconciler(
            settings: settings, branchPrefix: "bursar/", now: now, isPartial: isPartial, groups: groups, records: records,
            statuses: statuses, branches: branches, presentFindings: present, changes: changes, history: history,
            openBranches: openBranches, snoozes: snoozes, asked: asked)
        situation.wanted = wanted
        return situation
    }

    /// A new request of a group on its own branch.
    static func opening(_ group: RequestGroup, replacing: String? = nil, resuming: RequestRecord? = nil) -> RequestAction {
        .open(group, branch: group.branch(prefix: "bursar/"), replacing: replacing, resuming: resuming)
    }

    static func group(
        _ team: String = "payments", findings: [String]? = nil, file: String = "main.tf", savings: Int128 = 100, stake: Int128 = 100,
        new: String = "b1"
    ) -> RequestGroup {
        let findings = findings ?? (team == "payments" ? ["f-1"] : ["f-\(team)"])
        let change = Plan.Change(
            id: "c-\(file)", title: "set tags", findings: findings, team: team, file: file, line: 1, baseBlob: "a1", newBlob: new,
            applicability: .automatic, monthlySavings: usd(savings), patch: "…")
        let plan = Plan(
            baseCommit: "base", policyDigest: "p", observedDigest: "o", evaluatedAt: noon, expires: noon, changes: [change],
            files: [.init(path: file, baseBlob: "a1", newBlob: new)], patch: "…")
        return RequestGroup(
            subject: .init(workspace: "acme", team: team, policies: [PolicyReference(.tagging, "cost")], root: nil), plan: plan,
            resources: [:], atStake: usd(stake))
    }

    static func usd(_ amount: Int128) -> Money { Money(FixedDecimal(raw: amount * FixedDecimal(1).raw), Currency("USD")!) }

    static func record(
        _ group: RequestGroup, _ state: RequestRecord.State = .open, opened: Instant = noon.subtracting(.days(2)), ended: Instant? = nil
    ) -> RequestRecord {
        RequestRecord(
            group: group.identity, team: group.subject.team, state: state, branch: group.branch(prefix: "bursar/"), title: "t", number: 1,
            plan: group.record(made: opened), commit: "c1", opened: opened, updated: opened, ended: ended)
    }

    /// A request that is open, with its branch as we wrote it.
    mutating func isOpen(_ group: RequestGroup, at opened: Instant = noon.subtracting(.days(2))) {
        let record = Self.record(group, opened: opened)
        records.append(record)
        statuses[record.group] = .open(number: 1, url: "u")
        branches[record.branch] = .ours(tip: "c1")
        changes["c1"] = Set(group.plan.files)
        present.formUnion(group.findings)
    }

    /// What the watched branch's commits say was undone, or done again, so many commits ago.
    mutating func undo(_ names: String..., age: Int = 0) { for name in names { history.undone[name] = Self.turn(age) } }
    mutating func redo(_ names: String..., age: Int = 0) { for name in names { history.redone[name] = Self.turn(age) } }

    /// A commit in the watched branch that is of a record's plan.
    mutating func merge(_ record: RequestRecord, as commit: String = "m1", age: Int = 0) {
        history.merges[record.plan.digest] = MergeHistory.Merge(
            plan: record.plan.digest, commit: commit, time: now.subtracting(.hours(1)), title: "t", findings: record.findings, age: age)
    }

    private static func turn(_ age: Int) -> MergeHistory.Turn { .init(commit: "r\(age)", time: noon.subtracting(.hours(1)), age: age) }
}
