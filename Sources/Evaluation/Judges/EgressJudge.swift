import CostModel

/// Holds what transfer cost each team in the 28 closed days, taken for a month, against what it may cost.
struct EgressJudge: BillJudge {
    private let policy: EgressPolicy
    private let context: BillContext
    private var scope: BudgetScope
    private var tally: TransferTally
    private var sums: SpendTotals.Sums

    static let findingTypes = [TransferOverLimit.description]

    init(_ policy: EgressPolicy, _ context: BillContext) {
        self.policy = policy
        self.context = context
        scope = BudgetScope(policy.scope, context)
        let table = context.judging.state.cost
        tally = TransferTally(
            table, teams: context.attribution.teams, days: context.windows.current, cost: policy.cost, shares: context.trafficShares)
        sums = SpendTotals.Sums(teams: context.attribution.teams.count, windows: context.windows.count)
    }

    mutating func add(_ line: CostTable.Line, team: Int?) {
        guard scope.holds(line.key, team: team), !context.windows.isLeftOut(line.key.day) else { return }
        tally.add(line, team: team)
        let terms = context.judging.state.cost.terms[Int(line.key.terms)]
        guard terms.transfer != .notTransfer, line.key.category == .usage, let window = context.windows.index(of: line.key.day) else {
            return
        }
        sums.add(line.amounts.effective, owner: team ?? context.attribution.teams.count, window: window)
    }

    func withoutBill() -> Finding { unknown(ObservationProblem.noBillReason) }

    func outcome() -> BillOutcome { BillOutcome(findings: findings, control: context.control(of: policy.header, sums)) }

    private var findings: [Finding] {
        let statement = tally.statement()
        if let gap = statement.gap ?? context.windows.gap { return [unknown(gap)] }
        var found: [Finding] = []
        for (team, rows) in Dictionary(grouping: statement.rows, by: \.team).sorted(by: { ($0.key ?? "~") < ($1.key ?? "~") }) {
            for row in rows {
                guard let limit = policy.limits[row.kind] else { continue }
                found += over(limit, row.amount, team, subject: row.kind.name, row, statement)
            }
            guard let limit = policy.total, let most = rows.max(by: { ($0.amount, $1.kind) < ($1.amount, $0.kind) }) else { continue }
            found += over(limit, rows.reduce(.zero) { $0 + $1.amount }, team, subject: "total", most, statement)
        }
        guard found.isEmpty else { return found }
        if let fault = context.fault { return [unknown(fault)] }
        return [finding(.pass, team: policy.scope.team, TransferOverLimit.none, subject: nil, stake: .zero)]
    }

    private func over(
        _ limit: Money, _ amount: FixedDecimal, _ team: String?, subject: String, _ most: TransferStatement.Row,
        _ statement: TransferStatement
    ) -> [Finding] {
        let whole = Money(context.windows.whole(amount, window: 0), limit.currency)
        guard whole.monthly.amount > limit.amount else { return [] }
        let stake = whole.amount - limit.of28Days.amount
        let message = TransferOverLimit.message(team, subject, most, whole.monthly, limit, hottest(of: most, team, statement))
        return [finding(.fail, team: team, message, subject: "\(team ?? "unowned")/\(subject)", stake: stake)]
    }

    /// The pairs that cost most of a kind and are the team's, or nobody's that is known.
    private func hottest(of row: TransferStatement.Row, _ team: String?, _ statement: TransferStatement) -> [TransferStatement.Pair] {
        let pairs = statement.pairs.filter { $0.kind == row.kind && !$0.amount.isZero }
        let own = pairs.filter { $0.known?.team == team && $0.known != nil }
        return Array((own.isEmpty ? pairs.filter { $0.known == nil } : own).prefix(TransferOverLimit.mostPairs))
    }

    private func finding(_ verdict: Verdict, team: String?, _ message: String, subject: String?, stake: FixedDecimal) -> Finding {
        var finding = Finding(
            policy: policy.header, rule: TransferOverLimit.id, verdict: verdict, team: team, message: message, subject: subject,
            location: policy.header.place, atStake: Money(stake, context.judging.currency))
        finding.fix = .advisory
        return finding
    }

    private func unknown(_ reason: String) -> Finding {
        var finding = Finding(
            policy: policy.header, rule: TransferOverLimit.id, verdict: .unknown, team: policy.scope.team,
            message: TransferOverLimit.unknown(policy.header.reference.name), reason: reason, location: policy.header.place, atStake: nil)
        finding.fix = .advisory
        return finding
    }
}
