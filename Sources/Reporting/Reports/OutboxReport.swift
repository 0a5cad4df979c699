package import CostModel
package import JSON

/// Messages on their way, or what would be sent.
package struct OutboxReport: Report {
    package struct Entry: Hashable, Sendable {
        package var record: OutboxMessage
        /// What it says, in full: as text, and as a document.
        package var text: String
        package var document: JSONValue

        package init(record: OutboxMessage, text: String, document: JSONValue) {
            self.record = record
            self.text = text
            self.document = document
        }
    }

    package var evaluatedAt: Instant
    package var entries: [Entry]
    /// Whether each is shown in full, as where nobody has read it yet.
    package var isWhole: Bool

    package init(evaluatedAt: Instant, entries: [Entry], isWhole: Bool) {
        self.evaluatedAt = evaluatedAt
        self.entries = entries
        self.isWhole = isWhole
    }
}

extension OutboxReport {
    package func json() -> JSONValue {
        [
            "schemaVersion": JSONValue(ReportContext.schemaVersion), "tool": .string(ReportContext.tool),
            "evaluatedAt": .string(evaluatedAt.description),
            "messages": .array(entries.map { JSONValue(columns: $0.record, adding: [("message", $0.document)]) }),
        ]
    }

    package func text(_ style: TextStyle) -> String {
        guard !entries.isEmpty else { return isWhole ? "there is nothing new to tell\n" : "no messages\n" }
        return isWhole ? entries.map { whole($0, style) }.joined(separator: "\n") : table.render(style)
    }

    private func whole(_ entry: Entry, _ style: TextStyle) -> String {
        let record = entry.record
        let due = record.due > evaluatedAt ? ", not before \(record.due)" : ""
        let head = StyledText("to \(record.channel)", .bold) + StyledText(" by \(record.notification): \(record.kind.rawValue)\(due)", .dim)
        let lines = entry.text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "" : "  \($0)" }
        return head.rendered(style) + "\n" + lines.joined(separator: "\n")
    }

    private var table: TextTable {
        var table = TextTable([
            .init("written"), .init("state"), .init("channel"), .init("tells of"), .init("team"), .init("tries", .trailing),
            .init("", .leading, .stacks),
        ])
        for record in entries.map(\.record) {
            let look: StyledText.Look =
                switch record.state {
                case .sent: .green
                case .waiting: .yellow
                case .dead: .alarm
                }
            let next = record.state == .waiting ? "not before \(record.due)" : ""
            let remark = [next, record.problem ?? ""].filter { !$0.isEmpty }.joined(separator: ": ")
            table.append([
                StyledText(record.created.description), StyledText(record.state.rawValue, look), StyledText(record.channel),
                StyledText(record.kind.rawValue + (record.isResolution ? " is over" : "")), StyledText(record.team ?? "–"),
                StyledText("\(record.attempts)"), StyledText(remark, .dim),
            ])
        }
        return table
    }
}
