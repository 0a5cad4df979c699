package import CostModel

/// A budget in the period that is judged.
package struct BudgetEntry: Hashable, Sendable {
    package var status: BudgetStatus
    /// Whose it is; nil: the workspace's.
    package var team: String?
    /// Whether it is about the whole bill.
    package var isWhole: Bool
    /// What its finding says; nil where it passes.
    package var message: String?
    package var severity: Severity?

    package init(status: BudgetStatus, team: String?, isWhole: Bool, message: String? = nil, severity: Severity? = nil) {
        self.status = status
        self.team = team
        self.isWhole = isWhole
        self.message = message
        self.severity = severity
    }
}

extension BudgetEntry {
    /// Those that an evaluation judged.
    package static func all(of result: EvaluationResult, by policies: PolicySet) -> [BudgetEntry] {
        let findings = Dictionary(
            result.findings.filter { $0.policy.kind == .budget }.map { ($0.policy.name, $0) }, uniquingKeysWith: { first, _ in first })
        let known = Dictionary(policies.budgets.map { ($0.header.reference.name, $0) }, uniquingKeysWith: { first, _ in first })
        return result.budgets.filter(\.judged).map { status in
            let finding = findings[status.name].flatMap { $0.verdict == .pass ? nil : $0 }
            let scope = known[status.name]?.scope
            return BudgetEntry(
                status: status, team: scope?.team, isWhole: scope == Budget.Scope(), message: finding?.message, severity: finding?.severity)
        }
    }
}
