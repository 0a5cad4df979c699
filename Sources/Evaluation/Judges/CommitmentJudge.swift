import CostModel

/// Holds commitments against what is expected of them, by the newest month that the bill holds wholly.
struct CommitmentJudge: BillJudge {
    private let policy: CommitmentPolicy
    private let context: BillContext
    private let month: Month?
    private var scope: BudgetScope
    private var tally: CommitmentTally
    private var sums: SpendTotals.Sums

    static let findingTypes = [LowCoverage.description, UnusedCommitment.description, EndingCommitment.description]

    init(_ policy: CommitmentPolicy, _ context: BillContext) {
        self.policy = policy
        self.context = context
        let table = context.judging.state.cost
        month = context.windows.newestMonth(of: table)
        scope = BudgetScope(policy.scope, context)
        let none = context.windows.today..<context.windows.today
        tally = CommitmentTally(policy, table: table, teams: context.attribution.teams, days: month?.days ?? none)
        sums = SpendTotals.Sums(teams: context.attribution.teams.count, windows: context.windows.count)
    }

    mutating func add(_ line: CostTable.Line, team: Int?) {
        guard scope.holds(line.key, team: team) else { return }
        tally.add(line, team: team)
        guard line.key.category == .usage, let window = context.windows.index(of: line.key.day) else { return }
        sums.add(line.amounts.effective, owner: team ?? context.attribution.teams.count, window: window)
    }

    func withoutBill() -> Finding { unknown(nil, ObservationProblem.noBillReason) }

    func outcome() -> BillOutcome { BillOutcome(findings: findings, control: context.control(of: policy.header, sums)) }

    private var findings: [Finding] {
        guard let month else { return [unknown(nil, "the bill holds no whole month")] }
        if let gap = context.windows.gap(in: month) { return [unknown(nil, gap)] }
        let statement = tally.statement()
        if let gap = statement.gap { return [unknown(nil, gap)] }
        let found = coverage(statement, month) + statement.commitments.flatMap { utilization($0, month) } + ends(statement)
        guard found.isEmpty else { return found }
        if let fault = context.fault { return [unknown(nil, fault)] }
        return [finding(LowCoverage.id, .pass, team: policy.scope.team, LowCoverage.none, subject: nil, stake: .zero)]
    }

    // MARK: What is found

    private func coverage(_ statement: CommitmentStatement, _ month: Month) -> [Finding] {
        guard let target = policy.minimumCoverage else { return [] }
        guard let coverage = statement.total.coverage else {
            let why =
                statement.total.unpriced.isZero
                ? "nothing was used that a commitment can pay for"
                : "the bill does not state every \(policy.onDemandPrice.rawValue) cost of what commitments can pay for"
            return statement.commitments.isEmpty ? [] : [unknown("coverage", why)]
        }
        guard coverage.share < target else { return [] }
        let total = statement.total
        let missing = total.onDemand.times(target) - total.coveredOnDemand
        // What it would have saved at the price of what commitments paid for.
        let rate = CommitmentStatement.Rate(total.coveredOnDemand - total.covered, of: total.coveredOnDemand)?.share ?? .zero
        let stake = of28Days(max(.zero, missing.times(rate)), month)
        return [
            finding(
                LowCoverage.id, .fail, team: policy.scope.team,
                LowCoverage.message(coverage.share, target, month, missing: Money(missing, statement.currency)), subject: "coverage",
                stake: stake)
        ]
    }

    private func utilization(_ commitment: CommitmentStatement.Commitment, _ month: Month) -> [Finding] {
        guard let target = policy.minimumUtilization else { return [] }
        guard commitment.unstated.isZero else {
            return [unknown(commitment.id, "the bill does not say how much of it was used: CommitmentDiscountStatus is missing")]
        }
        guard let utilization = commitment.utilization, utilization.share < target else { return [] }
        let most = commitment.unusedShares.max { ($0.amount, $1.team ?? "") < ($1.amount, $0.team ?? "") }
        return [
            finding(
                UnusedCommitment.id, .fail, team: most?.team,
                UnusedCommitment.message(
                    commitment, utilization.share, target, month, context.judging.currency), subject: commitment.id,
                stake: of28Days(commitment.unused, month))
        ]
    }

    private func ends(_ statement: CommitmentStatement) -> [Finding] {
        guard let span = policy.expiresWithin else { return [] }
        let today = context.windows.today
        let soon = context.judging.now.adding(span).day
        var found: [Finding] = []
        for commitment in statement.commitments {
            guard let end = commitment.end, today < end, end <= soon else { continue }
            let stake = max(.zero, of28Days(commitment.savings ?? .zero, month ?? today.month))
            found.append(
                finding(
                    EndingCommitment.id, .fail, team: policy.scope.team,
                    EndingCommitment.message(
                        commitment, end, days: today.distance(to: end), Money(stake, context.judging.currency)),
                    subject: "\(commitment.id) end", stake: stake))
        }
        let endless = statement.commitments.filter { $0.end == nil }
        if !endless.isEmpty { found.append(unknown("ends", EndingCommitment.unstated(endless.map(\.name)))) }
        return found
    }

    // MARK: Findings

    private func of28Days(_ amount: FixedDecimal, _ month: Month) -> FixedDecimal {
        amount.scaled(by: Int128(Windows.length), over: Int128(month.dayCount))
    }

    private func finding(
        _ rule: String, _ verdict: Verdict, team: String?, _ message: String, subject: String?, stake: FixedDecimal
    ) -> Finding {
        var finding = Finding(
            policy: policy.header, rule: rule, verdict: verdict, team: team, message: message, subject: subject,
            location: policy.header.place, atStake: Money(stake, context.judging.currency))
        finding.fix = .advisory
        return finding
    }

    private func unknown(_ subject: String?, _ reason: String) -> Finding {
        let rule = subject == "ends" ? EndingCommitment.id : subject == nil || subject == "coverage" ? LowCoverage.id : UnusedCommitment.id
        var finding = Finding(
            policy: policy.header, rule: rule, verdict: .unknown, team: policy.scope.team,
            message: LowCoverage.unknown(policy.header.reference.name, subject), subject: subject, reason: reason,
            location: policy.header.place, atStake: nil)
        finding.fix = .advisory
        return finding
    }
}
