import CostModel

/// Why a team's score is not what it was on an earlier day.
///
/// A finding that opened since costs what its penalty is. One that closed since would cost what it put at stake, by what the team is
/// measured by today. The rest is what amounts and spend did, so that the parts add up to the difference exactly.
enum WeeklyMovements {
    /// - Parameters:
    ///   - lives: the team's.
    ///   - since: the day that is compared with.
    ///   - before: its score.
    ///   - severities: of the policies that make scores.
    static func movements(
        of card: Scorecard, lives: [FindingLife], since: Day, before: Points, yardstick: Yardstick, severities: [PolicyReference: Severity]
    ) -> [Scorecard.Movement]? {
        guard let score = card.score else { return nil }
        let points = Dictionary(card.penalties.map { ($0.finding, $0.points.hundredths) }, uniquingKeysWith: { first, _ in first })
        var movements: [Scorecard.Movement] = []
        for life in lives {
            if life.isOpen {
                guard let opened = life.opened, opened.day >= since, let cost = points[life.id], cost > 0 else { continue }
                movements.append(.init(.opened, finding: life.id, message: life.message, points: Points(hundredths: -cost)))
            } else if life.state == .fixed, let fixed = life.fixed, fixed.day >= since, let opened = life.opened, opened.day < since {
                guard life.verdict == .fail, !life.isExempt, let severity = severities[life.policy] else { continue }
                let saved = worth(life.atStake.amount, severity, yardstick)
                guard saved > 0 else { continue }
                let kind: Scorecard.Movement.Kind = life.fixedBy == nil ? .ended : .fixed
                movements.append(.init(kind, finding: life.id, message: life.message, points: Points(hundredths: saved)))
            }
        }
        let rest = score.hundredths - before.hundredths - movements.reduce(0) { $0 + $1.points.hundredths }
        if rest != 0 { movements.append(.init(.amounts, points: Points(hundredths: rest))) }
        return movements.sorted { a, b in
            let (left, right) = (abs(a.points.hundredths), abs(b.points.hundredths))
            return left == right ? (a.finding ?? "~") < (b.finding ?? "~") : left > right
        }
    }

    /// `100 · w · s / D`, in whole hundredths.
    private static func worth(_ atStake: FixedDecimal, _ severity: Severity, _ yardstick: Yardstick) -> Int {
        let weighted = atStake.weighted(by: Weights.weight(of: severity))
        guard weighted > .zero, yardstick.denominator > .zero else { return 0 }
        return Share.hundredths(weighted, of: yardstick.denominator)
    }
}
