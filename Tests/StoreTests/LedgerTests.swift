import CostModel
import Store
import TestSupport
import Testing

/// A ledger of a test's own.
struct TestLedger {
    let directory = TemporaryDirectory()
    var path: String { "\(directory.path)/ledger.sqlite" }

    func open(_ mode: Ledger.Mode = .readWrite) throws -> Ledger { try Ledger.open(at: path, mode: mode) }
}

@Suite("the ledger")
struct LedgerTests {
    private let test = TestLedger()

    @Test("gives back what was put, through a second opening")
    func roundTrip() throws {
        let ledger = try test.open()
        try fill(ledger)
        for again in [ledger, try test.open(), try test.open(.readOnly)] {
            #expect(try again.runs(limit: 10) == [Samples.run()])
            #expect(try again.run(Samples.run().id) == Samples.run())
            #expect(try again.status() == Samples.status)
            #expect(try again.value("lastInputDigest") == "x")
            #expect(try again.lives() == [Samples.life()])
            #expect(try again.life(Samples.life().id) == Samples.life())
            #expect(try again.scores() == [Samples.score()])
            #expect(try again.badges() == [Samples.badge()])
            #expect(try again.costs(days: Samples.day...Samples.day) == [Samples.cost()])
            #expect(try again.requests() == [Samples.request()])
            #expect(try again.request(Samples.request().group) == Samples.request())
            #expect(try again.savings() == [Samples.savings()])
            #expect(try again.exemptionUses() == [Samples.use()])
            #expect(try again.audits() == [Samples.audit()])
        }
    }

    private func fill(_ ledger: Ledger) throws {
        try ledger.finish(Samples.run())
        try ledger.setStatus(Samples.status)
        try ledger.setValue("lastInputDigest", "x")
        try ledger.put([Samples.life()])
        try ledger.put([Samples.score()])
        try ledger.put([Samples.badge()])
        try ledger.replaceCosts(days: Samples.day...Samples.day, [Samples.cost()])
        try ledger.put(Samples.request())
        try ledger.put([Samples.savings()])
        try ledger.put([Samples.use()])
        try ledger.append(Samples.audit())
    }
}
