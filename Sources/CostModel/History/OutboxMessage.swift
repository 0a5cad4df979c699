/// A message on its way to a channel, and what became of it.
package struct OutboxMessage: Hashable, Sendable {
    package enum State: String, Hashable, Sendable, CaseIterable {
        /// It is to be sent, or sent again.
        case waiting
        case sent
        /// It was given up: refused for good, too old, or of a channel that is no more.
        case dead
    }

    /// `m-` and 32 hexadecimal digits of what it tells whom: who receives it twice knows it by this.
    package var id: String
    /// The name of the Notification that asked for it.
    package var notification: String
    package var channel: String
    /// The message that it goes on with; its own id where it begins something.
    package var thread: String
    package var kind: NotificationPolicy.Event
    package var team: String?
    /// Whether it says that something is over.
    package var isResolution: Bool
    package var state: State
    package var created: Instant
    /// Before this it is not sent.
    package var due: Instant
    package var attempts: Int
    /// When it was sent or given up.
    package var finished: Instant?
    /// Why the last attempt failed; holds no secret.
    package var problem: String?
    /// Of one that began something: whether nothing of it is left, and that was told.
    package var isOver: Bool
    /// What it tells of, one event's key a line.
    package var events: String
    /// What it says, as a JSON document.
    package var body: String
    /// What the service calls it, to go on below it; nil: it does not say.
    package var reference: String?

    package init(
        id: String, notification: String, channel: String, thread: String, kind: NotificationPolicy.Event, team: String?,
        isResolution: Bool = false, state: State = .waiting, created: Instant, due: Instant, attempts: Int = 0, finished: Instant? = nil,
        problem: String? = nil, isOver: Bool = false, events: String, body: String, reference: String? = nil
    ) {
        self.id = id
        self.notification = notification
        self.channel = channel
        self.thread = thread
        self.kind = kind
        self.team = team
        self.isResolution = isResolution
        self.state = state
        self.created = created
        self.due = due
        self.attempts = attempts
        self.finished = finished
        self.problem = problem
        self.isOver = isOver
        self.events = events
        self.body = body
        self.reference = reference
    }

    /// The same words give the same id.
    package static func identifier(_ words: [String]) -> String {
        var hash = SHA256()
        for word in words { hash.update(field: word) }
        return "m-" + hash.hexDigest().prefix(32)
    }

    package var eventKeys: [String] { events.split(separator: "\n").map(String.init) }

    /// The findings that it tells of, by their identities: two messages about one are one conversation.
    package var subjects: Set<String> {
        Set(
            eventKeys.compactMap { key in
                let words = key.split(separator: " ")
                guard words.count > 1, let kind = NotificationPolicy.Event(rawValue: String(words[0])), kind.isOfFinding else { return nil }
                return String(words[1])
            })
    }
}

/// Something that was seen to have happened, so that it is told of once.
package struct NoticedEvent: Hashable, Sendable {
    /// What tells it from others, such as `finding.new` with a finding's identity and the time at which it opened.
    package var event: String
    package var noticed: Instant

    package init(event: String, noticed: Instant) {
        self.event = event
        self.noticed = noticed
    }
}

extension NotificationPolicy.Event: ColumnCodable {}
extension OutboxMessage.State: ColumnCodable {}

extension OutboxMessage: ColumnRecord {
    package static let columns: [Column<OutboxMessage>] = [
        .init("id", \.id, "what it is known by: who receives it twice knows it by this"),
        .init("notification", \.notification, "the Notification that asked for it"),
        .init("channel", \.channel, "the channel that it goes to"),
        .init("thread", \.thread, "the message that it goes on with; its own id where it begins something"),
        .init("kind", key: "event", \.kind, "what it tells of"),
        .init("team", \.team, "the team that it is about; null: nobody, or everybody"),
        .init("is_resolution", key: "resolved", \.isResolution, "whether it says that something is over"),
        .init("state", \.state, "what became of it"),
        .init("created", \.created, "when it was written"),
        .init("due", key: "notBefore", \.due, "before this it is not sent"),
        .init("attempts", \.attempts, "how often it was tried to send it"),
        .init("finished", \.finished, "when it was sent or given up"),
        .init("problem", \.problem, "why the last attempt failed"),
        .init("is_over", key: .ledgerOnly, \.isOver, "whether nothing is left of what it tells"),
        .init("events", key: .ledgerOnly, \.events, "what it tells of, one event a line"),
        .init("body", key: .ledgerOnly, \.body, "what it says"),
        .init("reference", key: .ledgerOnly, \.reference, "what the service calls it"),
    ]

    package static var blank: OutboxMessage {
        OutboxMessage(
            id: "", notification: "", channel: "", thread: "", kind: .findingNew, team: nil, created: .blank, due: .blank, events: "",
            body: "")
    }
}

extension NoticedEvent: ColumnRecord {
    package static let columns: [Column<NoticedEvent>] = [
        .init("event", \.event, "what happened"),
        .init("noticed", \.noticed, "when it was seen first"),
    ]

    package static var blank: NoticedEvent { NoticedEvent(event: "", noticed: .blank) }
}
