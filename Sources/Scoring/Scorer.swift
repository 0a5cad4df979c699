package import CostModel

/// Makes scorecards and the leaderboard from one evaluation and the bill's own history.
///
/// This is the part that needs no ledger: `I` and `T` are not known, and the leaderboard goes by the score alone. `ScoreHistory` adds what takes
/// time. All arithmetic is on whole numbers.
package enum Scorer {
    /// Spend of 28 days below which a team is listed without a rank.
    package static let leastRankedSpend = FixedDecimal(1_000)
    /// Days since its first charge before a team is ranked.
    package static let leastRankedAge = 28

    /// - Parameter touched: teams whose findings or money something may hold that could not be observed: they get no score.
    package static func score(policies: PolicySet, result: EvaluationResult, touched: Set<String> = []) -> Leaderboard {
        let measured = measure(policies: policies, result: result)
        var board = measured.leaderboard
        guard !touched.isEmpty else { return board }
        for index in board.teams.indices where touched.contains(board.teams[index].team) && board.teams[index].score != nil {
            board.teams[index].withhold()
        }
        board.teams = order(board.teams, measured.unranked, measured.yardsticks)
        return board
    }

    /// Those without a score take no part in anybody's rank.
    static func order(_ cards: [Scorecard], _ unranked: Set<String>, _ yardsticks: [String: Yardstick]) -> [Scorecard] {
        let unscored = Set(cards.filter { $0.score == nil }.map(\.team))
        return Ranking.order(cards, unranked: unranked.union(unscored), yardsticks: yardsticks.filter { !unscored.contains($0.key) })
    }

    /// - Returns: with the leaderboard what each team is measured by.
    static func measure(
        policies: PolicySet, result: EvaluationResult
    ) -> (leaderboard: Leaderboard, yardsticks: [String: Yardstick], unranked: Set<String>) {
        if let reason = result.unknownSpend { return (unscored(policies, reason), [:], Set(policies.teams.map(\.name))) }
        let byTeam = Dictionary(grouping: result.findings, by: { $0.team ?? SpendByScope.workspaceKey })
        let views = ControlViews(result.spendByScope)
        var unranked: Set<String> = []
        var yardsticks: [String: Yardstick] = [:]
        let cards = policies.teams.map { team in
            let own = result.spendByScope.teams[team.name] ?? .init()
            let first = result.spendByScope.firstDay[team.name]
            let account = teamAccount(
                key: team.name, own: own, isNew: isNew(first, result), findings: byTeam[team.name] ?? [], views: views, policies: policies,
                result: result)
            yardsticks[team.name] = Yardstick(
                materiality: account.materiality,
                shares: Improvement.shares(byTeam[team.name] ?? [], own: own, result: result), denominator: account.denominator)
            var card = scorecard(
                name: team.name, parent: team.parent, account: account, cost: result.spendByScope.teams[team.name]?.current ?? .zero,
                findings: byTeam[team.name] ?? [], policies: policies)
            if let (reason, isSmall) = reasonAgainstRank(card, first: first, result) {
                unranked.insert(team.name)
                card.note = reason
                yardsticks[team.name]?.isSmall = isSmall
            }
            return card
        }
        let currency = policies.workspace.currency
        let unowned = result.spendByScope.unowned
        let rest = byTeam[SpendByScope.workspaceKey] ?? []
        let account = teamAccount(
            key: SpendByScope.workspaceKey, own: unowned, isNew: false, findings: rest, views: views, policies: policies, result: result)
        let board = Leaderboard(
            teams: Ranking.order(cards, unranked: unranked, yardsticks: yardsticks), unowned: Money(unowned.current, currency),
            workspace: scorecard(
                name: policies.workspace.name, parent: nil, account: account, cost: unowned.current, findings: rest, policies: policies))
        return (board, yardsticks, unranked)
    }

    /// Without a bill, or most of it, there is nothing to divide by: no score, rather than a full one. No cost either, rather than none.
    private static func unscored(_ policies: PolicySet, _ reason: String) -> Leaderboard {
        func card(_ name: String, parent: String?) -> Scorecard {
            Scorecard(
                team: name, parent: parent, score: nil, level: .none, cost: nil, potentialSavings: nil, penalties: [],
                note: "not scored: \(reason)")
        }
        let cards = policies.teams.map { card($0.name, parent: $0.parent) }
        return Leaderboard(
            teams: Ranking.order(cards, unranked: [], yardsticks: [:]), unowned: nil, workspace: card(policies.workspace.name, parent: nil),
            unscored: reason
        )
    }

    private static func teamAccount(
        key: String, own: SpendByScope.Spend, isNew: Bool, findings: [Finding], views: ControlViews, policies: PolicySet,
        result: EvaluationResult
    ) -> TeamScoreInputs {
        TeamScoreInputs(
            key: key, findings: findings, own: own, isNew: isNew, views: views,
            materiality: policies.workspace.scoring.materiality.amount, result: result)
    }

    private static func scorecard(
        name: String, parent: String?, account: TeamScoreInputs, cost: FixedDecimal, findings: [Finding], policies: PolicySet
    ) -> Scorecard {
        let currency = policies.workspace.currency
        var card = Scorecard(
            team: name, parent: parent, score: nil, level: .none, cost: Money(cost, currency),
            potentialSavings: savings(findings, currency), penalties: [])
        guard account.denominator > .zero else { return card }
        let stakes = account.stakes.sorted { ($1.weighted, $0.finding) < ($0.weighted, $1.finding) }
        let split = PointSplit(stakes.map { .init(finding: $0.finding, weighted: $0.weighted) }, over: account.denominator)
        let score = Points(hundredths: 10_000 - split.total.hundredths)
        card.score = score
        card.penalties = zip(stakes, split.points).map { stake, points in
            Scorecard.Penalty(finding: stake.finding, points: points, atStake: stake.atStake)
        }
        card.level = LevelLadder.level(score: score, account: account, cost: cost)
        card.lacks = LevelLadder.lacking(score: score, account: account, cost: cost)
        return card
    }

    /// Whether there is no charge before the current window.
    private static func isNew(_ first: Day?, _ result: EvaluationResult) -> Bool {
        first.map { $0 >= result.now.day.advanced(by: -leastRankedAge) } ?? true
    }

    /// Why a team has no rank of its own; and whether that is because it is small, so that it counts with the team above it.
    private static func reasonAgainstRank(_ card: Scorecard, first: Day?, _ result: EvaluationResult) -> (reason: String, isSmall: Bool)? {
        guard card.score != nil else { return ("not scored: no spend and no finding", true) }
        guard let first else { return ("not ranked: nothing was charged to it yet", true) }
        if first > result.now.day.advanced(by: -leastRankedAge) {
            return ("not ranked: its first charge is less than \(leastRankedAge) days old", false)
        }
        guard let cost = card.cost, cost.amount >= leastRankedSpend else {
            return ("not ranked: under \(leastRankedSpend.rounded(to: 0)) \(card.cost.map { "\($0.currency) " } ?? "")in 28 days", true)
        }
        return nil
    }

    /// What fixing every open finding would save in a month. Of several proposals for one resource the largest counts; exempt findings and
    /// those of shadow policies are not up for fixing.
    private static func savings(_ findings: [Finding], _ currency: Currency) -> Money {
        var best: [ResourceIdentity: FixedDecimal] = [:]
        for finding in findings where finding.isFailing {
            guard let identity = finding.resource?.identity, let savings = finding.monthlySavings?.amount else { continue }
            best[identity] = max(best[identity] ?? .zero, savings)
        }
        return Money(best.values.reduce(.zero, +), currency)
    }
}

extension Scorecard {
    /// Takes back what was made of an incomplete observation.
    mutating func withhold() {
        guard score != nil else { return }
        (score, rank, league, level, lacks, penalties) = (nil, nil, nil, .none, nil, [])
        wouldBe = nil
        note = "not scored: something of it could not be observed"
    }
}

/// What a team is measured by beside its findings.
struct Yardstick {
    /// `K(t)`
    var materiality = FixedDecimal.zero
    /// Of its waste, see `Improvement`.
    var shares: [Improvement.WasteShare] = []
    /// `D(t)`, in the unit of `Weights`.
    var denominator = FixedDecimal.zero
    /// Whether it is too small for a rank of its own.
    var isSmall = false
}
