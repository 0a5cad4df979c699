import CostModel
import Evaluation
import Patterns
import Testing

@Suite("forecasts")
struct ForecastTests {
    private func world(_ now: String, amount: String = "100000", length: PeriodLength = .monthly, _ fill: (inout BillMaker) -> Void)
        -> World
    {
        var world = World()
        world.now = Instant(now)!
        world.budgets = [BudgetTests.budget(amount, scope: .init(), period: length)]
        fill(&world.bill)
        return world
    }

    @Test(
        "a fee of every month's first day is not a cost of every day, and comes again",
        arguments: [ChargeCategory.purchase, .usage, .adjustment])
    func fee(category: ChargeCategory) {
        let status = world("2026-10-20T00:00:00Z", length: .quarterly) { bill in
            bill.daily("2026-07-01", "2026-10-19", "10")
            for month in ["07", "08", "09", "10"] { bill.charge("2026-\(month)-01", "500", category: category) }
        }.evaluate().budgets[1]
        // 92 days and three fees.
        #expect(status.forecast == dollars("2420"))
    }

    @Test(
        "a fee of every month's last day comes again, whichever day that is",
        arguments: [
            ("2026-10-20T00:00:00Z", ["2026-08-31", "2026-09-30"], "810"), ("2026-09-20T00:00:00Z", ["2026-07-31", "2026-08-31"], "800"),
            ("2027-02-20T00:00:00Z", ["2026-12-31", "2027-01-31"], "780"),
            // On a day that both months have, it is that day.
            ("2026-10-20T00:00:00Z", ["2026-08-30", "2026-09-30"], "810"),
        ] as [(String, [String], String)])
    func lastDay(now: String, days: [String], expected: String) {
        let status = world(now) { bill in
            bill.daily("2026-07-01", "\(Instant(now)!.day.advanced(by: -1))", "10")
            for day in days { bill.charge(day, "500", category: .purchase) }
        }.evaluate().budgets[1]
        #expect(status.forecast == dollars(expected))
    }

    @Test("a single charge counts once", arguments: [ChargeCategory.purchase, .usage, .credit])
    func once(category: ChargeCategory) {
        let amount = category == .credit ? "-120" : "120"
        let status = world("2026-10-20T00:00:00Z") { bill in
            bill.daily("2026-08-01", "2026-10-19", "10")
            bill.charge("2026-10-05", amount, category: category)
        }.evaluate().budgets[1]
        #expect(status.forecast == dollars(category == .credit ? "190" : "430"))
    }

    @Test("a credit of every day runs on")
    func dailyCredit() {
        let status = world("2026-10-20T00:00:00Z") { bill in
            bill.daily("2026-08-01", "2026-10-19", "10")
            for day in Day("2026-08-01")!..<Day("2026-10-20")! { bill.charge("\(day)", "-4", category: .credit) }
        }.evaluate().budgets[1]
        #expect(status.forecast == dollars("186"))
    }

    @Test(
        "of a day that is still arriving what is there is not expected again, be it use or credits",
        arguments: [
            // 31 days of 100 - 20.
            ("-20", [], "2480"), ("-20", ["50"], "2480"), ("-20", ["50", "-20"], "2480"), ("-20", ["-20"], "2480"),
            // 30 days, and more use of the last one than its 80.
            ("-20", ["100"], "2500"),
            // 31 days of 100 - 120.
            ("-120", [], "-620"), ("-120", ["100"], "-620"), ("-120", ["-120"], "-620"), ("-120", ["100", "-120"], "-620"),
        ] as [(String, [String], String)])
    func arriving(credit: String, arrived: [String], forecast: String) throws {
        var world = world("2026-11-01T08:00:00Z") { bill in
            bill.daily("2026-08-01", "2026-10-30", "100")
            for day in Day("2026-08-01")!...Day("2026-10-30")! { bill.charge("\(day)", credit, category: .credit) }
            for amount in arrived { bill.charge("2026-10-31", amount, category: amount.hasPrefix("-") ? .credit : .usage) }
        }
        let whole = try #require(Day("2026-10-30"))
        let account = BillCoverage.Account(name: "", days: [whole.advanced(by: -90)..<whole.advanced(by: 1)])
        world.bill.table.coverage = BillCoverage(sources: [.init(name: "billing", newestWhole: whole, accounts: [account])])
        let status = world.evaluate().budgets[1]
        #expect(status.forecast == dollars(forecast))
        // Every week cost the same: there is nothing between the cheapest and the dearest.
        #expect(status.forecastLow == status.forecast && status.forecastHigh == status.forecast)
        #expect(status.coverage.description == "30 of 31 days")
    }

    @Test(
        "of a fee that comes on a day that is still arriving only what it lacks is expected, and a charge that nobody expected stays",
        arguments: [
            // 31 days of 100, and the fee of 50; then 450 more than the fee, and a fee that is another one.
            ([], "3150"), (["50"], "3150"), (["30"], "3150"), (["500"], "3600"), (["-20"], "3130"),
        ] as [([String], String)])
    func arrivingFee(arrived: [String], forecast: String) throws {
        var world = world("2026-10-16T08:00:00Z") { bill in
            bill.daily("2026-07-01", "2026-10-14", "100")
            for month in ["07", "08", "09"] { bill.charge("2026-\(month)-15", "50", category: .tax) }
            for amount in arrived { bill.charge("2026-10-15", amount, category: .tax) }
        }
        world.budgets[0].includeTax = true
        let whole = try #require(Day("2026-10-14"))
        let account = BillCoverage.Account(name: "", days: [whole.advanced(by: -90)..<whole.advanced(by: 1)])
        world.bill.table.coverage = BillCoverage(sources: [.init(name: "billing", newestWhole: whole, accounts: [account])])
        let status = world.evaluate().budgets[1]
        #expect(status.forecast == dollars(forecast))
        let range = [status.forecastLow, status.forecast, status.forecastHigh].compactMap { $0?.amount }
        #expect(range.count == 3 && range == range.sorted())
    }

    @Test("a scope of three days goes by these days, and the range says how little that is")
    func young() {
        var world = world("2026-10-20T00:00:00Z") { bill in
            bill.daily("2026-08-01", "2026-10-19", "10", account: "old")
            bill.daily("2026-10-17", "2026-10-19", "50", account: "new")
        }
        world.budgets[0].scope = .init(accounts: ["new"])
        let status = world.evaluate().budgets[1]
        #expect(status.forecast == dollars("750"))
        #expect(status.forecastLow == dollars("150"))
        #expect(status.forecastHigh == dollars("750"))
    }

    @Test(
        "where the spend moved to another level the days since then decide, and the range holds both",
        arguments: [
            ("10", "100", "3000"), ("100", "10", "300"),
            // Just more than a quarter above, and just more than a fifth below: 30 days of the new level.
            ("100", "126", "3780"), ("100", "79", "2370"),
            // Not more: 7 days of it, and 23 of (3 · old + new) / 4, the mean of each weekday.
            ("100", "125", "3318.75"), ("100", "80", "2745"),
        ])
    func step(old: String, new: String, forecast: String) {
        let status = world("2026-11-08T00:00:00Z") { bill in
            bill.daily("2026-09-01", "2026-10-31", old)
            bill.daily("2026-11-01", "2026-11-07", new)
        }.evaluate().budgets[1]
        #expect(status.forecast == dollars(forecast))
        let range = [status.forecastLow, status.forecast, status.forecastHigh].compactMap { $0?.amount }
        #expect(range.count == 3 && range == range.sorted() && range[0] < range[2])
    }

    @Test(
        "a week at another level decides the rest of the quarter, and less than a week is a part of each weekday's mean",
        arguments: [
            // October is 24 · 100 + 7 · 1000, and 61 days follow; the cheapest week is 700.
            (7, "70400", "15500"),
            // October is 23 · 100 + 8 · 1000.
            (8, "71300", "16400"),
            // October is 25 · 100 + 6 · 1000; 9 Sundays of 100 follow, and 52 other days of (3 · 100 + 1000) / 4.
            (6, "26300", "14600"),
        ])
    func stepInQuarter(days: Int, forecast: String, low: String) throws {
        let begin = try #require(Day("2026-11-01")).advanced(by: -days)
        let status = world("2026-11-01T00:00:00Z", length: .quarterly) { bill in
            bill.daily("2026-08-01", "\(begin.advanced(by: -1))", "100")
            bill.daily("\(begin)", "2026-10-31", "1000")
        }.evaluate().budgets[1]
        #expect(status.forecast == dollars(forecast))
        #expect(status.forecastLow == dollars(low))
    }
}
