package import CostModel

/// What `check` says: findings, budgets, exemptions, and what stood in the way.
package struct CheckReport: MarkdownReport {
    package var context: ReportContext
    package var result: EvaluationResult
    package var currency: Currency
    package var problems: [Problem]
    /// Show passes too.
    package var showsAll: Bool
    /// What the change does, where it was held against a base.
    package var comparison: Comparison?

    package init(
        context: ReportContext, result: EvaluationResult, currency: Currency, problems: [Problem] = [], showsAll: Bool = false,
        comparison: Comparison? = nil
    ) {
        self.context = context
        self.result = result
        self.currency = currency
        self.problems = problems.sorted()
        self.showsAll = showsAll
        self.comparison = comparison
    }

    /// The findings to list, in the order of the evaluation.
    var listed: [Finding] { showsAll ? result.findings : result.findings.filter { $0.verdict != .pass } }
    var isPartial: Bool { problems.contains { $0.severity == .partial } }

    /// Failing findings without an exemption, shadows left out: what there is to do.
    var open: [Finding] {
        result.findings.filter { $0.verdict == .fail && $0.exemption == nil && $0.enforcement != .shadow }
    }
}

extension Finding {
    /// Dollars at stake as a twelfth of a year, so that all columns of a report are months.
    var monthlyAtStake: Money { Money(atStake.amount.scaled(by: 365, over: 336), atStake.currency) }

    /// Whether a plan can be expected to mend it.
    var isFixable: Bool { verdict == .fail && exemption == nil && !proposal.isEmpty && fix != .advisory }
}

extension Sequence<Finding> {
    func monthlyAtStake(in currency: Currency) -> Money {
        reduce(.zero(currency)) { $0 + $1.monthlyAtStake }
    }
}
