import CostModel
import Evaluation
import Patterns
import Testing

/// A day that was not looked at is no day without spend.
@Suite("budgets and scores of a bill that is not whole")
struct CoverageTests {
    /// 10 USD on each of the days, for the team's account.
    private static func world(
        _ budget: Budget, now: String, days: [(String, String)], newestWhole: String? = nil, other: [(String, String)] = []
    ) -> World {
        var world = World()
        world.now = Instant(now)!
        world.budgets = [budget]
        func account(_ name: String, _ days: [(String, String)]) -> BillCoverage.Account {
            BillCoverage.Account(name: name, days: days.map { Day($0.0)!..<Day($0.1)!.advanced(by: 1) })
        }
        for (first, last) in days { world.bill.daily(first, last, "10", account: "account-payments") }
        for (first, last) in other { world.bill.daily(first, last, "10", account: "other") }
        world.bill.table.coverage = BillCoverage(sources: [
            BillCoverage.Source(
                name: "billing", newestWhole: Day(newestWhole ?? days.last!.1),
                accounts: [account("account-payments", days)] + (other.isEmpty ? [] : [account("other", other)]))
        ])
        return world
    }

    private static func budget(
        _ amount: String, period: PeriodLength = .monthly, alerts: [Budget.Alert.Trigger] = [.actual], scope: Budget.Scope = .init()
    ) -> Budget {
        BudgetTests.budget(amount, scope: scope, period: period, alerts: alerts.map { .init($0, above: share("1"), .high) })
    }

    private static func finding(_ world: World) throws -> Finding {
        try #require(world.evaluate().findings.first { $0.rule == "over-budget" })
    }

    @Test("a month whose last days have not arrived is open, and its forecast fills them")
    func lag() throws {
        let world = Self.world(
            Self.budget("305", alerts: [.actual, .forecast]), now: "2026-11-02T08:00:00Z", days: [("2026-08-01", "2026-10-29")])
        let statuses = world.evaluate().budgets
        #expect(statuses.map(\.period.description) == ["2026-09", "2026-10"])
        #expect(statuses.map(\.closed) == [true, false])
        #expect(statuses[1].coverage.description == "29 of 31 days")
        #expect(statuses[1].lacksDays)
        #expect(statuses[1].actual == dollars("290"))
        #expect(statuses[1].forecast == dollars("310"))
        #expect(try Self.finding(world).message == "monthly: the forecast of 2026-10, 310.00 USD, is above 100 % of 305.00 USD")
    }

    @Test("what a bill with a torn row says of a budget is no pass, no closed period and no sum of all days", arguments: ["305", "400"])
    func torn(amount: String) throws {
        var world = Self.world(Self.budget(amount), now: "2026-11-02T08:00:00Z", days: [("2026-08-01", "2026-11-01")])
        #expect(world.evaluate().budgets.map(\.closed) == [true, false])
        world.bill.table.coverage?.fault = "the bill is partial: bill.csv:8"
        let statuses = world.evaluate().budgets
        #expect(statuses.map(\.closed) == [false, false] && statuses.allSatisfy(\.lacksDays))
        #expect(statuses[0].coverage.gap == "the bill is partial: bill.csv:8" && !statuses[0].coverage.isWhole)
        let finding = try Self.finding(world)
        #expect(finding.verdict == .unknown && finding.reason == "the bill is partial: bill.csv:8")
        // What is there crosses an alert whatever is missing.
        world.budgets = [Self.budget("9")]
        #expect(try Self.finding(world).verdict == .fail)
    }

    @Test("an alert on the actual of a month that is over waits for the days that are likely to cross it")
    func waits() throws {
        let world = Self.world(Self.budget("305"), now: "2026-11-02T08:00:00Z", days: [("2026-08-01", "2026-10-29")])
        let finding = try Self.finding(world)
        #expect(finding.verdict == .unknown)
        #expect(finding.reason == "29 of 31 days have arrived")
        #expect(
            try Self.finding(Self.world(Self.budget("400"), now: "2026-11-02T08:00:00Z", days: [("2026-08-01", "2026-10-29")])).verdict
                == .pass)
        #expect(
            try Self.finding(Self.world(Self.budget("285"), now: "2026-11-02T08:00:00Z", days: [("2026-08-01", "2026-10-29")])).verdict
                == .fail)
    }

    @Test("a daily budget judges the newest whole day")
    func daily() throws {
        let world = Self.world(Self.budget("9", period: .daily), now: "2026-11-02T08:00:00Z", days: [("2026-08-01", "2026-10-30")])
        let status = world.evaluate().budgets[1]
        #expect(status.period.description == "2026-10-30")
        #expect(status.closed)
        #expect(try Self.finding(world).verdict == .fail)
    }

    @Test(
        "missing days close nothing and pass nothing",
        arguments: [
            (PeriodLength.monthly, "2026-10", "24 of 31 days are there; missing: 2026-10-10..2026-10-15, 2026-10-20"),
            (.quarterly, "2026-Q4", "24 of 92 days are there; missing: 2026-10-10..2026-10-15, 2026-10-20"),
        ])
    func gap(length: PeriodLength, period: String, reason: String) throws {
        let world = Self.world(
            Self.budget("9000", period: length), now: "2026-11-01T00:00:00Z",
            days: [("2026-08-01", "2026-10-09"), ("2026-10-16", "2026-10-19"), ("2026-10-21", "2026-10-31")])
        let status = world.evaluate().budgets[1]
        #expect(status.period.description == period)
        #expect(!status.closed)
        let finding = try Self.finding(world)
        #expect(finding.verdict == .unknown)
        #expect(finding.reason == reason)
        #expect(finding.atStake == nil)
    }

    @Test("a month that was lost, and one before the bill begins, are not closed")
    func lostMonth() {
        let lost = Self.world(
            Self.budget("9000"), now: "2026-11-01T00:00:00Z", days: [("2026-08-01", "2026-08-31"), ("2026-10-01", "2026-10-31")])
        #expect(lost.evaluate().budgets.map(\.closed) == [false, true])
        #expect(lost.evaluate().budgets[0].coverage.missingRuns == ["2026-09-01..2026-09-30"])
        #expect(lost.evaluate().budgets.map(\.known) == [nil, dollars("310")])
        let young = Self.world(Self.budget("9000"), now: "2026-11-01T00:00:00Z", days: [("2026-10-01", "2026-10-31")])
        #expect(young.evaluate().budgets.map(\.closed) == [false, true])
    }

    @Test("a year of which the bill knows two months is unknown, however the rest is guessed")
    func year() throws {
        let world = Self.world(
            Self.budget("5000", period: .annually, alerts: [.forecast]), now: "2026-11-01T00:00:00Z", days: [("2026-09-01", "2026-10-31")])
        let status = world.evaluate().budgets[1]
        #expect(status.forecast == dollars("3650"))
        #expect(status.forecastLow == dollars("1220"))
        #expect(try Self.finding(world).verdict == .unknown)
    }

    @Test("an alert on a forecast that there is not is unknown")
    func noForecast() throws {
        let world = Self.world(
            Self.budget("9000", alerts: [.forecast]), now: "2026-10-06T00:00:00Z", days: [("2026-10-01", "2026-10-05")])
        #expect(try Self.finding(world).verdict == .unknown)
    }

    @Test("only the accounts of the scope must be whole")
    func accounts() {
        let days = [("2026-08-01", "2026-10-31")]
        let gap = [("2026-08-01", "2026-10-09"), ("2026-10-20", "2026-10-31")]
        func closed(_ accounts: [String]?) -> Bool {
            Self.world(
                Self.budget("9000", scope: .init(accounts: accounts)), now: "2026-11-01T00:00:00Z", days: days, newestWhole: "2026-10-31",
                other: gap
            ).evaluate().budgets[1].closed
        }
        #expect(closed(["account-payments"]))
        #expect(!closed(["other"]))
        #expect(!closed(nil))
    }

    @Test(
        "a scope that never matched a row is unknown, closes nothing and is said",
        arguments: [Budget.Scope(services: ["Amazon EC2"]), .init(accounts: ["nobody"]), .init(tags: ["Team": "payments"])])
    func unmatched(scope: Budget.Scope) throws {
        let world = Self.world(Self.budget("9000", scope: scope), now: "2026-11-01T00:00:00Z", days: [("2026-08-01", "2026-10-31")])
        let result = world.evaluate()
        #expect(result.budgets.allSatisfy { !$0.matched && !$0.closed })
        #expect(result.notes.map(\.id).filter { $0 != "unmatched-name" } == ["unmatched-scope"])
        let finding = try Self.finding(world)
        #expect(finding.verdict == .unknown)
        #expect(finding.reason == "its scope never matched a row of the bill")
        #expect(result.budgets.allSatisfy { $0.forecast == nil && $0.forecastMethod == nil })
    }

    @Test("of a scope that never matched a row no amount is told, and expressions know none")
    func unmatchedAmount() throws {
        let world = Self.world(
            Self.budget("9000", scope: .init(services: ["Amazon EC2"])), now: "2026-11-01T00:00:00Z", days: [("2026-08-01", "2026-10-31")])
        #expect(world.evaluate().budgets.allSatisfy { $0.known == nil && $0.share == nil })
        #expect(
            try Self.finding(world).message == "monthly: the actual of 2026-10 cannot be judged: its scope never matched a row of the bill")
    }

    @Test(
        "spend of 28 days of which more than half are missing is unknown, whatever the rest came to",
        arguments: [(13, false), (14, false), (15, true), (28, true)])
    func mostlyMissing(missing: Int, isUnknown: Bool) throws {
        let first = Day("2026-10-30")!.advanced(by: -missing)
        let days = [("2026-08-01", "\(first)"), ("2026-10-31", "2026-10-31")].filter { missing < 28 || $0.0 < "2026-10" }
        var world = Self.world(
            Self.budget("9000"), now: "2026-11-01T00:00:00Z", days: days, newestWhole: "2026-10-31")
        world.resources = [resource("web")]
        world.bill.daily("2026-08-01", "\(first)", "5", resource: "web", account: "account-payments")
        let result = world.evaluate()
        #expect((result.unknownSpend != nil) == isUnknown)
        #expect(result.spend.isEmpty == isUnknown)
        let unowned = try #require(result.findings.first { $0.rule == "unowned-spend" })
        #expect((unowned.verdict == .unknown && unowned.atStake == nil) == isUnknown)
        let note = try #require(result.notes.first { $0.id == "missing-days" })
        #expect(note.message.hasSuffix(isUnknown ? "scores, are unknown" : "go by the other days"))
    }

    @Test("days that lack rows behind the newest whole day are said, where later ones have some")
    func holes() throws {
        let days = [("2026-08-01", "2026-10-20"), ("2026-10-26", "2026-10-29")]
        func notes(_ newestWhole: String, _ days: [(String, String)]) -> [String] {
            Self.world(Self.budget("9000"), now: "2026-11-01T00:00:00Z", days: days, newestWhole: newestWhole).evaluate().notes
                .filter { $0.id == "missing-days" }.map(\.message)
        }
        #expect(
            notes("2026-10-20", days) == [
                "the bill lacks rows of 2026-10-21..2026-10-25, and has some of later days: spend of 28 days, and scores, end with 2026-10-20"
            ])
        #expect(notes("2026-10-20", [("2026-08-01", "2026-10-29")]) == [])
        let world = Self.world(Self.budget("9000"), now: "2026-11-01T00:00:00Z", days: days, newestWhole: "2026-10-20")
        #expect(world.evaluate().budgets[1].coverage.missingRuns == ["2026-10-21..2026-10-25"])
        #expect(try Self.finding(world).verdict == .unknown)
    }

    @Test(
        "a policy whose scope holds no resource is said, as soon as there are resources",
        arguments: [
            (ResourceMatch(types: [Glob("aws_instnace")]), true), (ResourceMatch(paths: [path("infra/serach/**")]), true),
            (ResourceMatch(types: [Glob("aws_*")]), false), (ResourceMatch(), false),
        ])
    func unmatchedPolicies(match: ResourceMatch, isSaid: Bool) {
        var world = World()
        world.tagging = [TaggingPolicy(header: header(.tagging, "tags"), match: match, requires: [])]
        #expect(world.evaluate().notes == [])
        world.resources = [resource("web")]
        let said = world.evaluate().notes.filter { $0.id == "unmatched-scope" }
        #expect(said.map(\.message) == (isSaid ? ["TaggingPolicy/tags: no resource is in its scope"] : []))
    }

    @Test(
        "billed cost of invoices from the 15th to the 14th is judged by the invoice that holds the newest whole day, and closes with it",
        arguments: [
            ("2026-10-31", PeriodLength.monthly, "2026-10", "17 of 31 days", false),
            ("2026-11-10", .monthly, "2026-10", "27 of 31 days", false),
            ("2026-11-14", .monthly, "2026-10", "31 of 31 days", true), ("2026-11-18", .monthly, "2026-11", "4 of 30 days", false),
            ("2026-11-10", .quarterly, "2026-Q4", "27 of 92 days", false),
        ])
    func invoices(last: String, length: PeriodLength, period: String, coverage: String, closed: Bool) throws {
        let newest = try #require(Day(last))
        var world = World()
        world.now = newest.advanced(by: 1).start.adding(.hours(8))
        world.budgets = [Self.budget("9000", period: length)]
        world.budgets[0].cost = .billed
        for day in Day("2026-08-15")!...newest {
            let month = day.components.day < 15 ? day.month.advanced(by: -1) : day.month
            world.bill.charge("\(day)", "10", account: "account-payments", month: "\(month)")
            world.bill.table.billingPeriods[month] = month.day(15)..<month.advanced(by: 1).day(15)
        }
        world.bill.table.coverage = BillCoverage(sources: [
            BillCoverage.Source(
                name: "billing", newestWhole: newest,
                accounts: [.init(name: "account-payments", days: [Day("2026-08-15")!..<newest.advanced(by: 1)])])
        ])
        let status = world.evaluate().budgets[1]
        #expect(status.period.description == period)
        #expect(status.coverage.description == coverage)
        #expect(status.closed == closed)
    }

    @Test("spend of 28 days is that of the days that are there, taken for all of them")
    func windows() {
        let whole = Self.world(Self.budget("9000"), now: "2026-11-01T00:00:00Z", days: [("2026-06-01", "2026-10-31")]).evaluate()
        for days in [
            [("2026-06-01", "2026-10-29")], [("2026-06-01", "2026-10-10"), ("2026-10-15", "2026-10-31")],
            [("2026-06-01", "2026-09-10"), ("2026-09-14", "2026-10-28")],
        ] {
            let result = Self.world(Self.budget("9000"), now: "2026-11-01T00:00:00Z", days: days).evaluate()
            #expect(result.spendByScope.workspace == whole.spendByScope.workspace)
            #expect(result.spendByScope.teams == whole.spendByScope.teams)
        }
        #expect(whole.spendByScope.workspace.current == share("280"))
    }

    @Test("an account that was billed most days is missed on the others, and not for ever")
    func endedAccounts() {
        func state(_ day: String, until last: String, newest: String) -> BillCoverage.State {
            let account = BillCoverage.Account(name: "a", days: [Day("2026-08-01")!..<Day(last)!.advanced(by: 1)])
            let other = BillCoverage.Account(name: "b", days: [Day("2026-08-01")!..<Day("2026-12-31")!])
            return BillCoverage(sources: [BillCoverage.Source(name: "s", newestWhole: Day(newest)!, accounts: [account, other])])
                .state(of: Day(day)!, accounts: ["a"])
        }
        #expect(state("2026-10-20", until: "2026-10-15", newest: "2026-10-31") == .missing)
        #expect(state("2026-10-20", until: "2026-10-15", newest: "2026-11-20") == .zero)
        #expect(state("2026-11-01", until: "2026-10-31", newest: "2026-10-31") == .notYet)
        #expect(state("2026-10-10", until: "2026-10-15", newest: "2026-10-31") == .there)
    }
}
