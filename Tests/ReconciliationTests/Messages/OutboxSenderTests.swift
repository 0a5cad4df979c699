import CostModel
import Notifications
import Store
import Synchronization
import TestSupport
import Testing

@testable import Reconciliation

@Suite("sending from the outbox")
struct OutboxSenderTests {
    private static let start = Instant("2026-11-02T12:00:00Z")!
    private let folder = TemporaryDirectory()
    private let ledger: Ledger
    private let channel = MessageChannel(name: "hook", kind: .webhook, address: "https://h.example", secretFile: "/s")
    private let time = Clock(start)

    init() throws {
        ledger = try Ledger.open(at: folder.path + "/ledger.sqlite", mode: .readWrite)
        for number in 1...3 { try ledger.add(Self.message("m-\(number)")) }
    }

    private final class Clock: Sendable {
        private let now: Mutex<Instant>
        init(_ now: Instant) { self.now = Mutex(now) }
        var time: Instant { now.withLock { $0 } }
        func advance(_ span: TimeSpan) { now.withLock { $0 = $0.adding(span) } }
    }

    private static func message(_ id: String, thread: String? = nil) -> OutboxMessage {
        OutboxMessage(
            id: id, notification: "n", channel: "hook", thread: thread ?? id, kind: .findingNew, team: nil, created: start, due: start,
            events: "e", body: Message(event: .findingNew, workspace: "acme", title: id).document)
    }

    private func deliver(_ channel: MessageChannel?, _ send: (MessageDelivery) -> DeliveryResult) throws -> OutboxSender.Outcome {
        try OutboxSender(ledger, workspace: "acme", now: { [time] in time.time }).deliver(to: "hook", channel, send)
    }

    private var states: [String] {
        get throws { try ledger.messages().map { "\($0.id) \($0.state.rawValue)" } }
    }

    @Test("sends each message once, in the order in which they were written")
    func once() throws {
        var sent: [String] = []
        _ = try deliver(channel) { delivery in
            sent.append(delivery.id)
            return .sent
        }
        #expect(sent == ["m-1", "m-2", "m-3"])
        #expect(try deliver(channel) { _ in .sent }.sent == 0)
        #expect(try states == ["m-1 sent", "m-2 sent", "m-3 sent"])
    }

    @Test("stops at a channel that is down, and comes back by and by under the same ids")
    func down() throws {
        var asked: [String] = []
        for _ in 0..<5 {
            _ = try deliver(channel) { delivery in
                asked.append(delivery.id)
                return .failed("no answer in time", after: nil, isOfChannel: true)
            }
            time.advance(TimeSpan(seconds: 1))
        }
        // Each of them once: no message is asked about again before its time.
        #expect(asked == ["m-1", "m-2", "m-3"])
        time.advance(.hours(1))
        #expect(try deliver(channel) { _ in .sent }.sent == 3)
        #expect(try ledger.messages().map(\.attempts) == [2, 2, 2])
    }

    @Test("waits as long as the other side asks")
    func asked() throws {
        _ = try deliver(channel) { _ in .failed("429", after: 7_200, isOfChannel: true) }
        time.advance(TimeSpan(seconds: 7_199))
        var again: [String] = []
        _ = try deliver(channel) { delivery in
            again.append(delivery.id)
            return .sent
        }
        #expect(!again.contains("m-1"))
        time.advance(TimeSpan(seconds: 1))
        #expect(try deliver(channel) { _ in .sent }.sent == 1)
    }

    @Test("gives up what is refused, and what failed twenty times, with the reason")
    func givenUp() throws {
        _ = try deliver(channel) { $0.id == "m-1" ? .refused("400: invalid") : .failed("500", after: nil, isOfChannel: false) }
        #expect(try states == ["m-1 dead", "m-2 waiting", "m-3 waiting"])
        for _ in 0..<40 {
            time.advance(.hours(7))
            _ = try deliver(channel) { _ in .failed("500", after: nil, isOfChannel: false) }
        }
        #expect(try states == ["m-1 dead", "m-2 dead", "m-3 dead"])
        #expect(try ledger.messages().map(\.problem) == ["400: invalid", "500", "500"])
        #expect(try ledger.messages().map(\.attempts) == [1, 20, 20])
    }

    @Test("sends nothing more to a channel that answers 410, until a person or another address says so")
    func gone() throws {
        var asked = 0
        _ = try deliver(channel) { _ in
            asked += 1
            return .gone("410")
        }
        #expect(asked == 1)
        #expect(try states == ["m-1 dead", "m-2 dead", "m-3 dead"])
        try ledger.add(Self.message("m-4"))
        _ = try deliver(channel) { _ in .sent }
        #expect(try states.last == "m-4 dead")
        var other = channel
        other.address = "https://new.example"
        try ledger.add(Self.message("m-5"))
        #expect(try deliver(other) { _ in .sent }.sent == 1)
        try ChannelSwitch(ledger).enable("hook")
        try ledger.add(Self.message("m-6"))
        #expect(try deliver(channel) { _ in .sent }.sent == 1)
    }

    @Test("sends what goes on with a message behind it")
    func threads() throws {
        try ledger.add(Self.message("m-9", thread: "m-1"))
        _ = try deliver(channel) { $0.id == "m-1" ? .failed("500", after: nil, isOfChannel: false) : .sent }
        #expect(try states == ["m-1 waiting", "m-2 sent", "m-3 sent", "m-9 waiting"])
        time.advance(.hours(1))
        _ = try deliver(channel) { _ in .sent }
        #expect(try states.last == "m-9 sent")
    }

    @Test("tells the channel below which of its messages the next one about the same finding goes")
    func conversations() throws {
        var first = Self.message("m-5")
        first.events = "finding.new f1 2026-11-01\nfinding.new f2 2026-11-01"
        var later = Self.message("m-6")
        later.events = "finding.overdue f2 2026-11-02"
        var other = Self.message("m-7")
        other.events = "finding.overdue f3 2026-11-02"
        for message in [first, later, other, Self.message("m-8", thread: "m-5")] { try ledger.add(message) }
        var parents: [String: MessageDelivery.Parent] = [:]
        _ = try deliver(channel) { delivery in
            parents[delivery.id] = delivery.parent
            return .sentAs("ts of \(delivery.id)")
        }
        let parent = MessageDelivery.Parent(id: "m-5", reference: "ts of m-5")
        #expect(parents == ["m-6": parent, "m-8": parent])
        #expect(try ledger.message("m-6")?.reference == "ts of m-6")
    }

    @Test("tells nobody of what has waited for days, nor a workspace's things by a channel that is not for it")
    func refused() throws {
        var other = channel
        other.workspaces = ["other"]
        _ = try deliver(other) { _ in .sent }
        #expect(try ledger.messages().allSatisfy { $0.state == .dead && $0.problem == "the channel is not for this workspace" })
        try ledger.add(Self.message("m-4"))
        time.advance(.days(4))
        _ = try deliver(channel) { _ in .sent }
        #expect(try states.last == "m-4 dead")
    }

    @Test("keeps what is for a channel that the operator's document does not have, for a while")
    func unknownChannel() throws {
        #expect(try deliver(nil) { _ in .sent }.failed == 3)
        #expect(try ledger.messages().first?.problem == "no channel 'hook' in the operator's document")
        time.advance(.hours(1))
        #expect(try deliver(channel) { _ in .sent }.sent == 3)
    }

    @Test("loses nothing and invents no second id, at whichever statement the process dies", arguments: 0..<100)
    func kills(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        var received: [String] = []
        for _ in 0..<40 {
            // Each process dies at its n-th statement, wherever that falls: before a claim, after it, or with the message under way.
            let statements = Mutex(Int.random(in: 1...30, using: &generator))
            let process = try Ledger.open(at: folder.path + "/ledger.sqlite", mode: .readWrite)
            process.fault = LedgerFault { sql in
                let isDead = statements.withLock { left in
                    left -= 1
                    return left < 0
                }
                return isDead ? LedgerError(.other, "killed", operation: sql) : nil
            }
            // What a dead process has not written down, nobody has.
            try? _ = OutboxSender(process, workspace: "acme", now: { [time] in time.time }).deliver(to: "hook", channel) { delivery in
                received.append(delivery.id)
                return .sent
            }
            time.advance(.hours(7))
        }
        #expect(Set(received) == ["m-1", "m-2", "m-3"])
        #expect(try states == ["m-1 sent", "m-2 sent", "m-3 sent"])
    }
}
