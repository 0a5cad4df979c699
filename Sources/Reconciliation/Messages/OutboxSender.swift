package import CostModel
package import Notifications
package import Store

/// Sends what waits in one workspace's outbox to one channel, and writes down what came of it. Blocks, and is confined to one thread.
///
/// At least once: a message is claimed before it is sent, and whoever dies in between leaves it to be sent again, under the same id.
package struct OutboxSender {
    private let ledger: Ledger
    private let workspace: String
    private let now: @Sendable () -> Instant

    package init(_ ledger: Ledger, workspace: String, now: @escaping @Sendable () -> Instant) {
        self.ledger = ledger
        self.workspace = workspace
        self.now = now
    }

    package struct Outcome: Hashable, Sendable {
        package var sent = 0
        /// They are sent again later.
        package var failed = 0
        package var dead = 0
        /// Why the last one failed; nil: none did.
        package var problem: String?
    }

    /// - Parameters:
    ///   - channel: nil: the operator's document has none of this name.
    ///   - send: one attempt.
    package func deliver(
        to name: String, _ channel: MessageChannel?, _ send: (MessageDelivery) -> DeliveryResult
    ) throws(LedgerError) -> Outcome {
        var outcome = Outcome()
        // What the channel was told before; read once, and only where it is asked for.
        var told: [OutboxMessage]?
        for waiting in try ledger.dueMessages(at: now()) where waiting.channel == name {
            // What goes on with a message that has not arrived waits for it.
            if waiting.thread != waiting.id, let first = try ledger.message(waiting.thread), first.state == .waiting { continue }
            if let reason = try refusal(of: waiting, channel) {
                try bury(waiting, reason, &outcome)
                continue
            }
            guard let channel, let message = Message(document: waiting.body) else {
                var waiting = waiting
                waiting.attempts += 1
                try postpone(waiting, channel == nil ? "no channel '\(name)' in the operator's document" : "it cannot be read", &outcome)
                continue
            }
            let claimed = try ledger.claim(
                waiting.id, until: now().adding(Redelivery.wait(after: waiting.attempts + 1, of: waiting.id)), at: now())
            guard let claimed else { continue }
            let delivery = MessageDelivery(
                id: claimed.id, thread: claimed.thread, created: claimed.created, message: message,
                parent: try parent(of: claimed, among: &told))
            let result = send(delivery)
            try settle(claimed, result, channel, &outcome)
            if told != nil, let sent = try ledger.message(claimed.id), sent.state == .sent { told?.append(sent) }
            if case .failed(_, _, isOfChannel: true) = result { break }
        }
        return outcome
    }

    /// The message that began what this one goes on with, or the first that told the same channel of one of its findings.
    private func parent(
        of message: OutboxMessage, among told: inout [OutboxMessage]?
    ) throws(LedgerError) -> MessageDelivery.Parent? {
        func parent(_ first: OutboxMessage?) -> MessageDelivery.Parent? { first.map { .init(id: $0.id, reference: $0.reference) } }
        guard message.thread == message.id else {
            guard let first = try ledger.message(message.thread), first.state == .sent, first.channel == message.channel else { return nil }
            return parent(first)
        }
        let subjects = message.subjects
        guard !subjects.isEmpty else { return nil }
        if told == nil { told = try ledger.messages(sentTo: message.channel) }
        return parent(told?.first { $0.thread == $0.id && $0.id != message.id && !$0.subjects.isDisjoint(with: subjects) })
    }

    /// Why it is not even tried.
    private func refusal(of message: OutboxMessage, _ channel: MessageChannel?) throws(LedgerError) -> String? {
        if message.attempts >= Redelivery.mostAttempts { return message.problem ?? "it was tried \(message.attempts) times" }
        // As after days in which nothing ran, or in which dry runs only wrote messages.
        if message.due.adding(Redelivery.lifetime) < now() { return "nobody sent it within \(Redelivery.lifetime)" }
        guard let channel else { return nil }
        guard channel.isFor(workspace: workspace) else { return "the channel is not for this workspace" }
        return try ChannelSwitch(ledger).reason(of: channel)
    }

    private func settle(
        _ message: OutboxMessage, _ result: DeliveryResult, _ channel: MessageChannel, _ outcome: inout Outcome
    ) throws(LedgerError) {
        switch result {
        case .sent: try finish(message, nil, &outcome)
        case .sentAs(let reference): try finish(message, reference, &outcome)
        case .failed(let reason, let after, _):
            try postpone(message, reason, asked: after, &outcome)
        case .refused(let reason): try bury(message, reason, &outcome)
        case .gone(let reason):
            try ledger.transaction { () throws(LedgerError) in
                try ChannelSwitch(ledger).disable(channel, reason, at: now())
                try bury(message, reason, &outcome)
            }
        }
    }

    private func finish(_ message: OutboxMessage, _ reference: String?, _ outcome: inout Outcome) throws(LedgerError) {
        var message = message
        message.state = .sent
        message.finished = now()
        message.problem = nil
        message.reference = reference
        try ledger.put(message)
        outcome.sent += 1
    }

    private func postpone(_ message: OutboxMessage, _ reason: String, asked: Int? = nil, _ outcome: inout Outcome) throws(LedgerError) {
        var message = message
        message.problem = reason
        message.due = now().adding(Redelivery.wait(after: message.attempts, of: message.id, asked: asked))
        try ledger.put(message)
        outcome.failed += 1
        outcome.problem = reason
    }

    private func bury(_ message: OutboxMessage, _ reason: String, _ outcome: inout Outcome) throws(LedgerError) {
        var message = message
        message.state = .dead
        message.finished = now()
        message.problem = reason
        try ledger.put(message)
        outcome.dead += 1
        outcome.problem = reason
    }
}

/// Channels that want no more messages: nothing is sent there until the operator's document says another address, or a person enables it.
package struct ChannelSwitch {
    private let ledger: Ledger
    private static let key = "channel-off-"

    package init(_ ledger: Ledger) { self.ledger = ledger }

    /// Nil: it is sent to.
    package func reason(of channel: MessageChannel) throws(LedgerError) -> String? {
        guard let value = try ledger.value(Self.key + channel.name), value.hasPrefix(channel.digest + " ") else { return nil }
        return String(value.dropFirst(channel.digest.count + 1))
    }

    func disable(_ channel: MessageChannel, _ reason: String, at now: Instant) throws(LedgerError) {
        try ledger.setValue(Self.key + channel.name, "\(channel.digest) disabled at \(now): \(reason)")
    }

    package func enable(_ name: String) throws(LedgerError) { try ledger.setValue(Self.key + name, nil) }
}
