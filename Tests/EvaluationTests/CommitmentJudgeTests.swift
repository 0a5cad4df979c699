import CostModel
import Testing

@testable import Evaluation

@Suite("commitments")
struct CommitmentJudgeTests {
    /// October of two teams: web uses a plan and pays the rest on demand, data uses a tenth of it; a fifth of the plan is unused.
    private func bill(_ change: (inout BillMaker) -> Void = { _ in }) -> BillMaker {
        var bill = BillMaker()
        bill.table.tellsTerms = true
        for day in Day("2026-10-01")!...Day("2026-10-31")! {
            bill.commit("\(day)", "7", list: "10", .used, tags: ["team": "web"])
            bill.commit("\(day)", "1", list: "2", .used, tags: ["team": "data"])
            bill.commit("\(day)", "2", list: "0", .unused, account: "account-finance")
            bill.commit("\(day)", "8", list: "8", .onDemand, plan: "", tags: ["team": "web"])
            bill.commit("\(day)", "5", list: "9", .dynamic, plan: "", tags: ["team": "web"])
        }
        change(&bill)
        return bill
    }

    private func policy(_ change: (inout CommitmentPolicy) -> Void = { _ in }) -> CommitmentPolicy {
        var policy = CommitmentPolicy(header: header(.commitment, "commitments", severity: .high))
        change(&policy)
        return policy
    }

    private var teams: [Team] {
        ["data", "web", "finance"].map { team($0) }
    }

    private func evaluate(_ bill: BillMaker, _ policy: CommitmentPolicy, now: String = "2026-11-02T00:00:00Z") -> [Finding] {
        let result = PolicyEvaluator.evaluate(policies: set(policy), state: state(bill), now: Instant(now)!)
        return result.findings.filter { $0.policy.kind == .commitment }
    }

    private func set(_ policy: CommitmentPolicy) -> PolicySet {
        PolicySet(
            workspace: Workspace(
                name: "acme", place: Place(file: "bursar.yaml", line: 1), currency: .usd, policyPaths: ["policies"],
                scoring: ScoringSettings(materiality: Money(FixedDecimal(1000), .usd))),
            teams: teams, policies: [policy])
    }

    private func state(_ bill: BillMaker) -> ObservedState {
        ObservedState(resources: [], cost: bill.table, utilization: UtilizationTable(), catalog: World.catalog)
    }

    private func statement(_ bill: BillMaker, _ policy: CommitmentPolicy) throws -> CommitmentStatement {
        let found = PolicyEvaluator.commitments(
            policies: set(policy), state: state(bill), now: Instant("2026-11-02T00:00:00Z")!, policy: policy, days: nil)
        return try #require(found)
    }

    @Test("utilisation, coverage and savings follow from the rows of the month")
    func arithmetic() throws {
        let found = try statement(bill(), policy())
        let plan = try #require(found.commitments.first)
        #expect((plan.used, plan.usedOnDemand, plan.unused) == (share("248"), share("372"), share("62")))
        #expect(plan.utilization?.share == share("0.8"))
        #expect(plan.savings == share("62"))
        #expect(found.total.coverage?.share == share("0.6"))
        // 620 at on-demand prices; 248 + 62 + 248 were paid.
        #expect(found.total.effectiveSavingsRate?.share == share("0.1"))
        #expect(found.services.map(\.name) == ["Compute"])
    }

    @Test("what nobody used is divided among those who used the rest, or is the buyer's")
    func unused() throws {
        let shared = try statement(bill(), policy()).commitments[0].unusedShares
        #expect(shared == [.init(team: "data", amount: share("7.75")), .init(team: "web", amount: share("54.25"))])
        let bought = try statement(bill(), policy { $0.unusedBelongsTo = .buyer }).commitments[0].unusedShares
        #expect(bought == [.init(team: "finance", amount: share("62"))])
    }

    @Test("coverage and utilisation below what is expected are findings, with what is at stake in 28 days")
    func below() {
        let found = evaluate(
            bill(),
            policy {
                $0.minimumCoverage = share("0.7")
                $0.minimumUtilization = share("0.95")
            })
        #expect(found.map(\.rule) == ["unused-commitment", "low-coverage"])
        #expect(found.map(\.team) == ["web", nil])
        #expect(
            found.map(\.message) == [
                "Savings Plan sp-1: 80% was used in 2026-10, 95% is expected; 62.00 USD was paid for nothing (web 54.25 USD, data 7.75 USD)",
                "commitments paid for 60% of what they can pay for in 2026-10, 70% is expected: 62.00 USD of use at on-demand prices is missing",
            ])
        // 62 of 31 days; a tenth of 620 at a discount of a third.
        #expect(found[0].atStake == dollars("56"))
        #expect(found[1].atStake?.amount.rounded(to: 6) == "18.666667")
    }

    @Test("what is as expected passes")
    func pass() {
        let found = evaluate(
            bill(),
            policy {
                $0.minimumCoverage = share("0.6")
                $0.minimumUtilization = share("0.8")
            })
        #expect(found.map(\.verdict) == [.pass])
    }

    @Test(
        "a commitment that ends soon is a finding, one without an end is said",
        arguments: ["sp-1", "arn:aws:savingsplans::1:savingsplan/sp-1"])
    func ends(name: String) {
        let soon = policy {
            $0.expiresWithin = .days(30)
            $0.ends = [.init(commitment: name, day: Day("2026-11-20")!)]
        }
        #expect(
            evaluate(bill(), soon).map(\.message) == [
                "Savings Plan sp-1 ends on 2026-11-20, in 18 days; it saves 56.00 USD in 28 days"
            ])
        #expect(evaluate(bill(), soon, now: "2026-11-20T00:00:00Z").map(\.verdict) == [.pass])
        let unstated = evaluate(bill(), policy { $0.expiresWithin = .days(30) })
        #expect(unstated.map(\.verdict) == [.unknown])
        #expect(unstated.map(\.reason) == ["the bill does not say when sp-1 ends: state it under 'ends'"])
    }

    @Test("rows that do not say whether a commitment was used make it unknown, not used")
    func unstated() {
        let bill = bill { bill in bill.commit("2026-10-07", "3", list: "3", .unstated) }
        let found = evaluate(bill, policy { $0.minimumUtilization = share("0.95") })
        #expect(found.map(\.verdict) == [.unknown])
    }

    @Test("a cost without an on-demand price makes rates unknown, not free")
    func unpriced() throws {
        let bill = bill { bill in bill.commit("2026-10-07", "3", list: "0", .used) }
        let found = try statement(bill, policy())
        #expect(found.total.coverage == nil)
        #expect(found.commitments[0].savings == nil)
        #expect(evaluate(bill, policy { $0.minimumCoverage = share("0.1") }).map(\.verdict) == [.unknown])
    }

    @Test("a bill that says nothing of terms, a snapshot and a bill of half a month are unknown")
    func unknown() {
        let wanted = policy { $0.minimumUtilization = share("0.95") }
        var snapshot = bill()
        snapshot.table.tellsTerms = false
        var plain = BillMaker()
        plain.table.tellsTerms = true
        plain.daily("2026-10-01", "2026-10-31", "10")
        var young = BillMaker()
        young.table.tellsTerms = true
        young.daily("2026-10-15", "2026-10-31", "10")
        for bill in [snapshot, plain, young] { #expect(evaluate(bill, wanted).map(\.verdict) == [.unknown]) }
    }

    @Test("a month without commitments passes")
    func none() {
        var bill = BillMaker()
        bill.table.tellsTerms = true
        for day in Day("2026-10-01")!...Day("2026-10-31")! { bill.commit("\(day)", "8", list: "8", .onDemand, plan: "") }
        #expect(evaluate(bill, policy { $0.minimumUtilization = share("0.95") }).map(\.verdict) == [.pass])
    }
}

extension BillMaker {
    /// A charge of usage on some terms, of a savings plan where one is named.
    mutating func commit(
        _ day: String, _ amount: String, list: String, _ pricing: ChargeTerms.Pricing,
        plan: String = "arn:aws:savingsplans::1:savingsplan/sp-1", account: String = "", tags: [String: String] = [:]
    ) {
        charge(day, amount, account: account, service: "Compute", tags: tags)
        let isPlan = !plan.isEmpty
        let terms = ChargeTerms(
            pricing: pricing, commitment: plan, type: isPlan ? "Savings Plan" : "", category: isPlan ? "Spend" : "")
        let number = table.terms.firstIndex(of: terms) ?? table.terms.count
        if number == table.terms.count { table.terms.append(terms) }
        table.lines[table.lines.count - 1].key.terms = Int32(number)
        table.lines[table.lines.count - 1].amounts.list = share(list)
    }
}
