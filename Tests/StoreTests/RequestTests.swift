import CostModel
import Store
import Testing

@Suite("requests in the ledger")
struct RequestTests {
    private let test = TestLedger()

    @Test("the newest of a group holds, and the earlier ones stay as its history")
    func history() throws {
        let ledger = try test.open()
        let first = Samples.request(state: .dismissed)
        let second = Samples.request(state: .open, opened: Samples.now.adding(.days(9)))
        try ledger.put(first)
        try ledger.put(Samples.request("g-2", state: .merged))
        try ledger.put(second)
        #expect(try ledger.request(first.group) == second)
        #expect(try ledger.requests() == [Samples.request("g-2", state: .merged), second])
        #expect(try ledger.requests(states: [.dismissed, .obsolete]) == [])
        #expect(try ledger.requestHistory(group: first.group) == [second, first])
        #expect(try ledger.requestHistory(limit: 2) == [second, Samples.request("g-2", state: .merged)])
        #expect(try ledger.requestHistory(since: second.updated) == [second])
    }

    @Test("of one group never two are open")
    func oneOpen() throws {
        let ledger = try test.open()
        try ledger.put(Samples.request(state: .writing))
        var request = Samples.request(state: .open)
        try ledger.put(request)
        let error = try #require(throws: LedgerError.self) {
            try ledger.put(Samples.request(state: .writing, opened: Samples.now.adding(.days(1))))
        }
        #expect(error.code == .invalid)
        request.state = .merged
        try ledger.put(request)
        try ledger.put(Samples.request(state: .writing, opened: Samples.now.adding(.days(1))))
        #expect(try ledger.requestHistory().map(\.state) == [.writing, .merged])
    }

    @Test("savings come in the order of their merges, one for each change and merge")
    func savings() throws {
        let ledger = try test.open()
        try ledger.put([Samples.savings(plan: "d2", merged: Samples.now.adding(.days(1))), Samples.savings(standing: .pending)])
        try ledger.put([Samples.savings(standing: .vested)])
        #expect(
            try ledger.savings()
                == [Samples.savings(standing: .vested), Samples.savings(plan: "d2", merged: Samples.now.adding(.days(1)))])
    }

    @Test("audit entries come newest first, by action and time")
    func audits() throws {
        let ledger = try test.open()
        for hour in 0..<3 {
            try ledger.append(
                Samples.audit("o\(hour)", time: Samples.now.adding(.hours(hour)), action: hour == 1 ? .commented : .statusSet))
        }
        #expect(try ledger.audits().map(\.object) == ["o2", "o1", "o0"])
        #expect(try ledger.audits(limit: 1).map(\.object) == ["o2"])
        #expect(try ledger.audits(action: .statusSet).map(\.object) == ["o2", "o0"])
        #expect(try ledger.audits(since: Samples.now.adding(.hours(1))).map(\.object) == ["o2", "o1"])
    }
}
