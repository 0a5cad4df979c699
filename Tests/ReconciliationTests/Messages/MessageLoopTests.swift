import CostModel
import Notifications
import Store
import TestSupport
import Testing

@testable import Reconciliation

/// From what happens in a repository to what lies in the outbox.
@Suite("messages of a loop")
struct MessageLoopTests {
    private static let notification = """
        kind: Notification
        metadata: {name: all}
        spec:
          on: [finding.new, finding.overdue, request.opened, run.stalled, score.level]
          to: [hook]

        """
    private static let hook = MessageChannel(name: "hook", kind: .webhook, address: "https://h.example", secretFile: "/s")
    private static let second = "resource \"aws_sqs_queue\" \"more\" {\n  name = \"more\"\n}\n"

    private let loop: LocalLoop

    init() throws {
        let estate = try SmallEstate(committing: false)
        try estate.repository.write(Self.notification, to: "policies/notifications.yaml")
        try estate.repository.commit("the estate")
        loop = try LocalLoop(estate, channels: [Self.hook])
    }

    /// One more evaluation, and what it wrote. Each is of another commit, so that it counts as one.
    private func told(after change: () throws -> Void = {}) throws -> [String] {
        let before = Set(try loop.ledger.messages().map(\.id))
        try change()
        try loop.estate.repository.commit("another look")
        try loop.run()
        loop.advance(.hours(1))
        return try loop.ledger.messages().filter { !before.contains($0.id) }.map(Self.word)
    }

    private static func word(_ message: OutboxMessage) -> String {
        "\(message.kind.rawValue)\(message.isResolution ? " over" : ""): \(Message(document: message.body)?.title ?? "?")"
    }

    private func write(_ text: String, to path: String) throws {
        try loop.estate.repository.write(text, to: path)
        try loop.estate.repository.commit()
    }

    @Test("of what stood before the first run there are none, and of a request that it opens there is one")
    func first() throws {
        #expect(try told() == ["request.opened: a request waits for review: payments: 1 finding of cost-allocation"])
        #expect(try told() == [])
    }

    @Test("of a finding there is one when it opens, and one when it is over")
    func finding() throws {
        _ = try told()
        #expect(try told { try write(Self.second, to: "infra/app/more.tf") }.filter { $0.hasPrefix("finding") } == [])
        #expect(try told().filter { $0.hasPrefix("finding") } == ["finding.new: 2 new findings of 'cost-allocation'"])
        #expect(try told().filter { $0.hasPrefix("finding") } == [])
        try loop.estate.repository.git(["rm", "--quiet", "infra/app/more.tf"])
        try loop.estate.repository.commit()
        #expect(try told().filter { $0.hasPrefix("finding") } == [])
        #expect(try told() == ["finding.new over: over: 2 new findings of 'cost-allocation'"])
        #expect(try told() == [])
    }

    @Test("of a loop that waits for a person there is one, by the policies that could be read last, and one when it goes on")
    func stalled() throws {
        _ = try told()
        let stalled = try told { try write("kind: Nonsense\n", to: "policies/broken.yaml") }
        #expect(stalled.count == 1 && stalled[0].hasPrefix("run.stalled: the loop waits for a person: observe:"))
        #expect(try told() == [])
        try loop.estate.repository.git(["rm", "--quiet", "policies/broken.yaml"])
        try loop.estate.repository.commit()
        #expect(try told().map { $0.prefix(22) } == ["run.stalled over: over"])
    }

    /// The row of the first of November.
    private static let sunday =
        "1.5,1.5,2,1.5,USD,2026-11-01T00:00:00Z,2026-12-01T00:00:00Z,2026-11-01T00:00:00Z,2026-11-02T00:00:00Z,Usage,,messages,AWS,"
        + "us-east-1,arn:aws:sqs:us-east-1:111122223333:jobs,queue,Amazon Simple Queue Service,111122223333,"
        + "\"{\"\"team\"\": \"\"payments\"\"}\",999900001111\n"

    @Test("of a week there is one for each team and one for all, once the bill has all its days")
    func weekly() throws {
        try write(Self.notification.replacing("on: [", with: "on: [report.weekly, "), to: "policies/notifications.yaml")
        #expect(try told().filter { $0.hasPrefix("report") } == [])
        // The first of November was a Sunday, and the bill has it only on Tuesday.
        loop.advance(.hours(23))
        #expect(try told().filter { $0.hasPrefix("report") } == [])
        loop.advance(.hours(23))
        try loop.estate.repository.write(SmallEstate.bill() + Self.sunday, to: "observed/bill.csv")
        let reports = try told().filter { $0.hasPrefix("report") }
        #expect(reports == ["report.weekly: the week of 2026-10-26: all teams", "report.weekly: the week of 2026-10-26: payments"])
        let message = try #require(try loop.ledger.messages().last { $0.kind == .reportWeekly && $0.team == "payments" })
        let lines = Message(document: message.body)?.items.map(\.text) ?? []
        #expect(lines.contains("spent 10.50 USD, +0 % on 10.50 USD before"), "\(lines)")
        #expect(lines.contains("score 62.50, none") && lines.contains("verified savings: none yet"), "\(lines)")
        #expect(try told().filter { $0.hasPrefix("report") } == [])
    }

    @Test(
        "of a week and a month none is made that nobody asks for, and the first one that somebody does is the next",
        arguments: ["weekly", "monthly"])
    func unasked(length: String) throws {
        func known(_ loop: LocalLoop) throws -> [String] { try loop.ledger.noticed().map(\.event).filter { $0.hasPrefix("report.") } }
        let loop = try LocalLoop(try SmallEstate(), channels: [Self.hook])
        try loop.run()
        // Once the bill has all days of the week, and of the month.
        loop.advance(.hours(46))
        try loop.estate.repository.write(SmallEstate.bill() + Self.sunday, to: "observed/bill.csv")
        try loop.run()
        #expect(try known(loop) == [])
        try loop.estate.repository.write(
            Self.notification.replacing("on: [", with: "on: [report.\(length), "), to: "policies/notifications.yaml")
        try loop.estate.repository.commit()
        try loop.run()
        #expect(try known(loop).allSatisfy { $0.hasPrefix("report.\(length) ") })
        #expect(try known(loop).count == 2)
        #expect(try loop.ledger.messages().isEmpty)
    }

    @Test("there are none without a Notification, and none of what stood when one is added")
    func added() throws {
        let loop = try LocalLoop(try SmallEstate(), channels: [Self.hook])
        try loop.run()
        loop.advance(.days(1))
        try loop.run()
        #expect(try loop.ledger.messages().isEmpty)
        try loop.estate.repository.write(Self.notification, to: "policies/notifications.yaml")
        try loop.estate.repository.commit()
        try loop.run()
        #expect(try loop.ledger.messages().isEmpty)
    }

    @Test("of a dry run wait like any other: it writes them and sends nothing")
    func dryRun() throws {
        _ = try loop.run(.interval, isDryRun: true)
        try write(Self.second, to: "infra/app/more.tf")
        for _ in 0..<2 {
            loop.advance(.days(1))
            try loop.run(.interval, isDryRun: true)
        }
        #expect(try loop.ledger.messages().map(\.state) == [.waiting])
    }

    @Test("of what nobody reacted to there is one more for those of 'escalate', once, with what is left of it")
    func escalation() throws {
        try write(
            Self.notification.replacing("  to: [hook]", with: "  to: [hook]\n  escalate: {after: 3d, to: [boss]}"),
            to: "policies/notifications.yaml")
        _ = try told()
        try write(Self.second, to: "infra/app/more.tf")
        for _ in 0..<2 { _ = try told() }
        let new = try #require(try loop.ledger.messages().last { $0.kind == .findingNew })
        #expect(new.channel == "hook")
        try loop.ledger.put(sent(new))
        #expect(try told().filter { $0.hasPrefix("finding.new") } == [])
        loop.advance(.days(2))
        #expect(try told().filter { $0.hasPrefix("finding.new") } == [])
        // One of the two is mended: what is left waits still.
        try write(Self.second.replacing("\n}", with: "\n  tags = { team = \"payments\" }\n}"), to: "infra/app/more.tf")
        _ = try told()
        _ = try told()
        loop.advance(.days(1))
        let escalated = try told().filter { $0.hasPrefix("finding.new") }
        #expect(escalated.count == 1 && escalated[0].hasPrefix("finding.new: nobody has reacted for 3d: "), "\(escalated)")
        let message = try #require(try loop.ledger.messages().last { $0.channel == "boss" })
        #expect(message.eventKeys.count == 1 && message.thread == message.id)
        try loop.ledger.put(sent(message))
        loop.advance(.days(9))
        #expect(try told().filter { $0.contains("nobody has reacted") } == [], "an escalation does not escalate, nor a second time")
    }

    private func sent(_ message: OutboxMessage) -> OutboxMessage {
        var message = message
        message.state = .sent
        message.finished = message.created
        return message
    }
}
