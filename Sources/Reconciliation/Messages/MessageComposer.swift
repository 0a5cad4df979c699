import Conditions
import CostModel
import Notifications

/// Makes messages of events: which Notification asks for them, one message for one cause, and to which channels they go.
struct MessageComposer {
    /// One pass writes no more messages of one Notification to one channel; what is beyond stands in the last of them.
    static let mostMessages = 20

    let workspace: String
    let policies: [NotificationPolicy]
    let teams: [Team]
    let channels: [MessageChannel]
    let now: Instant

    struct Composed {
        var messages: [OutboxMessage] = []
        /// What an operator or an author has to mend.
        var problems: [String] = []
    }

    /// The messages about events that nobody was told of yet.
    func compose(_ events: [OccurredEvent]) -> Composed {
        var composed = Composed()
        for policy in policies {
            let condition = policy.condition.map { CompiledEventCondition($0, teams: teams, now: now) }
            let wanted = events.filter { policy.events.contains($0.record.kind) && condition?.holds(of: $0.record) ?? true }
            var groups: [String: [[OccurredEvent]]] = [:]
            for group in grouped(wanted) {
                for channel in receivers(policy.targets, of: policy, team: team(of: group), &composed.problems) {
                    groups[channel, default: []].append(group)
                }
            }
            for (channel, groups) in groups.sorted(by: { $0.key < $1.key }) {
                let isTooMany = groups.count > Self.mostMessages
                for group in groups.prefix(isTooMany ? Self.mostMessages - 1 : groups.count) {
                    composed.messages.append(outgoing(message(of: group), group, policy, channel))
                }
                guard isTooMany else { continue }
                let rest = Array(groups.dropFirst(Self.mostMessages - 1))
                let digest = rest.dropFirst().reduce(message(of: rest[0]).asDigest) { $0.adding(message(of: $1).asDigest) }
                composed.messages.append(outgoing(digest, rest.flatMap { $0 }, policy, channel))
            }
        }
        composed.problems = Array(Set(composed.problems)).sorted()
        return composed
    }

    // MARK: Groups

    private func grouped(_ events: [OccurredEvent]) -> [[OccurredEvent]] {
        struct Cause: Hashable {
            var kind: NotificationPolicy.Event
            var team: String?
            var group: String
        }
        var order: [Cause] = []
        var groups: [Cause: [OccurredEvent]] = [:]
        for event in events {
            // Levels are one message for all teams, where a channel has them all.
            let team = event.record.kind == .scoreLevel ? nil : event.record.team
            let cause = Cause(kind: event.record.kind, team: team, group: event.group)
            if groups[cause] == nil { order.append(cause) }
            groups[cause, default: []].append(event)
        }
        return order.compactMap { groups[$0] }.map { events in
            events.sorted { ($0.record.amount?.amount ?? .zero, $1.key) > ($1.record.amount?.amount ?? .zero, $0.key) }
        }
    }

    func message(of events: [OccurredEvent]) -> Message {
        let first = events[0]
        let record = first.record
        let isAlone = events.count == 1
        let team = team(of: events)
        let lines = isAlone ? first.lines.prefix(Message.mostItems).map { Message.Item($0) } : []
        let items = events.prefix(Message.mostItems).map { event in
            Message.Item(event.text, finding: event.finding, place: event.place?.description)
        }
        let commands = events.compactMap { event in event.finding.map { "bursar explain \($0)" } }
        return Message(
            event: record.kind, workspace: workspace, team: team, contact: team.flatMap(contact),
            severity: events.compactMap(\.record.severity).max(),
            title: isAlone ? first.text : "\(events.count) \(first.plural)", amount: sum(events), amountMeaning: first.amountMeaning,
            since: events.compactMap(\.since).min(),
            // Alone, the title says it all but the line.
            items: isAlone && first.place == nil ? lines : Array(items), more: max(0, events.count - Message.mostItems),
            next: Array((commands + first.next).prefix(4)), url: isAlone ? first.url : nil)
    }

    private func team(of events: [OccurredEvent]) -> String? {
        Set(events.map(\.record.team)).count == 1 ? events[0].record.team : nil
    }

    /// Nil where one of them is not known: a part would look like the whole.
    private func sum(_ events: [OccurredEvent]) -> Money? {
        let known = events.compactMap(\.record.amount)
        guard known.count == events.count, let first = known.first, known.allSatisfy({ $0.currency == first.currency }) else { return nil }
        return known.dropFirst().reduce(first, +)
    }

    // MARK: Ways

    private func receivers(
        _ targets: [NotificationPolicy.Target], of policy: NotificationPolicy, team: String?, _ problems: inout [String]
    ) -> [String] {
        var names: [String] = []
        for target in targets {
            switch target {
            case .channel(let name):
                if let channel = channels.first(where: { $0.name == name }), !channel.isFor(workspace: workspace) {
                    problems.append("the channel '\(name)' of '\(policy.name)' is not for this workspace")
                } else if !names.contains(name) {
                    names.append(name)
                }
            case .contact:
                guard let team else { continue }
                guard let contact = contact(team) else {
                    problems.append("nobody is told of what is '\(team)': neither it nor a team above it has a contact")
                    continue
                }
                let found = channels.filter { $0.isFor(contact: contact) && $0.isFor(workspace: workspace) }.map(\.name)
                if found.isEmpty { problems.append("no channel of the operator's is for the contact '\(contact)' of '\(team)'") }
                names += found.filter { !names.contains($0) }
            }
        }
        return names
    }

    /// Of the team, else of the nearest one above it.
    private func contact(_ name: String) -> String? {
        var next: String? = name
        for _ in 0...teams.count {
            guard let team = teams.first(where: { $0.name == next }) else { return nil }
            if let contact = team.contact { return contact }
            next = team.parent
        }
        return nil
    }

    /// What tells those of `escalate` of what a message told of and nobody has reacted to.
    ///
    /// - Parameter events: what still holds of it.
    func escalation(
        of message: OutboxMessage, _ events: [OccurredEvent], _ policy: NotificationPolicy, _ escalation: NotificationPolicy.Escalation
    ) -> Composed {
        var composed = Composed()
        var text = self.message(of: events)
        text.title = Message.cut("nobody has reacted for \(escalation.after): \(text.title)", to: Message.longestText)
        for channel in receivers(escalation.targets, of: policy, team: team(of: events), &composed.problems) {
            let id = Self.escalationIdentifier(message, channel)
            composed.messages.append(
                OutboxMessage(
                    id: id, notification: policy.name, channel: channel, thread: id, kind: text.event, team: text.team, created: now,
                    due: policy.quiet?.end(from: now) ?? now, events: events.map(\.key).joined(separator: "\n"), body: text.document))
        }
        return composed
    }

    /// One message escalates once to a channel.
    static func escalationIdentifier(_ message: OutboxMessage, _ channel: String) -> String {
        OutboxMessage.identifier([message.id, "escalated", channel])
    }

    private func outgoing(_ message: Message, _ events: [OccurredEvent], _ policy: NotificationPolicy, _ channel: String) -> OutboxMessage {
        let slot = DigestSlot(policy, after: now)
        let keys = events.map(\.key)
        let id = OutboxMessage.identifier(
            [workspace, policy.name, channel] + (slot.map { ["digest", $0.start.description] } ?? keys.sorted()))
        let due = slot?.start ?? now
        return OutboxMessage(
            id: id, notification: policy.name, channel: channel, thread: id, kind: message.event, team: message.team, created: now,
            due: policy.quiet?.end(from: due) ?? due, events: keys.joined(separator: "\n"),
            body: (slot == nil ? message : message.asDigest).document)
    }
}

/// When a digest is sent: each day, or each Monday, at eight o'clock.
private struct DigestSlot {
    let start: Instant
    private static let hour = TimeSpan.hours(8)

    /// - Returns: nil where messages are sent one by one.
    init?(_ policy: NotificationPolicy, after now: Instant) {
        guard policy.digest != .none else { return nil }
        let shift = TimeSpan(seconds: Int64(policy.quiet?.offset ?? 0) * 60)
        var day = now.adding(shift).day
        func begin(_ day: Day) -> Instant { day.start.adding(Self.hour).subtracting(shift) }
        while begin(day) <= now || policy.digest == .weekly && day.weekday != 0 { day = day.advanced(by: 1) }
        start = begin(day)
    }
}

extension Message {
    /// The first entry of a digest.
    fileprivate var asDigest: Message {
        Message(event: event, workspace: workspace, title: Self.digestTitle(1), items: [digestItem])
    }

    private static func digestTitle(_ count: Int) -> String { count == 1 ? "1 thing has happened" : "\(count) things have happened" }

    private var digestItem: Item {
        let money =
            amount.flatMap { $0.amount.isZero ? nil : $0 }.map { ": \($0.amount.rounded(to: 2)) \($0.currency) \(amountMeaning)" } ?? ""
        let finding = items.count == 1 ? items[0].finding : nil
        let place = items.count == 1 ? items[0].place : nil
        return Item(title + money + (team.map { " [\($0)]" } ?? ""), finding: finding, place: place)
    }

    /// A digest with the entries of another one behind its own.
    func adding(_ digest: Message) -> Message {
        let count = items.count + more + digest.items.count + digest.more
        let all = items + digest.items
        return Message(
            event: event, workspace: workspace, title: Self.digestTitle(count), items: Array(all.prefix(Self.mostDigestItems)),
            more: count - min(all.count, Self.mostDigestItems))
    }

    private static var mostDigestItems: Int { 30 }
}
