import CostModel
import Diagnostics
import YAML

/// `remediation.requests`: how pull requests are made of plans.
enum RequestsObject: NestedObject {
    static let doc = "How the loop makes pull requests (merge requests, branches) of fixes."
    static let grouping = Field(
        "grouping", .choice(RequestSettings.Grouping.self), default: "team",
        "What one request holds, besides being of one team and the same policies: everything (team), or one Terraform root's (root).")
    static let maxOpen = Field("maxOpen", .integer(1...1_000), default: "10", "How many requests may be open at one time.")
    static let maxNewPerHour = Field("maxNewPerHour", .integer(1...1_000), default: "2", "How many requests may be opened in an hour.")
    static let labels = Field("labels", .list(of: .label, minimum: 0, maximum: 20), "The labels of requests; 'bursar' by default.")
    static let reviewers = Field(
        "reviewers", .list(of: .reviewer, minimum: 0, maximum: 20), "Users or teams that are asked for a review, too.")
    static let codeOwners = Field(
        "codeOwners", .bool, default: "true", "Whether the owners of the changed files, by CODEOWNERS, are asked for a review.")
    static let draft = Field("draft", .bool, default: "false", "Whether requests are opened as drafts.")
    static let schedule = Field(
        "schedule", .list(of: .object(WindowObject.self), minimum: 0, maximum: 20),
        "Times of the week (UTC) in which requests are opened and updated; none: at any time.")
    static let dismissal = Field(
        "dismissal", .timeSpanOrNone, default: "90d",
        "How long a request that a person closed stays closed though nothing new stands in it; 'none' for good.")
    static let dashboard = Field(
        "dashboard", .object(DashboardObject.self),
        "One issue on the code host that shows what waits, with boxes to tick; {} for all defaults.")
    static let fields = [
        grouping.description, maxOpen.description, maxNewPerHour.description, labels.description, reviewers.description,
        codeOwners.description, draft.description, schedule.description, dismissal.description, dashboard.description,
    ]

    static func build(_ record: Record) -> RequestSettings? {
        let standard = RequestSettings()
        return RequestSettings(
            grouping: record.value(of: grouping) ?? standard.grouping, maxOpen: record.value(of: maxOpen) ?? standard.maxOpen,
            maxNewPerHour: record.value(of: maxNewPerHour) ?? standard.maxNewPerHour,
            labels: record.value(of: labels) ?? standard.labels, reviewers: record.value(of: reviewers) ?? standard.reviewers,
            asksCodeOwners: record.value(of: codeOwners) ?? standard.asksCodeOwners, isDraft: record.value(of: draft) ?? standard.isDraft,
            schedule: record.value(of: schedule) ?? standard.schedule, dismissal: record.value(of: dismissal) ?? standard.dismissal,
            dashboard: record.value(of: dashboard))
    }
}

/// `dashboard`
enum DashboardObject: NestedObject {
    static let doc = "One issue on the code host that shows what waits, with boxes to tick."
    static let title = Field("title", .issueTitle, default: "Cost dashboard", "What the issue is called when it is opened.")
    static let snooze = Field("snooze", .timeSpan, default: "30d", "How long a box puts a request off, at most 366d.")
    static let fields = [title.description, snooze.description]

    static func build(_ record: Record) -> DashboardSettings? {
        let standard = DashboardSettings()
        let snooze = record.value(of: snooze) ?? standard.snooze
        guard snooze <= .days(366) else {
            record.report("wrong-value", "a request is put off for 366d at most", at: record.node.range)
            return nil
        }
        return DashboardSettings(title: record.value(of: title) ?? standard.title, snooze: snooze)
    }
}

/// One entry of `schedule`.
enum WindowObject: NestedObject {
    static let doc = "A time of the week, in UTC."
    static let days = Field("days", .list(of: .choice(Weekday.self)), "Days of the week; all of them by default.")
    static let from = Field("from", .timeOfDay, default: "00:00", "When it begins, such as 08:00.")
    static let to = Field("to", .timeOfDay, default: "24:00", "When it ends, exclusive, such as 17:30.")
    static let fields = [days.description, from.description, to.description]

    enum Weekday: String, CaseIterable, Sendable { case mon, tue, wed, thu, fri, sat, sun }

    static func build(_ record: Record) -> RequestSettings.Window? {
        let days = record.has(days) ? record.value(of: days) : Weekday.allCases
        let from = record.value(of: from)
        let to = record.value(of: to)
        guard let days, let from, let to else { return nil }
        guard from < to else {
            record.report(
                "wrong-value", "a time of 'schedule' must end after it begins; one over midnight is two entries", at: record.node.range)
            return nil
        }
        return RequestSettings.Window(days: Set(days.compactMap(Weekday.allCases.firstIndex(of:))), from: from, until: to)
    }
}

extension Shape where Value == Int {
    /// Minutes since midnight.
    static var timeOfDay: Shape {
        let description = ValueDescription.form(
            name: "a quoted time of the day", examples: ["08:00", "17:30"], pattern: "^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$")
        return Shape(description) { node, context in
            guard let text = context.text(of: node, expected: description) else { return nil }
            let bytes = Array(text.utf8)
            guard bytes.count == 5, bytes[2] == UInt8(ascii: ":"), let hours = Int(text.prefix(2)), let minutes = Int(text.suffix(2)),
                hours >= 0, (0..<60).contains(minutes), hours * 60 + minutes <= 24 * 60
            else {
                context.reportWrongValue(description, text, at: node.range)
                return nil
            }
            return hours * 60 + minutes
        }
    }
}

extension Shape where Value == String {
    /// A label of a code host: short, on one line, without what separates labels in lists.
    fileprivate static var label: Shape {
        form("a label", "bursar", "cost", pattern: "^[^,]{1,50}$") { text in
            (1...50).contains(text.count) && !text.contains(",") && !text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
        }
    }

    /// One line; it stands in lists as it is.
    fileprivate static var issueTitle: Shape {
        form("a title", "Cost dashboard", pattern: "^[^@#<>`!]{1,72}$") { text in
            (1...72).contains(text.count) && !text.contains { "@#<>`!".contains($0) || $0.isNewline }
                && !text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
        }
    }

    /// A login, or a team with its organisation.
    fileprivate static var reviewer: Shape {
        form("a user or team", "alex", "acme/platform", pattern: "^@?[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9._-]+)*$") { text in
            let parts = (text.hasPrefix("@") ? text.dropFirst() : text[...]).split(separator: "/", omittingEmptySubsequences: false)
            let isPlain: (Character) -> Bool = { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) }
            return text.utf8.count <= 200 && !text.hasPrefix("-") && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(isPlain) }
        }
    }
}
