import CostModel
import Observation
import Store
import TestSupport
import Testing

@testable import Reconciliation

/// A year of one team: a queue that loses its tags for a while, a budget that is overspent in some months, and some days that cost too much.
struct BacktestYear {
    let loop: LocalLoop
    var estate: SmallEstate { loop.estate }
    static let first = SmallEstate.now
    private static let tagged = "\n  tags = {\n    team        = \"payments\"\n    cost-center = \"CC-1010\"\n  }\n"

    init() throws {
        let estate = try SmallEstate(committing: false)
        try estate.repository.write(
            """
            kind: Budget
            metadata: {name: payments-monthly}
            spec:
              scope: {team: payments}
              amount: 60 USD
              alerts: [{when: actual, above: 100%, severity: high}]
            ---
            kind: AnomalyPolicy
            metadata: {name: unusual-cost}
            spec: {minimumImpact: 10 USD, severity: medium}
            """, to: "policies/more.yaml")
        loop = try LocalLoop(estate)
        try write(mail: nil)
        try commit("the estate", at: Self.first.subtracting(.days(30)))
    }

    /// - Parameter mail: what the second queue has beside its name; nil: it is not there.
    func write(mail: String?) throws {
        let queue = "resource \"aws_sqs_queue\" \"jobs\" {\n  name = \"jobs\"\n\(Self.tagged)}\n"
        let second = mail.map { "\nresource \"aws_sqs_queue\" \"mail\" {\n  name = \"mail\"\n\($0)}\n" } ?? ""
        try estate.repository.write(queue + second, to: "infra/app/main.tf")
    }

    func commit(_ message: String, at time: Instant) throws {
        let dates = ["GIT_COMMITTER_DATE": "\(time.seconds) +0000", "GIT_AUTHOR_DATE": "\(time.seconds) +0000"]
        for words in [["add", "--all"], ["commit", "--quiet", "--allow-empty", "--message", message]] {
            let result = try estate.repository.attempt(words, environment: dates)
            guard result.code == 0 else { throw TemporaryRepository.Failure(description: result.error) }
        }
    }

    /// The bill as it is on a day: a row for each day before it.
    func bill(before day: Day) throws {
        var text =
            "BilledCost,EffectiveCost,ListCost,ContractedCost,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,ChargePeriodEnd,"
            + "ChargeCategory,ChargeClass,ChargeDescription,ProviderName,RegionId,ResourceId,ResourceType,ServiceName,SubAccountId,Tags,"
            + "BillingAccountId,SkuId,ConsumedQuantity,ConsumedUnit\n"
        var at = Self.first.day.advanced(by: -60)
        while at < day {
            let number = Self.first.day.distance(to: at)
            let cost = Self.unusual.contains(number) ? "12.25" : "1.\(5 + number.magnitude % 5)"
            text +=
                "\(cost),\(cost),\(cost),\(cost),USD,\(at.month.firstDay)T00:00:00Z,\(at.month.advanced(by: 1).firstDay)T00:00:00Z,"
                + "\(at)T00:00:00Z,\(at.advanced(by: 1))T00:00:00Z,Usage,,messages,AWS,us-east-1,"
                + "arn:aws:sqs:us-east-1:111122223333:jobs,queue,Amazon Simple Queue Service,111122223333,"
                + "\"{\"\"team\"\": \"\"payments\"\"}\",999900001111,SKU1,24,Hours\n"
            at = at.advanced(by: 1)
        }
        try estate.repository.write(text, to: "observed/bill.csv")
    }

    private static let unusual = Set(150...153).union(300...302)

    /// Runs the loop every second day.
    ///
    /// - Returns: when it ran.
    func run(days: Int) throws -> [Instant] {
        var moments: [Instant] = []
        for day in stride(from: 0, to: days, by: 2) {
            let now = loop.now
            if day == 40 { try change("a second queue", mail: "", before: now) }
            if day == 100 { try change("tag it", mail: Self.tagged, before: now) }
            if day == 200 { try change("and without", mail: "", before: now) }
            if day == 204 { try change("remove it", mail: nil, before: now) }
            try bill(before: now.day)
            let result = try loop.run()
            #expect(result.run.outcome == .succeeded, "\(now): \(result.run.stages)")
            moments.append(now)
            loop.advance(.days(2))
        }
        return moments
    }

    private func change(_ message: String, mail: String?, before now: Instant) throws {
        try write(mail: mail)
        try commit(message, at: now.subtracting(.hours(1)))
    }

    /// What the ledger says of each finding: when it opened and when it was fixed, and what was at stake when it was seen last.
    func remembered() throws -> [String: [String]] {
        var result: [String: [String]] = [:]
        for life in try loop.ledger.lives() where life.verdict == .fail {
            var spans: [String] = []
            for event in try loop.ledger.events(of: life.identity) {
                switch event.kind {
                case .opened, .reopened: spans.append("\(event.time.day) to ")
                case .fixed: spans[spans.count - 1] += "\(event.time.day)"
                }
            }
            guard !spans.isEmpty else { continue }
            spans[spans.count - 1] += " \(life.atStake.exact)"
            result[life.identity] = spans
        }
        return result
    }
}

@Suite("a back-test")
struct BacktestTests {
    private func found(_ backtest: Backtest) -> [String: [String]] {
        Dictionary(grouping: backtest.entries, by: \.identity).mapValues { entries in
            entries.enumerated().map { index, entry in
                let span = "\(entry.opened) to \(entry.gone.map(\.description) ?? "")"
                return index == entries.count - 1 ? span + " \(entry.atStake.exact)" : span
            }
        }
    }

    @Test("of a year finds what the ledger of the runs that really happened holds, to the cent")
    func year() throws {
        let year = try BacktestYear()
        let moments = try year.run(days: 365)
        let now = try #require(moments.last)
        let workspace = try OpenedWorkspace(year.estate.path, .revision("HEAD"), now: now)
        let days = BacktestDays(from: moments[0].day, to: now.day, step: 2)
        let backtest = try BacktestRun(workspace, on: "HEAD", days: days, now: now).perform(at: moments)
        #expect(backtest.evaluations == 183 && backtest.partial == 0 && backtest.withoutCode == 0, "\(backtest)")
        #expect(found(backtest) == (try year.remembered()))
        // A finding of tags that a commit mended, months that were overspent, and both events.
        let kinds = Set(backtest.entries.map(\.policy.kind))
        #expect(kinds == [.tagging, .budget, .anomaly])
        let tags = backtest.entries.filter { $0.policy.kind == .tagging }
        #expect(tags.allSatisfy { entry in if case .changed = entry.end { true } else { false } })
        #expect(backtest.entries.filter { $0.policy.kind == .budget && $0.gone != nil }.allSatisfy { $0.end == .over && !$0.isWrong })
        #expect(backtest.entries.filter { $0.policy.kind == .anomaly }.count == 2)
    }

    @Test("tries policies on code of a time when the repository had none, and says which days had no code at all")
    func before() throws {
        let year = try BacktestYear()
        // The estate's first commit lies 30 days before, its second queue comes 20 days later.
        try year.write(mail: "")
        try year.commit("a second queue", at: BacktestYear.first.subtracting(.days(10)))
        try year.bill(before: BacktestYear.first.day)
        let workspace = try OpenedWorkspace(year.estate.path, now: BacktestYear.first)
        let days = BacktestDays(from: Day("2026-09-25")!, to: Day("2026-10-31")!)
        let backtest = try BacktestRun(workspace, on: "HEAD", days: days, now: BacktestYear.first).perform()
        #expect(backtest.withoutCode == 7)
        #expect(backtest.evaluations == 30)
        let finding = try #require(backtest.entries.first { $0.policy.kind == .tagging })
        #expect((finding.opened, finding.gone, finding.end) == (Day("2026-10-22")!, nil, .stays))
        #expect(finding.days(until: days.to) == 10)
        #expect(!finding.wasThere)
    }

    @Test("goes by a snapshot on the days that have one")
    func snapshots() throws {
        let year = try BacktestYear()
        try year.bill(before: BacktestYear.first.day)
        let folder = TemporaryDirectory()
        let now = BacktestYear.first
        let taken = now.subtracting(.days(5))
        let opened = try OpenedWorkspace(year.estate.path, now: taken)
        let snapshot = Snapshot.take(opened, now: taken)
        try folder.write(try SnapshotWriter.bytes(of: snapshot, version: "1", isPacked: false), to: "one.json")
        let stored = try StoredSnapshots([folder.path + "/one.json"])
        let days = BacktestDays(from: now.day.advanced(by: -9), to: now.day.advanced(by: -1))
        let backtest = try BacktestRun(opened, on: "HEAD", days: days, snapshots: stored, now: now).perform()
        #expect((backtest.evaluations, backtest.bySnapshot) == (9, 1))
        #expect(throws: WorkspaceError.self) {
            try folder.write("{}", to: "two.json")
            _ = try StoredSnapshots([folder.path + "/two.json"])
        }
    }

    @Test("judges daily up to 92 days, then weekly, on first days of months, days of commits and the last day")
    func stepping() {
        let now = Instant("2026-11-01T12:00:00Z")!
        let daily = BacktestDays(from: Day("2026-08-02")!, to: Day("2026-11-01")!)
        #expect(daily.stepping == .daily)
        #expect(daily.moments(now: now).count == 92)
        #expect(daily.moments(now: now).last == now)
        #expect(daily.moments(now: now).first == Instant("2026-08-02T23:59:59Z")!)
        let weekly = BacktestDays(from: Day("2026-07-01")!, to: Day("2026-10-20")!)
        let days = weekly.moments(commits: [Instant("2026-07-09T10:00:00Z")!], now: now).map(\.day.description)
        #expect(days.prefix(4) == ["2026-07-01", "2026-07-08", "2026-07-09", "2026-07-15"])
        #expect(days.contains("2026-08-01") && days.last == "2026-10-20")
        #expect(
            BacktestDays(from: daily.from, to: daily.to, step: 30).moments(now: now).map(\.day.description)
                == ["2026-08-02", "2026-09-01", "2026-10-01", "2026-10-31", "2026-11-01"])
    }
}
