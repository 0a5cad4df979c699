import CostModel
import Diagnostics
import YAML

/// `kind: Notification`: who is told of what.
enum NotificationObject: SupportingKindObject {
    static let doc = "Who is told of what happens, and where."
    static let events = Field("on", .list(of: .choice(NotificationPolicy.Event.self)), .required, "What is told of.")
    static let condition = Field("where", .condition, "Which of it; without it all.")
    static let targets = Field(
        "to", .list(of: .name, maximum: 20), .required,
        "The operator's channels by name; 'contact' is the contact of the team that it is about.")
    static let digest = Field(
        "digest", .choice(NotificationPolicy.Digest.self), default: "none", "Whether messages are gathered into one a day or a week.")
    static let quiet = Field("quiet", .object(QuietObject.self), "When messages wait.")
    static let escalation = Field("escalate", .object(EscalationObject.self), "Who else is told where nobody has reacted.")
    static let fields = [
        events.description, condition.description, targets.description, digest.description, quiet.description, escalation.description,
    ]
    static let example: String? = """
        kind: Notification
        metadata: {name: payments-chat}
        spec:
          on: [finding.new, finding.overdue, budget.alert]
          where: event.team == "payments" && event.severity in ["high", "critical"]
          to: [payments-chat]
          quiet: {from: "19:00", to: "08:00", weekends: true, offset: "+01:00"}
        """

    /// The word in `to` that stands for the team's contact.
    static let contact = "contact"

    static func build(_ record: Record, _ envelope: Envelope) -> SupportingObject? {
        let events = record.value(of: events)
        let condition = record.value(of: condition)
        if let condition { ConditionCheck(record.decoder).event(condition) }
        let targets = record.value(of: targets)
        let digest = record.value(of: digest) ?? .none
        let quiet = record.value(of: quiet)
        let escalation = record.value(of: escalation)
        guard !record.has(Self.condition) || condition != nil, !record.has(Self.quiet) || quiet != nil,
            !record.has(Self.escalation) || escalation != nil, let events, let targets
        else { return nil }
        if escalation != nil, !events.contains(where: \.isState) {
            record.report(
                "wrong-value", "'escalate' has nothing to wait for: none of 'on' lasts until somebody reacts",
                at: record.range(of: Self.escalation) ?? record.node.range)
            return nil
        }
        return .notification(
            NotificationPolicy(
                name: envelope.name.value, place: envelope.place, events: Set(events), condition: condition?.condition,
                targets: Self.targets(targets), digest: digest, quiet: quiet, escalation: escalation))
    }

    static func targets(_ names: [String]) -> [NotificationPolicy.Target] { names.map { $0 == contact ? .contact : .channel($0) } }
}

/// `escalate`
enum EscalationObject: NestedObject {
    static let doc = "Who else is told where nobody has reacted."
    static let after = Field("after", .timeSpan, .required, "How long what was told of has lasted since, at least an hour.")
    static let targets = Field(
        "to", .list(of: .name, maximum: 20), .required, "The operator's channels by name, or 'contact', as in the Notification's own 'to'.")
    static let fields = [after.description, targets.description]

    static func build(_ record: Record) -> NotificationPolicy.Escalation? {
        let after = record.value(of: after)
        let targets = record.value(of: targets)
        guard let after, let targets else { return nil }
        guard after >= .hours(1), after <= .days(90) else {
            record.report("wrong-value", "'after' must be from 1h to 90d", at: record.range(of: Self.after) ?? record.node.range)
            return nil
        }
        return NotificationPolicy.Escalation(after: after, targets: NotificationObject.targets(targets))
    }
}

/// `quiet`
enum QuietObject: NestedObject {
    static let doc = "When messages wait."
    static let from = Field("from", .timeOfDay, "When quiet begins, each day.")
    static let to = Field("to", .timeOfDay, "When it ends; before 'from' it is the next day's.")
    static let weekends = Field("weekends", .bool, default: "false", "Whether Saturdays and Sundays are quiet.")
    static let offset = Field("offset", .clockOffset, default: "+00:00", "How far the clock that is meant is ahead of UTC.")
    static let fields = [from.description, to.description, weekends.description, offset.description]
    static let choice: KeyChoice? = .atLeastOne(of: [from.key, weekends.key])

    static func build(_ record: Record) -> QuietHours? {
        let from = record.value(of: from)
        let to = record.value(of: to)
        guard let weekends = record.value(of: weekends), let offset = record.value(of: offset) else { return nil }
        guard record.has(Self.from) == record.has(Self.to) else {
            record.report("missing-key", "'from' and 'to' stand together in \(record.context.subject)", at: record.node.range)
            return nil
        }
        guard record.has(Self.from) || weekends else {
            if record.hasKnownKeysOnly {
                record.report(
                    "missing-key", "missing 'from' and 'to', or 'weekends', in \(record.context.subject): when it is quiet",
                    at: record.node.range)
            }
            return nil
        }
        var hours: QuietHours.Range?
        if record.has(Self.from) {
            guard let from, let to else { return nil }
            hours = QuietHours.Range(from: from, until: to)
        }
        return QuietHours(hours: hours, weekends: weekends, offset: offset)
    }
}

extension Shape where Value == Int {
    /// `+01:00`, in minutes.
    static var clockOffset: Shape {
        Shape<String>.form("hours and minutes ahead of UTC in quotes", "+01:00", pattern: "^[+-](0[0-9]|1[0-4]):[0-5][0-9]$") {
            offset(of: $0) != nil
        }
        .map { offset(of: $0) ?? 0 }
    }

    private static func offset(of text: String) -> Int? {
        let bytes = Array(text.utf8)
        guard bytes.count == 6, bytes[0] == UInt8(ascii: "+") || bytes[0] == UInt8(ascii: "-"), bytes[3] == UInt8(ascii: ":"),
            [1, 2, 4, 5].allSatisfy({ bytes[$0] &- 48 < 10 })
        else { return nil }
        let digits = bytes.map { Int($0) - 48 }
        let minutes = (digits[1] * 10 + digits[2]) * 60 + digits[4] * 10 + digits[5]
        guard digits[4] < 6, minutes <= 14 * 60 else { return nil }
        return bytes[0] == UInt8(ascii: "-") ? -minutes : minutes
    }
}
