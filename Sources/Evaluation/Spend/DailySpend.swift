package import CostModel

extension PolicyEvaluator {
    /// The effective cost of each closed day, by team and service, sorted: what a ledger keeps of a bill.
    ///
    /// - Parameter count: how many days before `now`.
    package static func dailyCosts(policies: PolicySet, state: ObservedState, now: Instant, days count: Int) -> [DailyCost] {
        struct Key: Hashable {
            var day: Day
            var team: Int
            var service: Int32
        }
        let attribution = CostAttribution(
            table: state.cost, teams: policies.teams.map(\.name), ownership: Ownership(teams: policies.teams, resources: state.resources),
            resources: state.resources)
        let window = now.day.advanced(by: -count)..<now.day
        var sums: [Key: FixedDecimal] = [:]
        for line in state.cost.lines where window.contains(line.key.day) {
            let key = Key(day: line.key.day, team: attribution.team(of: line.key) ?? -1, service: line.key.service)
            sums[key, default: .zero] += line.amounts.effective
        }
        let costs = sums.map { key, amount in
            DailyCost(
                day: key.day, team: key.team < 0 ? nil : attribution.teams[key.team], service: state.cost.name(key.service),
                amount: Money(amount, state.cost.currency))
        }
        return costs.sorted { ($0.day, $0.team ?? "", $0.service) < ($1.day, $1.team ?? "", $1.service) }
    }
}
