import CostModel

/// `I`: what a team verifiably saved in the last 28 days, of what it wasted before.
enum Improvement {
    static let days = 28
    static let vestingDays = 30
    /// Percent of a team's earlier spend: with so little waste there is nothing to improve, with so much everything. What lies between counts
    /// by how far it is from the one to the other, so that no dollar decides.
    static let waste: (little: Int128, much: Int128) = (2, 6)

    /// - Parameters:
    ///   - savings: the team's.
    ///   - waste: today.
    ///   - shares: what of that would have been waste in each of the team's earlier windows, and what it spent in them: the worst of them
    ///     counts, so that neither what it buys beside its waste for a month makes that small, nor what costs more in a season makes it large.
    ///   - earlier: the team's days, in their order.
    ///   - materiality: `K` of the team.
    /// - Returns: in hundredths of a percent.
    static func share(
        _ savings: [SavingsRecord], waste: FixedDecimal, shares: [WasteShare], earlier: [ScoreDay], materiality: FixedDecimal, today: Day
    ) -> Int {
        let little = shares.map { littleWaste($0.waste, of: $0.spend) }.min() ?? (waste > .zero ? 0 : Share.whole)
        let saved = savings.filter { (0..<days).contains($0.vests.distance(to: today)) }
            .reduce(FixedDecimal.zero) { $0 + $1.credit.of28Days.amount }
        // A team younger than the window is held to what it wasted first.
        let then = earlier.last { $0.day <= today.advanced(by: -days) } ?? earlier.first
        let base = max(then?.waste.amount ?? waste, materiality)
        return max(little, base > .zero ? Share.hundredths(saved, of: base) : saved > .zero ? Share.whole : 0)
    }

    /// 1 up to 2 % of the spend, 0 from 6 % on; in hundredths of a percent.
    private static func littleWaste(_ wasted: FixedDecimal, of spend: FixedDecimal) -> Int {
        guard wasted > .zero else { return Share.whole }
        let (low, high) = (spend.weighted(by: waste.little), spend.weighted(by: waste.much))
        let rest = high - wasted.weighted(by: 100)
        return rest > .zero ? Share.hundredths(rest, of: high - low) : 0
    }

    /// What a team's waste was in a window of 28 days, and all that it spent in it.
    struct WasteShare: Hashable {
        var waste: FixedDecimal
        var spend: FixedDecimal
    }

    /// In each earlier window: what is wasted today, by what its resources cost then. One that was not charged then counts as now. Without an
    /// earlier window the current one takes their place.
    static func shares(_ findings: [Finding], own: SpendByScope.Spend, result: EvaluationResult) -> [WasteShare] {
        let wasted = largest(findings)
        func sum(_ amount: (Finding) -> FixedDecimal) -> FixedDecimal { wasted.reduce(.zero) { $0 + amount($1) } }
        let windows = own.past.enumerated().filter { $0.element > .zero }
        guard !windows.isEmpty else {
            return [WasteShare(waste: sum { $0.atStake?.amount ?? .zero }, spend: own.current)]
        }
        return windows.map { window, spend in
            WasteShare(
                waste: sum { finding in
                    let now = max(.zero, finding.atStake?.amount ?? .zero)
                    guard let resource = finding.resource?.identity, let earlier = result.earlierSpend[resource], window < earlier.count,
                        earlier[window] > .zero, let cost = (result.runRates[resource] ?? result.spend[resource])?.amount, cost > .zero
                    else { return now }
                    return min(now, cost).scaled(by: earlier[window].raw, over: cost.raw)
                }, spend: spend)
        }
    }

    /// Dollars of 28 days that the open findings of rightsizing would save: of several for one resource the largest. An exemption makes
    /// no waste less.
    static func waste(_ findings: [Finding], _ currency: Currency) -> Money {
        Money(largest(findings).reduce(.zero) { $0 + max(.zero, $1.atStake?.amount ?? .zero) }, currency)
    }

    private static func largest(_ findings: [Finding]) -> [Finding] {
        var largest: [String: Finding] = [:]
        for finding in findings where finding.policy.kind == .rightsizing && finding.weighs {
            let key = finding.resource?.identity.description ?? finding.id
            guard (largest[key]?.atStake?.amount ?? .zero) <= finding.atStake?.amount ?? .zero else { continue }
            largest[key] = finding
        }
        return largest.sorted { $0.key < $1.key }.map(\.value)
    }
}

extension SavingsRecord {
    /// The day on which credit for it vests.
    var vests: Day { change.merged.day.advanced(by: Improvement.vestingDays) }

    /// What it counts for, in a month.
    var credit: Money {
        let none = Money.zero((verified ?? estimated ?? realised)?.currency ?? .usd)
        guard standing == .vested, let verified, !verified.amount.isNegative else { return none }
        return verified
    }
}
