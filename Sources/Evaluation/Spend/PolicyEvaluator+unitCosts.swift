package import CostModel

extension PolicyEvaluator {
    /// What one of a metric costs: effective cost of the days that are over, whole on the bill and counted by the metric.
    ///
    /// A day that either of both lacks is left out of both: a bill without its count would make things dear, and a count without its bill cheap.
    ///
    /// - Parameters:
    ///   - byTeam: each team's own cost over what the metric counts under the team's name; else all cost over all that it counts.
    ///   - days: those that are asked for; nil: all that the bill has.
    package static func unitCosts(
        of metric: UnitMetric, _ counts: UnitCounts, policies: PolicySet, state: ObservedState, now: Instant, byTeam: Bool,
        days: Range<Day>?, unit: Showback.Unit?
    ) -> UnitCosts {
        let context = BillContext(policies, state, now)
        var costs: [Int?: [Day: FixedDecimal]] = [:]
        for line in state.cost.lines {
            let team = byTeam ? context.attribution.team(of: line.key) : nil
            if byTeam, team == nil { continue }
            costs[team, default: [:]][line.key.day, default: .zero] += line.amounts.effective
        }
        let teams = context.attribution.teams
        let counted = counts.keys
        let subjects: [Int?] = byTeam ? teams.indices.filter { counted.contains(teams[$0]) } : [nil]
        struct Place: Hashable {
            var team: String?
            var time: String?
        }
        var rows: [Place: UnitCosts.Row] = [:]
        for day in asked(days, state.cost, before: context.windows.today) {
            let isWhole = state.cost.coverage?.state(of: day, accounts: nil).isKnown ?? true
            for subject in subjects {
                let team = subject.map { teams[$0] }
                let count = isWhole ? team.map { counts.value(of: $0, on: day) } ?? counts.total(on: day) : nil
                let place = Place(team: team, time: unit?.text(of: day))
                var row = rows[place] ?? UnitCosts.Row(time: place.time, team: team)
                row.daysInAll += 1
                if let count {
                    row.days += 1
                    row.count += count
                    row.cost += costs[subject]?[day] ?? .zero
                }
                rows[place] = row
            }
        }
        let sorted = rows.values.sorted { ($0.team ?? "", $0.time ?? "") < ($1.team ?? "", $1.time ?? "") }
        return UnitCosts(metric: metric, currency: state.cost.currency, unit: unit, rows: sorted)
    }

    private static func asked(_ days: Range<Day>?, _ bill: CostTable, before today: Day) -> Range<Day> {
        guard let known = bill.days else { return today..<today }
        let all = known.lowerBound..<max(known.lowerBound, min(known.upperBound.advanced(by: 1), today))
        guard let days else { return all }
        return days.clamped(to: all)
    }
}
