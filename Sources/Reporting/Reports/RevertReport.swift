package import CostModel
package import JSON

/// What `revert` says: the commit that undoes a plan, and what comes back with it.
package struct RevertReport: Report {
    package var evaluatedAt: Instant
    package var plan: String
    /// The commit that is undone.
    package var undone: String
    package var branch: String
    package var commit: String
    package var returning: [String]
    package var url: String?
    package var isWritten: Bool
    package var isDryRun: Bool

    package init(
        evaluatedAt: Instant, plan: String, undone: String, branch: String, commit: String, returning: [String], url: String?,
        isWritten: Bool, isDryRun: Bool
    ) {
        self.evaluatedAt = evaluatedAt
        self.plan = plan
        self.undone = undone
        self.branch = branch
        self.commit = commit
        self.returning = returning
        self.url = url
        self.isWritten = isWritten
        self.isDryRun = isDryRun
    }

    package func json() -> JSONValue {
        [
            "schemaVersion": JSONValue(ReportContext.schemaVersion), "tool": .string(ReportContext.tool),
            "evaluatedAt": .string(evaluatedAt.description), "plan": .string(plan), "undone": .string(undone), "branch": .string(branch),
            "commit": .string(commit), "returning": .array(returning.map { .string($0) }), "url": JSONValue(url),
            "written": JSONValue(isWritten), "dryRun": JSONValue(isDryRun),
        ]
    }

    package func text(_ style: TextStyle) -> String {
        let what =
            isDryRun
            ? StyledText("would undo", .yellow)
            : isWritten ? StyledText("undid", .green) : StyledText("nothing to do: the branch is there already for", .green)
        var lines = [
            what + StyledText(" plan \(plan.prefix(12)), merged as \(undone.prefix(12)), on ") + StyledText(branch, .bold)
        ]
        if let url { lines.append(StyledText("  \(url)", .dim)) }
        lines.append(StyledText("  \(counted(returning.count, "finding")) will be there again", .dim))
        lines += returning.map { StyledText("    \($0)", .dim) }
        return lines.map { $0.rendered(style) + "\n" }.joined()
    }
}
