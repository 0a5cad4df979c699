import CostModel
import Testing

@testable import Evaluation

@Suite("unusual cost")
struct AnomalyJudgeTests {
    private static let first = Day("2026-06-01")!

    /// A bill of two teams from June to October, told apart by SKU as it is read for such policies.
    private func bill(_ change: (inout BillMaker) -> Void = { _ in }) -> BillMaker {
        var bill = BillMaker()
        for day in Self.first...Day("2026-10-31")! {
            bill.charge("\(day)", "100", resource: "i-web", account: "1", service: "Compute", tags: ["team": "payments"])
            bill.charge("\(day)", "80", resource: "i-index", account: "2", service: "Compute", tags: ["team": "search"])
        }
        change(&bill)
        bill.table.namesSKUs = true
        bill.table.quantities = bill.table.lines.map { _ in nil }
        return bill
    }

    private func policy(_ change: (inout AnomalyPolicy) -> Void = { _ in }) -> AnomalyPolicy {
        var policy = AnomalyPolicy(
            header: header(.anomaly, "unusual-cost", severity: .high), scope: Budget.Scope(), minimumImpact: dollars("50"))
        change(&policy)
        return policy
    }

    private func evaluate(_ bill: BillMaker, _ policy: AnomalyPolicy, now: String = "2026-11-01T00:00:00Z") -> EvaluationResult {
        PolicyEvaluator.evaluate(
            policies: PolicySet(
                workspace: Workspace(
                    name: "acme", place: Place(file: "bursar.yaml", line: 1), currency: .usd, policyPaths: ["policies"],
                    scoring: ScoringSettings(materiality: Money(FixedDecimal(1000), .usd))),
                teams: [team("payments"), team("search")], policies: [policy]),
            state: ObservedState(resources: [], cost: bill.table, utilization: UtilizationTable(), catalog: World.catalog),
            now: Instant(now)!)
    }

    private func found(_ result: EvaluationResult) -> [Finding] { result.findings.filter { $0.policy.kind == .anomaly } }

    @Test("a month without any passes")
    func quiet() {
        let result = evaluate(bill(), policy())
        #expect(found(result).map(\.verdict) == [.pass])
        #expect(result.anomalies.isEmpty)
    }

    @Test("one event is one finding of its team, with its causes and the resource")
    func event() throws {
        let bill = bill { bill in
            for day in 20...29 {
                bill.charge("2026-10-\(day)", "75.50", resource: "i-gpu", account: "1", service: "GPU", tags: ["team": "payments"])
            }
        }
        let result = evaluate(bill, policy())
        let anomaly = try #require(result.anomalies.first)
        #expect(result.anomalies.count == 1)
        #expect((anomaly.id, anomaly.team, anomaly.kind) == ("unusual-cost/payments/2026-10-20", "payments", "new"))
        #expect((anomaly.start, anomaly.lastDay, anomaly.isRunning) == (Day("2026-10-20")!, Day("2026-10-29")!, true))
        #expect((anomaly.expected, anomaly.actual, anomaly.impact) == (dollars("0"), dollars("755"), dollars("755")))
        let cause = try #require(anomaly.causes.first)
        #expect((cause.account, cause.service, cause.resource, cause.share) == ("1", "GPU", "i-gpu", 1))
        let finding = try #require(found(result).first)
        #expect((finding.verdict, finding.team, finding.severity) == (.fail, "payments", .high))
        #expect(
            finding.message
                == "payments: 755.00 USD above the expected 0.00 USD since 2026-10-20, for something that had not cost anything: GPU (i-gpu)"
        )
        // 75.50 USD a day for 28 days.
        #expect(finding.atStake == dollars("2114"))
    }

    @Test("it keeps its id while it grows, ends by itself, and is history 30 days later")
    func life() {
        let bill = bill { bill in
            for day in 10...14 {
                bill.charge("2026-09-\(day)", "90", resource: "i-job", account: "2", service: "Batch", tags: ["team": "search"])
            }
        }
        func seen(_ day: String) -> [String] {
            evaluate(bill, policy(), now: "\(day)T00:00:00Z").anomalies.map { "\($0.id) \($0.isRunning)" }
        }
        #expect(seen("2026-09-10").isEmpty)
        #expect(seen("2026-09-11") == ["unusual-cost/search/2026-09-10 true"])
        #expect(seen("2026-09-15") == ["unusual-cost/search/2026-09-10 true"])
        #expect(seen("2026-09-25") == ["unusual-cost/search/2026-09-10 false"])
        #expect(seen("2026-10-31").isEmpty)
    }

    @Test("at stake is what goes on for more than two days, else what it did cost; a lost tag or a wrong bill is nobody's spending")
    func stakes() {
        func stake(_ days: ClosedRange<Int>, _ change: (inout BillMaker) -> Void = { _ in }) -> [Money?] {
            let bill = bill { bill in
                for day in days { bill.charge("2026-10-\(day)", "90", account: "2", service: "Batch", tags: ["team": "search"]) }
                change(&bill)
            }
            return found(evaluate(bill, policy())).map(\.atStake)
        }
        #expect(stake(28...29) == [dollars("180")])
        #expect(stake(25...29) == [dollars("2520")])
        #expect(stake(15...19) == [dollars("450")])
        let moved = bill { bill in
            for at in bill.table.lines.indices where bill.table.lines[at].key.day >= Day("2026-10-20")! {
                bill.table.lines[at].key.tagSet = 0
            }
        }
        let result = evaluate(moved, policy())
        #expect(result.anomalies.map(\.kind) == ["moved"])
        #expect(found(result).map(\.atStake) == [dollars("0")])
    }

    @Test("what the policy expects is listed with its reason and is no finding")
    func expected() throws {
        let bill = bill { bill in
            for day in 26...30 { bill.charge("2026-10-\(day)", "200", service: "Compute", tags: ["team": "payments"]) }
        }
        let span = AnomalyPolicy.Span(from: Day("2026-10-25")!, to: Day("2026-10-27")!, why: "the sale")
        let result = evaluate(bill, policy { $0.expected = [span] })
        #expect(result.anomalies.map(\.why) == ["the sale"])
        #expect(found(result).map(\.verdict) == [.pass])
        let other = AnomalyPolicy.Span(from: Day("2026-10-01")!, to: Day("2026-10-25")!, why: "another")
        #expect(found(evaluate(bill, policy { $0.expected = [other] })).map(\.verdict) == [.fail])
    }

    @Test("the scope, the least impact and whose cost it is are the policy's")
    func settings() {
        let bill = bill { bill in
            for day in 26...28 { bill.charge("2026-10-\(day)", "60", account: "1", service: "Logs", tags: ["team": "payments"]) }
        }
        #expect(evaluate(bill, policy()).anomalies.map(\.group) == ["payments"])
        #expect(evaluate(bill, policy { $0.scope.team = "search" }).anomalies.isEmpty)
        #expect(evaluate(bill, policy { $0.minimumImpact = dollars("181") }).anomalies.isEmpty)
        let byAccount = evaluate(bill, policy { $0.group = .account }).anomalies
        #expect(byAccount.map(\.group) == ["1"])
        #expect(byAccount.map(\.team) == [nil])
    }

    @Test("credits and taxes are no usage: a credit hides no spike")
    func credits() {
        let bill = bill { bill in
            for day in 26...28 {
                bill.charge("2026-10-\(day)", "60", account: "1", service: "Logs", tags: ["team": "payments"])
                bill.charge("2026-10-\(day)", "-60", account: "1", service: "Logs", tags: ["team": "payments"], category: .credit)
            }
        }
        #expect(evaluate(bill, policy()).anomalies.map(\.impact) == [dollars("180")])
    }

    @Test("what is not known is unknown and no pass")
    func unknown() {
        var snapshot = bill()
        snapshot.table.namesSKUs = false
        snapshot.table.quantities = []
        var young = BillMaker()
        young.daily("2026-10-20", "2026-10-31", "10")
        young.table.namesSKUs = true
        young.table.quantities = young.table.lines.map { _ in nil }
        #expect(found(evaluate(snapshot, policy())).map(\.verdict) == [.unknown])
        #expect(found(evaluate(young, policy())).map(\.reason) == ["the bill has 12 days, 36 are needed"])
        #expect(found(evaluate(BillMaker(), policy())).map(\.verdict) == [.unknown])
    }
}

@Suite("forecasts of the bill")
struct SpendForecastTests {
    private func forecast(
        _ bill: BillMaker, by dimensions: [CostBreakdown.Dimension] = [.team], budget: Budget? = nil, now: String = "2026-10-11T00:00:00Z",
        until: String = "2026-10-31"
    ) throws -> SpendForecast {
        let policies = PolicySet(
            workspace: Workspace(
                name: "acme", place: Place(file: "bursar.yaml", line: 1), currency: .usd, policyPaths: ["policies"],
                scoring: ScoringSettings(materiality: Money(FixedDecimal(1000), .usd))),
            teams: [team("payments"), team("search")], policies: budget.map { [$0] } ?? [])
        let state = ObservedState(resources: [], cost: bill.table, utilization: UtilizationTable(), catalog: World.catalog)
        return try #require(
            PolicyEvaluator.forecast(
                policies: policies, state: state, now: Instant(now)!, by: dimensions, until: Day(until)!, budget: budget))
    }

    private func bill() -> BillMaker {
        var bill = BillMaker()
        for day in Day("2026-05-01")!...Day("2026-10-10")! {
            bill.charge("\(day)", "100", account: "1", service: "Compute", tags: ["team": "payments"])
            bill.charge("\(day)", "20", account: "2", service: "Logs")
            if day.components.day == 1 { bill.charge("\(day)", "300", account: "1", service: "Support", tags: ["team": "payments"]) }
            if day.components.day == 20 {
                bill.charge("\(day)", "-50", account: "1", service: "Compute", tags: ["team": "payments"], category: .credit)
            }
            bill.charge("\(day)", "7", account: "1", service: "Tax", tags: ["team": "payments"], category: .tax)
        }
        return bill
    }

    @Test(
        "expects of an account that the bill lacks days of what it cost before, and not that it has stopped",
        arguments: [("2026-10-01", true), ("2026-10-08", true), ("2026-10-01", false)])
    func lostAccount(last: String, isMissed: Bool) throws {
        var bill = BillMaker()
        for day in Day("2026-05-01")!...Day("2026-10-10")! {
            bill.charge("\(day)", "100", account: "1", service: "Compute", tags: ["team": "payments"])
            if "\(day)" <= last { bill.charge("\(day)", "20", account: "2", service: "Logs") }
        }
        func account(_ name: String, _ last: String) -> BillCoverage.Account {
            .init(name: name, days: [Day("2026-05-01")!..<Day(last)!.advanced(by: 1)])
        }
        let accounts = [account("1", "2026-10-10"), account("2", last)]
        if isMissed { bill.table.coverage = BillCoverage(sources: [.init(name: "s", newestWhole: Day("2026-10-10"), accounts: accounts)]) }
        let november = try forecast(bill, until: "2026-11-30").periods.filter { $0.name == "2026-11" }
        #expect(november.map { $0.range.expected } == [share(isMissed ? "600" : "0"), share("3000")])
    }

    @Test("adds up what is there and what is to come, by name, without taxes")
    func periods() throws {
        let found = try forecast(bill(), until: "2026-11-30")
        #expect(
            found.periods.map { "\($0.name) \($0.key[0] ?? "-")" } == ["2026-10 -", "2026-10 payments", "2026-11 -", "2026-11 payments"])
        let october = found.periods[1]
        #expect(october.actual == share("1300"))
        #expect(october.range.expected == share("3350"))
        #expect(october.parts.map(\.name) == ["credits", "usage"])
        let november = found.periods[3]
        #expect(november.range.expected == share("3250"))
        #expect(
            november.parts == [
                .init(name: "credits", amount: share("-50")), .init(name: "recurring", amount: share("300")),
                .init(name: "usage", amount: share("3000")),
            ])
        #expect(found.periods[0].range.expected == share("620"))
        for period in found.periods {
            #expect(period.range.low <= period.range.expected && period.range.expected <= period.range.high)
        }
        #expect(found.from == Day("2026-10-09")!)
        #expect(found.rows.count == 2 * 53)
    }

    @Test("says how it was made, and how that did beside the last week again and again")
    func methods() throws {
        let method = try forecast(bill()).methods[1]
        #expect(method.text == "the sum of 3 series: 1 by a mix of three methods, 2 by the calendar")
        #expect(method.origins == 6)
        let (error, naive) = (try #require(method.error), try #require(method.naive))
        #expect(error < 0.02 && naive > error)
    }

    @Test("a budget's forecast counts what the budget counts, and what its plan announces")
    func budget() throws {
        var budget = Budget(
            header: header(.budget, "payments-monthly"), amountPlace: Place(file: "b.yaml", line: 1),
            scope: Budget.Scope(team: "payments"), amount: dollars("3400"), alerts: [Budget.Alert(.forecast, above: share("1"), .high)])
        #expect(try forecast(bill(), by: [], budget: budget).periods.map(\.range.expected) == [share("3350")])
        budget.plan = [
            Budget.Change(from: Day("2026-10-22")!, perDay: dollars("40"), why: "a new shop"),
            Budget.Change(from: Day("2026-09-01")!, perDay: dollars("999"), why: "is in the bill already"),
        ]
        let planned = try forecast(bill(), by: [], budget: budget)
        #expect(planned.periods.map(\.range.expected) == [share("3750")])
        #expect(planned.periods[0].parts.contains(.init(name: "announced", amount: share("400"))))
        #expect(planned.periods[0].key.isEmpty)
    }

    @Test("a bill of a few days is forecast plainly, and that is said")
    func young() throws {
        var bill = BillMaker()
        bill.daily("2026-10-05", "2026-10-10", "10")
        let found = try forecast(bill)
        #expect(found.periods.map(\.range.expected) == [share("270")])
        #expect(found.methods[0].text.hasSuffix("the bill has 4 whole days, which is little to go by"))
        #expect(found.methods[0].error == nil)
    }
}
