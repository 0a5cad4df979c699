import CostModel

/// What some findings put at stake together, where what their resources cost has grown.
///
/// A team is measured by what it spent in earlier periods. What is at stake is held to the same periods, or a season in which everything costs
/// three times as much would make three times the sinner of a team that did nothing: of resources that were charged in them no more counts
/// than what they, and what has left since, cost then. What is new counts in full. It is the sum that is limited, not each finding: how the
/// dollars are spread over resources that are alike makes no difference, and neither does what is moved from one to another. Exempt dollars
/// are discounted before the limit, not after it: else mending one that grew more than the others would give these back what it held.
struct StakeSum {
    private var old = FixedDecimal.zero
    private var usual = FixedDecimal.zero
    private var new = FixedDecimal.zero
    /// What has left since.
    private let left: FixedDecimal

    init(left: FixedDecimal = .zero) { self.left = left }

    mutating func add(_ finding: Finding, _ stake: FixedDecimal) {
        guard let before = finding.usualStake?.amount else { return new += stake }
        old += stake
        usual += max(.zero, before)
    }

    /// What counts.
    var amount: FixedDecimal { new + min(old, usual + left) }

    /// Of what a finding puts at stake, the share that counts.
    func share(of finding: Finding) -> FixedDecimal {
        guard finding.usualStake != nil, usual + left < old else { return FixedDecimal(1) }
        return (usual + left).scaled(by: FixedDecimal.unit, over: old.raw)
    }
}
