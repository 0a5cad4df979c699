package import CostModel

/// The outbox: messages are written with what they tell of, in one transaction, and sent later, by whoever gets to it.
extension Ledger {
    /// In the order in which they were written.
    package func messages(states: Set<OutboxMessage.State> = Set(OutboxMessage.State.allCases)) throws(LedgerError) -> [OutboxMessage] {
        try database.records(OutboxMessage.self).filter { states.contains($0.state) }
    }

    /// Messages that wait and may be sent now, the oldest first.
    package func dueMessages(at now: Instant) throws(LedgerError) -> [OutboxMessage] {
        try database.records(OutboxMessage.self, "WHERE state = 'waiting' AND due <= ? ORDER BY sequence", [now])
    }

    /// What a channel was told, in the order in which it was written.
    package func messages(sentTo channel: String) throws(LedgerError) -> [OutboxMessage] {
        try database.records(OutboxMessage.self, "WHERE state = 'sent' AND channel = ? ORDER BY sequence", [channel])
    }

    package func message(_ id: String) throws(LedgerError) -> OutboxMessage? {
        try database.records(OutboxMessage.self, "WHERE id = ?", [id]).first
    }

    /// When the next of the messages that wait may be sent; nil: none waits.
    package func nextMessageTime() throws(LedgerError) -> Instant? {
        try database.value("SELECT min(due) FROM messages WHERE state = 'waiting' HAVING min(due) IS NOT NULL")
    }

    /// A message that is there already stays as it is.
    package func add(_ message: OutboxMessage) throws(LedgerError) {
        try database.run("\(OutboxMessage.table.insert) ON CONFLICT (id) DO NOTHING", message.values)
    }

    /// Overwrites what is kept of it.
    package func put(_ message: OutboxMessage) throws(LedgerError) { try database.upsert(message) }

    /// Takes a message for an attempt, so that nobody else tries until then: also where this process is killed meanwhile.
    ///
    /// - Returns: the message with the attempt counted; nil where somebody else was quicker, or it does not wait any more.
    package func claim(_ id: String, until due: Instant, at now: Instant) throws(LedgerError) -> OutboxMessage? {
        try transaction { () throws(LedgerError) in
            guard var message = try message(id), message.state == .waiting, message.due <= now else { return nil }
            message.attempts += 1
            message.due = due
            try put(message)
            return message
        }
    }

    // MARK: What was told of

    package func noticed() throws(LedgerError) -> [NoticedEvent] { try database.records() }

    package func notice(_ events: [NoticedEvent]) throws(LedgerError) {
        try transaction { () throws(LedgerError) in
            for event in events { try database.run("\(NoticedEvent.table.insert) ON CONFLICT (event) DO NOTHING", event.values) }
        }
    }

    package func forget(_ events: [NoticedEvent]) throws(LedgerError) {
        try transaction { () throws(LedgerError) in
            for event in events { try database.run("DELETE FROM noticed WHERE event = ?", [event.event]) }
        }
    }
}
