import CostModel
import Testing

@Suite("budgets per unit")
struct UnitBudgetTests {
    /// 10 USD a day for payments in October, and what was counted on its days.
    private func world(_ amount: String = "2", orders: (Int) -> Int?, key: String = "") -> World {
        var world = World()
        world.bill.daily("2026-09-01", "2026-10-31", "10", account: "account-payments")
        var budget = BudgetTests.budget(amount, alerts: [.init(.actual, above: share("1"), .high)])
        budget.per = "orders"
        world.budgets = [budget]
        var counts = UnitCounts()
        for day in Day("2026-10-01")!...Day("2026-10-31")! {
            guard let count = orders(Int(day.description.suffix(2)) ?? 0) else { continue }
            let isNew = counts.add(FixedDecimal(count), key, on: day)
            #expect(isNew)
        }
        world.metrics = ["orders": ObservedMetric(counts: counts)]
        world.now = Instant("2026-11-01T00:00:00Z")!
        return world
    }

    private func judged(_ world: World) throws -> (status: BudgetStatus, finding: Finding) {
        let result = world.evaluate()
        return (try #require(result.budgets.last), try #require(result.findings.first { $0.policy.kind == .budget }))
    }

    @Test("may cost as much as was counted, and say what one costs", arguments: [(5, Verdict.pass, "310"), (4, .fail, "248")])
    func limits(orders: Int, verdict: Verdict, limit: String) throws {
        let (status, finding) = try judged(world(orders: { _ in orders }))
        #expect(status.amount == dollars(limit))
        #expect(status.actual == dollars("310"))
        #expect(status.closed && status.forecast == nil)
        #expect(finding.verdict == verdict)
        #expect(finding.message.hasSuffix(orders == 5 ? "310.00 USD: 2.000 of 2 USD per orders" : "248.00 USD: 2.500 of 2 USD per orders"))
        // Of 62 USD above, in 31 days, 28 days.
        if verdict == .fail { #expect(finding.atStake == dollars("56")) }
    }

    @Test("leave a day out that was not counted, and are not known without it")
    func missing() throws {
        let (status, finding) = try judged(world(orders: { $0 == 13 ? nil : 5 }))
        #expect(status.amount == dollars("300") && status.actual == dollars("300"))
        #expect(status.coverage.missing == [Day("2026-10-13")!] && !status.closed)
        #expect(finding.verdict == .unknown)
    }

    @Test("that are crossed by the days that are there are crossed, also where days are missing")
    func crossed() throws {
        let (status, finding) = try judged(world(orders: { $0 == 13 ? nil : 1 }))
        #expect(status.share == 5 && finding.verdict == .fail)
    }

    @Test("wait for days that nobody has counted yet")
    func waiting() throws {
        let (status, finding) = try judged(world(orders: { $0 > 29 ? nil : 5 }))
        #expect(status.coverage.notYet == 2 && status.coverage.missing.isEmpty)
        #expect(finding.verdict == .unknown)
    }

    @Test("count what stands under the team's name, and all where the metric tells no teams apart")
    func keys() throws {
        var own = world(orders: { _ in 5 }, key: "payments")
        var counts = try #require(own.metrics["orders"]).counts
        for day in Day("2026-10-01")!...Day("2026-10-31")! {
            let isNew = counts.add(FixedDecimal(100), "search", on: day)
            #expect(isNew)
        }
        own.metrics["orders"] = ObservedMetric(counts: counts)
        #expect(try judged(own).status.amount == dollars("310"))
        #expect(try judged(world(orders: { _ in 5 }, key: "shop")).status.amount == dollars("310"))
    }

    @Test("are not known without their metric, with a gap in it, or with a count that nobody can mean")
    func unknown() throws {
        var absent = world(orders: { _ in 5 })
        absent.metrics = [:]
        #expect(try judged(absent).finding.verdict == .unknown)
        // Also where what is left of the counts would break it.
        var torn = world(orders: { _ in 1 })
        torn.metrics["orders"]?.gap = "orders.csv:3: the value is no number"
        let (_, finding) = try judged(torn)
        #expect(finding.verdict == .unknown && finding.reason?.contains("orders.csv:3") == true)
        let (_, huge) = try judged(world("90000000000", orders: { _ in 1_000_000_000 }))
        #expect(huge.verdict == .unknown)
    }

    @Test("are broken by any cost where nothing was counted")
    func nothing() throws {
        let (status, finding) = try judged(world(orders: { _ in 0 }))
        #expect(status.amount == dollars("0") && status.unitCost == nil)
        #expect(finding.verdict == .fail)
    }
}
