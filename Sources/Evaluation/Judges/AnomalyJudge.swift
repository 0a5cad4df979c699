import CostModel
import TimeSeries

/// Holds the bill's days against what they should have been: one finding for each event that goes on, or has just ended.
struct AnomalyJudge: BillJudge {
    private let policy: AnomalyPolicy
    private let context: BillContext
    private let table: CostTable
    private var scope: BudgetScope
    private var leaves: LeafTable
    private var sums: SpendTotals.Sums

    static let findingTypes = [CostAnomaly.description]
    /// Events that ended longer ago are history.
    private static let remembered = 30
    private static let mostCauses = 5
    /// Of a bill with more events than that, somebody has to say first what is not to be watched.
    private static let mostAnomalies = 1_000

    init(_ policy: AnomalyPolicy, _ context: BillContext) {
        self.policy = policy
        self.context = context
        table = context.judging.state.cost
        scope = BudgetScope(policy.scope, context, includeTax: false, includeCredits: false)
        leaves = LeafTable(table, basis: policy.cost, today: context.windows.today)
        sums = SpendTotals.Sums(teams: context.attribution.teams.count, windows: context.windows.count)
    }

    mutating func add(_ line: CostTable.Line, team: Int?) {
        guard line.key.category == .usage, scope.holds(line.key, team: team) else {
            return leaves.add(line, group: nil)
        }
        if let window = context.windows.index(of: line.key.day) {
            sums.add(
                line.amounts.effective, owner: team ?? context.attribution.teams.count, window: window)
        }
        switch policy.group {
        case .team: leaves.add(line, group: team.map(Int32.init) ?? -1)
        case .account: leaves.add(line, group: line.key.account)
        case .service: leaves.add(line, group: line.key.service)
        }
    }

    func withoutBill() -> Finding { unknown(ObservationProblem.noBillReason) }

    func outcome() -> BillOutcome {
        let control = context.control(of: policy.header, sums)
        guard table.namesSKUs else {
            return BillOutcome(
                findings: [unknown("what was observed has no days of single products, as in a snapshot")],
                control: control)
        }
        guard leaves.count > LeafWatch.warmUp else {
            return BillOutcome(
                findings: [
                    unknown("the bill has \(leaves.count) days, \(LeafWatch.warmUp + 1) are needed")
                ], control: control)
        }
        let found = anomalies()
        let open = found.filter { $0.why == nil }
        let none = context.fault.map(unknown) ?? pass
        let findings = open.isEmpty ? [none] : open.map(finding)
        return BillOutcome(findings: findings, control: control, anomalies: found)
    }

    // MARK: Events

    private func anomalies() -> [Anomaly] {
        let names = context.attribution.teams
        let days = leaves.days { number in
            switch policy.group {
            case .team: number < 0 ? nil : names[Int(number)]
            case .account, .service: table.name(number)
            }
        }
        let settings = WatchSettings(
            minimumImpact: policy.minimumImpact.amount.approximation,
            minimumChange: policy.minimumChange.approximation,
            sensitivity: policy.sensitivity.factor, unsettled: min(policy.settle, leaves.count))
        let watch = CostWatch(
            days.leaves, missing: days.missing, firstEpochDay: Int(leaves.first.number),
            settings: settings)
        let newest = leaves.count - settings.unsettled
        let recent = watch.anomalies().filter { $0.isOpen || newest - $0.end <= Self.remembered }
            .prefix(Self.mostAnomalies)
        let causes = CauseDays(of: recent.flatMap { $0.causes.prefix(Self.mostCauses) }, days, leaves, table, policy.cost)
        return recent.map { anomaly($0, watch, causes) }
    }

    private func anomaly(_ event: CostEvent, _ watch: CostWatch, _ days: CauseDays)
        -> Anomaly
    {
        let currency = policy.minimumImpact.currency
        func money(_ value: Double) -> Money { Money(FixedDecimal(computed: value), currency) }
        let whole = event.causes.reduce(0) { $0 + $1.impact }
        let start = leaves.first.advanced(by: event.start)
        let group = event.account == nil ? event.team : nil
        let causes = event.causes.prefix(Self.mostCauses).map { cause in
            let leaf = watch.leaves[cause.leaf]
            let resources = days.resources(of: cause)
            var found = Anomaly.Cause(
                account: leaf.account, service: leaf.service, region: leaf.region, sku: leaf.sku, resource: resources.main,
                impact: money(cause.impact), share: whole > 0 ? cause.impact / whole : 0,
                rate: watch.rateEffect(of: cause).map(money))
            found.gainers = resources.gainers
            // A bill that holds a day twice, and a tag that was lost, end nothing.
            if event.kind != .data, event.kind != .moved { found.commitment = days.endedDiscount(of: cause).map(money) }
            return found
        }
        let whose = event.account.map { "account:\($0)" } ?? group ?? "unowned"
        let expected = FixedDecimal(computed: event.expected)
        // So that the three amounts that are shown agree exactly.
        let impact = FixedDecimal(computed: event.impact)
        return Anomaly(
            id: "\(policy.header.reference.name)/\(whose)/\(start)", policy: policy.header.reference,
            team: policy.group == .team ? group : nil, group: group, account: event.account,
            kind: event.kind.rawValue, start: start,
            lastDay: leaves.first.advanced(by: event.end), isRunning: event.isOpen,
            expected: Money(expected, currency),
            actual: Money(expected + impact, currency), replaced: money(event.replaced), causes: causes,
            why: policy.expected.first { $0.from <= start && start <= $0.to }?.why)
    }

    // MARK: Findings

    /// What is at stake in 28 days: what it costs if it goes on, or what it did cost where it has ended or is only a day or two old. A bill
    /// that is wrong, and cost that another team paid before, is nothing that anybody spends.
    private static func stake(of anomaly: Anomaly) -> FixedDecimal {
        guard anomaly.kind != AnomalyKind.data.rawValue, anomaly.kind != AnomalyKind.moved.rawValue
        else { return .zero }
        let days = anomaly.start.distance(to: anomaly.lastDay) + 1
        let rate = anomaly.impact.amount.scaled(by: Int128(Windows.length), over: Int128(max(1, days)))
        return max(.zero, anomaly.isRunning && days > 2 ? rate : min(rate, anomaly.impact.amount))
    }

    private func finding(_ anomaly: Anomaly) -> Finding {
        var finding = Finding(
            policy: policy.header, rule: CostAnomaly.id, verdict: .fail,
            team: anomaly.team ?? policy.scope.team,
            message: CostAnomaly.message(anomaly),
            subject: String(anomaly.id.dropFirst(policy.header.reference.name.utf8.count + 1)),
            location: policy.header.place,
            atStake: Money(Self.stake(of: anomaly), anomaly.impact.currency))
        finding.fix = .advisory
        return finding
    }

    private var pass: Finding {
        var finding = Finding(
            policy: policy.header, rule: CostAnomaly.id, verdict: .pass, team: policy.scope.team,
            message: CostAnomaly.none,
            location: policy.header.place, atStake: .zero(policy.minimumImpact.currency))
        finding.fix = .advisory
        return finding
    }

    private func unknown(_ reason: String) -> Finding {
        var finding = Finding(
            policy: policy.header, rule: CostAnomaly.id, verdict: .unknown, team: policy.scope.team,
            message: CostAnomaly.unknown(policy.header.reference.name), reason: reason,
            location: policy.header.place, atStake: nil)
        finding.fix = .advisory
        return finding
    }
}
