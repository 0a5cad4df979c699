internal import CostModel
internal import JSON
internal import Reporting

/// How each thing is shown that the API answers with. Records are made of their columns.
enum Shapes {
    // MARK: Runs

    static let stage = RecordShape<StageStatus>("Stage")

    static let workspace = RecordShape<WorkspaceStatus>(
        "Workspace", adding: [.word("condition") { $0.condition }, .list("stages", of: stage) { $0.stages }], first: ["name", "condition"])

    static let summary = RecordShape<RunSummary>(
        "RunSummary",
        adding: [
            .field("failing", .map(.integer)) { summary in
                .object(Severity.allCases.sorted().map { .init($0.rawValue, JSONValue(summary.failing[$0] ?? 0)) })
            }
        ], first: ["resources", "failing"])

    static let run = RecordShape<Run>(
        "Run",
        adding: [
            .list("stages", of: stage) { $0.stages },
            .field("summary", .optional(summary.reference)) { $0.summary.map(summary.json) ?? .null },
        ], first: ["id", "trigger", "outcome"])

    static let audit = RecordShape<AuditEntry>("AuditEntry")

    // MARK: Findings and scores

    static let finding = RecordShape<FindingLife>(
        "Finding",
        first: ["id", "policy", "rule", "result", "severity", "team", "resource", "subject", "message", "state", "exempt"])

    static let event = RecordShape<LifeEvent>("FindingEvent")

    static let findingWithEvents = RecordShape<(life: FindingLife, events: [LifeEvent])>(
        name: "FindingHistory",
        fields: [
            .field("finding", finding.reference) { finding.json($0.life) }, .list("events", of: event) { $0.events },
        ])

    static let score = RecordShape<ScoreDay>("ScoreDay")
    static let badge = RecordShape<Badge>("Badge")

    static let scorecard = RecordShape<(score: ScoreDay, badges: [Badge])>(
        name: "Scorecard",
        fields: [
            .text("team") { $0.score.team }, .field("latest", score.reference) { score.json($0.score) },
            .list("badges", of: badge) { $0.badges },
        ])

    // MARK: Requests

    static let changedResource = RecordShape<ChangedResource>(
        name: "ChangedResource",
        fields: [
            .text("root") { $0.root }, .text("address") { $0.address }, .text("type") { $0.type }, .list("billedAs") { $0.billedAs },
        ])

    static let change = RecordShape<PlanRecord.Change>(
        name: "Change",
        fields: [
            .text("id") { $0.id }, .text("title") { $0.title }, .text("file") { $0.file }, .text(orNull: "team") { $0.team },
            .list("findings") { $0.findings }, .list("resources", of: changedResource) { $0.resources },
            .field("monthlySavings", .optional(.reference("Money"))) { JSONValue($0.monthlySavings) },
        ])

    static let plan = RecordShape<PlanRecord>("Plan", adding: [.list("changes", of: change) { $0.changes }])

    static let request = RecordShape<RequestRecord>(
        "Request", adding: [.integer("changes") { $0.plan.changes.count }],
        first: ["group", "team", "state", "branch", "title", "number", "url", "plan", "changes"])

    static let saving = RecordShape<SavingsRecord>(
        "Saving", adding: [.text("title") { $0.change.change.title }, .text(orNull: "team") { $0.change.change.team }],
        first: ["plan", "change", "title", "team"])
}
