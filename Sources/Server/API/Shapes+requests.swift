internal import CostModel
internal import JSON
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
            .money(orNull: "monthlySavings") { $0.monthlySavings },
        ])

    static let plan = Shape<PlanRecord>(
        name: "Plan",
        fields: [
            .text("digest") { $0.digest }, .text("baseCommit") { $0.baseCommit }, .text("policyDigest") { $0.policyDigest },
            .text("observedDigest") { $0.observedDigest }, .time("made") { $0.made }, .list("changes", of: change) { $0.changes },
        ])

    static let request = Shape<RequestRecord>(
        name: "Request",
        fields: [
            .text("group") { $0.group }, .text(orNull: "team") { $0.team }, .word("state") { $0.state }, .text("branch") { $0.branch },
            .text("title") { $0.title }, .field("number", .optional(.integer)) { JSONValue($0.number) }, .text(orNull: "url") { $0.url },
            .text("plan") { $0.plan.digest }, .integer("changes") { $0.plan.changes.count }, .text("commit") { $0.commit },
            .time("opened") { $0.opened }, .time("updated") { $0.updated }, .time(orNull: "ended") { $0.ended },
            .text(orNull: "mergeCommit") { $0.mergeCommit }, .flag("edited") { $0.isEdited },
        ])

    static let saving = Shape<SavingsRecord>(
        name: "Saving",
        fields: [
            .text("plan") { $0.change.plan }, .text("change") { $0.change.change.id }, .text("title") { $0.change.change.title },
            .text(orNull: "team") { $0.change.change.team }, .text("commit") { $0.change.commit }, .time("merged") { $0.change.merged },
            .word("standing") { $0.standing }, .day(orNull: "since") { $0.since }, .money(orNull: "estimated") { $0.estimated },
            .money(orNull: "realised") { $0.realised }, .money(orNull: "verified") { $0.verified }, .time("measured") { $0.measured },
            .text("method") { $0.method },
        ])
}
