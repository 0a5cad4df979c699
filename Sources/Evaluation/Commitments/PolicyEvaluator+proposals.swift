package import CostModel
import TimeSeries

extension PolicyEvaluator {
    /// How many days of use proposals go by, and how few are enough.
    package static let commitmentDays = 84
    private static let fewestCommitmentDays = 28

    /// The days whose use proposals go by: the newest ones that are whole.
    package static func proposalDays(state: ObservedState, now: Instant) -> Range<Day> {
        let windows = Windows(now: now, bill: state.cost)
        let first = max(windows.end.advanced(by: -commitmentDays), state.cost.days?.lowerBound ?? windows.end)
        return min(first, windows.end)..<windows.end
    }

    /// What more to commit to, for each provider and category of commitments that the bill has: plans to spend together, reservations for each
    /// service.
    ///
    /// - Parameters:
    ///   - statement: what the bill's commitments did; of those follows what a new one costs where the policy does not say it.
    ///   - use: what was charged on demand in the days of `proposalDays`, of the whole bill: a commitment is shared.
    ///   - result: whose open findings on sizes take off the use what they would take off the bill.
    package static func proposals(
        _ policy: CommitmentPolicy, _ statement: CommitmentStatement, use: OnDemandUse, policies: PolicySet, state: ObservedState,
        result: EvaluationResult
    ) -> [CommitmentProposal] {
        let days = proposalDays(state: state, now: result.now)
        let missing = Windows(now: result.now, bill: state.cost).gaps
        let known = days.filter { day in !missing.contains { $0.contains(day) } }
        let removed = removed(policies, state, result)
        struct Pool: Hashable, Comparable {
            var provider: String
            var category: String
            var service: String
            static func < (a: Pool, b: Pool) -> Bool { (a.provider, a.category, a.service) < (b.provider, b.category, b.service) }
        }
        let pools = Dictionary(grouping: statement.services) {
            Pool(provider: $0.provider, category: $0.category, service: $0.category == "Spend" ? "" : $0.name)
        }
        return pools.sorted { $0.key < $1.key }.map { pool, services in
            let names = services.map(\.name).sorted()
            let uses = names.map { use.services[.init(provider: pool.provider, name: $0)] ?? .init() }
            let rate = policy.discount.map { FixedDecimal(1) - $0 } ?? services.rate(of: statement)
            var proposal = CommitmentProposal(
                provider: pool.provider, category: pool.category, services: names, days: days, rate: rate,
                isRateStated: policy.discount != nil, years: policy.term.years)
            proposal.removed = names.reduce(.zero) { $0 + (removed[.init(provider: pool.provider, name: $1)] ?? .zero) }
            fill(&proposal, uses, known)
            return proposal
        }
    }

    private static func fill(_ proposal: inout CommitmentProposal, _ uses: [OnDemandUse.Use], _ known: [Day]) {
        guard known.count >= fewestCommitmentDays else {
            proposal.reason = "the bill has \(known.count) whole days, \(fewestCommitmentDays) are needed"
            return
        }
        guard let rate = proposal.rate?.approximation, rate > 0 else {
            proposal.reason = "what a commitment costs is not known: state 'discount'"
            return
        }
        guard rate < 1 else {
            proposal.reason = "the commitments of the bill cost no less than on-demand use"
            return
        }
        let removed = proposal.removed.approximation
        guard uses.allSatisfy({ $0.days.values.allSatisfy(\.isZero) }) else {
            let sums = known.map { day in
                max(0, uses.reduce(0) { $0 + $1.whole(day).approximation } - 24 * removed)
            }
            let bounds = CommitmentLevel.bounds(days: sums, rate: rate)
            proposal.highest = FixedDecimal(computed: bounds.level * rate)
            proposal.highestSavings = FixedDecimal(computed: bounds.savings * 28 / Double(known.count))
            proposal.reason = "the bill has rows of whole days: without rows of hours only bounds follow"
            return
        }
        let hours = known.flatMap { day in
            (0..<24).map { hour in
                uses.reduce(0) { $0 + ($1.hours[day.number * 24 + Int32(hour)]?.approximation ?? 0) } - removed
            }
        }
        let level = CommitmentLevel(hours: hours, rate: rate)
        let best = level.best
        proposal.perHour = FixedDecimal(computed: best * rate)
        guard best > 0 else {
            proposal.reason = "no use on demand lasts long enough"
            return
        }
        proposal.savings = FixedDecimal(computed: level.savings(at: best) * 28 / Double(known.count))
        let quarter = FixedDecimal(computed: best * rate / 4)
        proposal.steps = (0..<4).map { .init(month: $0, perHour: quarter) }
        // A month is taken for four weeks, a year for 52.
        let futures = CommitmentFutures(
            of: level, steps: (0..<4).map { ($0 * 4, best * Double($0 + 1) / 4) }, weeks: 52 * proposal.years)
        proposal.spread = .init(
            low: FixedDecimal(computed: futures.quantile(0.05)), middle: FixedDecimal(computed: futures.quantile(0.5)),
            high: FixedDecimal(computed: futures.quantile(0.95)), lossShare: futures.lossShare)
    }

    /// By service, what open findings on sizes would take off the use of an hour.
    private static func removed(
        _ policies: PolicySet, _ state: ObservedState, _ result: EvaluationResult
    ) -> [OnDemandUse.Service: FixedDecimal] {
        let open = result.findings.filter { $0.policy.kind == .rightsizing && $0.isOpen && $0.enforcement.counts }
        let stakes = Dictionary(open.compactMap { one in one.resource.map { ($0.identity, one.atStake?.amount ?? .zero) } }) { max($0, $1) }
        guard !stakes.isEmpty else { return [:] }
        let context = BillContext(policies, state, result.now)
        var places: [ResourceIdentity: OnDemandUse.Service] = [:]
        for line in state.cost.lines where line.key.category == .usage {
            guard state.cost.terms[Int(line.key.terms)].pricing == .onDemand, let at = context.attribution.resource(of: line.key)
            else { continue }
            let resource = state.resources[at].identity
            guard stakes[resource] != nil else { continue }
            let service = OnDemandUse.Service(provider: state.cost.name(line.key.provider), name: state.cost.name(line.key.service))
            // Of several services the first by name: which line came first tells nothing.
            places[resource] = [places[resource], service].compactMap(\.self).min { $0.name < $1.name }
        }
        var removed: [OnDemandUse.Service: FixedDecimal] = [:]
        for (resource, service) in places {
            removed[service, default: .zero] += (stakes[resource] ?? .zero).scaled(by: 1, over: Int128(Windows.length * 24))
        }
        return removed
    }
}

extension [CommitmentStatement.Service] {
    /// What commitments cost, as a share of what the same use would be charged on demand: on-demand use may itself be charged below its list price.
    fileprivate func rate(of statement: CommitmentStatement) -> FixedDecimal? {
        let sums = reduce(into: CommitmentStatement.Use()) { $0 += $1.use }
        guard sums.unpriced.isZero, let committed = CommitmentStatement.Rate(sums.covered, of: sums.coveredOnDemand)?.share,
            !committed.isZero
        else { return nil }
        guard let charged = CommitmentStatement.Rate(sums.uncovered, of: sums.uncoveredOnDemand)?.share, !charged.isZero else {
            return committed
        }
        return committed.scaled(by: FixedDecimal.unit, over: charged.raw)
    }
}

extension OnDemandUse.Use {
    /// All of a day, of hours and of longer charges.
    fileprivate func whole(_ day: Day) -> FixedDecimal {
        (0..<24).reduce(days[day] ?? .zero) { $0 + (hours[day.number * 24 + Int32($1)] ?? .zero) }
    }
}
