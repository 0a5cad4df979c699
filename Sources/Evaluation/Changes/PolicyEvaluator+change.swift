package import CostModel

/// What judges of changes are handed.
struct ChangeContext {
    let change: EstimateChange
    /// All resources before the change, each with what it costs.
    let unchanged: [ResourceEstimate]
    let facts: ChangeFacts
}

/// Holds a change against one policy about changes.
protocol ChangeJudge {
    associatedtype Policy: ChangePolicy

    /// What it can find.
    static var findingTypes: [FindingType] { get }

    init(_ policy: Policy, _ context: ChangeContext)

    /// Passes too.
    func findings() -> [Finding]
}

extension PolicyEvaluator {
    /// Holds a change's estimate against the policies about changes, and against the budgets that it moves.
    ///
    /// - Parameters:
    ///   - estimate: of the code before the change.
    ///   - policies: those that judge, with the exemptions that count.
    ///   - budgets: how the budgets of these policies stand.
    /// - Returns: the change with its effects and findings.
    package static func judge(
        _ change: EstimateChange, of estimate: Estimate, by policies: PolicySet, budgets: [BudgetStatus], before: ObservedState,
        after: ObservedState, now: Instant
    ) -> EstimateChange {
        let context = ChangeContext(
            change: change, unchanged: estimate.resources, facts: ChangeFacts(policies, before: before, after: after, now: now))
        let moved = BudgetChanges(policies.budgets, budgets, context)
        var result = change
        result.budgets = moved.effects
        result.findings = policies.policies.flatMap { $0.changeFindings(context) } + moved.findings
        exempt(&result.findings, policies, on: now.day)
        for index in result.findings.indices where result.findings[index].verdict == .unknown {
            result.findings[index].isNewUnknown = result.findings[index].blocksUnknown
        }
        return result
    }

    /// Puts exemptions on findings about a change. One that has a cap covers what is known to be within it.
    static func exempt(_ findings: inout [Finding], _ policies: PolicySet, on today: Day) {
        let agreements = policies.exemptions.map { Agreement($0) }.filter { $0.isValid(on: today) }
        guard !agreements.isEmpty else { return }
        for index in findings.indices where findings[index].verdict != .pass {
            guard policies.header(of: findings[index].policy)?.exemptible ?? true else { continue }
            let finding = findings[index]
            findings[index].exemption = agreements.first { $0.covers(finding) }?.name
        }
    }
}
