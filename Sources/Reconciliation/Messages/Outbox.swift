import Conditions
import CostModel
import Notifications
import Store

/// Holds what there is to tell of against what was told, and writes what is new into the ledger's outbox. The caller's transaction makes it
/// one with what it tells of.
struct Outbox {
    let ledger: Ledger
    let composer: MessageComposer

    /// What is known though it does not hold any more is forgotten after this time.
    private static let memory = TimeSpan.days(7)
    /// Since when this ledger notices events: what held before is no news.
    private static let since = "noticing-since"

    /// - Parameters:
    ///   - events: all that hold now.
    ///   - kinds: the kinds that were looked at; nothing is said of others.
    /// - Returns: what an operator or an author has to mend.
    func tell(_ events: [OccurredEvent], of kinds: Set<NotificationPolicy.Event>) throws(LedgerError) -> [String] {
        let noticed = try ledger.noticed()
        let known = Set(noticed.map(\.event))
        let new = events.filter { !known.contains($0.key) }
        var problems: [String] = []
        // What is there when a ledger first looks at a kind was there before.
        let first = try firstLook(at: kinds)
        let news = new.filter { !first.contains($0.record.kind) || isOfNow($0) }
        if !news.isEmpty {
            let composed = composer.compose(news)
            problems = composed.problems
            for message in composed.messages { try add(message) }
        }
        try ledger.notice(new.map { NoticedEvent(event: $0.key, noticed: composer.now) })
        let current = Set(events.map(\.key))
        try resolve(current, kinds)
        problems += try escalate(events, kinds)
        let limit = composer.now.subtracting(Self.memory)
        try ledger.forget(
            noticed.filter { event in
                event.noticed < limit && !current.contains(event.event) && kinds.contains { event.event.hasPrefix("\($0.rawValue) ") }
            })
        return problems
    }

    /// Whether it happened just now, whenever somebody first looked: what the loop itself did, or met.
    private func isOfNow(_ event: OccurredEvent) -> Bool {
        switch event.record.kind {
        case .runStalled: true
        case .requestOpened: event.since.map { $0 >= composer.now.subtracting(.hours(1)) } ?? false
        default: false
        }
    }

    /// The kinds that this ledger looks at for the first time.
    private func firstLook(at kinds: Set<NotificationPolicy.Event>) throws(LedgerError) -> Set<NotificationPolicy.Event> {
        let words = try ledger.value(Self.since)?.split(separator: " ").map(String.init) ?? []
        let first = kinds.filter { !words.contains($0.rawValue) }
        guard !first.isEmpty else { return [] }
        try ledger.setValue(Self.since, (words + first.map(\.rawValue)).sorted().joined(separator: " "))
        return first
    }

    private func add(_ message: OutboxMessage) throws(LedgerError) {
        guard let earlier = try ledger.message(message.id), earlier.state == .waiting, earlier.due > composer.now,
            earlier.events != message.events, let old = Message(document: earlier.body), let new = Message(document: message.body)
        else { return try ledger.add(message) }
        // A digest that has not left gathers more.
        var digest = earlier
        digest.events += "\n" + message.events
        digest.body = old.adding(new).document
        try ledger.put(digest)
    }

    /// Tells channels that can be told that nothing is left of what a message told of.
    private func resolve(_ current: Set<String>, _ kinds: Set<NotificationPolicy.Event>) throws(LedgerError) {
        for message in try ledger.messages(states: [.waiting, .sent]) where !message.isOver && message.thread == message.id {
            guard kinds.contains(message.kind), message.kind.isState, message.eventKeys.allSatisfy({ !current.contains($0) }),
                let channel = composer.channels.first(where: { $0.name == message.channel }), channel.resolves,
                var told = Message(document: message.body)
            else { continue }
            var over = message
            over.isOver = true
            try ledger.put(over)
            told.isResolution = true
            told.title = Message.cut("over: \(told.title)", to: 300)
            told.next = []
            let id = OutboxMessage.identifier([message.id, "over"])
            try ledger.add(
                OutboxMessage(
                    id: id, notification: message.notification, channel: message.channel, thread: message.id, kind: message.kind,
                    team: message.team, isResolution: true, created: composer.now, due: max(composer.now, message.due), isOver: true,
                    events: "", body: told.document))
        }
    }

    /// Tells others of what was told of long ago and still holds.
    private func escalate(_ events: [OccurredEvent], _ kinds: Set<NotificationPolicy.Event>) throws(LedgerError) -> [String] {
        let policies = composer.policies.filter { $0.escalation != nil }
        guard !policies.isEmpty else { return [] }
        let lasting = Dictionary(events.filter(\.record.kind.isState).map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        let names = Set(policies.map(\.name))
        let messages = try ledger.messages().filter { names.contains($0.notification) }
        // An escalation does not escalate.
        let channels = Set(messages.map(\.channel))
        let escalated = Set(messages.flatMap { message in channels.map { MessageComposer.escalationIdentifier(message, $0) } })
        var problems: [String] = []
        for policy in policies {
            guard let escalation = policy.escalation else { continue }
            for message in messages where message.notification == policy.name && message.thread == message.id {
                // One that waits for a channel that is down is heard no earlier than it is due.
                guard kinds.contains(message.kind), !escalated.contains(message.id),
                    (message.finished ?? message.due).adding(escalation.after) <= composer.now
                else { continue }
                let left = message.eventKeys.compactMap { lasting[$0] }
                guard !left.isEmpty else { continue }
                let composed = composer.escalation(of: message, left, policy, escalation)
                problems += composed.problems
                for message in composed.messages { try ledger.add(message) }
            }
        }
        return problems
    }
}
