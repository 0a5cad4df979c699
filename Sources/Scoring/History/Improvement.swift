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
    ///   - spend: the least of the team's earlier windows: what it buys beside its waste this month makes no waste small.
    ///   - earlier: the team's days, in their order.
    ///   - materiality: `K` of the team.
    /// - Returns: in hundredths of a percent.
    static func share(
        _ savings: [SavingsRecord], waste: FixedDecimal, spend: FixedDecimal, earlier: [ScoreDay], materiality: FixedDecimal, today: Day
    ) -> Int {
        let little = littleWaste(waste, of: spend)
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

    /// Dollars of 28 days that the open findings of rightsizing would save: of several for one resource the largest. An exemption makes
    /// no waste less.
    static func waste(_ findings: [Finding], _ currency: Currency) -> Money {
        var largest: [String: FixedDecimal] = [:]
        for finding in findings where finding.policy.kind == .rightsizing && finding.weighs {
            let key = finding.resource?.identity.description ?? finding.id
            largest[key] = max(largest[key] ?? .zero, finding.atStake?.amount ?? .zero)
        }
        return Money(largest.values.reduce(.zero, +), currency)
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
