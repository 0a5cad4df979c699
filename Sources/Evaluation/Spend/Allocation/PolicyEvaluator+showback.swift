package import CostModel

extension PolicyEvaluator {
    /// What each team spends, gives and is given.
    ///
    /// - Parameters:
    ///   - metrics: what was counted, by the names of metrics.
    ///   - days: those that are asked for; nil: all that the bill has and that are over.
    ///   - unit: what it is added up by beside teams.
    package static func showback(
        policies: PolicySet, state: ObservedState, metrics: [String: UnitCounts] = [:], now: Instant, days: Range<Day>?,
        unit: Showback.Unit?
    ) -> Showback {
        let context = BillContext(policies, state, now)
        let allocator = Allocator(policies, context, metrics: metrics)
        let first = state.cost.days?.lowerBound
        let asked = days ?? first.map { $0..<max($0, context.windows.today) }
        let counted = asked.map { $0.clamped(to: $0.lowerBound..<max($0.lowerBound, context.windows.today)) }
        func time(_ day: Day) -> String? { unit?.text(of: day) }
        func isCounted(_ day: Day) -> Bool { counted?.contains(day) ?? false }

        struct Place: Hashable {
            var time: String?
            var team: Int?
        }
        let teams = context.attribution.teams
        var rows: [Place: Showback.Row] = [:]
        func change(_ day: Day, _ team: Int?, _ apply: (inout Showback.Row) -> Void) {
            let place = Place(time: time(day), team: team)
            apply(&rows[place, default: Showback.Row(time: place.time, team: team.map { teams[$0] })])
        }
        for (team, byDay) in allocator.direct {
            for (day, amount) in byDay where isCounted(day) { change(day, team) { $0.direct += amount } }
        }
        var shares: [Showback.Share: FixedDecimal] = [:]
        for (move, amount) in allocator.moves where isCounted(move.day) {
            change(move.day, move.giver) { $0.given += amount }
            change(move.day, move.receiver) { $0.received += amount }
            let share = Showback.Share(
                allocation: policies.allocations[move.allocation].name, giver: move.giver.map { teams[$0] }, receiver: teams[move.receiver],
                time: time(move.day), amount: .zero)
            shares[share, default: .zero] += amount
        }
        let months = counted.map { days in Set(days.map(\.month)) } ?? []
        var showback = Showback(
            currency: state.cost.currency, unit: unit, days: counted,
            rows: rows.values.sorted(by: Showback.Row.precedes),
            shares: shares.map { share, amount in
                var share = share
                share.amount = amount
                return share
            }.sorted(by: Showback.Share.precedes),
            undivided: allocator.undivided.filter { months.contains($0.month) },
            coverage: counted.flatMap { days in state.cost.coverage?.span(of: days, accounts: nil) })
        if unit != nil, let counted, let coverage = state.cost.coverage {
            let days = Dictionary(grouping: counted) { time($0) ?? "" }
            showback.coverages = days.mapValues { days in coverage.span(of: days[0]..<days[days.count - 1].advanced(by: 1)) }
        }
        for (name, counts) in metrics.sorted(by: { $0.key < $1.key }) {
            for month in months.sorted() {
                let over = month.days.filter { $0 < context.windows.today }
                let there = over.count { counts.days[$0] != nil }
                // Of a month without any day what stays undivided says so.
                guard there > 0, there < over.count else { continue }
                showback.gaps.append(Showback.Gap(metric: name, month: month, days: there, daysInAll: over.count))
            }
        }
        return showback
    }
}

extension BillContext {
    init(_ policies: PolicySet, _ state: ObservedState, _ now: Instant) {
        self.init(
            judging: JudgingContext(policies, state, now),
            windows: Windows(now: now, bill: state.cost),
            attribution: CostAttribution(
                table: state.cost, teams: policies.teams.map(\.name),
                ownership: Ownership(teams: policies.teams, resources: state.resources), resources: state.resources),
            lineage: Lineage(policies.teams))
    }
}

extension Showback.Row {
    /// What is nobody's comes last.
    fileprivate static func precedes(_ a: Self, _ b: Self) -> Bool {
        if a.time != b.time { return (a.time ?? "") < (b.time ?? "") }
        guard let team = a.team, let other = b.team else { return a.team != nil && b.team == nil }
        return team < other
    }
}

extension Showback.Share {
    fileprivate static func precedes(_ a: Self, _ b: Self) -> Bool {
        if a.time != b.time { return (a.time ?? "") < (b.time ?? "") }
        if a.allocation != b.allocation { return a.allocation < b.allocation }
        guard let giver = a.giver, let other = b.giver, giver != other else {
            return a.giver == b.giver ? a.receiver < b.receiver : a.giver != nil
        }
        return giver < other
    }
}
