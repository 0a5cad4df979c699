import CostModel
import Store
import TestSupport
import Testing

@Suite("lives of findings in the ledger")
struct LifeTests {
    private let test = TestLedger()

    @Test("keep what happened to a finding: opened, fixed and by what, opened again")
    func events() throws {
        let ledger = try test.open()
        var life = Samples.life(state: .appearing)
        life.opened = nil
        func put(_ change: (inout FindingLife) -> Void) throws {
            change(&life)
            try ledger.put([life])
        }
        func at(_ hours: Int) -> Instant { Samples.now.adding(.hours(hours)) }
        try put { _ in }
        #expect(try ledger.events(of: life.identity) == [])
        try put { ($0.state, $0.opened) = (.open, at(0)) }
        try put { ($0.state, $0.lastSeen) = (.disappearing, at(2)) }
        try put { ($0.state, $0.fixed, $0.fixedBy) = (.fixed, at(4), "abc1") }
        try put { _ in }
        try put { ($0.state, $0.opened, $0.fixed, $0.fixedBy, $0.reopened) = (.open, at(6), nil, nil, 1) }
        try put { ($0.state, $0.fixed) = (.fixed, at(8)) }
        // Seen once more and missed again: it was fixed all the time.
        try put { ($0.state, $0.fixed, $0.missedSince) = (.appearing, nil, at(8)) }
        try put { ($0.state, $0.fixed) = (.fixed, at(8)) }
        let expected: [LifeEvent] = [
            LifeEvent(finding: life.identity, time: at(0), kind: .opened),
            LifeEvent(finding: life.identity, time: at(4), kind: .fixed, commit: "abc1"),
            LifeEvent(finding: life.identity, time: at(6), kind: .reopened), LifeEvent(finding: life.identity, time: at(8), kind: .fixed),
        ]
        #expect(try ledger.events(of: life.identity) == expected)
        #expect(try ledger.events(of: "f-other") == [])
    }

    @Test("come sorted by identity, however they were put")
    func sorted() throws {
        let ledger = try test.open()
        try ledger.put([Samples.life("f-2"), Samples.life("f-3")])
        try ledger.put([Samples.life("f-1"), Samples.life("f-2", state: .disappearing)])
        #expect(try ledger.lives() == [Samples.life("f-1"), Samples.life("f-2", state: .disappearing), Samples.life("f-3")])
    }

    @Test("of two findings with one short id stay apart, with what happened to each")
    func collision() throws {
        let ledger = try test.open()
        var (one, other) = (Samples.life(Collision.id), Samples.life(Collision.id))
        (one.identity, other.identity) = ("one", "other")
        other.opened = Samples.now.adding(.hours(1))
        try ledger.put([one, other])
        #expect(try ledger.lives() == [one, other])
        #expect(try ledger.life("one") == one)
        #expect(try ledger.life("other") == other)
        #expect(try ledger.events(of: "one").map(\.time) == [Samples.now])
        #expect(try ledger.events(of: "other").map(\.time) == [Samples.now.adding(.hours(1))])
        (one.state, one.fixed) = (.fixed, Samples.now)
        try ledger.put([one])
        #expect(try ledger.life(Collision.id) == other, "by a short id the one that is not fixed is found")
    }

    @Test("go on under another identity, with what happened to them")
    func renamed() throws {
        let ledger = try test.open()
        var life = Samples.life()
        try ledger.put([life])
        let events = try ledger.events(of: life.identity)
        (life.formerIdentity, life.identity) = (life.identity, "new")
        try ledger.put([life])
        life.formerIdentity = nil
        #expect(try ledger.lives() == [life])
        #expect(try ledger.events(of: "new").map(\.time) == events.map(\.time))
        // A second time, as after a kill, changes nothing.
        try ledger.put([life])
        #expect(try ledger.lives() == [life])
    }

    @Test("a use of an exemption keeps its first time and moves its last, also when the clock jumped back")
    func exemptions() throws {
        let ledger = try test.open()
        func at(_ hours: Int) -> Instant { Samples.now.adding(.hours(hours)) }
        try ledger.put([Samples.use(first: at(5), last: at(5)), Samples.use("f-2")])
        try ledger.put([Samples.use(first: at(7), last: at(7))])
        try ledger.put([Samples.use(first: at(3), last: at(3))])
        #expect(try ledger.exemptionUses() == [Samples.use(first: at(3), last: at(7)), Samples.use("f-2")])
    }
}
