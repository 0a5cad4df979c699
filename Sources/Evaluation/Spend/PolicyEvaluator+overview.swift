package import CostModel

extension PolicyEvaluator {
    /// How the whole bill stands: effective cost, taxes and credits too, each line once.
    ///
    /// - Returns: nil where there is no bill, or no line of it.
    package static func overview(policies: PolicySet, state: ObservedState, now: Instant) -> SpendOverview? {
        guard state.hasBill, let bill = state.cost.days else { return nil }
        let context = BillContext(policies, state, now)
        let (windows, table) = (context.windows, state.cost)
        var month = BudgetJudge(wholeBill(policies.workspace), context)
        var sums = Array(repeating: WindowSums(), count: dimensions(table).count)
        var total = WindowSums()
        let dimensions = dimensions(table)
        for line in table.lines {
            let team = context.attribution.team(of: line.key)
            month.add(line, team: team)
            guard let window = windows.index(of: line.key.day), window < 2 else { continue }
            total.add(line.amounts.effective, nil, window)
            for (index, dimension) in dimensions.enumerated() {
                let name = team.map { context.attribution.teams[$0] }
                sums[index].add(line.amounts.effective, value(of: dimension, line.key, team: name, table), window)
            }
        }
        guard let status = month.outcome().budgets.last else { return nil }
        let parts = zip(dimensions, sums).map { SpendOverview.Part(dimension: $0, rows: $1.rows(windows, table.currency)) }
        let unknown = (bill.lowerBound..<max(bill.lowerBound, windows.today)).filter { day in
            !(table.coverage?.state(of: day, accounts: nil).isKnown ?? true)
        }
        let none = Money.zero(table.currency)
        return SpendOverview(
            month: status, days: windows.current,
            total: total.rows(windows, table.currency).first
                ?? .init(name: nil, current: none, previous: windows.pastCount > 0 ? none : nil),
            parts: parts, unknownDays: Set(unknown))
    }

    /// As if it were one budget's scope.
    private static func wholeBill(_ workspace: Workspace) -> Budget {
        Budget(
            header: PolicyHeader(reference: PolicyReference(.workspace, workspace.name), place: workspace.place, level: 1),
            amountPlace: workspace.place, scope: Budget.Scope(), amount: .zero(workspace.currency), includeTax: true, alerts: [])
    }

    /// A bill has many tags; those that policies ask for are few, and people know them.
    private static func dimensions(_ table: CostTable) -> [CostBreakdown.Dimension] {
        let keys = Set(table.tagSets.flatMap(\.keys)).sorted().prefix(4)
        return [.team, .service, .region, .account] + keys.map { .tag($0) }
    }

    private static func value(
        of dimension: CostBreakdown.Dimension, _ key: CostTable.Key, team: String?, _ table: CostTable
    ) -> String? {
        let name: String? =
            switch dimension {
            case .team: team
            case .service: table.name(key.service)
            case .region: table.name(key.region)
            case .account: table.name(key.account)
            case .tag(let tag): table.tagSets[Int(key.tagSet)][tag]
            case .provider, .day, .month, .resource, .sku, .instanceType: nil
            }
        return name.flatMap { $0.isEmpty ? nil : $0 }
    }
}

/// What each name cost in the newest window and in the one before it.
private struct WindowSums {
    private var amounts: [String?: (current: FixedDecimal, previous: FixedDecimal)] = [:]

    mutating func add(_ amount: FixedDecimal, _ name: String?, _ window: Int) {
        if window == 0 {
            amounts[name, default: (.zero, .zero)].current += amount
        } else {
            amounts[name, default: (.zero, .zero)].previous += amount
        }
    }

    func rows(_ windows: Windows, _ currency: Currency) -> [SpendOverview.Row] {
        let rows = amounts.map { name, sums in
            SpendOverview.Row(
                name: name, current: Money(windows.whole(sums.current, window: 0), currency),
                previous: windows.pastCount > 0 ? Money(windows.whole(sums.previous, window: 1), currency) : nil)
        }
        return rows.sorted { a, b in
            if a.current.amount != b.current.amount { return a.current.amount > b.current.amount }
            guard let left = a.name, let right = b.name else { return b.name == nil && a.name != nil }
            return left < right
        }
    }
}
