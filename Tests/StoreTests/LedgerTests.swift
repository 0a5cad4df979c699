import CostModel
import TestSupport
import Testing

@testable import Store

@Suite("the ledger")
struct LedgerTests {
    private let test = TestLedger()

    @Test("gives back what was put, to whoever opens it")
    func roundTrip() throws {
        let ledger = try test.open()
        try test.fill(ledger)
        for again in [ledger, try test.open(), try test.open(.readOnly)] { try test.expectFilled(again) }
        #expect(try ledger.verify() == [])
    }

    @Test("keeps what has no value apart from what is zero or empty")
    func absent() throws {
        let ledger = try test.open()
        let run = Run(id: "r-1", trigger: .once, started: Samples.now)
        var life = Samples.life(state: .appearing)
        (life.team, life.resource, life.subject, life.opened, life.unknownSince, life.missedSince) = (nil, nil, nil, nil, nil, nil)
        (life.due, life.monthlySavings) = (nil, nil)
        let score = ScoreDay(
            team: "", day: Samples.day, score: nil, reachedLevel: .none, level: .none, cost: .zero(.usd), potentialSavings: .zero(.usd),
            waste: .zero(.usd), policyDigest: "")
        var request = Samples.request(state: .writing)
        (request.team, request.number, request.url, request.ended, request.mergeCommit) = (nil, nil, nil, nil, nil)
        request.plan.changes = []
        var saving = Samples.savings(standing: .pending)
        (saving.since, saving.estimated, saving.realised, saving.verified) = (nil, nil, nil, nil)
        let entry = AuditEntry(time: Samples.now, run: nil, cause: "", action: .resumed, object: "")
        try ledger.begin(run)
        try ledger.setStatus(WorkspaceStatus(name: "acme"))
        try ledger.put([life])
        try ledger.put([score])
        try ledger.put(request)
        try ledger.put([saving])
        try ledger.append(entry)
        #expect(try ledger.runs(limit: 1) == [run])
        #expect(try ledger.status() == WorkspaceStatus(name: "acme"))
        #expect(try ledger.lives() == [life])
        #expect(try ledger.scores() == [score])
        #expect(try ledger.requests() == [request])
        #expect(try ledger.savings() == [saving])
        #expect(try ledger.audits() == [entry])
    }

    @Test("an empty ledger has nothing, not something empty")
    func empty() throws {
        let ledger = try test.open()
        #expect(try ledger.status() == nil && ledger.value("x") == nil && ledger.run("r-1") == nil && ledger.life("f-1") == nil)
        #expect(try ledger.request("g-1") == nil && ledger.runs(limit: 1).isEmpty)
    }

    @Test("every word of an enumeration can be kept")
    func words() throws {
        let ledger = try test.open()
        for (index, reason) in StageStatus.Reason.allCases.enumerated() {
            let outcome = Run.Outcome.allCases[index % Run.Outcome.allCases.count]
            let trigger = Run.Trigger.allCases[index % Run.Trigger.allCases.count]
            var run = Run(id: "r-\(index)", trigger: trigger, started: Samples.now, outcome: outcome)
            run.stages = [StageStatus(stage: .fetch, condition: .ready, reason: reason, started: Samples.now)]
            try ledger.finish(run)
            #expect(try ledger.run(run.id) == run)
        }
        for action in AuditEntry.Action.allCases { try ledger.append(Samples.audit(action: action)) }
        #expect(try Set(ledger.audits().map(\.action)) == Set(AuditEntry.Action.allCases))
        for kind in PolicyKind.allCases {
            var life = Samples.life(kind.rawValue)
            life.policy = PolicyReference(kind, "a/b")
            try ledger.put([life])
            #expect(try ledger.life(kind.rawValue) == life)
        }
    }

    @Test("money is exact to its last digit, in any currency")
    func money() throws {
        let ledger = try test.open()
        let amounts = ["0.000000000000000001", "-99999999999999999999.999999999999999999", "12", "-0.1"]
        let costs = try amounts.enumerated().map { index, text in
            let currency = try #require(Currency(index % 2 == 0 ? "EUR" : "USD"))
            return DailyCost(day: Samples.day, team: nil, service: "s\(index)", amount: Money(try FixedDecimal(text), currency))
        }
        try ledger.replaceCosts(days: Samples.day...Samples.day, costs)
        #expect(try ledger.costs(days: Samples.day...Samples.day) == costs)
    }

    @Test("text comes back as it went in, whatever stands in it", arguments: ["", "é 漢 🇨🇭", "a'b\"c;--", "\u{0}\u{1}\u{7F}\n", "null"])
    func text(_ text: String) throws {
        let ledger = try test.open()
        try ledger.setValue(text, text)
        #expect(try ledger.value(text) == text)
        var request = Samples.request()
        request.plan.changes[0].title = text
        request.plan.changes[0].findings = [text]
        try ledger.put(request)
        #expect(try ledger.request(request.group) == request)
    }

    @Test("a value that is taken away is gone")
    func settings() throws {
        let ledger = try test.open()
        try ledger.setValue("digest", "a")
        try ledger.setValue("digest", "b")
        #expect(try ledger.value("digest") == "b")
        try ledger.setValue("digest", nil)
        #expect(try ledger.value("digest") == nil)
    }
}

/// A ledger of a test's own.
struct TestLedger {
    let directory = TemporaryDirectory()
    var path: String { "\(directory.path)/ledger.sqlite" }

    func open(_ mode: Ledger.Mode = .readWrite) throws -> Ledger { try Ledger.open(at: path, mode: mode) }

    /// One of everything.
    func fill(_ ledger: Ledger) throws {
        try ledger.finish(Samples.run())
        try ledger.setStatus(Samples.status)
        try ledger.setValue("lastInputDigest", "x")
        try ledger.put([Samples.life()])
        try ledger.put([Samples.score()])
        try ledger.put([Samples.badge()])
        try ledger.replaceCosts(days: Samples.day...Samples.day, [Samples.cost(), Samples.cost(team: nil)])
        try ledger.put(Samples.request())
        try ledger.put([Samples.savings()])
        try ledger.put([Samples.estimate()])
        try ledger.put(Samples.snooze)
        try ledger.put([Samples.use()])
        try ledger.append(Samples.audit())
        try ledger.add(Samples.message())
        try ledger.notice([Samples.noticed])
    }

    /// The columns of each table, before anything migrates it.
    func columns() throws -> [String: Set<String>] {
        let database = try Database(path: path, flags: 2)
        let pairs: [(String, String)] = try database.query(
            "SELECT s.name, c.name FROM sqlite_schema s, pragma_table_info(s.name) c WHERE s.type = 'table'"
        ) { (row) throws(LedgerError) -> (String, String) in (try row.next(), try row.next()) }
        return Dictionary(grouping: pairs, by: \.0).mapValues { Set($0.map(\.1)) }
    }

    /// - Parameter columns: what the file had when it was filled. A column that came later holds what its migration gives it, which is what
    ///   a blank record has. Nil: it had all.
    func expectFilled(_ ledger: Ledger, columns: [String: Set<String>]? = nil) throws {
        func filled<Record: TableRecord>(_ sample: Record) -> Record {
            guard let known = columns?[Record.table.name] else { return sample }
            var sample = sample
            for column in Record.columns where !known.contains(column.name) { _ = column.assign(&sample, column.value(Record.blank)) }
            return sample
        }
        let (run, request) = (filled(Samples.run()), filled(Samples.request()))
        var (life, use) = (filled(Samples.life()), filled(Samples.use()))
        if let columns, !(columns["lives"] ?? []).contains("identity") {
            // Older versions knew lives by their ids; of this use they know no life.
            life.identity = life.key.identity
            use.identity = use.finding
        }
        #expect(try ledger.runs(limit: 10) == [run])
        #expect(try ledger.run(run.id) == run)
        #expect(try ledger.status() == Samples.status)
        #expect(try ledger.value("lastInputDigest") == "x")
        #expect(try ledger.lives() == [life])
        #expect(try ledger.life(life.id) == life)
        #expect(try ledger.life(life.identity) == life)
        #expect(try ledger.events(of: life.identity) == [LifeEvent(finding: life.identity, time: Samples.now, kind: .opened)])
        #expect(try ledger.scores() == [filled(Samples.score())])
        #expect(try ledger.badges() == [filled(Samples.badge())])
        #expect(try ledger.costs(days: Samples.day...Samples.day) == [filled(Samples.cost(team: nil)), filled(Samples.cost())])
        #expect(try ledger.requests() == [request])
        #expect(try ledger.request(request.group) == request)
        #expect(try ledger.savings() == [filled(Samples.savings())])
        // Older versions knew of none.
        #expect(try ledger.estimates() == (columns == nil || columns?["estimates"] != nil ? [Samples.estimate()] : []))
        #expect(try ledger.snoozes() == (columns == nil || columns?["snoozes"] != nil ? [Samples.snooze] : []))
        #expect(try ledger.exemptionUses() == [use])
        #expect(try ledger.audits() == [filled(Samples.audit())])
        // Older versions sent no messages.
        let knewMessages = columns?[OutboxMessage.table.name] != nil || columns == nil
        #expect(try ledger.messages() == (knewMessages ? [filled(Samples.message())] : []))
        #expect(try ledger.noticed() == (knewMessages ? [Samples.noticed] : []))
    }
}
