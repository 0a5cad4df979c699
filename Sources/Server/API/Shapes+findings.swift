internal import CostModel
internal import Reporting

extension Shapes {
    static let finding = Shape<FindingLife>(
        "Finding",
        first: ["id", "policy", "rule", "result", "severity", "team", "resource", "subject", "message", "state", "exempt"])

    static let event = Shape<LifeEvent>("FindingEvent")

    static let findingWithEvents = Shape<(life: FindingLife, events: [LifeEvent])>(
        name: "FindingHistory",
        fields: [
            .field("finding", finding.reference) { finding.json($0.life) }, .list("events", of: event) { $0.events },
        ])

    static let score = Shape<ScoreDay>("ScoreDay")
    static let badge = Shape<Badge>("Badge")

    static let scorecard = Shape<(score: ScoreDay, badges: [Badge])>(
        name: "Scorecard",
        fields: [
            .text("team") { $0.score.team }, .field("latest", score.reference) { score.json($0.score) },
            .list("badges", of: badge) { $0.badges },
        ])
}
