package import JSON

/// What `apply` says: the commit, and where it is.
package struct ApplyReport: Report {
    package var context: ReportContext
    /// The plan's digest.
    package var plan: String
    /// Nil when the plan has nothing that may be written.
    package var branch: String?
    package var commit: String?
    package var changes: Int
    /// False when the branch was at this commit already.
    package var isWritten: Bool

    package init(context: ReportContext, plan: String, branch: String?, commit: String?, changes: Int, isWritten: Bool) {
        self.context = context
        self.plan = plan
        self.branch = branch
        self.commit = commit
        self.changes = changes
        self.isWritten = isWritten
    }
}

extension ApplyReport {
    package func json() -> JSONValue {
        context.header.appending([
            "plan": .string(plan), "branch": JSONValue(branch), "commit": JSONValue(commit), "changes": JSONValue(changes),
            "written": JSONValue(isWritten),
        ])
    }

    package func text(_ style: TextStyle) -> String {
        guard let branch, let commit else { return "nothing to do: the plan has no change that may be written there\n" }
        let what =
            isWritten
            ? StyledText("wrote \(counted(changes, "change")) as \(commit.prefix(12))", .green)
            : StyledText("nothing to do: \(counted(changes, "change")) are already there as \(commit.prefix(12))", .green)
        return (what + StyledText(" on ") + StyledText(branch, .bold)).rendered(style) + "\n"
    }
}
