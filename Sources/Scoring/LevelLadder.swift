package import CostModel

/// Which level a score and the shares of passing dollars reach.
///
/// The share of a level's dollars that pass: over the controls of that level, Σ max(0, S − F) / Σ max(S, F). S is `R(t,c)`, the team's spend under
/// the control in the earlier periods, so that padding makes no share larger; F what its failing, exempt and unknown findings put at stake,
/// not discounted. Controls of one kind that few teams see are one, with the largest spend among them: many budgets over the same dollars
/// make no more of them pass. Without a dollar in scope nothing fails: the share is whole. What is overdue is known to a ledger only:
/// `ScoreHistory` takes gold away for it.
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

    /// What the next level above the one that is reached needs beside what there is: `for silver: 2.31 more points; 95 % of level-1 dollars
    /// passing, now 91.20 %`. Nil at the top.
    static func lacking(score: Points, account: TeamScoreInputs, cost: FixedDecimal) -> String? {
        let reached = level(score: score, account: account, cost: cost)
        guard let step = steps.last(where: { $0.level > reached }) else { return nil }
        var needs: [String] = []
        if score.hundredths < step.score { needs.append("\(Points(hundredths: step.score - score.hundredths)) more points") }
        for (index, percentage) in step.passing.enumerated() {
            let (passing, whole) = dollars(account.controls.filter { $0.level == index + 1 })
            guard passing.weighted(by: 100) < whole.weighted(by: percentage) else { continue }
            let share = Points(hundredths: Share.hundredths(passing, of: whole))
            needs.append("\(percentage) % of level-\(index + 1) dollars passing, now \(share) %")
        }
        if let most = step.exempt, account.exempt.weighted(by: 100) > max(.zero, cost).weighted(by: most) {
            needs.append("at most \(most) % of dollars exempt")
        }
        return "for \(step.level.rawValue): " + needs.joined(separator: "; ")
    }

    private static func dollars(_ controls: [TeamScoreInputs.Control]) -> (passing: FixedDecimal, whole: FixedDecimal) {
        var groups: [PolicyKind: (spend: FixedDecimal, notPassing: FixedDecimal)] = [:]
        var sums = (passing: FixedDecimal.zero, whole: FixedDecimal.zero)
        func add(_ spend: FixedDecimal, _ notPassing: FixedDecimal) {
            sums.passing += max(.zero, spend - notPassing)
            // What fails beyond the earlier spend fails, too: who makes all anew has no earlier spend under any control.
            sums.whole += max(spend, notPassing)
        }
        for control in controls {
            let spend = control.measure
            guard let kind = control.group else {
                add(spend, control.notPassing)
                continue
            }
            let group = groups[kind] ?? (.zero, .zero)
            groups[kind] = (max(group.spend, spend), group.notPassing + control.notPassing)
        }
        for group in groups.values { add(group.spend, group.notPassing) }
        return sums
    }
}
