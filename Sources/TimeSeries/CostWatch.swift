/// Watches all leaves of a bill through a period, and finds the days on which one of them cost too much.
///
/// A *team's usual day* is the median of its last 28 days with everything unusual taken out; of cost that is nobody's at least half of the
/// smallest team's. What is small beside it is not looked at: that is what keeps alarms rare.
package struct CostWatch: Sendable {
    package let leaves: [CostLeaf]
    /// In the order of `leaves`, as they stand after the last day.
    package private(set) var watches: [LeafWatch]
    /// By account and day: the leaves that the bill holds twice, and what was expected of them.
    private(set) var doubles: [DoubleIntake] = []
    let missing: [Bool]
    let settings: WatchSettings
    let count: Int
    private let firstEpochDay: Int
    /// By team, then by day.
    private var teamDays: [[Double]]
    private let teams: [String?]
    private let teamOf: [Int]
    private let accounts: [[Int]]
    private let accountNames: [String]

    /// An account's day that was delivered twice.
    struct DoubleIntake {
        var account: String
        var day: Int
        var leaves: [(leaf: Int, excess: Double, expected: Double)]
    }

    /// Judges every day.
    ///
    /// - Parameters:
    ///   - missing: By day: whether the whole bill has no row. Such a day is neither zero nor unusual.
    ///   - firstEpochDay: The day since 1970-01-01 of index 0.
    ///   - origins: Days before which `visit` is called with what was known then: so methods are tried on the past without knowing what came
    ///     after.
    package init(
        _ days: [LeafDays], missing: [Bool], firstEpochDay: Int, settings: WatchSettings,
        origins: Set<Int> = [],
        visit: (Int, CostWatch) -> Void = { _, _ in }
    ) {
        leaves = days.map(\.leaf)
        self.missing = missing
        self.settings = settings
        count = missing.count
        watches = days.map { leaf in
            var cost = leaf.cost
            for day in missing.indices where missing[day] { cost[day] = .nan }
            return LeafWatch(
                cost: cost, price: leaf.quantity.isEmpty ? [] : leaf.price, firstEpochDay: firstEpochDay)
        }
        var names: [String?] = []
        var numbers: [String?: Int] = [:]
        var accountNumbers: [String: Int] = [:]
        var byAccount: [[Int]] = []
        var accountNames: [String] = []
        teamOf = days.indices.map { index in
            let leaf = days[index].leaf
            let account = accountNumbers[leaf.account] ?? byAccount.count
            if account == byAccount.count {
                accountNumbers[leaf.account] = account
                byAccount.append([])
                accountNames.append(leaf.account)
            }
            byAccount[account].append(index)
            if let number = numbers[leaf.team] { return number }
            numbers[leaf.team] = names.count
            names.append(leaf.team)
            return names.count - 1
        }
        teams = names
        accounts = byAccount
        self.accountNames = accountNames
        teamDays = names.map { _ in [Double](repeating: .nan, count: missing.count) }
        self.firstEpochDay = firstEpochDay
        for day in 0..<count {
            if origins.contains(day) { visit(day, self) }
            if !missing[day] { judge(day) }
        }
    }

    /// What each leaf is expected to cost from `day` on, where nothing from that day on was judged yet or all of it is unsettled.
    package func forecasts(from day: Int, horizon: Int) -> [LeafForecast] {
        watches.map { watch in
            let (values, start) = watch.steadyValues(before: day)
            return LeafForecast(values, firstEpochDay: firstEpochDay, horizon: horizon, start: start)
        }
    }

    private mutating func judge(_ day: Int) {
        let settled = day < count - settings.unsettled
        let usual = usualDays(before: day)
        for index in watches.indices {
            watches[index].judge(
                day, teamDay: usual[teamOf[index]], settled: settled, sensitivity: settings.sensitivity)
        }
        guard settled else { return }
        if day >= LeafWatch.warmUp { findDoubles(day, usual) }
        for team in teams.indices { teamDays[team][day] = 0 }
        for index in watches.indices {
            let team = teamOf[index]
            for change in watches[index].takeRelearned() { teamDays[team][change.day] += change.change }
            teamDays[team][day] += watches[index].learned[day]
        }
    }

    /// What the price of a unit made of a cause, by the prices of the 30 days before; nil: the bill says no quantities.
    package func rateEffect(of cause: CostEvent.Cause) -> Double? {
        let watch = watches[cause.leaf]
        guard let start = cause.days.first?.day, !watch.price.isEmpty else { return nil }
        let before = watch.price[max(0, start - 30)..<start].filter { !$0.isNaN }
        // What had not been used before has no older price.
        guard let old = Middle.lowerMedian(before) else { return 0 }
        return cause.days.reduce(0) { sum, day in
            let new = watch.price[day.day]
            return new.isNaN ? sum : sum + watch.cost[day.day] * (1 - old / new)
        }
    }

    // MARK: - A team's usual day

    /// By team, in money.
    func usualDays(before day: Int) -> [Double] {
        var result = teamDays.map { days in
            var last: [Double] = []
            var index = day - 1
            while index >= 0, last.count < 28 {
                if !days[index].isNaN { last.append(days[index]) }
                index -= 1
            }
            return Middle.median(reordering: &last)
        }
        let smallest =
            teams.indices.filter { teams[$0] != nil && result[$0] > 0 }.map { result[$0] }.min() ?? 0
        for index in teams.indices where teams[index] == nil {
            result[index] = max(result[index], smallest / 2)
        }
        return result
    }

    func usualDay(of leaf: Int, before day: Int) -> Double { usualDays(before: day)[teamOf[leaf]] }

    // MARK: - Double intake

    /// Finds accounts of which at least 60 % of the expected money, and three leaves, are there 1.85 to 2.15 times. What strays more by itself
    /// belongs to it where it is there 1.5 to 2.6 times, or half of it is as usual.
    private mutating func findDoubles(_ day: Int, _ usual: [Double]) {
        for (account, members) in accounts.enumerated() {
            let total = members.reduce(0) { $0 + watches[$1].cost[day] }
            let before = members.reduce(0) { sum, leaf in
                let week = watches[leaf].learned[max(0, day - 7)..<day].filter { !$0.isNaN }
                return sum + Middle.mean(week)
            }
            // What is not nearly twice last week's mean cannot be all there twice.
            guard before > 0, total > 1.3 * before else { continue }
            var expected = 0.0
            var doubled = 0.0
            var exact = 0
            var twice: [(leaf: Int, excess: Double, expected: Double)] = []
            for leaf in members {
                let watch = watches[leaf]
                let usual = watch.expectation(day, teamDay: usual[teamOf[leaf]])
                let should = usual.expected
                expected += should
                guard should > 0 else { continue }
                let ratio = watch.cost[day] / should
                // What is there twice is half of it by itself, and that half is nothing unusual.
                guard
                    (1.5...2.6).contains(ratio)
                        || ratio > 2.6 && watch.cost[day] / 2 - should <= 6 * usual.scale
                else { continue }
                twice.append((leaf, watch.cost[day] - should, should))
                guard (1.85...2.15).contains(ratio) else { continue }
                doubled += should
                exact += 1
            }
            guard exact >= 3, doubled >= 0.6 * expected else { continue }
            for one in twice { watches[one.leaf].correct(day, to: one.expected) }
            doubles.append(DoubleIntake(account: accountNames[account], day: day, leaves: twice))
        }
    }
}
