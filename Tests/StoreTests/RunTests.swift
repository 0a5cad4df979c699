import CostModel
import Store
import Testing

@Suite("runs in the ledger")
struct RunTests {
    private let test = TestLedger()

    @Test("come newest first, in pages, also after the clock jumped back")
    func pages() throws {
        let ledger = try test.open()
        for index in 0..<5 { try ledger.finish(Samples.run("r-\(index)", started: Samples.now.subtracting(.hours(index)))) }
        #expect(try ledger.runs(limit: 2).map(\.id) == ["r-4", "r-3"])
        #expect(try ledger.runs(limit: 2, before: "r-3").map(\.id) == ["r-2", "r-1"])
        #expect(try ledger.runs(limit: 9, since: Samples.now.subtracting(.hours(1))).map(\.id) == ["r-1", "r-0"])
    }

    @Test("are replaced as they go on, with their stages")
    func goesOn() throws {
        let ledger = try test.open()
        var run = Run(id: "r-1", trigger: .once, started: Samples.now)
        try ledger.begin(run)
        run.stages = [StageStatus(stage: .fetch, condition: .stalled, reason: .unverified, started: Samples.now)]
        run.outcome = .stalled
        run.finished = Samples.now
        try ledger.finish(run)
        try ledger.finish(run)
        #expect(try ledger.runs(limit: 9) == [run])
    }

    @Test("that a dead process left behind are interrupted, once")
    func interrupted() throws {
        let ledger = try test.open()
        try ledger.finish(Samples.run("r-1"))
        var run = Samples.run("r-2")
        (run.outcome, run.finished) = (.running, nil)
        try ledger.begin(run)
        let later = Samples.now.adding(.hours(3))
        (run.outcome, run.finished) = (.interrupted, later)
        #expect(try ledger.markInterrupted(now: later) == [run])
        #expect(try ledger.markInterrupted(now: later) == [])
        #expect(try ledger.runs(limit: 9) == [run, Samples.run("r-1")])
    }
}
