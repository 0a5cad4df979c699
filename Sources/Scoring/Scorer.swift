package import CostModel

/// Makes scorecards and the leaderboard from one evaluation and the bill's own history.
///
/// This is the part of scoring.md that needs no ledger: streaks, vesting and the rules against flapping wait for one, so `I` and `T` are
/// not known and the leaderboard goes by the score alone. All arithmetic is on whole numbers.
package enum Scorer {
    /// Spend of 28 days below which a team is listed without a rank.
    package static let leastRankedSpend = FixedDecimal(1_000)
    /// Days since its first charge before a team is ranked.
    package static let leastRankedAge = 28

    package static func score(policies: PolicySet, result: EvaluationResult) -> Leaderboard {
        let byTeam = Dictionary(grouping: result.findings, by: { $0.team ?? Exposure.workspaceKey })
        let lineage = Lineage(policies.teams)
        var unranked: Set<String> = []
        let cards = policies.teams.map { team in
            let parent = policies.team(team.parent ?? Exposure.workspaceKey)
            let around = parent.map { subtree(of: $0.name, lineage, result.exposure) } ?? result.exposure.workspace
            let first = result.exposure.firstDay[team.name]
            var card = card(
                key: team.name, name: team.name, parent: team.parent, own: result.exposure.teams[team.name] ?? .init(),
                isNew: isNew(first, result),
                around: around, findings: byTeam[team.name] ?? [], policies: policies, result: result)
            if let reason = reasonAgainstRank(card, first: first, result) {
                unranked.insert(team.name)
                card.note = reason
            }
            return card
        }
        let currency = policies.workspace.currency
        return Leaderboard(
            teams: Ranking.order(cards, unranked: unranked), unowned: Money(result.exposure.unowned.current, currency),
            workspace: card(
                key: Exposure.workspaceKey, name: policies.workspace.name, parent: nil, own: result.exposure.unowned, isNew: false,
                around: result.exposure.workspace, findings: byTeam[Exposure.workspaceKey] ?? [], policies: policies, result: result))
    }

    private static func card(
        key: String, name: String, parent: String?, own: Exposure.Spend, isNew: Bool, around: Exposure.Spend, findings: [Finding],
        policies: PolicySet, result: EvaluationResult
    ) -> Scorecard {
        let currency = policies.workspace.currency
        let account = TeamAccount(
            key: key, findings: findings, own: own, isNew: isNew, parent: around,
            materiality: policies.workspace.scoring.materiality.amount,
            result: result)
        var card = Scorecard(
            team: name, parent: parent, score: nil, level: .none, cost: Money(own.current, currency),
            potentialSavings: savings(findings, currency), penalties: [])
        guard account.denominator > .zero else { return card }
        let stakes = account.stakes.sorted { ($1.weighted, $0.finding) < ($0.weighted, $1.finding) }
        let split = PointSplit(stakes.map { .init(finding: $0.finding, weighted: $0.weighted) }, over: account.denominator)
        let score = Points(hundredths: 10_000 - split.total.hundredths)
        card.score = score
        card.penalties = zip(stakes, split.points).map { stake, points in
            Scorecard.Penalty(finding: stake.finding, points: points, atStake: stake.atStake)
        }
        card.level = LevelLadder.level(score: score, account: account, cost: own.current)
        return card
    }

    /// A parent's spend is its own and that of every team below it.
    private static func subtree(of team: String, _ lineage: Lineage, _ exposure: Exposure) -> Exposure.Spend {
        lineage.descendants(of: team).union([team]).sorted().reduce(Exposure.Spend()) { sum, name in
            exposure.teams[name].map { sum + $0 } ?? sum
        }
    }

    /// Whether there is no charge before the current window.
    private static func isNew(_ first: Day?, _ result: EvaluationResult) -> Bool {
        first.map { $0 >= result.now.day.advanced(by: -leastRankedAge) } ?? true
    }

    private static func reasonAgainstRank(_ card: Scorecard, first: Day?, _ result: EvaluationResult) -> String? {
        guard card.score != nil else { return "not scored: no spend and no finding" }
        guard let first else { return "not ranked: nothing was charged to it yet" }
        if first > result.now.day.advanced(by: -leastRankedAge) {
            return "not ranked: its first charge is less than \(leastRankedAge) days old"
        }
        guard card.cost.amount >= leastRankedSpend else {
            return "not ranked: under \(leastRankedSpend.rounded(to: 0)) \(card.cost.currency) in 28 days"
        }
        return nil
    }

    /// What mending every open finding would save in a month. Of several proposals for one resource the largest counts; exempt findings and
    /// those of shadow policies are not up for mending.
    private static func savings(_ findings: [Finding], _ currency: Currency) -> Money {
        var best: [ResourceIdentity: FixedDecimal] = [:]
        for finding in findings where finding.verdict == .fail && finding.exemption == nil && finding.enforcement != .shadow {
            guard let identity = finding.resource?.identity, let savings = finding.monthlySavings?.amount else { continue }
            best[identity] = max(best[identity] ?? .zero, savings)
        }
        return Money(best.values.reduce(.zero, +), currency)
    }
}
