import CostModel

/// Puts scorecards into the order of the leaderboard, with ranks and leagues.
///
/// Leagues are quartiles by cost among the ranked teams; 1 holds the largest spenders. Ranks run over all leagues by
/// `L`, which is the score without history. A team within two points of the best of its tie shares that one's rank, and the next rank
/// counts the teams before it: 1, 1, 3. Teams too small for a rank count with the nearest team above them, see `Subtrees`.
enum Ranking {
    /// In hundredths of a point.
    static let tie = 200
    static let leagues = 4

    /// - Parameter yardsticks: by team.
    static func order(_ cards: [Scorecard], unranked: Set<String>, yardsticks: [String: Yardstick]) -> [Scorecard] {
        var cards = cards
        let subtrees = Subtrees(cards, unranked: unranked, yardsticks: yardsticks)
        for index in cards.indices { subtrees.tell(&cards[index]) }
        func isRanked(_ card: Scorecard) -> Bool {
            card.subtree != nil || (card.score != nil && !unranked.contains(card.team))
        }
        var ranked = cards.filter(isRanked).sorted(by: byStanding)
        func cost(_ index: Int) -> FixedDecimal { subtrees.cost(of: ranked[index]) }
        let bySpend = ranked.indices.sorted { a, b in
            let (left, right) = (cost(a), cost(b))
            if left != right { return left > right }
            return ranked[a].team < ranked[b].team
        }
        for (place, index) in bySpend.enumerated() { ranked[index].league = 1 + place * leagues / ranked.count }

        for (index, rank) in ranked.map(\.standing).ranks(within: tie).enumerated() { ranked[index].rank = rank }
        return ranked + cards.filter { !isRanked($0) }.sorted(by: byStanding)
    }

    /// Best first, unscored last.
    private static func byStanding(_ a: Scorecard, _ b: Scorecard) -> Bool {
        a.standing == b.standing ? a.team < b.team : a.standing > b.standing
    }
}

extension Scorecard {
    /// What it is ranked by, in hundredths of a point; below zero: unscored.
    fileprivate var standing: Int { (subtree ?? own)?.hundredths ?? -1 }

    /// What it would be ranked by alone.
    fileprivate var own: Points? { leaderboard ?? score }
}

/// Teams too small for a rank, under the nearest team above them that is large enough together with them: a team that is split into small
/// ones leaves no ranking by that.
private struct Subtrees {
    private struct Pool {
        var members: [String] = []
        var cost = FixedDecimal.zero
        /// Σ D(t), and Σ D(t) · L(t) in hundredths of a point.
        var denominator = FixedDecimal.zero
        var weighted = FixedDecimal.zero

        mutating func add(_ card: Scorecard, _ yardstick: Yardstick?) {
            cost += max(.zero, card.cost?.amount ?? .zero)
            guard let own = card.own, let denominator = yardstick?.denominator, denominator > .zero else { return }
            self.denominator += denominator
            weighted += denominator.weighted(by: Int128(own.hundredths))
        }

        mutating func add(_ other: Pool) {
            members += other.members
            cost += other.cost
            denominator += other.denominator
            weighted += other.weighted
        }

        /// Rounded down.
        var mean: Points? {
            denominator > .zero ? Points(hundredths: Int(weighted.raw / denominator.raw)) : nil
        }
    }

    private var pools: [String: Pool] = [:]

    init(_ cards: [Scorecard], unranked: Set<String>, yardsticks: [String: Yardstick]) {
        let byName = Dictionary(cards.map { ($0.team, $0) }, uniquingKeysWith: { first, _ in first })
        let children = Dictionary(grouping: cards.filter { $0.parent != nil }, by: { $0.parent ?? "" })
        var open: [String: Pool] = [:]
        // From the leaves up, so that what is still too small is handed on.
        for card in cards.sorted(by: { Self.depth($0, byName) > Self.depth($1, byName) }) {
            var below = Pool()
            for child in children[card.team] ?? [] {
                guard let pool = open.removeValue(forKey: child.team) else { continue }
                below.add(pool)
            }
            let isSmall = yardsticks[card.team]?.isSmall ?? false
            guard isSmall || !below.members.isEmpty else { continue }
            var pool = below
            pool.add(card, yardsticks[card.team])
            let isRankedAlone = card.score != nil && !unranked.contains(card.team)
            let isLarge = isSmall && pool.cost >= Scorer.leastRankedSpend
            if !below.members.isEmpty, isRankedAlone || isLarge, pool.mean != nil {
                pools[card.team] = pool
            } else if isSmall {
                pool.members.append(card.team)
                open[card.team] = pool
            }
        }
    }

    private static func depth(_ card: Scorecard, _ byName: [String: Scorecard]) -> Int {
        var depth = 0
        var parent = card.parent
        // A circle of parents is an error of the policies; here it only must end.
        while let name = parent, depth <= byName.count {
            depth += 1
            parent = byName[name]?.parent
        }
        return depth
    }

    func tell(_ card: inout Scorecard) {
        card.subtree = pools[card.team]?.mean
        card.rankedWith = (pools[card.team]?.members ?? []).sorted()
        if card.subtree != nil { card.note = nil }
    }

    /// In 28 days, with those that count with it.
    func cost(of card: Scorecard) -> FixedDecimal { pools[card.team]?.cost ?? card.cost?.amount ?? .zero }
}
