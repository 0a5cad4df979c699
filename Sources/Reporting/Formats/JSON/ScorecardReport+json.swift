import CostModel
package import JSON

extension ScorecardReport {
    package func json() -> JSONValue {
        context.header.appending([
            "unowned": JSONValue(leaderboard.unowned), "teams": .array(leaderboard.teams.map(JSONValue.init)),
            "diagnostics": .array(problems.map(JSONValue.init)),
            "unscored": JSONValue(leaderboard.unscored), "coverage": coverage.map { JSONValue($0) } ?? .null,
            "estimates": estimates.map { JSONValue($0) } ?? .null, "campaigns": .array(campaigns.map(JSONValue.init)),
        ])
    }
}

extension JSONValue {
    fileprivate init(_ card: Scorecard) {
        self = [
            "team": .string(card.team), "parent": JSONValue(card.parent), "rank": JSONValue(card.rank), "league": JSONValue(card.league),
            "score": JSONValue(card.score), "level": .string(card.level.rawValue), "cost": JSONValue(card.cost),
            "potentialSavings": JSONValue(card.potentialSavings), "penalties": .array(card.penalties.map(JSONValue.init)),
            "note": JSONValue(card.note),
            // What follows needs history, which needs a ledger.
            "streakWeeks": JSONValue(card.streakWeeks), "badges": card.badges.map { .array($0.map(JSONValue.init)) } ?? nil,
            "leaderboard": JSONValue(card.leaderboard), "improvement": JSONValue(percent: card.improvement),
            "timeliness": JSONValue(percent: card.timeliness), "heldLevel": JSONValue(card.heldLevel?.rawValue),
            "previousScore": JSONValue(card.previousScore), "wouldBe": JSONValue(card.wouldBe),
            "subtree": JSONValue(card.subtree), "rankedWith": .array(card.rankedWith.map { .string($0) }),
            "lacks": JSONValue(card.lacks), "daysToLevel": JSONValue(card.daysToLevel),
            "movements": card.movements.map { .array($0.map(JSONValue.init)) } ?? nil,
        ]
    }

    fileprivate init(_ penalty: Scorecard.Penalty) {
        self = [
            "finding": .string(penalty.finding), "points": JSONValue(penalty.points), "atStake": JSONValue(penalty.atStake),
            "due": JSONValue(penalty.due?.description), "overdue": penalty.due == nil ? .null : .bool(penalty.isOverdue),
        ]
    }

    fileprivate init(_ movement: Scorecard.Movement) {
        self = [
            "kind": .string(movement.kind.rawValue), "finding": JSONValue(movement.finding), "message": .string(movement.message),
            "points": JSONValue(movement.points),
        ]
    }
}
