import CostModel
import Store
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
        #expect(try ledger.events(of: life.id) == [])
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
            LifeEvent(finding: life.id, time: at(0), kind: .opened),
            LifeEvent(finding: life.id, time: at(4), kind: .fixed, commit: "abc1"),
            LifeEvent(finding: life.id, time: at(6), kind: .reopened), LifeEvent(finding: life.id, time: at(8), kind: .fixed),
        ]
        #expect(try ledger.events(of: life.id) == expected)
        #expect(try ledger.events(of: "f-other") == [])
    }

    @Test("come sorted by id, however they were put")
    func sorted() throws {
        let ledger = try test.open()
        try ledger.put([Samples.life("f-2"), Samples.life("f-3")])
        try ledger.put([Samples.life("f-1"), Samples.life("f-2", state: .disappearing)])
        #expect(try ledger.lives() == [Samples.life("f-1"), Samples.life("f-2", state: .disappearing), Samples.life("f-3")])
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
