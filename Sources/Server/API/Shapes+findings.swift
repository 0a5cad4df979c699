internal import CostModel
internal import Reporting

extension Shapes {
    static let finding = Shape<FindingLife>(
        name: "Finding",
        fields: [
            .text("id") { $0.id }, .policy("policy") { $0.policy }, .text("rule") { $0.rule }, .word("result") { $0.verdict },
            .word("severity") { $0.severity }, .text(orNull: "team") { $0.team }, .text(orNull: "resource") { $0.resource },
            .text(orNull: "subject") { $0.subject }, .text("message") { $0.message }, .word("state") { $0.state },
            .flag("exempt") { $0.isExempt }, .time("firstSeen") { $0.firstSeen }, .time("lastSeen") { $0.lastSeen },
            .time(orNull: "opened") { $0.opened }, .time(orNull: "fixed") { $0.fixed }, .text(orNull: "fixedBy") { $0.fixedBy },
            .integer("reopened") { $0.reopened }, .day(orNull: "due") { $0.due }, .money("atStake") { $0.atStake },
            .money(orNull: "monthlySavings") { $0.monthlySavings },
        ])

    static let event = Shape<LifeEvent>(
        name: "FindingEvent",
        fields: [.time("time") { $0.time }, .word("kind") { $0.kind }, .text(orNull: "commit") { $0.commit }])

    static let findingWithEvents = Shape<(life: FindingLife, events: [LifeEvent])>(
        name: "FindingHistory",
        fields: [
            .field("finding", finding.reference) { finding.json($0.life) }, .list("events", of: event) { $0.events },
        ])

    static let score = Shape<ScoreDay>(
        name: "ScoreDay",
        fields: [
            .text("team") { $0.team }, .day("day") { $0.day }, .points(orNull: "score") { $0.score },
            .word("reachedLevel") { $0.reachedLevel }, .word("level") { $0.level }, .money("cost") { $0.cost },
            .money("potentialSavings") { $0.potentialSavings }, .points(orNull: "leaderboard") { $0.leaderboard },
            .integer("streakWeeks") { $0.streakWeeks }, .flag("overdue") { $0.isOverdue }, .text("policyDigest") { $0.policyDigest },
        ])

    static let badge = Shape<Badge>(
        name: "Badge",
        fields: [
            .text("name") { $0.name }, .day("awarded") { $0.awarded }, .text("reason") { $0.reason }, .text("evidence") { $0.evidence },
        ])

    static let scorecard = Shape<(score: ScoreDay, badges: [Badge])>(
        name: "Scorecard",
        fields: [
            .text("team") { $0.score.team }, .field("latest", score.reference) { score.json($0.score) },
            .list("badges", of: badge) { $0.badges },
        ])
}
