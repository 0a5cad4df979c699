import CostModel

/// Effective cost per window of 28 days: of teams, of resources, and of teams under the policies that speak about resources.
struct SpendTotals: Sendable {
    /// Sums by owner and window; the last owner is nobody.
    struct Sums: Sendable {
        private let windows: Int
        private var amounts: [FixedDecimal]

        init(teams: Int, windows: Int) {
            self.windows = windows
            amounts = Array(repeating: .zero, count: (teams + 1) * windows)
        }

        mutating func add(_ amount: FixedDecimal, owner: Int, window: Int) { amounts[owner * windows + window] += amount }

        /// Takes what the days of a window cost that are there for all of it.
        mutating func takeAsWhole(_ windows: Windows) {
            for at in amounts.indices { amounts[at] = windows.whole(amounts[at], window: at % self.windows) }
        }

        func spend(of owner: Int) -> SpendByScope.Spend {
            let own = amounts[owner * windows..<(owner + 1) * windows]
            return SpendByScope.Spend(current: own.first ?? .zero, past: Array(own.dropFirst()))
        }

        /// The same, without spend.
        var nothing: Sums { Sums(teams: amounts.count / windows - 1, windows: windows) }

        var isZero: Bool { amounts.allSatisfy(\.isZero) }
    }

    private(set) var teams: Sums
    private(set) var workspace: SpendByScope.Spend
    /// By policy, in the order in which they were handed in.
    private(set) var controls: [Sums]
    /// By resource; nil without a row in the current window.
    private(set) var resources: [FixedDecimal?]
    /// By resource, of the window before; nil where the bill does not cover it.
    private(set) var previous: [FixedDecimal]?
    /// By resource: what one costs in 28 days, whose first charge of use is in the current window, at the rate since then.
    private(set) var runRates: [Int: FixedDecimal] = [:]
    /// By resource: what one cost in 28 days of the earlier windows, since it was first charged; nil where it was not.
    private(set) var usual: [FixedDecimal?]
    /// By resource, then by earlier window.
    private var earlier: [FixedDecimal]
    private let pastCount: Int
    /// By team: what the earlier windows hold of what has left: no resource of the code claims it, and the newest day does not charge it.
    private(set) var left: [FixedDecimal]
    /// The first charge day of each team.
    private(set) var firstDays: [Day?]

    init(table: CostTable, attribution: CostAttribution, windows: Windows, resourceCount: Int) {
        let teamCount = attribution.teams.count
        teams = Sums(teams: teamCount, windows: windows.count)
        controls = []
        resources = Array(repeating: nil, count: resourceCount)
        usual = Array(repeating: nil, count: resourceCount)
        let pastCount = windows.pastCount
        self.pastCount = pastCount
        earlier = Array(repeating: .zero, count: resourceCount * pastCount)
        left = Array(repeating: .zero, count: teamCount)
        previous = windows.count > 1 ? Array(repeating: .zero, count: resourceCount) : nil
        firstDays = Array(repeating: nil, count: teamCount)
        var whole = Array(repeating: FixedDecimal.zero, count: windows.count)
        var use = Array(repeating: (first: Day?.none, amount: FixedDecimal.zero), count: resourceCount)
        for line in table.lines where line.key.day < windows.today {
            let team = attribution.team(of: line.key)
            if let team, firstDays[team].map({ line.key.day < $0 }) ?? true { firstDays[team] = line.key.day }
            let named = attribution.resource(of: line.key)
            if let named, line.key.category == .usage { use[named].first = min(use[named].first ?? line.key.day, line.key.day) }
            guard let window = windows.index(of: line.key.day) else { continue }
            let amount = line.amounts.effective
            teams.add(amount, owner: team ?? teamCount, window: window)
            whole[window] += amount
            guard let resource = named else { continue }
            if window > 0 { earlier[resource * pastCount + window - 1] += amount }
            guard window < 2 else { continue }
            if window == 0, line.key.category == .usage { use[resource].amount += amount }
            if window == 0 { resources[resource] = (resources[resource] ?? .zero) + amount } else { previous?[resource] += amount }
        }
        whole = whole.enumerated().map { windows.whole($1, window: $0) }
        workspace = SpendByScope.Spend(current: whole[0], past: Array(whole.dropFirst()))
        takeRunRates(use, windows)
        takeUsual(firsts: use.map(\.first), windows)
        left = Self.left(table, attribution, windows)
        guard windows.hasGaps else { return }
        teams.takeAsWhole(windows)
        resources = resources.map { amount in amount.map { windows.whole($0, window: 0) } }
        for at in earlier.indices { earlier[at] = windows.whole(earlier[at], window: at % pastCount + 1) }
        previous = previous.map { amounts in amounts.map { windows.whole($0, window: 1) } }
    }

    /// A charge that is no use, such as a fee, is there once. Where the bill itself begins in the window, nobody knows what is new.
    private mutating func takeRunRates(_ use: [(first: Day?, amount: FixedDecimal)], _ windows: Windows) {
        guard windows.pastCount > 0 else { return }
        for (index, (first, amount)) in use.enumerated() {
            guard let first, first > windows.current.lowerBound, first < windows.end, let sum = resources[index] else { continue }
            let days = (first..<windows.end).count { !windows.isLeftOut($0) }
            guard days > 0 else { continue }
            runRates[index] = sum - amount + amount.scaled(by: Int128(Windows.length), over: Int128(days))
        }
    }

    /// What a resource cost in each earlier window, newest first.
    func earlier(of resource: Int) -> [FixedDecimal] { Array(earlier[resource * pastCount..<(resource + 1) * pastCount]) }

    private mutating func takeUsual(firsts: [Day?], _ windows: Windows) {
        let days = windows.earlierDays
        guard let oldest = days.first else { return }
        for index in usual.indices {
            let amount = earlier(of: index).reduce(.zero, +)
            guard amount > .zero else { continue }
            let first = firsts[index] ?? oldest
            let count = first <= oldest ? days.count : days.count { $0 >= first }
            guard count > 0 else { continue }
            usual[index] = amount.scaled(by: Int128(Windows.length), over: Int128(count))
        }
    }

    private static func left(_ table: CostTable, _ attribution: CostAttribution, _ windows: Windows) -> [FixedDecimal] {
        var sums = Array(repeating: FixedDecimal.zero, count: attribution.teams.count)
        let days = windows.earlierDays
        guard !days.isEmpty else { return sums }
        let newest = windows.end.advanced(by: -1)
        var isCharged: Set<Int32> = []
        for line in table.lines where line.key.day == newest && line.key.category == .usage && line.amounts.effective > .zero {
            isCharged.insert(line.key.resource)
        }
        for line in table.lines where line.key.resource != 0 && line.key.day < windows.current.lowerBound {
            guard windows.index(of: line.key.day) != nil, !isCharged.contains(line.key.resource),
                attribution.resource(of: line.key) == nil, let team = attribution.team(of: line.key)
            else { continue }
            sums[team] += line.amounts.effective
        }
        return sums.map { max(.zero, $0).scaled(by: Int128(Windows.length), over: Int128(days.count)) }
    }

    /// Adds up what the policies speak about, which may depend on what each resource spends.
    ///
    /// - Parameter scopes: for each policy and resource, whether the policy speaks about the resource.
    mutating func addControls(_ scopes: [[ScopeAnswer]], table: CostTable, attribution: CostAttribution, windows: Windows) {
        let teamCount = attribution.teams.count
        controls = scopes.map { _ in Sums(teams: teamCount, windows: windows.count) }
        let policiesOf = resources.indices.map { resource in scopes.indices.filter { scopes[$0][resource].isIncluded } }
        for line in table.lines where line.key.day < windows.today {
            guard let resource = attribution.resource(of: line.key), !policiesOf[resource].isEmpty,
                let window = windows.index(of: line.key.day)
            else { continue }
            let owner = attribution.team(of: line.key) ?? teamCount
            for policy in policiesOf[resource] { controls[policy].add(line.amounts.effective, owner: owner, window: window) }
        }
        guard windows.hasGaps else { return }
        for at in controls.indices { controls[at].takeAsWhole(windows) }
    }
}
