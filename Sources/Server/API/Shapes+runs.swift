internal import CostModel
internal import Reporting

extension Shapes {
    static let stage = Shape<StageStatus>(
        name: "Stage",
        fields: [
            .word("stage") { $0.stage }, .word("condition") { $0.condition }, .word("reason") { $0.reason },
            .text("message") { $0.message },
            .time("started") { $0.started }, .integer("milliseconds") { $0.milliseconds },
        ])

    static let workspace = Shape<WorkspaceStatus>(
        name: "Workspace",
        fields: [
            .text("name") { $0.name }, .word("condition") { $0.condition }, .flag("suspended") { $0.isSuspended },
            .text(orNull: "observedRevision") { $0.observedRevision }, .text(orNull: "appliedRevision") { $0.appliedRevision },
            .text(orNull: "lastHandledRequest") { $0.lastHandledRequest }, .time(orNull: "lastSuccess") { $0.lastSuccess },
            .time(orNull: "next") { $0.next }, .integer("failures") { $0.failures }, .list("stages", of: stage) { $0.stages },
        ])

    static let summary = Shape<RunSummary>(
        name: "RunSummary",
        fields: [
            .integer("resources") { $0.resources },
            .field("failing", .map(.integer)) { summary in
                .object(Severity.allCases.sorted().map { .init($0.rawValue, JSONValue(summary.failing[$0] ?? 0)) })
            },
            .integer("unknown") { $0.unknown }, .integer("exempt") { $0.exempt }, .money(orNull: "atStake") { $0.atStake },
            .money(orNull: "potentialSavings") { $0.potentialSavings }, .integer("openRequests") { $0.openRequests },
        ])

    static let run = Shape<Run>(
        name: "Run",
        fields: [
            .text("id") { $0.id }, .word("trigger") { $0.trigger }, .word("outcome") { $0.outcome }, .time("started") { $0.started },
            .time(orNull: "finished") { $0.finished }, .text(orNull: "revision") { $0.revision },
            .text(orNull: "policyDigest") { $0.policyDigest }, .text(orNull: "observedDigest") { $0.observedDigest },
            .flag("dryRun") { $0.isDryRun }, .flag("partial") { $0.isPartial }, .list("stages", of: stage) { $0.stages },
            .field("summary", .optional(summary.reference)) { $0.summary.map(summary.json) ?? .null },
        ])

    static let audit = Shape<AuditEntry>(
        name: "AuditEntry",
        fields: [
            .time("time") { $0.time }, .text(orNull: "run") { $0.run }, .text("cause") { $0.cause }, .word("action") { $0.action },
            .text("object") { $0.object }, .text("detail") { $0.detail },
        ])
}
