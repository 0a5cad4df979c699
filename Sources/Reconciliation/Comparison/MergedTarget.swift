import CostModel
import Diagnostics
import Evaluation
import Observation

/// A change merged into its target as that is by now, held against the target alone.
///
/// A change is compared with the commit where it began, so that it is not blamed for what others did meanwhile. But what passes there and what
/// the target has since may fail together: a call of a module that relies on a default, of which another change took the tags away; or code
/// that a change moved elsewhere as it was, while the target fixed it where it stood. So what may fail in the merge and not in the target
/// counts as the change's, too.
struct MergedTarget {
    private let target: EvaluatedWorkspace
    private let merged: EvaluatedWorkspace
    /// The files of code in which the edits of both meet, sorted: there the change's text counts.
    let conflicts: [String]

    static let isFixed = "the target has fixed it since the change began: merge the target into the change"
    static let isTogether = "it comes with what the target has by now: merge the target into the change to see it there"

    /// Nil where the merge has no code that the change or the target does not have alone.
    ///
    /// - Parameters:
    ///   - opened: the target's workspace by now.
    ///   - before: the code where the change began.
    ///   - after: the change's code.
    ///   - marking: says of comments at resources which ones wait, by the resources that the target has.
    ///   - estimates: whether arguments of resources are read.
    init?(
        into opened: OpenedWorkspace, before: EvaluatedWorkspace, after: EvaluatedWorkspace,
        marking: @escaping ([Resource], [Resource]) -> [Resource], estimates: Bool
    ) throws(WorkspaceError) {
        let inventories = Inventories(after.policies.workspace.inventory)
        guard let code = try MergedCode(of: after.workspace, into: opened, reading: inventories) else { return nil }
        conflicts = code.conflicts
        let target = try EvaluatedWorkspace(
            opened, policies: after.policies, now: after.now, observations: after.observations, like: before, estimates: estimates,
            isCompared: true)
        self.target = target
        merged = try EvaluatedWorkspace(
            opened, policies: after.policies, now: after.now, observations: after.observations, like: target,
            marking: { marking($0, target.observed.resources) }, estimates: estimates, isCompared: true, replaced: code.replaced)
    }

    /// What the merge makes missing that neither side lacks.
    func gaps(notIn after: EvaluatedWorkspace) -> [ObservationProblem] {
        let known = Set(after.observed.problems)
        return merged.gaps(notIn: target).filter { !known.contains($0) }
    }

    /// Calls of modules without code that the merge has and the target has not.
    func unseenModules(by policies: PolicySet) -> [Finding] {
        UnseenModules.findings(before: target, after: merged, by: policies)
    }

    /// Adds what decides of the merge and does not decide of the change's own code.
    ///
    /// - Parameter judging: the target's policies.
    func add(
        to after: inout EvaluatedWorkspace, _ comparison: inout Comparison, _ deciding: inout [Finding], _ strictness: Strictness,
        judging: PolicySet
    ) {
        let changes = Difference(before: target, after: merged, crossed: nil, strictness: strictness).findings()
        let isJudgedTwice = judging.digest != merged.policies.digest
        let (before, crossed) = isJudgedTwice ? (judged(target, by: judging), judged(merged, by: judging)) : (target.evaluation, nil)
        let found = Deciding(changes, strictness, before: before, crossed: crossed).findings
        let known = Dictionary(deciding.map { ($0.key.atAddress, $0.mayFailCheck()) }, uniquingKeysWith: { $0 || $1 })
        let more = found.filter { finding in known[finding.key.atAddress].map { !$0 && finding.mayFailCheck() } ?? true }
        guard !more.isEmpty else { return }
        deciding += more
        let own = Dictionary(after.evaluation.findings.map { ($0.key.atAddress, $0) }, uniquingKeysWith: { first, _ in first })
        var added: [Comparison.FindingChange] = []
        for finding in more {
            let key = finding.key.atAddress
            if let gone = changes.first(where: { $0.change == .gone && $0.before?.key.atAddress == key }) {
                added.append(gone)
                continue
            }
            let index = comparison.findings.firstIndex { $0.after?.key.atAddress == key }
            var change = index.map { comparison.findings.remove(at: $0) } ?? .init(change: .new, before: nil, after: finding)
            // The change's own line is where its author looks.
            if own[key]?.verdict != finding.verdict { change.after = finding }
            change.change = .new
            change.details.append(change.before == nil ? Self.isTogether : Self.isFixed)
            added.append(change)
        }
        comparison.findings.insert(contentsOf: added, at: 0)
        for index in comparison.teams.indices {
            comparison.teams[index].new += added.count { $0.change == .new && $0.finding.team == comparison.teams[index].team }
        }
        after.evaluation.add(more.filter { own[$0.key.atAddress] == nil })
    }

    private func judged(_ side: EvaluatedWorkspace, by policies: PolicySet) -> EvaluationResult {
        PolicyEvaluator.evaluate(policies: policies, state: side.observed, now: side.now)
    }
}
