package import CostModel
package import JSON

/// What `baseline` says: what was recorded, and what could go.
package struct BaselineReport: Report {
    package var context: ReportContext
    /// Relative to the workspace.
    package var file: String
    package var baseline: Baseline
    package var added: Int
    package var removed: Int
    /// Failing findings that no baseline may hold.
    package var refused: Int
    /// False when the file says all of it already.
    package var isWritten: Bool
    package var problems: [Problem]

    package init(
        context: ReportContext, file: String, baseline: Baseline, added: Int, removed: Int, refused: Int, isWritten: Bool,
        problems: [Problem] = []
    ) {
        self.context = context
        self.file = file
        self.baseline = baseline
        self.added = added
        self.removed = removed
        self.refused = refused
        self.isWritten = isWritten
        self.problems = problems.sorted()
    }
}

extension BaselineReport {
    package func json() -> JSONValue {
        context.header.appending([
            "file": .string(file), "recorded": .string(baseline.recorded.description), "reason": .string(baseline.reason),
            "findings": JSONValue(baseline.entries.map(\.id)), "added": JSONValue(added), "removed": JSONValue(removed),
            "refused": JSONValue(refused), "written": JSONValue(isWritten), "diagnostics": .array(problems.map(JSONValue.init)),
        ])
    }

    package func text(_ style: TextStyle) -> String {
        let count = counted(baseline.entries.count, "finding")
        let changes = [added > 0 ? "\(added) added" : nil, removed > 0 ? "\(removed) taken out" : nil].compactMap(\.self)
        let what =
            isWritten
            ? StyledText("wrote \(file)", .green) + StyledText(": \(count)" + changes.map { ", \($0)" }.joined())
            : StyledText("nothing to take out", .green) + StyledText(": \(file) holds \(count)")
        var text = what.rendered(style) + "\n"
        if refused > 0 {
            text +=
                StyledText("\(counted(refused, "failing finding")) of policies that allow no exemption are left out", .yellow)
                .rendered(style) + "\n"
        }
        return text
    }
}
