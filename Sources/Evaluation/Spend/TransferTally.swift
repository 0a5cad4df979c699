package import CostModel

/// Adds up what transfer cost, by team, kind and resource.
struct TransferTally {
    private struct Key: Hashable {
        var team: Int
        var kind: TransferKind
    }

    /// How many resources are named of each.
    private static let mostResources = 3

    private let table: CostTable
    private let teams: [String]
    private let days: Range<Day>
    private let cost: CostBasis
    private var sums: [Key: [Int32: FixedDecimal]] = [:]
    private let shares: TrafficShares?
    /// Of the accounts that logs of traffic name.
    private var logged: [TransferKind: [Day: FixedDecimal]] = [:]
    private let isLogged: [Bool]

    /// - Parameter shares: divide it among those who sent the bytes; nil: there are no logs.
    init(_ table: CostTable, teams: [String], days: Range<Day>, cost: CostBasis, shares: TrafficShares?) {
        self.shares = shares
        let accounts = shares?.accounts
        isLogged = table.names.map { name in name.isEmpty || accounts?.contains(name) ?? true }
        self.table = table
        self.teams = teams
        self.days = days
        self.cost = cost
    }

    mutating func add(_ line: CostTable.Line, team: Int?) {
        guard line.key.terms != 0, line.key.category == .usage, days.contains(line.key.day) else { return }
        let kind = table.terms[Int(line.key.terms)].transfer
        guard kind != .notTransfer else { return }
        if shares != nil, isLogged[Int(line.key.account)] {
            logged[kind, default: [:]][line.key.day, default: .zero] += line.amounts[cost]
        }
        sums[Key(team: team ?? teams.count, kind: kind), default: [:]][line.key.resource, default: .zero] += line.amounts[cost]
    }

    func statement() -> TransferStatement {
        var statement = TransferStatement(days: days, currency: table.currency, cost: cost)
        let rows = sums.map { key, resources in
            let named = resources.filter { $0.key != 0 && !$0.value.isZero }.map {
                TransferStatement.Resource(name: table.name($0.key), amount: $0.value)
            }
            let row = TransferStatement.Row(
                team: key.team < teams.count ? teams[key.team] : nil, kind: key.kind, amount: resources.values.reduce(.zero, +),
                resources: Array(named.sorted { ($1.amount, $0.name) < ($0.amount, $1.name) }.prefix(Self.mostResources)))
            return (team: key.team, row: row)
        }
        statement.rows = rows.sorted { a, b in
            if a.team != b.team { return a.team < b.team }
            return a.row.amount == b.row.amount ? a.row.kind < b.row.kind : a.row.amount > b.row.amount
        }.map(\.row)
        shares?.add(to: &statement, charged: logged)
        if !table.tellsTransfer {
            statement.gap =
                "what was observed does not tell charges apart by usage type or meter, as a snapshot, a bill in a query engine, and one without such columns"
        }
        return statement
    }
}

extension PolicyEvaluator {
    /// What transfer cost.
    ///
    /// - Parameter days: nil: the 28 days to the newest whole one.
    package static func transfer(
        policies: PolicySet, state: ObservedState, now: Instant, cost: CostBasis = .effective, days: Range<Day>?
    ) -> TransferStatement {
        let context = BillContext(policies, state, now)
        let days = days ?? context.windows.current
        var tally = TransferTally(
            state.cost, teams: context.attribution.teams, days: days, cost: cost, shares: context.trafficShares)
        for line in state.cost.lines { tally.add(line, team: context.attribution.team(of: line.key)) }
        var statement = tally.statement()
        statement.coverage = state.cost.coverage?.span(of: days)
        return statement
    }
}
