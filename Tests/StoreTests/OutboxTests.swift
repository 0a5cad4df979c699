import CostModel
import Testing

@testable import Store

@Suite("the outbox of a ledger")
struct OutboxTests {
    private let test = TestLedger()

    @Test("keeps a message as it was written first")
    func once() throws {
        let ledger = try test.open()
        var message = Samples.message(state: .waiting)
        try ledger.add(message)
        message.body = "{\"other\":1}"
        try ledger.add(message)
        #expect(try ledger.messages().map(\.body) == ["{}"])
    }

    @Test("gives a message to one who sends, and again only after the time that was claimed")
    func claims() throws {
        let ledger = try test.open()
        try ledger.add(Samples.message(state: .waiting))
        let later = Samples.now.adding(.hours(1))
        let claimed = try #require(try ledger.claim("m-1", until: later, at: Samples.now))
        #expect(claimed.attempts == 3)
        #expect(try test.open().claim("m-1", until: later, at: Samples.now) == nil)
        #expect(try ledger.dueMessages(at: Samples.now).isEmpty)
        #expect(try ledger.nextMessageTime() == later)
        // As after the process was killed in the midst of sending.
        #expect(try ledger.claim("m-1", until: later.adding(.hours(1)), at: later)?.attempts == 4)
    }

    @Test("gives nothing out that was sent or given up")
    func ended() throws {
        let ledger = try test.open()
        try ledger.add(Samples.message("m-1", state: .sent))
        try ledger.add(Samples.message("m-2", state: .dead))
        #expect(try ledger.dueMessages(at: Samples.now.adding(.days(1))).isEmpty)
        #expect(try ledger.claim("m-2", until: Samples.now, at: Samples.now) == nil)
        #expect(try ledger.nextMessageTime() == nil)
    }

    @Test("forgets by age what was sent, and never what waits")
    func pruned() throws {
        let ledger = try test.open()
        try ledger.add(Samples.message("m-1", state: .sent))
        try ledger.add(Samples.message("m-2", state: .waiting))
        try ledger.prune(before: Samples.now.adding(.days(1)), now: Samples.now.adding(.days(1)), cause: "test")
        #expect(try ledger.messages().map(\.id) == ["m-2"])
    }

    @Test("notices an event once, and forgets what it is told to")
    func noticing() throws {
        let ledger = try test.open()
        try ledger.notice([Samples.noticed])
        try ledger.notice([NoticedEvent(event: Samples.noticed.event, noticed: Samples.now.adding(.hours(1)))])
        #expect(try ledger.noticed() == [Samples.noticed])
        try ledger.forget([Samples.noticed])
        #expect(try ledger.noticed().isEmpty)
    }
}
