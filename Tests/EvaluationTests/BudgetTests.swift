import CostModel
import Evaluation
import Testing

@Suite("budgets")
struct BudgetTests {
    static func budget(
        _ amount: String = "1000", scope: Budget.Scope = .init(team: "payments"), period: PeriodLength = .monthly,
        basis: CostBasis = .effective,
        alerts: [Budget.Alert]? = nil
    ) -> Budget {
        Budget(
            header: header(.budget, "monthly"), amountPlace: Place(file: "policies/monthly.yaml", line: 7), scope: scope, period: period,
            amount: dollars(amount), cost: basis,
            alerts: alerts ?? [.init(.actual, above: share("0.8"), .medium), .init(.actual, above: share("1"), .high)])
    }

    /// 10 USD a day from August on, until the given day.
    static func world(_ budget: Budget, now: String = "2026-11-01T00:00:00Z", until last: String = "2026-12-31") -> World {
        var world = World()
        world.now = Instant(now)!
        world.budgets = [budget]
        world.bill.daily("2026-08-01", last, "10", account: "account-payments")
        return world
    }

    struct Moment: Sendable {
        var now: String
        var period: String
        var closed: Bool
        var actual: String
        var forecast: String?
        var previous: String
    }

    @Test(
        "the judged period holds the last closed day; the one before it is reported too",
        arguments: [
            Moment(now: "2026-10-20T00:00:00Z", period: "2026-10", closed: false, actual: "190", forecast: "310", previous: "300"),
            Moment(now: "2026-11-01T00:00:00Z", period: "2026-10", closed: true, actual: "310", forecast: nil, previous: "300"),
            Moment(now: "2026-10-31T23:59:59Z", period: "2026-10", closed: false, actual: "300", forecast: "310", previous: "300"),
            Moment(now: "2026-11-01T23:59:59Z", period: "2026-10", closed: true, actual: "310", forecast: nil, previous: "300"),
            Moment(now: "2026-11-02T00:00:00Z", period: "2026-11", closed: false, actual: "10", forecast: "300", previous: "310"),
        ])
    func instants(moment: Moment) {
        let statuses = Self.world(Self.budget(), now: moment.now).evaluate().budgets
        #expect(statuses.map(\.judged) == [false, true])
        #expect(statuses[1].period.description == moment.period)
        #expect(statuses[1].closed == moment.closed)
        #expect(statuses[1].actual == dollars(moment.actual))
        #expect(statuses[1].forecast == moment.forecast.map { dollars($0) })
        #expect(statuses[0].actual == dollars(moment.previous))
        #expect(statuses[0].closed)
    }

    @Test("the forecast adds the mean of each remaining weekday over the last four weeks")
    func forecast() {
        var world = World()
        world.now = Instant("2026-10-29T00:00:00Z")!  // a Thursday: Thursday, Friday and Saturday remain
        world.budgets = [Self.budget()]
        for (number, day) in (Day("2026-10-01")!..<Day("2026-10-29")!).enumerated() where day.weekday == 4 {
            world.bill.charge("\(day)", "\(number + 1)", account: "account-payments")
        }
        world.bill.charge("2026-09-01", "0", account: "account-payments")
        // The Fridays 2, 9, 16 and 23 October cost 2, 9, 16 and 23: 50 so far and 12.5 for the one that remains.
        let status = world.evaluate().budgets[1]
        #expect(status.actual == dollars("50"))
        #expect(status.forecast == dollars("62.5"))
    }

    @Test("without a week of history nothing is forecast, and why is said")
    func noForecast() {
        var world = World()
        world.now = Instant("2026-10-20T00:00:00Z")!
        world.budgets = [Self.budget()]
        world.bill.daily("2026-10-14", "2026-10-19", "10", account: "account-payments")
        let status = world.evaluate().budgets[1]
        #expect(status.forecast == nil)
        #expect(status.forecastMethod == "no forecast: the bill covers 6 of the last 28 days, at least a week is needed")
    }

    @Test(
        "the highest crossed alert makes the one finding; crossed is above; at stake is the overrun in 28 days",
        arguments: [
            ("387.5", nil, "0"), ("387.49", Severity.medium, "0"), ("310", .medium, "0"), ("309", .high, "0.903225806451612903"),
            ("155", .high, "140"),
        ] as [(String, Severity?, String)])
    func alerts(amount: String, severity: Severity?, atStake: String) throws {
        let finding = try #require(Self.world(Self.budget(amount)).evaluate().findings.first { $0.rule == "over-budget" })
        #expect(finding.verdict == (severity == nil ? .pass : .fail))
        if let severity { #expect(finding.severity == severity) }
        #expect(finding.atStake == dollars(atStake))
        #expect(finding.team == "payments")
        #expect(finding.resource == nil)
        #expect(finding.location == Place(file: "policies/monthly.yaml", line: 7))
    }

    @Test("an amount beyond all money is compared, not computed with")
    func hugeAmount() throws {
        let budget = Self.budget("170000000000000000000", alerts: [.init(.actual, above: share("900"), .high)])
        let finding = try #require(Self.world(budget).evaluate().findings.first { $0.rule == "over-budget" })
        #expect(finding.verdict == .pass)
    }

    @Test("a forecast's alert is about the forecast of an open period, and about the actual of a closed one")
    func forecastAlert() throws {
        let budget = Self.budget("305", alerts: [.init(.forecast, above: share("1"), .critical)])
        let open = try #require(
            Self.world(budget, now: "2026-10-20T00:00:00Z").evaluate().findings.first { $0.rule == "over-budget" })
        #expect(open.message == "monthly: the forecast of 2026-10, 310.00 USD, is above 100 % of 305.00 USD")
        #expect(open.severity == .critical)
        let closed = try #require(Self.world(budget).evaluate().findings.first { $0.rule == "over-budget" })
        #expect(closed.verdict == .fail)
    }

    @Test(
        "an amount of one period replaces the usual one there only",
        arguments: [
            (.monthly, "2026-10", ["1000", "5"]), (.monthly, "2026-09", ["5", "1000"]), (.monthly, "2026-11", ["1000", "1000"]),
            (.quarterly, "2026-Q4", ["1000", "5"]), (.quarterly, "2026-Q3", ["5", "1000"]), (.annually, "2026", ["1000", "5"]),
            (.daily, "2026-10-31", ["1000", "5"]), (.daily, "2026-10-30", ["5", "1000"]),
        ] as [(PeriodLength, String, [String])])
    func amounts(length: PeriodLength, period: String, amounts: [String]) throws {
        var budget = Self.budget(period: length)
        let one = try #require(BudgetPeriod(length, period))
        budget.amounts = [one: dollars("5")]
        let result = Self.world(budget).evaluate()
        #expect(result.budgets.map(\.amount) == amounts.map { dollars($0) })
        // A day costs 10, so each of these periods is above 5, and all but the year below 800.
        let finding = try #require(result.findings.first { $0.rule == "over-budget" })
        #expect(finding.verdict == (amounts[1] == "5" ? .fail : .pass))
    }

    @Test(
        "taxes stay out and credits in, unless the budget says otherwise; all else counts, with what it costs on the budget's basis",
        arguments: [
            // 31 · 10 - 12.5 - 7, and 31.4 of tax.
            (.effective, false, true, "290.5"), (.effective, true, true, "321.9"), (.effective, false, false, "303"),
            (.effective, true, false, "334.4"),
            // What was bought for 120 costs nothing effectively.
            (.billed, false, true, "410.5"), (.billed, true, true, "441.9"), (.billed, false, false, "423"),
        ] as [(CostBasis, Bool, Bool, String)])
    func categories(basis: CostBasis, tax: Bool, credits: Bool, actual: String) {
        var world = Self.world(Self.budget(basis: basis))
        world.budgets[0].includeTax = tax
        world.budgets[0].includeCredits = credits
        func charge(_ day: String, _ amount: String, _ category: ChargeCategory, billed: String? = nil) {
            world.bill.charge(day, amount, account: "account-payments", category: category, billed: billed)
        }
        charge("2026-10-02", "31.4", .tax)
        charge("2026-10-02", "-12.5", .credit)
        charge("2026-10-02", "-7", .adjustment)
        charge("2026-10-05", "0", .purchase, billed: "120")
        // A correction of the month before is that month's.
        charge("2026-09-30", "-50", .usage)
        #expect(world.evaluate().budgets.map(\.actual) == [dollars("250"), dollars(actual)])
    }

    @Test("billed cost belongs to its billing period, effective cost to its charge period")
    func bases() {
        var world = Self.world(Self.budget(basis: .billed))
        world.bill.charge("2026-11-01", "0", account: "account-payments", billed: "700", month: "2026-10")
        world.bill.charge("2026-10-31", "0", account: "account-payments", billed: "900", month: "2026-11")
        #expect(world.evaluate().budgets[1].actual == dollars("1010"))
        world.budgets = [Self.budget()]
        #expect(world.evaluate().budgets[1].actual == dollars("310"))
    }

    struct Scoped: Sendable {
        var scope: Budget.Scope
        var actual: String
    }

    @Test(
        "every stated part of the scope must hold; a parent's budget covers the teams below it",
        arguments: [
            Scoped(scope: .init(team: "payments"), actual: "3"),
            Scoped(scope: .init(accounts: ["account-payments", "other"]), actual: "7"),
            Scoped(scope: .init(services: ["EC2"]), actual: "5"), Scoped(scope: .init(team: "payments", services: ["EC2"]), actual: "1"),
            Scoped(scope: .init(tags: ["stage": "prod"]), actual: "4"), Scoped(scope: .init(team: "engineering"), actual: "11"),
            Scoped(scope: .init(), actual: "15"),
        ])
    func scopes(test: Scoped) {
        var world = World()
        world.teams = [team("engineering"), team("payments", parent: "engineering"), team("search", parent: "engineering")]
        world.budgets = [Self.budget(scope: test.scope)]
        world.bill.charge("2026-10-02", "1", account: "account-payments", service: "EC2")
        world.bill.charge("2026-10-02", "2", account: "account-payments")
        world.bill.charge("2026-10-02", "4", account: "other", service: "EC2", tags: ["stage": "prod"])
        world.bill.charge("2026-10-02", "8", account: "account-search")
        #expect(world.evaluate().budgets[1].actual == dollars(test.actual))
    }

    @Test(
        "quarters, years and days are periods too",
        arguments: [(PeriodLength.quarterly, "2026-Q4", "310"), (.annually, "2026", "920"), (.daily, "2026-10-31", "10")])
    func lengths(length: PeriodLength, period: String, actual: String) {
        let status = Self.world(Self.budget(period: length)).evaluate().budgets[1]
        #expect(status.period.description == period)
        #expect(status.actual == dollars(actual))
    }

    @Test(
        "fiscal years have quarters and periods of their own",
        arguments: [
            (FiscalCalendar(startMonth: 10), PeriodLength.quarterly, "FY2026-27-Q1", "310"),
            (FiscalCalendar(startMonth: 10), .annually, "FY2026-27", "310"),
            (FiscalCalendar(startMonth: 9), .quarterly, "FY2026-27-Q1", "610"),
            // 27 September to 31 October, five weeks; from 2 August, thirteen.
            (FiscalCalendar(startMonth: 2, division: .weeks), .monthly, "FY2026-27-P09", "350"),
            (FiscalCalendar(startMonth: 2, division: .weeks), .quarterly, "FY2026-27-Q3", "910"),
        ])
    func fiscal(calendar: FiscalCalendar, length: PeriodLength, period: String, actual: String) {
        var budget = Self.budget(period: length)
        budget.calendar = calendar
        let status = Self.world(budget).evaluate().budgets[1]
        #expect(status.period.description == period)
        #expect(status.actual == dollars(actual))
    }
}
