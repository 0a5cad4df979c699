import CostModel

/// What one team is scored by: its open findings and its money, in the terms of scoring.md.
///
/// How its sentences are read:
/// - *Open* findings are the failing ones. Unknown ones weigh nothing without a ledger. Findings of shadow policies show what would
///   be: they and their controls take no part.
/// - `R(t)`, which `K` and the exemptions' discount use, is the team's whole effective spend, taxes and credits included, over the same
///   windows as `R(t,c)`. `R(workspace)` is the whole bill: a parent team of one's own would make any team a large part of it.
/// - Controls that few teams see stand as one for each kind, see `ControlViews`: they add what they put at stake, or, where other teams
///   have one of that kind too, one yardstick for all of them.
/// - A *new team* is one without a charge before the current window, or one for which the bill covers no earlier window.
/// - A spend that credits turn negative counts as nothing.
/// - What is at stake is held to the periods that R is of, see `StakeSum`; without such a period it counts in full.
struct TeamScoreInputs {
    /// One control as this team sees it.
    struct Control {
        /// Nil: seen by many teams, and measured by itself.
        var group: PolicyKind?
        var weight: Int128
        var level: Int
        var spend: SpendByScope.Spend
        /// `R(t,c)`
        var measure = FixedDecimal.zero
        /// `V(t,c)`: dollars at stake, those of exempt findings discounted.
        var atStake: FixedDecimal = .zero
        /// Dollars that do not pass, not discounted: failing, exempt and unknown ones.
        var notPassing: FixedDecimal = .zero
    }

    /// An open finding, weighed.
    struct Stake {
        var finding: String
        var atStake: Money
        /// `w(c) · s(f) · e`
        var weighted: FixedDecimal
    }

    private(set) var stakes: [Stake] = []
    private(set) var controls: [Control]
    /// `D(t)`, in the unit of `Weights`; zero: there is nothing to score by.
    private(set) var denominator = FixedDecimal.zero
    /// `K(t)`
    private(set) var materiality = FixedDecimal.zero
    /// Dollars of the distinct exempt resources.
    let exempt: FixedDecimal

    /// - Parameters:
    ///   - findings: the team's, of any verdict.
    ///   - views: who sees which controls.
    init(
        key: String, findings: [Finding], own: SpendByScope.Spend, isNew: Bool, views: ControlViews, materiality: FixedDecimal,
        result: EvaluationResult
    ) {
        let taking = result.spendByScope.controls.filter(\.enforcement.counts)
        let index = Dictionary(taking.enumerated().map { ($1.policy, $0) }, uniquingKeysWith: { first, _ in first })
        controls = taking.map { control in
            Control(
                group: views.group(of: control, for: key), weight: Weights.weight(of: control.severity), level: control.level,
                spend: views.counts(control, for: key) ? control.spend[key] ?? .init() : .init())
        }
        let parent = result.spendByScope.workspace
        let counting = findings.filter { index[$0.policy] != nil }
        let open = counting.filter(\.weighs)
        exempt = Self.dollars(ofExempt: open, spend: result.spend.merging(result.runRates) { $1 })

        let usesCurrent = isNew || own.past.isEmpty
        var discount = Self.exemptFactor(spend: usesCurrent ? own.current : own.mean, exempt: exempt)
        var sums =
            usesCurrent
            ? nil
            : Self.sums(
                open, index: index, count: controls.count, exemptFactor: discount, left: result.spendByScope.left[key] ?? .zero)
        add(open, index: index, exemptFactor: discount, sums: sums)
        denominator = sum(own: own, parent: parent, materiality: materiality, current: usesCurrent)
        if denominator.isZero, !usesCurrent {
            discount = Self.exemptFactor(spend: own.current, exempt: exempt)
            sums = nil
            add(open, index: index, exemptFactor: discount, sums: nil)
            denominator = sum(own: own, parent: parent, materiality: materiality, current: true)
        }
        for finding in counting where finding.hasLife {
            guard let control = index[finding.policy], let stake = finding.atStake?.amount else { continue }
            controls[control].notPassing += sums.map { stake.times($0[control].share(of: finding)) } ?? stake
        }
    }

    /// `e` of exempt findings: 1 − 0.75 · min(1, 0.05 · R / X), so that exemptions never discount more than 5 % of the spend.
    static func exemptFactor(spend: FixedDecimal, exempt: FixedDecimal) -> FixedDecimal {
        let limit = max(.zero, spend).scaled(by: 1, over: 20)
        let reach = limit >= exempt ? FixedDecimal(1) : limit.scaled(by: FixedDecimal.unit, over: exempt.raw)
        return FixedDecimal(1) - reach.scaled(by: 3, over: 4)
    }

    /// The dollars under exemptions. A finding without a resource, such as a budget's, or about one that is not billed yet counts with what it
    /// puts at stake.
    private static func dollars(ofExempt open: [Finding], spend: [ResourceIdentity: Money]) -> FixedDecimal {
        var seen: Set<ResourceIdentity> = []
        var sum = FixedDecimal.zero
        for finding in open where finding.exemption != nil {
            guard let identity = finding.resource?.identity, spend[identity] != nil else {
                sum += max(.zero, finding.atStake?.amount ?? .zero)
                continue
            }
            if seen.insert(identity).inserted { sum += max(.zero, spend[identity]?.amount ?? .zero) }
        }
        return sum
    }

    private static func sums(
        _ open: [Finding], index: [PolicyReference: Int], count: Int, exemptFactor: FixedDecimal, left: FixedDecimal
    ) -> [StakeSum] {
        var sums = Array(repeating: StakeSum(left: left), count: count)
        for finding in open {
            guard let control = index[finding.policy], let stake = finding.atStake?.amount, stake > .zero || finding.usualStake != nil
            else {
                continue
            }
            let counting = max(.zero, stake)
            sums[control].add(finding, finding.exemption == nil ? counting : counting.times(exemptFactor))
        }
        return sums
    }

    /// Weighs the open findings, anew each time it is called.
    ///
    /// - Parameter sums: by control; nil: there is no earlier period.
    private mutating func add(_ open: [Finding], index: [PolicyReference: Int], exemptFactor: FixedDecimal, sums: [StakeSum]?) {
        stakes = []
        for control in controls.indices { controls[control].atStake = .zero }
        for finding in open {
            guard let control = index[finding.policy], let stake = finding.atStake, stake.amount > .zero else { continue }
            let counting = sums.map { stake.amount.times($0[control].share(of: finding)) } ?? stake.amount
            let amount = finding.exemption == nil ? counting : counting.times(exemptFactor)
            controls[control].atStake += amount
            stakes.append(
                Stake(finding: finding.id, atStake: stake, weighted: amount.weighted(by: controls[control].weight)))
        }
    }

    /// `D(t) = Σ w(c) · max(R(t,c), V(t,c)) + Σ max(7.5 · R(t,k), Σ w(c) · V(t,c)) + 5 · K(t)`: over the controls that many teams see, and over
    /// the kinds of those that few do.
    private mutating func sum(own: SpendByScope.Spend, parent: SpendByScope.Spend, materiality limit: FixedDecimal, current: Bool)
        -> FixedDecimal
    {
        for index in self.controls.indices {
            let spend = self.controls[index].spend
            self.controls[index].measure = max(.zero, current ? spend.current : spend.mean)
        }
        var groups: [PolicyKind: (spend: FixedDecimal, atStake: FixedDecimal)] = [:]
        var controls = self.controls.reduce(FixedDecimal.zero) { sum, control in
            let spend = control.measure
            guard let kind = control.group else {
                return sum + max(.zero, max(spend, control.atStake)).weighted(by: control.weight)
            }
            let group = groups[kind] ?? (.zero, .zero)
            groups[kind] = (max(group.spend, spend), group.atStake + max(.zero, control.atStake).weighted(by: control.weight))
            return sum
        }
        for group in groups.values { controls += max(group.spend.weighted(by: Weights.group), group.atStake) }
        let reference = parent.mean > .zero ? parent.mean : parent.current
        materiality = Self.part(limit, own: current ? own.current : own.mean, of: reference)
        return controls + materiality.weighted(by: Weights.materiality)
    }

    /// `K(t) = materiality · R(t) / R(workspace)`, with at most half of the workspace's spend as its materiality: a larger one would
    /// end all penalties.
    private static func part(_ materiality: FixedDecimal, own: FixedDecimal, of parent: FixedDecimal) -> FixedDecimal {
        guard own > .zero, parent > .zero, materiality > .zero else { return .zero }
        // Only credits elsewhere or a bill that has just begun make a part larger than its whole; far beyond that the ratio says nothing.
        let largest: Int128 = 1_000
        let materiality = min(materiality, parent.scaled(by: 1, over: 2))
        guard own.raw / parent.raw < largest else { return FixedDecimal(raw: materiality.raw * largest) }
        return materiality.scaled(by: own.raw, over: parent.raw)
    }
}

extension SpendByScope.Spend {
    /// The mean of the earlier windows that the bill covers fully; zero without one.
    var mean: FixedDecimal {
        past.isEmpty ? .zero : past.reduce(.zero, +).scaled(by: 1, over: Int128(past.count))
    }

    static func + (a: Self, b: Self) -> Self {
        let count = max(a.past.count, b.past.count)
        let past = (0..<count).map { at in
            (at < a.past.count ? a.past[at] : .zero) + (at < b.past.count ? b.past[at] : .zero)
        }
        return Self(current: a.current + b.current, past: past)
    }
}
