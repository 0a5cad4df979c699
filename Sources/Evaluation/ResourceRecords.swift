import Conditions
import CostModel

/// The resources as expressions see them, each made when it is first asked for.
final class ResourceRecords {
    private let subjects: [EvaluatedResource]
    private let budgets: [String: BudgetStatus]
    private let now: Instant
    private let currency: Currency
    private let estimates: [ResourceIdentity: ResourceEstimate]
    private var records: [ResourceRecord?]

    /// - Parameters:
    ///   - budgets: how each team's budget stands, by team.
    ///   - estimates: what resources would cost that have no bill.
    init(
        _ subjects: [EvaluatedResource], budgets: [String: BudgetStatus], now: Instant, currency: Currency,
        estimates: [ResourceIdentity: ResourceEstimate]
    ) {
        self.estimates = estimates
        self.subjects = subjects
        self.budgets = budgets
        self.now = now
        self.currency = currency
        records = Array(repeating: nil, count: subjects.count)
    }

    subscript(index: Int) -> ResourceRecord {
        if let record = records[index] { return record }
        let subject = subjects[index]
        let record = ResourceRecord(
            subject.resource,
            .init(
                owner: subject.owner, spend: subject.spend, previousSpend: subject.previousSpend,
                budget: subject.owner.flatMap { budgets[$0.name] }, now: now, currency: currency, unknownSpend: subject.unknownSpend,
                estimate: estimates[subject.resource.identity]))
        records[index] = record
        return record
    }

    /// The judged standing of the first budget by name whose scope is the team.
    static func budgets(_ policies: PolicySet, _ statuses: [BudgetStatus]) -> [String: BudgetStatus] {
        var result: [String: BudgetStatus] = [:]
        for budget in policies.budgets {
            guard let team = budget.scope.team, result[team] == nil else { continue }
            result[team] = statuses.first { $0.judged && $0.name == budget.header.reference.name }
        }
        return result
    }
}
