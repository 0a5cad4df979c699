import CostModel
import Testing

@testable import Evaluation

@Suite("reserves that burn")
struct BudgetBurnTests {
    private func world(_ amount: String, october: (Int) -> String) -> World {
        var world = World()
        var budget = Budget(
            header: header(.budget, "payments-monthly"), amountPlace: Place(file: "policies/b.yaml", line: 5),
            scope: Budget.Scope(team: "payments"), amount: dollars(amount), alerts: [Budget.Alert(.actual, above: share("1"), .high)])
        budget.burn = true
        world.budgets = [budget]
        world.now = Instant("2026-10-21T00:00:00Z")!
        for day in Day("2026-07-15")!...Day("2026-09-30")! { world.bill.charge("\(day)", "100", tags: ["team": "payments"]) }
        for day in 1...20 { world.bill.charge("2026-10-\(day < 10 ? "0" : "")\(day)", october(day), tags: ["team": "payments"]) }
        return world
    }

    private func found(_ world: World) -> Finding? { world.evaluate().findings.first { $0.rule == "fast-burn" } }

    @Test("a third of the reserve in two days is a finding, beside the one of the alerts, and costs no points")
    func burning() throws {
        let world = world("3400") { $0 < 19 ? "100" : "160" }
        let finding = try #require(found(world))
        #expect((finding.verdict, finding.team, finding.subject, finding.atStake) == (.fail, "payments", "burn", dollars("0")))
        #expect(
            finding.message == "payments-monthly: 40 % of the reserve of 300.00 USD went in the last 2 days, 120.00 USD above the plan")
        let burn = try #require(world.evaluate().budgets.last?.burn)
        #expect((burn.plan, burn.reserve, burn.burned) == (dollars("3100"), dollars("300"), dollars("120")))
        #expect(world.evaluate().findings.count { $0.policy.kind == .budget } == 2)
    }

    @Test("what goes as planned passes, and so does what is announced")
    func calm() throws {
        #expect(found(world("3400") { _ in "100" })?.verdict == .pass)
        var planned = world("3600") { $0 < 19 ? "100" : "130" }
        #expect(found(planned)?.verdict == .pass)
        planned.budgets[0].amount = dollars("3300")
        #expect(found(planned)?.verdict == .fail)
        planned.budgets[0].plan = [Budget.Change(from: Day("2026-10-19")!, perDay: dollars("30"), why: "a new shop")]
        planned.budgets[0].amount = dollars("3800")
        #expect(found(planned)?.verdict == .pass)
    }

    @Test("a plan above the amount leaves no reserve; too little of a past is unknown; who does not ask hears nothing")
    func others() throws {
        #expect(found(world("3000") { _ in "100" })?.message == "payments-monthly: the plan of the period, 3,100.00 USD, leaves no reserve")
        var young = world("3400") { _ in "100" }
        young.bill = BillMaker()
        for day in 1...20 { young.bill.charge("2026-10-\(day < 10 ? "0" : "")\(day)", "100", tags: ["team": "payments"]) }
        #expect(found(young)?.reason == "fewer than 28 days are known before 2026-10-01")
        young.budgets[0].burn = false
        #expect(found(young) == nil)
    }
}
