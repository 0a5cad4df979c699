import CostModel
import Evaluation

/// What a change costs, judged by the policies about changes that its target has: a change brings no bounds for itself.
struct ChangeJudgement {
    let change: EstimateChange
    /// What stood in the way of estimates.
    let problems: [ObservationProblem]
    /// Policies about changes that wait until they are merged, or go on until then.
    private let pending: [Comparison.Pending]

    /// - Parameters:
    ///   - judging: the policies that judge.
    ///   - proposed: those that the target would have with the change.
    init(before: EvaluatedWorkspace, after: EvaluatedWorkspace, judging: PolicySet, proposed: PolicySet, base: String) {
        let inputs = after.estimateInputs()
        problems = inputs.problems
        var policies = judging
        // Of exemptions those count that the base has and the change does not take away.
        policies.exemptions = after.policies.exemptions
        let budgets = before.evaluation.budgets
        change = after.judgedChange(since: before, base: base, inputs, by: policies, budgets: budgets)
        pending = Self.pending(from: policies, to: proposed) { guardrail in
            var others = policies
            others.policies = [guardrail.asPolicy]
            return after.judgedChange(since: before, base: base, inputs, by: others, budgets: []).findings
        }
    }

    private static func pending(
        from judging: PolicySet, to proposed: PolicySet, _ judge: (Guardrail) -> [Finding]
    ) -> [Comparison.Pending] {
        PolicyDifference.changes(from: judging.objects, to: proposed.objects).filter { $0.policy.kind == .guardrail }.compactMap { change in
            guard let guardrail = proposed.policy(change.policy, Guardrail.self) else {
                return Comparison.Pending(
                    what: "\(change.policy) is gone", place: change.place, effect: "it judges changes until this is merged")
            }
            guard judging.policy(change.policy, Guardrail.self) != guardrail else { return nil }
            let findings = judge(guardrail)
            let effect =
                if let first = findings.first(where: { $0.verdict == .fail }) {
                    "would fail this one: \(first.message)"
                } else if findings.contains(where: { $0.verdict == .unknown }) {
                    "what it would say of this one is not known"
                } else {
                    "this one would pass"
                }
            return Comparison.Pending(
                what: "\(change.policy)", place: change.place, effect: "it judges changes once it is merged; \(effect)")
        }
    }

    /// Adds what was found to everything that is told of a change.
    func add(to after: inout EvaluatedWorkspace, _ comparison: inout Comparison, _ deciding: inout [Finding]) {
        comparison.pending += pending
        markUnbilled(in: &comparison, after)
        Self.add(change.findings, to: &after, &comparison, &deciding)
    }

    static func add(
        _ findings: [Finding], to after: inout EvaluatedWorkspace, _ comparison: inout Comparison, _ deciding: inout [Finding]
    ) {
        guard !findings.isEmpty else { return }
        after.evaluation.add(findings)
        let open = findings.filter { $0.verdict != .pass }.sorted { Finding.Order($0) < Finding.Order($1) }
        deciding += open
        comparison.findings.insert(
            contentsOf: open.map { finding in
                let details = finding.isNewUnknown ? [UnknownSettlement.text(for: finding)] : []
                return Comparison.FindingChange(change: .new, before: nil, after: finding, details: details)
            }, at: 0)
        for index in comparison.teams.indices {
            comparison.teams[index].new += open.count { $0.team == comparison.teams[index].team }
        }
    }

    /// What resources without a bill put at stake, by their estimate.
    private func markUnbilled(in comparison: inout Comparison, _ after: EvaluatedWorkspace) {
        let estimates = Dictionary(
            change.entries.compactMap { entry in entry.after.flatMap { after in after.monthly.map { (after.identity, $0) } } },
            uniquingKeysWith: { first, _ in first })
        guard !estimates.isEmpty else { return }
        for index in comparison.findings.indices {
            guard let finding = comparison.findings[index].after, finding.verdict == .fail, let resource = finding.resource?.identity,
                after.evaluation.spend[resource] == nil, finding.atStake?.amount.isZero ?? true, let amount = estimates[resource],
                // A rule that says itself what is at stake means less than all of it, and so does who wants another size, or fewer hours.
                after.policies.policy(finding.policy, Rule.self)?.atStake == nil,
                ![.rightsizing, .schedule].contains(finding.policy.kind)
            else { continue }
            comparison.findings[index].after?.estimatedMonthly = Money(amount, change.currency)
        }
    }
}
