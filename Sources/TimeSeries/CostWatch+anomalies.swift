extension CostWatch {
    /// Days of one leaf that belong together: at most three apart.
    private struct Run {
        var leaf: Int
        var days: [Unusual]
        var start: Int { days[0].day }
        var end: Int { days[days.count - 1].day }
        var impact: Double { days.reduce(0) { $0 + $1.excess } }
    }

    /// How many scales an event of one or two days must stand out by.
    private static let clear = 12.0

    private var firstUnsettled: Int { count - settings.unsettled }

    /// What was found, as events: open ones first, then by impact.
    package func anomalies() -> [CostEvent] {
        var result = doubleIntakes()
        var byTeam: [String?: [Run]] = [:]
        for leaf in leaves.indices { byTeam[leaves[leaf].team, default: []] += runs(of: leaf) }
        var taken: Set<Int> = []
        for team in byTeam.keys.sorted(by: { ($0 ?? "") < ($1 ?? "") }) {
            let runs = byTeam[team, default: []].sorted {
                ($0.start, -$0.impact, leaves[$0.leaf]) < ($1.start, -$1.impact, leaves[$1.leaf])
            }
            for group in grouped(runs) {
                if let event = event(group, taken: taken) {
                    taken.formUnion(event.replacedLeaves)
                    result.append(anomaly(team: team, event))
                }
            }
        }
        return result.sorted { a, b in
            if a.isOpen != b.isOpen { return a.isOpen }
            if a.impact != b.impact { return a.impact > b.impact }
            return (a.start, a.team ?? "", a.account ?? "") < (b.start, b.team ?? "", b.account ?? "")
        }
    }

    private func runs(of leaf: Int) -> [Run] {
        var runs: [Run] = []
        for day in watches[leaf].found {
            if let last = runs.last, day.day - last.end <= 3 {
                runs[runs.count - 1].days.append(day)
            } else {
                runs.append(Run(leaf: leaf, days: [day]))
            }
        }
        return runs
    }

    /// Runs that begin within a day of the first are one event. What begins while an event is open, and has a service and region among its
    /// largest causes that the open one has, belongs to it: after an alarm there is silence about the same thing, and the alarm grows.
    private func grouped(_ runs: [Run]) -> [[Run]] {
        var groups: [[Run]] = []
        for run in runs {
            if let first = groups.last?.first, run.start - first.start <= 1 {
                groups[groups.count - 1].append(run)
            } else {
                groups.append([run])
            }
        }
        var events: [[Run]] = []
        for group in groups where event(group, taken: []) != nil {
            let places = mainPlaces(of: group)
            let open = events.indices.last { index in
                let end = events[index].map(\.end).max() ?? 0
                return group[0].start - end <= 3 + settings.unsettled && !places.isDisjoint(with: mainPlaces(of: events[index]))
            }
            if let open { events[open] += group } else { events.append(group) }
        }
        return events
    }

    private struct Place: Hashable {
        var service: String
        var region: String
    }

    private func mainPlaces(of runs: [Run]) -> Set<Place> {
        let largest = runs.sorted { ($0.impact, leaves[$1.leaf]) > ($1.impact, leaves[$0.leaf]) }.prefix(3)
        return Set(largest.map { Place(service: leaves[$0.leaf].service, region: leaves[$0.leaf].region) })
    }

    private func isOpen(_ lastDay: Int) -> Bool { firstUnsettled - 1 - lastDay < 3 }

    /// Runs that are worth an alarm.
    private struct Event {
        /// Largest first.
        var runs: [Run]
        var start: Int
        var replaced: Double
        var replacedLeaves: Set<Int>
    }

    /// Nil: too small to speak of.
    private func event(_ runs: [Run], taken: Set<Int>) -> Event? {
        let runs = runs.sorted { ($0.impact, leaves[$1.leaf]) > ($1.impact, leaves[$0.leaf]) }
        let start = runs.map(\.start).min() ?? 0
        let days = Set(runs.flatMap { $0.days.map(\.day) })
        let excess = runs.reduce(0) { $0 + $1.impact }
        let usual = usualDay(of: runs[0].leaf, before: start)
        func isMaterial(_ impact: Double) -> Bool {
            let perDay = impact / Double(max(1, days.count))
            return impact >= settings.minimumImpact && perDay >= 0.03 * usual && perDay >= settings.minimumImpact / 5
        }
        guard isMaterial(excess) else { return nil }
        // Chance goes six scales astray once in a while, but not for three days.
        guard days.count > 2 || runs.contains(where: { $0.days.contains { $0.clarity >= Self.clear } }) else { return nil }
        let (replaced, replacedLeaves) = replacedCost(runs, since: start, days: days, taken: taken)
        let expected = runs.reduce(0) { $0 + $1.days.reduce(0) { $0 + $1.expected } }
        let impact = excess - replaced
        guard isMaterial(impact), impact >= settings.minimumChange * (expected + replaced) else { return nil }
        return Event(runs: runs, start: start, replaced: replaced, replacedLeaves: replacedLeaves)
    }

    private func anomaly(team: String?, _ event: Event) -> CostEvent {
        let excess = event.runs.reduce(0) { $0 + $1.impact }
        let expected = event.runs.reduce(0) { $0 + $1.days.reduce(0) { $0 + $1.expected } }
        let end = event.runs.map(\.end).max() ?? event.start
        return CostEvent(
            team: team, account: nil, kind: kind(of: event.runs[0]), start: event.start, end: end, isOpen: isOpen(end),
            expected: expected + event.replaced, actual: expected + excess, replaced: event.replaced,
            causes: event.runs.map { run in
                CostEvent.Cause(leaf: run.leaf, days: run.days, impact: run.impact, rate: run.days.reduce(0) { $0 + $1.rate })
            })
    }

    private func kind(of run: Run) -> AnomalyKind {
        let watch = watches[run.leaf]
        if moved(run) >= 0.6 * run.impact { return .moved }
        if watch.cost[..<run.start].allSatisfy({ $0.isNaN || $0 <= 0 }) { return .new }
        if run.days.reduce(0, { $0 + $1.rate }) >= 0.6 * run.impact { return .rate }
        if run.days.count >= 7, let last = run.days.last, last.excess >= 2 * run.days[0].excess { return .drift }
        return run.days.count >= 3 ? .shift : .spike
    }

    /// What another team's leaf of the same account, service, region and SKU lost meanwhile.
    private func moved(_ run: Run) -> Double {
        let leaf = leaves[run.leaf]
        var most = 0.0
        for other in leaves.indices where other != run.leaf {
            let candidate = leaves[other]
            guard candidate.sku == leaf.sku, candidate.account == leaf.account, candidate.service == leaf.service,
                candidate.region == leaf.region
            else { continue }
            let usual = usualDay(of: other, before: run.start)
            guard let lost = LostCost(watches[other], around: run.start, teamDay: usual, firstUnsettled: firstUnsettled) else { continue }
            most = max(most, run.days.reduce(0) { $0 + lost.amount(on: $1.day, firstUnsettled: firstUnsettled) })
        }
        return most
    }

    /// What leaves of the same team, account and service cost less since, at most what the new ones cost more.
    private func replacedCost(_ runs: [Run], since start: Int, days: Set<Int>, taken: Set<Int>) -> (Double, Set<Int>) {
        struct Product: Hashable {
            var account: String
            var service: String
        }
        var gained: [Product: Double] = [:]
        for run in runs {
            gained[Product(account: leaves[run.leaf].account, service: leaves[run.leaf].service), default: 0] += run.impact
        }
        let own = Set(runs.map(\.leaf))
        let team = leaves[runs[0].leaf].team
        let usual = usualDay(of: runs[0].leaf, before: start)
        var lost: [Product: Double] = [:]
        var used: Set<Int> = []
        for leaf in leaves.indices where leaves[leaf].team == team && !own.contains(leaf) && !taken.contains(leaf) {
            let place = Product(account: leaves[leaf].account, service: leaves[leaf].service)
            guard gained[place] != nil,
                let loss = LostCost(watches[leaf], around: start, teamDay: usual, firstUnsettled: firstUnsettled)
            else { continue }
            let amount = days.sorted().reduce(0) { $0 + loss.amount(on: $1, firstUnsettled: firstUnsettled) }
            if amount > 0 { used.insert(leaf) }
            lost[place, default: 0] += amount
        }
        return (gained.reduce(0) { $0 + min($1.value, lost[$1.key] ?? 0) }, used)
    }

    private func doubleIntakes() -> [CostEvent] {
        doubles.compactMap { double in
            let excess = double.leaves.reduce(0) { $0 + $1.excess }
            let expected = double.leaves.reduce(0) { $0 + $1.expected }
            guard excess >= settings.minimumImpact else { return nil }
            let causes = double.leaves.map { one in
                CostEvent.Cause(
                    leaf: one.leaf, days: [Unusual(day: double.day, excess: one.excess, expected: one.expected)], impact: one.excess,
                    rate: 0)
            }
            return CostEvent(
                team: nil, account: double.account, kind: .data, start: double.day, end: double.day, isOpen: isOpen(double.day),
                expected: expected, actual: expected + excess, replaced: 0,
                causes: causes.sorted { ($0.impact, leaves[$1.leaf]) > ($1.impact, leaves[$0.leaf]) })
        }
    }
}
