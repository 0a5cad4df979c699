internal import CostModel
internal import Reporting

extension Shapes {
    static let changedResource = Shape<ChangedResource>(
        name: "ChangedResource",
        fields: [
            .text("root") { $0.root }, .text("address") { $0.address }, .text("type") { $0.type }, .list("billedAs") { $0.billedAs },
        ])

    static let change = Shape<PlanRecord.Change>(
        name: "Change",
        fields: [
            .text("id") { $0.id }, .text("title") { $0.title }, .text("file") { $0.file }, .text(orNull: "team") { $0.team },
            .list("findings") { $0.findings }, .list("resources", of: changedResource) { $0.resources },
            .field("monthlySavings", .optional(.reference("Money"))) { JSONValue($0.monthlySavings) },
        ])

    static let plan = Shape<PlanRecord>("Plan", adding: [.list("changes", of: change) { $0.changes }])

    static let request = Shape<RequestRecord>(
        "Request", adding: [.integer("changes") { $0.plan.changes.count }],
        first: ["group", "team", "state", "branch", "title", "number", "url", "plan", "changes"])

    static let saving = Shape<SavingsRecord>(
        "Saving", adding: [.text("title") { $0.change.change.title }, .text(orNull: "team") { $0.change.change.team }],
        first: ["plan", "change", "title", "team"])
}
