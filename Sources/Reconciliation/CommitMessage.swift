import CostModel
import Diagnostics

/// The message of a plan's commit: what it does, for people, and trailers, for whoever reads history.
struct CommitMessage {
    let plan: Plan
    let changes: [Plan.Change]
    let digest: String
    let tree: String
    /// Nil: nobody needs to know of which it is.
    let workspace: String?

    var text: String {
        let savings = changes.compactMap(\.monthlySavings)
        let total = savings.dropFirst().reduce(savings.first) { sum, more in sum.map { $0 + more } }
        var lines = [subject(total), ""]
        for change in changes { lines.append("- \(place(of: change)) \(change.title.printable)") }
        lines += ["", "Bursar-Plan: \(digest)", "Bursar-Policy-Revision: \(plan.baseCommit)", "Bursar-Tree: \(tree)"]
        if let workspace { lines.append("\(WorkspaceMark.trailer): \(workspace)") }
        let teams = Set(changes.map(\.team))
        if teams.count == 1, let only = teams.first, let team = only { lines.append("\(WorkspaceMark.teamTrailer): \(team.printable)") }
        lines += Set(changes.flatMap(\.findings)).sorted().map { "Bursar-Finding: \($0.printable)" }
        return lines.joined(separator: "\n") + "\n"
    }

    private func subject(_ total: Money?) -> String {
        let findings = Set(changes.flatMap(\.findings)).count
        let saved = total.map { ", saving \($0.amount.rounded(to: 0)) \($0.currency) a month" } ?? ""
        return
            "Fix \(findings) cost finding\(findings == 1 ? "" : "s") in \(plan.files.count) file\(plan.files.count == 1 ? "" : "s")\(saved)"
    }

    /// Nothing a repository says may start a line of its own, where it could pass for a trailer, nor hide what it says.
    private func place(of change: Plan.Change) -> String {
        ((change.file ?? "") + (change.line.map { ":\($0)" } ?? "")).printable
    }
}
