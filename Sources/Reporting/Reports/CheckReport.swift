package import CostModel

/// What `check` says: findings, budgets, exemptions, and what stood in the way; against a base, what the change does.
package struct CheckReport: MarkdownReport, JUnitReport {
    package var context: ReportContext
    package var result: EvaluationResult
    package var currency: Currency
    package var problems: [Problem]
    /// Show passes too.
    package var showsAll: Bool
    /// Leave nothing out on a terminal either.
    package var showsFull = false
    /// Say what to do next.
    package var showsNext = true
    /// What the change does, where it was held against a base.
    package var comparison: Comparison?
    /// What the change costs, where it was held against a base.
    package var estimate: EstimateChange?
    /// What the policies that the change edits would have found on the past, where that was asked for.
    package var backtest: Backtest?
    /// The workspace's folder in the repository; empty for its root. Code hosts know files from there.
    package var prefix = ""
    /// The workspace's name.
    package var workspace = ""
    package var toolVersion = ""
    /// Where the repository is at home, without credentials: `https://github.com/acme/infra`.
    package var repositoryURL: String?
    /// Of the policies that were judged by.
    package var policies: [PolicyHeader] = []
    /// What is to be said about rules.
    package var rules: [RuleText] = []
    /// What would fix findings: by bytes of the judged revision, files relative to the repository. Empty where a plan was not made.
    package var fixes: [Plan.Change] = []

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

    /// Marks what a plan fixes.
    package mutating func mark(fixable: Set<String>) {
        guard !fixable.isEmpty else { return }
        for index in result.findings.indices where result.findings[index].isFailing {
            result.findings[index].isFixable = fixable.contains(result.findings[index].id)
        }
        guard var marked = comparison else { return }
        for index in marked.findings.indices {
            guard let id = marked.findings[index].after?.id else { continue }
            marked.findings[index].after?.isFixable = fixable.contains(id)
        }
        comparison = marked
    }

    /// The findings to list, in the order of the evaluation.
    var listed: [Finding] { showsAll ? result.findings : result.findings.filter { $0.verdict != .pass } }
    var isPartial: Bool { problems.contains { $0.severity == .partial } }

    /// What fails, not copied: there may be many.
    var failing: LazyFilterSequence<[Finding]> { result.findings.lazy.filter(\.isFailing) }

    /// Those of them that the reader should act on: against a base what the change brings.
    var actionable: [Finding] {
        comparison.map { $0.changes(.new, .changed).compactMap(\.after).filter(\.isFailing) } ?? Array(failing)
    }
}

extension Finding {
    /// Dollars at stake as a twelfth of a year, so that all columns of a report are months. Nil: there is no bill to tell.
    var monthlyAtStake: Money? { atStake.map { Money($0.amount.scaled(by: 365, over: 336), $0.currency) } }

    /// What a failing finding puts at stake in a month, where that is known and not nothing.
    var shownAtStake: Money? { verdict == .fail ? monthlyAtStake.flatMap { $0.amount.isZero ? nil : $0 } : nil }
}

extension Finding {
    /// The dollars of a month that a failing finding is about: `$412`; by estimate where no bill tells: `~$412`.
    var stakeText: String? {
        if let stake = shownAtStake { return stake.short }
        return verdict == .fail ? estimatedMonthly.flatMap { $0.amount.isZero ? nil : "~\($0.short)" } : nil
    }
}

extension Money {
    /// The order of a report: the most money first, and what nobody knows last.
    static func precedes(_ a: Money?, _ b: Money?) -> Bool {
        guard let a else { return false }
        guard let b else { return true }
        return a.amount > b.amount
    }
}

extension Sequence<Finding> {
    /// Nil where it is not known of all: a part would look like the whole.
    func monthlyAtStake(in currency: Currency) -> Money? {
        reduce(Money.zero(currency)) { sum, finding in
            guard let sum, let stake = finding.monthlyAtStake else { return nil }
            return sum + stake
        }
    }
}
