package import CostModel

/// Which level a score and the shares of passing dollars reach.
///
/// The share of a level's dollars that pass: over the controls of that level, Σ max(0, S − F) / Σ S. S is the team's in-scope effective
/// spend of the 28 closed days under the control, F what its failing, exempt and unknown findings put at stake, not discounted. Without a
/// dollar in scope nothing fails: the share is whole. What is overdue is known to a ledger only: `ScoreHistory` takes gold away for it.
package struct LevelLadder {
    private struct Step {
        var level: Level
        /// In hundredths of a point.
        var score: Int
        /// Least percentage of passing dollars by control level, from 1.
        var passing: [Int128]
        /// Most percentage of exempt dollars; nil: any.
        var exempt: Int128?
    }

    private static let steps = [
        Step(level: .gold, score: 9_000, passing: [98, 95, 90], exempt: 2),
        Step(level: .silver, score: 7_500, passing: [95, 90]),
        Step(level: .bronze, score: 6_000, passing: [90]),
    ]

    /// The score that a level needs, in hundredths.
    package static func score(for level: Level) -> Int { steps.first { $0.level == level }?.score ?? 0 }

    static func level(score: Points, account: TeamScoreInputs, cost: FixedDecimal) -> Level {
        for step in steps where score.hundredths >= step.score {
            let passes = step.passing.enumerated().allSatisfy { index, percentage in
                let (passing, whole) = dollars(account.controls.filter { $0.level == index + 1 })
                return passing.weighted(by: 100) >= whole.weighted(by: percentage)
            }
            let exempt = step.exempt.map { account.exempt.weighted(by: 100) <= max(.zero, cost).weighted(by: $0) } ?? true
            if passes, exempt { return step.level }
        }
        return .none
    }

    private static func dollars(_ controls: [TeamScoreInputs.Control]) -> (passing: FixedDecimal, whole: FixedDecimal) {
        controls.reduce((FixedDecimal.zero, FixedDecimal.zero)) { sums, control in
            let spend = max(.zero, control.spend.current)
            return (sums.0 + max(.zero, spend - control.notPassing), sums.1 + spend)
        }
    }
}
