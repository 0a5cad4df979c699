/// A fix that somebody does not want to see for some time: as long as it lasts and nothing new stands in it, no request is opened for it.
/// What policies find and what teams score stays as it is.
package struct Snooze: Hashable, Sendable {
    /// The request's group, as it was then.
    package var group: String
    package var since: Instant
    /// Before this nothing is opened. One that somebody ended was until then.
    package var until: Instant
    package var team: String?
    /// What the request would be called.
    package var title: String
    /// What its findings may be recognised by.
    package var findings: [String]
    /// What it promised, in a month.
    package var monthlySavings: Money?
    /// Who asked for it, by the name that the code host knows.
    package var person: String
    package var reason: String

    package init(
        group: String, since: Instant, until: Instant, team: String?, title: String, findings: [String], monthlySavings: Money?,
        person: String, reason: String
    ) {
        self.group = group
        self.since = since
        self.until = until
        self.team = team
        self.title = title
        self.findings = findings
        self.monthlySavings = monthlySavings
        self.person = person
        self.reason = reason
    }
}

extension Snooze: ColumnRecord {
    package static let columns: [Column<Snooze>] = [
        .init("group", \.group, "the request's group, as it was then"),
        .init("since", \.since, "when it was asked for"),
        .init("until", \.until, "until when no request is opened; what somebody ended was until then"),
        .init("team", \.team, "the request's team; null: nobody's"),
        .init("title", \.title, "what the request would be called"),
        .init("findings", key: .ledgerOnly, .text, "what its findings are recognised by, one a line") {
            .text($0.findings.joined(separator: "\n"))
        } assign: { record, stored in
            guard let text = String(columnValue: stored) else { return false }
            record.findings = text.split(separator: "\n").map(String.init)
            return true
        },
        .init("monthly_savings", \.monthlySavings, "what it promised; null: nothing", unit: .moneyPerMonth),
        .init("person", \.person, "who asked for it, by the name that the code host knows"),
        .init("reason", \.reason, "why"),
    ]

    package static var blank: Snooze {
        Snooze(
            group: "", since: .blank, until: .blank, team: nil, title: "", findings: [], monthlySavings: nil, person: "", reason: "")
    }
}
