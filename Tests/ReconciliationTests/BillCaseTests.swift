import CostModel
import Reconciliation
import TestSupport
import Testing

/// From the bytes of a bill to what is said of a budget: what has not arrived, what was lost, what is too little to tell, and what is all there.
@Suite("a budget over a bill as it arrives")
struct BillCaseTests {
    struct Member: CustomTestStringConvertible {
        var what: String
        /// By name, the rows behind the header.
        var files: [String: String]
        var budget: String
        var now: String
        /// Of the newest period: what is known of it, and what the budget says.
        var said: String
        var delivery = "parts"

        init(_ what: String, _ files: [String: String], _ budget: String, now: String = "2026-11-01", says said: String) {
            (self.what, self.files, self.budget, self.now, self.said) = (what, files, budget, now, said)
        }

        init(_ what: String, _ rows: String, _ budget: String, now: String = "2026-11-01", says said: String) {
            self.init(what, ["bill.csv": rows], budget, now: now, says: said)
        }

        var testDescription: String { what }
    }

    static let header =
        "BilledCost,EffectiveCost,ListCost,ContractedCost,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,"
        + "ChargePeriodEnd,ChargeCategory,ChargeClass,ChargeDescription,ProviderName,RegionId,ResourceId,ResourceType,ServiceName,"
        + "SubAccountId,Tags,BillingAccountId\n"

    /// A charge on each of the days.
    static func days(
        _ first: String, _ last: String, _ cost: String = "100", account: String = "1", service: String = "EC2", category: String = "Usage",
        team: String = "payments"
    ) -> String {
        guard let first = Day(first), let last = Day(last) else { return "no days" }
        return (first...last).map { day in
            let month = day.month
            return "\(cost),\(cost),\(cost),\(cost),USD,\(month.firstDay)T00:00:00Z,\(month.advanced(by: 1).firstDay)T00:00:00Z,"
                + "\(day)T00:00:00Z,\(day.advanced(by: 1))T00:00:00Z,\(category),,x,AWS,us-east-1,i-1,,\(service),\(account),"
                + "\"{\"\"team\"\": \"\"\(team)\"\"}\",9\n"
        }.joined()
    }

    private static func budget(
        _ amount: Int, _ period: String = "monthly", scope: String = "{}", alerts: String = "actual", more: String = ""
    ) -> String {
        "kind: Budget\nmetadata: {name: b}\nspec:\n  scope: \(scope)\n  amount: \(amount) USD\n  period: \(period)\n"
            + "  alerts: [{when: \(alerts), above: 100%, severity: high}]\n\(more)"
    }

    private func said(_ members: [Member]) throws -> [String] {
        let estate = try SmallEstate()
        return try members.enumerated().map { index, member in
            try estate.repository.write(member.budget, to: "policies/budget.yaml")
            let source = "bill-\(index)"
            for (name, rows) in member.files { try estate.repository.write(Self.header + rows, to: "observed/\(source)/\(name)") }
            try estate.repository.write(
                SmallEstate.workspace(bill: "observed/\(source)/*.csv").replacing(
                    "format: focus,", with: "format: focus, delivery: \(member.delivery), maxAge: none,"), to: "bursar.yaml")
            let now = try #require(Instant(member.now + "T08:00:00Z"))
            let evaluated = try EvaluatedWorkspace(OpenedWorkspace(estate.path, now: now), now: now)
            let finding = try #require(evaluated.evaluation.findings.first { $0.policy.name == "b" && $0.rule == "over-budget" })
            let periods = evaluated.evaluation.budgets.map { status in
                "\(status.period) \(status.closed ? "closed" : "open") \(status.known.map { "\($0.amount)" } ?? "unknown")"
                    + (status.forecast.map { " to \($0.amount)" } ?? "") + ", \(status.coverage.description)"
            }
            return periods.joined(separator: "; ") + ": \(finding.verdict)"
        }
    }

    private func expect(_ members: [Member]) throws {
        for (member, said) in zip(members, try said(members)) { #expect(said == member.said, "\(member.what)") }
    }

    @Test("days that have not arrived leave a period open, and what they may still cost is not nothing")
    func lag() throws {
        try expect([
            Member(
                "a month ends two days early", Self.days("2026-09-01", "2026-10-29"), Self.budget(2_950), now: "2026-11-02",
                says: "2026-09 closed 3000, 30 of 30 days; 2026-10 open 2900 to 3100, 29 of 31 days: unknown"),
            Member(
                "it may not cross", Self.days("2026-09-01", "2026-10-29"), Self.budget(4_000), now: "2026-11-02",
                says: "2026-09 closed 3000, 30 of 30 days; 2026-10 open 2900 to 3100, 29 of 31 days: pass"),
            Member(
                "it has crossed", Self.days("2026-09-01", "2026-10-29"), Self.budget(2_800), now: "2026-11-02",
                says: "2026-09 closed 3000, 30 of 30 days; 2026-10 open 2900 to 3100, 29 of 31 days: fail"),
            Member(
                "a quarter", Self.days("2026-07-01", "2026-09-27"), Self.budget(9_000, "quarterly"),
                says: "2026-Q3 open 8900, 89 of 92 days; 2026-Q4 open unknown to 9200, 0 of 92 days: unknown"),
            Member(
                "a day", Self.days("2026-09-01", "2026-10-30"), Self.budget(90, "daily"), now: "2026-11-02",
                says: "2026-10-29 closed 100, 1 of 1 day; 2026-10-30 closed 100, 1 of 1 day: fail"),
            Member(
                "none is late", Self.days("2026-09-01", "2026-10-31"), Self.budget(3_050), now: "2026-11-02",
                says: "2026-09 closed 3000, 30 of 30 days; 2026-10 closed 3100, 31 of 31 days: fail"),
            Member(
                "none of a quarter is late", Self.days("2026-07-01", "2026-09-30"), Self.budget(9_300, "quarterly"), now: "2026-10-02",
                says: "2026-Q2 open unknown, 0 of 91 days; 2026-Q3 closed 9200, 92 of 92 days: pass"),
            Member(
                "none of a day is late", Self.days("2026-09-01", "2026-10-31"), Self.budget(110, "daily"), now: "2026-11-01",
                says: "2026-10-30 closed 100, 1 of 1 day; 2026-10-31 closed 100, 1 of 1 day: pass"),
        ])
    }

    @Test("a month that was lost, in the middle or at an edge, leaves what holds it open, and other periods are judged")
    func lost() throws {
        let around = ["aug.csv": Self.days("2026-08-01", "2026-08-31"), "oct.csv": Self.days("2026-10-01", "2026-10-31")]
        try expect([
            Member(
                "the month itself", around, Self.budget(3_200),
                says: "2026-09 open unknown, 0 of 30 days; 2026-10 closed 3100, 31 of 31 days: pass"),
            Member(
                "a quarter around it", around, Self.budget(9_000, "quarterly"),
                says: "2026-Q3 open 3100, 31 of 92 days; 2026-Q4 open 3100 to 9200, 31 of 92 days: pass"),
            Member(
                "a year around it", around, Self.budget(90_000, "annually"),
                says: "2025 open unknown, 0 of 365 days; 2026 open 6200 to 36500, 62 of 365 days: unknown"),
            Member(
                "two of a quarter", ["jul.csv": Self.days("2026-07-01", "2026-07-31"), "oct.csv": Self.days("2026-10-01", "2026-10-31")],
                Self.budget(9_000, "quarterly"), says: "2026-Q3 open 3100, 31 of 92 days; 2026-Q4 open 3100 to 9200, 31 of 92 days: pass"),
            Member(
                "of one account of two",
                [
                    "a.csv": Self.days("2026-08-01", "2026-10-31", "10"),
                    "b.csv": Self.days("2026-08-01", "2026-08-31", account: "2") + Self.days("2026-10-01", "2026-10-31", account: "2"),
                ], Self.budget(9_000, "quarterly"),
                says: "2026-Q3 open 3710, 31 of 92 days; 2026-Q4 open 3410 to 10120, 31 of 92 days: pass"),
        ])
    }

    @Test("a long period of which little is known is not judged by what is guessed of the rest")
    func long() throws {
        let rows = Self.days("2026-09-01", "2026-10-31", "33")
        try expect([
            Member(
                "two months of a year", rows, Self.budget(5_000, "annually", alerts: "forecast"),
                says: "2025 open unknown, 0 of 365 days; 2026 open 2013 to 12045, 61 of 365 days: unknown"),
            Member(
                "and its actual", rows, Self.budget(5_000, "annually"),
                says: "2025 open unknown, 0 of 365 days; 2026 open 2013 to 12045, 61 of 365 days: unknown"),
            Member(
                "which crossed already", rows, Self.budget(2_000, "annually"),
                says: "2025 open unknown, 0 of 365 days; 2026 open 2013 to 12045, 61 of 365 days: fail"),
            Member(
                "one month of a quarter", Self.days("2026-10-01", "2026-10-31", "33"), Self.budget(2_500, "quarterly", alerts: "forecast"),
                says: "2026-Q3 open unknown, 0 of 92 days; 2026-Q4 open 1023 to 3036, 31 of 92 days: fail"),
            Member(
                "two of a quarter", Self.days("2026-08-01", "2026-09-30", "33"), Self.budget(2_500, "quarterly"),
                says: "2026-Q3 open 2013, 61 of 92 days; 2026-Q4 open unknown to 3036, 0 of 92 days: unknown"),
        ])
    }

    @Test("a bill of a few days has no forecast, and an alert on one is unknown")
    func sparse() throws {
        try expect([
            Member(
                "five days", Self.days("2026-10-26", "2026-10-30", "1000"), Self.budget(6_000, alerts: "forecast"),
                says: "2026-09 open unknown, 0 of 30 days; 2026-10 open 5000, 5 of 31 days: unknown"),
            Member(
                "one day", Self.days("2026-10-30", "2026-10-30", "1000"), Self.budget(6_000, alerts: "forecast"),
                says: "2026-09 open unknown, 0 of 30 days; 2026-10 open 1000, 1 of 31 days: unknown"),
            Member(
                "days apart", Self.days("2026-10-02", "2026-10-02") + Self.days("2026-10-30", "2026-10-30"),
                Self.budget(200, alerts: "forecast"), says: "2026-09 open unknown, 0 of 30 days; 2026-10 open 200, 2 of 31 days: unknown"),
            Member(
                "what there is crosses already", Self.days("2026-10-26", "2026-10-30"), Self.budget(200),
                says: "2026-09 open unknown, 0 of 30 days; 2026-10 open 500, 5 of 31 days: fail"),
            Member(
                "one row among few is of another day",
                Self.days("2026-09-01", "2026-10-12") + Self.days("2026-10-31", "2026-10-31", "0.01"), Self.budget(3_000),
                says: "2026-09 closed 3000, 30 of 30 days; 2026-10 open 1200.01 to 2900.02, 13 of 31 days: unknown"),
        ])
    }

    @Test("a scope of nothing is unknown, however the name is wrong")
    func scope() throws {
        let rows = Self.days("2026-09-01", "2026-10-31")
        let scopes = [
            "{services: [AmazonEC2]}", "{accounts: [\"11\"]}", "{tags: {Team: payments}}", "{where: 'cost.service == \"EC2 \"'}",
            "{regions: [us-east1]}",
        ]
        try expect(
            scopes.map {
                Member(
                    "\($0)", rows, Self.budget(3_000, scope: $0),
                    says: "2026-09 open unknown, 30 of 30 days; 2026-10 open unknown, 31 of 31 days: unknown")
            })
    }

    @Test("February has the days that it has")
    func leap() throws {
        try expect([
            Member(
                "29 with one to come", Self.days("2027-12-01", "2028-02-28", "10"), Self.budget(289), now: "2028-02-29",
                says: "2028-01 closed 310, 31 of 31 days; 2028-02 open 280 to 290, 28 of 29 days: pass"),
            Member(
                "29", Self.days("2027-12-01", "2028-02-29", "10"), Self.budget(289), now: "2028-03-01",
                says: "2028-01 closed 310, 31 of 31 days; 2028-02 closed 290, 29 of 29 days: fail"),
            Member(
                "28", Self.days("2026-12-01", "2027-02-28", "10"), Self.budget(280), now: "2027-03-01",
                says: "2027-01 closed 310, 31 of 31 days; 2027-02 closed 280, 28 of 28 days: pass"),
            Member(
                "a quarter of 91", Self.days("2027-12-01", "2028-03-31", "10"), Self.budget(909, "quarterly"), now: "2028-04-01",
                says: "2027-Q4 open 310, 31 of 92 days; 2028-Q1 closed 910, 91 of 91 days: fail"),
            Member(
                "a year of 366", Self.days("2027-12-01", "2028-12-31", "10"), Self.budget(3_659, "annually"), now: "2029-01-01",
                says: "2027 open 310, 31 of 365 days; 2028 closed 3660, 366 of 366 days: fail"),
        ])
    }

    @Test("what began lately is forecast by its own days, wherever it is told apart")
    func begun() throws {
        let old = Self.days("2026-08-01", "2026-10-19", "10")
        try expect([
            Member(
                "an account", old + Self.days("2026-10-17", "2026-10-19", "50", account: "2"),
                Self.budget(6_000, scope: "{accounts: [\"2\"]}", alerts: "forecast"), now: "2026-10-20",
                says: "2026-09 closed 0, 30 of 30 days; 2026-10 open 150 to 750, 19 of 31 days: pass"),
            Member(
                "a service", old + Self.days("2026-10-17", "2026-10-19", "50", service: "S3"),
                Self.budget(6_000, scope: "{services: [S3]}", alerts: "forecast"), now: "2026-10-20",
                says: "2026-09 closed 0, 30 of 30 days; 2026-10 open 150 to 750, 19 of 31 days: pass"),
            Member(
                "a service of eight days", old + Self.days("2026-10-12", "2026-10-19", "50", service: "S3"),
                Self.budget(6_000, scope: "{services: [S3]}", alerts: "forecast"), now: "2026-10-20",
                says: "2026-09 closed 0, 30 of 30 days; 2026-10 open 400 to 1000, 19 of 31 days: pass"),
        ])
    }
}
