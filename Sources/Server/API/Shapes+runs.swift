internal import CostModel
internal import Reporting

extension Shapes {
    static let stage = Shape<StageStatus>("Stage")

    static let workspace = Shape<WorkspaceStatus>(
        "Workspace", adding: [.word("condition") { $0.condition }, .list("stages", of: stage) { $0.stages }], first: ["name", "condition"])

    static let summary = Shape<RunSummary>(
        "RunSummary",
        adding: [
            .field("failing", .map(.integer)) { summary in
                .object(Severity.allCases.sorted().map { .init($0.rawValue, JSONValue(summary.failing[$0] ?? 0)) })
            }
        ], first: ["resources", "failing"])

    static let run = Shape<Run>(
        "Run",
        adding: [
            .list("stages", of: stage) { $0.stages },
            .field("summary", .optional(summary.reference)) { $0.summary.map(summary.json) ?? .null },
        ], first: ["id", "trigger", "outcome"])

    static let audit = Shape<AuditEntry>("AuditEntry")
}
