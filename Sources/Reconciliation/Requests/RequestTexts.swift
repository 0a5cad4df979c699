import CostModel

/// What requests say.
struct RequestTexts {
    let pass: Pass

    func title(of group: RequestGroup) -> String {
        let count = group.findings.count
        let saved = group.monthlySavings.map { ", saving \($0.amount.rounded(to: 0)) \($0.currency) a month" } ?? ""
        return "\(group.subject.team ?? "unowned"): \(count) finding\(count == 1 ? "" : "s")\(saved)"
    }

    func body(of group: RequestGroup, branch: String) -> String {
        group.plan.changes.map { "- \($0.title)" }.joined(separator: "\n")
    }

    func reviewers(of group: RequestGroup) -> [String] { pass.policies.workspace.remediation.requests.reviewers }

    func refuseSecrets(of group: RequestGroup) throws(StageClock.Halt) {}

    static func nothingLeft(at commit: String) -> String { "Nothing is left to mend here: as of \(commit) the findings are gone." }
    static func abandoned(at commit: String) -> String {
        "The findings are gone as of \(commit). Somebody worked on this branch, so it is left as it is: close it, or merge it."
    }
    static let handedOver = "Somebody edited this branch, so Bursar does not touch it any more. Close the request to get a new one."
}
