import Conditions
import CostModel

/// Holds resources against one rule of the workspace's own.
struct RuleJudge: ResourceJudge {
    private let compiled: CompiledRule
    private let table: UtilizationTable
    private let currency: Currency
    private let now: Instant

    static let findingTypes = [FailedAssertion.description]

    init(_ rule: Rule, _ context: JudgingContext) {
        compiled = CompiledRule(rule, coverage: context.coverage)
        table = context.state.utilization
        currency = context.currency
        now = context.now
    }

    static func applies(to resource: Resource) -> Bool { true }

    func judge(_ subject: EvaluatedResource, _ record: @autoclosure () -> ResourceRecord) -> ResourceOutcome {
        let judged = compiled.judge(subject.resource, record(), in: table, now: now, currency: currency)
        var finding = Finding(
            policy: compiled.rule.header, rule: FailedAssertion.id, verdict: .pass, team: subject.owner?.name,
            message: FailedAssertion.holds, resource: subject.reference, location: subject.resource.location,
            monthlyCost: subject.monthlyCost, atStake: nil)
        finding.stake(on: subject, in: currency)
        switch judged.answer {
        case .yes: break
        case .no:
            finding.verdict = .fail
            finding.message = judged.message
            finding.proposal = Dictionary(
                compiled.rule.changes.map { ($0.name, $0.value.text) }, uniquingKeysWith: { first, _ in first })
            if let addition = compiled.rule.addition { finding.proposal = [addition.type: "beside \(subject.resource.identity.address)"] }
            finding.monthlySavings = judged.saves.map { max($0, .zero(currency)) }
            if finding.proposal.isEmpty { finding.reason = Self.noProposal }
        case .unknown(let reason):
            finding.verdict = .unknown
            finding.reason = reason
            finding.message = FailedAssertion.unknown(judged.message, reason: reason)
        case .error(let reason):
            finding.verdict = .error
            finding.reason = reason
            finding.message = FailedAssertion.broken(reason)
        }
        if let stake = judged.atStake {
            finding.atStake = max(stake.of28Days, .zero(currency))
            finding.usualStake = nil
        }
        return .findings([finding])
    }

    private static let noProposal = "the rule says what is wrong and sets nothing"
}

private func max(_ a: Money, _ b: Money) -> Money { a.amount < b.amount ? b : a }
