package import CostModel
internal import Diagnostics

/// What a message says, in plain words: what, how much, whose, since when, which line, what to do. Each channel writes it in its own form.
///
/// Names in it come from repositories, bills and tags, and may be made to hurt: they are printable, on one line and cut here, and each
/// channel escapes them once more for its form.
package struct Message: Hashable, Sendable {
    /// One of the things that it tells of.
    package struct Item: Hashable, Sendable {
        package var text: String
        /// A finding's short id; nil: it is about none.
        package var finding: String?
        /// `infra/payments/main.tf:12`
        package var place: String?

        package init(_ text: String, finding: String? = nil, place: String? = nil) {
            self.text = Message.cut(text, to: Message.longestText)
            self.finding = finding
            self.place = place.map { Message.cut($0, to: Message.longestText) }
        }
    }

    /// Scalars of a text; more is cut.
    package static let longestText = 300
    package static let mostItems = 10

    package var event: NotificationPolicy.Event
    package var isResolution: Bool
    package var workspace: String
    package var team: String?
    package var contact: String?
    package var severity: Severity?
    package var title: String
    /// In a month; nil: nobody knows.
    package var amount: Money?
    /// What the amount is: `at stake in a month`.
    package var amountMeaning: String
    package var since: Instant?
    package var items: [Item]
    /// How many more there are than are listed.
    package var more: Int
    /// What to do: command lines.
    package var next: [String]
    /// Where a request is.
    package var url: String?

    package init(
        event: NotificationPolicy.Event, isResolution: Bool = false, workspace: String, team: String? = nil, contact: String? = nil,
        severity: Severity? = nil, title: String, amount: Money? = nil, amountMeaning: String = "", since: Instant? = nil,
        items: [Item] = [], more: Int = 0, next: [String] = [], url: String? = nil
    ) {
        self.event = event
        self.isResolution = isResolution
        self.workspace = Message.cut(workspace, to: Message.longestText)
        self.team = team.map { Message.cut($0, to: Message.longestText) }
        self.contact = contact.map { Message.cut($0, to: Message.longestText) }
        self.severity = severity
        self.title = Message.cut(title, to: Message.longestText)
        self.amount = amount
        self.amountMeaning = amountMeaning
        self.since = since
        self.items = items
        self.more = more
        self.next = next.map { Message.cut($0, to: Message.longestText) }
        // Anything else than a web address does something else when it is clicked.
        self.url = url.flatMap { $0.utf8.count <= 2_000 && ($0.hasPrefix("https://") || $0.hasPrefix("http://")) ? $0.printable : nil }
    }

    /// On one line, printable, and at most so long.
    package static func cut(_ text: String, to length: Int) -> String {
        let shown = text.printable
        guard shown.unicodeScalars.count > length else { return shown }
        return String(shown.unicodeScalars.prefix(length - 1)) + "…"
    }
}

extension Message {
    /// The facts beside the title, as label and value.
    package var facts: [(label: String, value: String)] {
        var facts: [(String, String)] = []
        // What is not on a bill yet costs nothing yet, which would read as if it did not matter.
        if let amount, !amount.amount.isZero {
            facts.append(("Amount", "\(amount.amount.rounded(to: 2)) \(amount.currency) \(amountMeaning)".trimmed))
        }
        if let team { facts.append(("Team", contact.map { "\(team) (\($0))" } ?? team)) }
        if let severity { facts.append(("Severity", severity.rawValue)) }
        if let since { facts.append(("Since", since.description)) }
        facts.append(("Workspace", workspace))
        return facts
    }

    /// Its items in a line each.
    package var lines: [String] {
        items.map { item in
            let place = item.place.map { " (\($0))" } ?? ""
            return item.text + place
        } + (more > 0 ? ["and \(more) more"] : [])
    }

    /// As it reads without any form: for terminals and mails.
    package var text: String {
        var lines = [title, ""]
        lines += facts.map { "\($0.label): \($0.value)" }
        if !items.isEmpty { lines += [""] + self.lines.map { "- \($0)" } }
        if !next.isEmpty { lines += ["", "What to do:"] + next.map { "  \($0)" } }
        if let url { lines += ["", url] }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension String {
    fileprivate var trimmed: String { hasSuffix(" ") ? String(dropLast()) : self }
}
