import CostModel

/// Puts scorecards into the order of the leaderboard, with ranks and leagues.
///
/// Leagues are quartiles by cost among the ranked teams; 1 holds the largest spenders. Ranks run over all leagues by
/// `L`, which is the score without history. A team within two points of the best of its tie shares that one's rank, and the next rank
/// counts the teams before it: 1, 1, 3.
enum Ranking {
    /// In hundredths of a point.
    static let tie = 200
    static let leagues = 4

    static func order(_ cards: [Scorecard], unranked: Set<String>) -> [Scorecard] {
        var ranked = cards.filter { $0.score != nil && !unranked.contains($0.team) }.sorted(by: byStanding)
        let bySpend = ranked.indices.sorted { a, b in
            let (left, right) = (ranked[a].cost?.amount ?? .zero, ranked[b].cost?.amount ?? .zero)
            if left != right { return left > right }
            return ranked[a].team < ranked[b].team
        }
        for (place, index) in bySpend.enumerated() { ranked[index].league = 1 + place * leagues / ranked.count }

        var leader = 0
        for index in ranked.indices {
            let distance = ranked[leader].standing - ranked[index].standing
            if distance > tie { leader = index }
            ranked[index].rank = leader + 1
        }
        return ranked + cards.filter { $0.score == nil || unranked.contains($0.team) }.sorted(by: byStanding)
    }

    /// Best first, unscored last.
    private static func byStanding(_ a: Scorecard, _ b: Scorecard) -> Bool {
        a.standing == b.standing ? a.team < b.team : a.standing > b.standing
    }
}

extension Scorecard {
    /// What it is ranked by, in hundredths of a point; below zero: unscored.
    fileprivate var standing: Int { (leaderboard ?? score)?.hundredths ?? -1 }
}
