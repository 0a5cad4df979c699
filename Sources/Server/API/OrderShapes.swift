internal import CostModel
internal import JSON
internal import Reporting

/// Recommendations, and what clients ask to be done about them.
enum OrderShapes {
    static let keyHeader = "Idempotency-Key"
    static let keyLimit = 200
    static let reasonLimit = 500

    struct Accepted: Sendable {
        var workspace: String
        var operation: String
        var location: String
    }

    static let accepted = RecordShape<Accepted>(
        name: "AcceptedOperation",
        fields: [
            .text("workspace") { $0.workspace }, .text("operation") { $0.operation },
            .field("location", .described(.text, "where to ask what came of it")) { .string($0.location) },
        ])

    static let order = RecordShape<RequestOrder>(
        name: "Operation",
        fields: [
            .text("id") { $0.id }, .word("kind") { $0.kind },
            .field("object", .described(.text, "the recommendation, or the plan's digest")) { .string($0.object) },
            .word("state") { $0.state },
            .field("detail", .described(.optional(.text), "what came of it, or what stands in the way")) { JSONValue($0.detail) },
            .field("url", .described(.optional(.text), "the request, or its branch")) { JSONValue($0.url) },
            .text(orNull: "reason") { $0.reason },
            .field("caller", .described(.text, "the name of the token that asked")) { .string($0.caller) },
            .field("asked", .time) { .string($0.asked.description) },
            .field("ended", .optional(.time)) { JSONValue($0.ended?.description) },
        ])

    static let recommendation = RecordShape<RequestOffer>(
        name: "Recommendation",
        fields: [
            .text("id") { $0.id }, .word("standing") { $0.standing },
            .field("reason", .described(.optional(.text), "why it waits")) { JSONValue($0.reason) },
            .field("request", .described(.optional(.text), "its address, or its branch")) { JSONValue($0.request) },
            .text(orNull: "team") { $0.team }, .text("title") { $0.title },
            .field("policies", .list(.reference("Policy"))) { .array($0.policies.map { JSONValue($0) }) },
            .list("findings") { $0.findings },
            .field("atStake", .described(.reference("Money"), "in 28 days")) { JSONValue($0.atStake) },
            .field("monthlySavings", .optional(.reference("Money"))) { JSONValue($0.monthlySavings) },
            .list("changes", of: change) { $0.changes },
        ])

    static let change = RecordShape<RequestOffer.Change>(
        name: "RecommendedChange",
        fields: [
            .text("id") { $0.id }, .text("title") { $0.title }, .text("file") { $0.file },
            .field("line", .optional(.integer)) { JSONValue($0.line) }, .list("findings") { $0.findings },
            .field("monthlySavings", .optional(.reference("Money"))) { JSONValue($0.monthlySavings) },
            .field("patch", .described(.optional(.text), "a unified diff, without values that look like secrets")) { JSONValue($0.patch) },
        ])

    static let reason = (
        name: "Reason",
        schema: Schema.object([("reason", .described(.line(limit: reasonLimit), "why; it is kept with the operation and in the audit"))])
    )

    static var schemas: [(String, Schema)] {
        [
            (accepted.name, accepted.schema), (order.name, order.schema), order.page, (recommendation.name, recommendation.schema),
            recommendation.page, (change.name, change.schema), (reason.name, reason.schema),
        ]
    }
}
