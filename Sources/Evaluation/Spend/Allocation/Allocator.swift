import CostModel

/// Divides the bill, day by day, as the allocations say.
///
/// Every line is divided at most once, by the allocation whose scope says most, of equal ones the first by name. What a team is given is
/// divided again only by an allocation of all that this team has. Amounts of one day are divided exactly, so that any sum of days is exact.
struct Allocator {
    /// What was moved: an amount of one day.
    struct Move: Hashable {
        var allocation: Int
        /// The number of a team; nil: nobody.
        var giver: Int?
        var receiver: Int
        var day: Day
    }

    private struct Pool: Hashable {
        var owner: Int?
        var day: Day
    }

    private(set) var direct: [Int?: [Day: FixedDecimal]] = [:]
    private(set) var moves: [Move: FixedDecimal] = [:]
    private(set) var undivided: [Showback.Undivided] = []
    private let policies: PolicySet
    private let teams: [String]
    private let numbers: [String: Int]
    private let lineage: Lineage
    /// What each team has to itself in a calendar month, before anything is divided.
    private var spent: [Month: [FixedDecimal]] = [:]
    /// What metrics counted of each team in a calendar month, by the metric's name.
    private var counted: [String: [Month: [FixedDecimal]]] = [:]

    init(_ policies: PolicySet, _ context: BillContext, metrics: [String: UnitCounts]) {
        self.policies = policies
        teams = context.attribution.teams
        numbers = Dictionary(teams.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        lineage = context.lineage
        counted = metrics.mapValues { counts in Self.monthly(counts, teams, before: context.windows.today) }
        var pools = collect(context)
        // What teams were given so far.
        var received: [Pool: FixedDecimal] = [:]
        for at in AllocationOrder(policies.allocations, teams: policies.teams).order {
            let allocation = policies.allocations[at]
            if let team = allocation.scope.wholeTeam {
                let givers = Set(lineage.descendants(of: team).union([team]).compactMap { numbers[$0] })
                for (pool, amount) in received where pool.owner.map(givers.contains) ?? false {
                    pools[at][pool, default: .zero] += amount
                    received[pool] = nil
                }
            }
            for (move, amount) in divide(pools[at], by: at) {
                moves[move] = amount
                received[Pool(owner: move.receiver, day: move.day), default: .zero] += amount
            }
        }
    }

    private static func monthly(_ counts: UnitCounts, _ teams: [String], before today: Day) -> [Month: [FixedDecimal]] {
        var months: [Month: [FixedDecimal]] = [:]
        for day in counts.days.keys where day < today {
            for (at, team) in teams.enumerated() {
                months[day.month, default: Array(repeating: .zero, count: teams.count)][at] += counts.value(of: team, on: day) ?? .zero
            }
        }
        return months
    }

    /// Adds up what every team has, and what every allocation divides of it.
    private mutating func collect(_ context: BillContext) -> [[Pool: FixedDecimal]] {
        let table = context.judging.state.cost
        let order = policies.allocations.indices.sorted { a, b in
            let (left, right) = (policies.allocations[a], policies.allocations[b])
            return (right.scope.specificity, left.name) < (left.scope.specificity, right.name)
        }
        var scopes = order.map { AllocationScope(policies.allocations[$0].scope, context) }
        var pools: [[Pool: FixedDecimal]] = Array(repeating: [:], count: policies.allocations.count)
        for line in table.lines where line.key.day < context.windows.today {
            let (key, amount) = (line.key, line.amounts.effective)
            let team = context.attribution.team(of: key)
            direct[team, default: [:]][key.day, default: .zero] += amount
            if let team { spent[key.day.month, default: Array(repeating: .zero, count: teams.count)][team] += amount }
            guard let first = scopes.indices.first(where: { scopes[$0].holds(key, team: team) }) else { continue }
            pools[order[first]][Pool(owner: team, day: key.day), default: .zero] += amount
        }
        return pools
    }

    private mutating func divide(_ pools: [Pool: FixedDecimal], by at: Int) -> [Move: FixedDecimal] {
        let allocation = policies.allocations[at]
        let receivers = allocation.receivers(among: teams, lineage).compactMap { numbers[$0] }
        var moved: [Move: FixedDecimal] = [:]
        var left: [Month: FixedDecimal] = [:]
        for (pool, amount) in pools where !amount.isZero {
            guard let shares = shares(of: amount, allocation, receivers, pool.day.month) else {
                left[pool.day.month, default: .zero] += amount
                continue
            }
            // What somebody would give to themselves stays.
            for (receiver, share) in zip(receivers, shares) where receiver != pool.owner && !share.isZero {
                moved[Move(allocation: at, giver: pool.owner, receiver: receiver, day: pool.day)] = share
            }
        }
        undivided += left.map { month, amount in
            Showback.Undivided(
                allocation: allocation.name, month: month, amount: amount,
                reason: receivers.isEmpty ? "there is no team to give it to" : reason(allocation, month))
        }
        .sorted { $0.month < $1.month }
        return moved
    }

    private func reason(_ allocation: Allocation, _ month: Month) -> String {
        guard case .byMetric(let name) = allocation.split else { return "none of its teams spent anything of its own in that month" }
        return counted[name]?[month] == nil
            ? "the metric '\(name)' has no day of that month" : "the metric '\(name)' counted nothing of its teams in that month"
    }

    /// - Returns: nil where the amount cannot be divided.
    private func shares(of amount: FixedDecimal, _ allocation: Allocation, _ receivers: [Int], _ month: Month) -> [FixedDecimal]? {
        guard !receivers.isEmpty else { return nil }
        switch allocation.split {
        case .even: return amount.divided(by: receivers.map { _ in FixedDecimal(1) })
        case .byCost:
            // Who got more back than it spent takes no share.
            return amount.divided(by: receivers.map { max(.zero, spent[month]?[$0] ?? .zero) })
        case .byMetric(let name): return amount.divided(by: receivers.map { counted[name]?[month]?[$0] ?? .zero })
        case .fixed(let parts):
            let weights = receivers.map { parts[teams[$0]] ?? .zero }
            let kept = FixedDecimal(1) - weights.reduce(.zero, +)
            return amount.divided(by: weights + [kept]).map { Array($0.dropLast()) }
        }
    }
}

/// Which lines an allocation divides.
struct AllocationScope {
    private var lines: BudgetScope
    private let isUnowned: Bool
    private let untagged: [Bool]?

    init(_ scope: Allocation.Scope, _ context: BillContext) {
        lines = BudgetScope(scope.lines, context)
        isUnowned = scope.isUnowned
        untagged =
            scope.untagged.isEmpty
            ? nil
            : context.judging.state.cost.tagSets.map { tags in
                // A tag without a value tells nobody anything.
                scope.untagged.allSatisfy { tags[$0]?.isEmpty ?? true }
            }
    }

    mutating func holds(_ key: CostTable.Key, team: Int?) -> Bool {
        if isUnowned, team != nil { return false }
        if let untagged, !untagged[Int(key.tagSet)] { return false }
        return lines.holds(key, team: team)
    }
}
