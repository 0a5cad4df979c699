import CostModel
import Foundation
import JSON
import TestSupport
import Testing

@testable import Commands

@Suite("bursar report on a week or a month")
struct PeriodReportTests {
    private let estate: TemporaryRepository
    private static let header =
        "BilledCost,EffectiveCost,ListCost,ContractedCost,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,"
        + "ChargePeriodEnd,ChargeCategory,ChargeClass,ChargeDescription,ProviderName,RegionId,ResourceId,ResourceType,ServiceName,"
        + "SubAccountId,Tags,BillingAccountId\n"

    init() throws {
        estate = try UntaggedQueue.repository(bill: "bill.csv")
        try estate.write(
            "kind: Team\nmetadata: {name: search}\nspec: {owns: [{accounts: [\"444455556666\"]}]}\n---\n"
                + "kind: Team\nmetadata: {name: ops}\nspec: {owns: [{accounts: [\"111122223333\"]}]}\n---\n"
                + "kind: Allocation\nmetadata: {name: shared}\nspec: {scope: {unowned: true}, split: {fixed: {search: 25%, ops: 50%}}}\n---\n"
                + "kind: Budget\nmetadata: {name: ops}\nspec: {scope: {team: ops}, period: monthly, amount: 900 USD}\n",
            to: "policies/more.yaml")
        try write(days: 26...32)
    }

    /// A row for each account and day of October, where the 32nd is the first of November.
    private func write(days: ClosedRange<Int>) throws {
        var text = Self.header
        for number in days {
            let day = Day(year: 2026, month: 10, day: 1).advanced(by: number - 1)
            let month = (day.month.firstDay, day.month.advanced(by: 1).firstDay)
            for (account, cost) in [("444455556666", "10"), ("111122223333", "20"), ("999900001111", "8.101")] {
                text +=
                    "\(cost),\(cost),\(cost),\(cost),USD,\(month.0)T00:00:00Z,\(month.1)T00:00:00Z,\(day)T00:00:00Z,"
                    + "\(day.advanced(by: 1))T00:00:00Z,Usage,,requests,AWS,us-east-1,,,Amazon Simple Queue Service,\(account),,999900001111\n"
            }
        }
        try estate.write(text, to: "bill.csv")
    }

    private func report(_ arguments: String...) -> Said {
        Said(["report", "-C", estate.path, "--now", "2026-11-02T08:00:00Z"] + arguments)
    }

    @Test("a statement's lines add up to the team's sum, and all of them to the bill, to the last digit")
    func exact() throws {
        let rows = report("--weekly", "--format", "csv").output.split(separator: "\r\n").dropFirst().map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        var sums: [String: FixedDecimal] = [:]
        for row in rows { sums[row[2], default: .zero] += try FixedDecimal(row[6]) }
        #expect(sums.mapValues(\.description) == ["ops": "168.3535", "search": "84.17675", "": "14.17675"])
        #expect(sums.values.reduce(.zero, +).description == "266.707")
        #expect(
            rows.map { "\($0[2]) \($0[3])" } == [
                "ops direct", "ops shared", "search direct", "search shared", " direct", " given", " given",
            ])
        let document = try JSONReader.read(Array(report("--weekly", "--format", "json").output.utf8))
        #expect(document["sections"].items.map { $0["statement"]["total"].text } == ["14.17675", "168.3535", "0", "84.17675"])
    }

    @Test("it says what was spent against budgets, what is not known without a ledger, and where each line comes from")
    func text() {
        let said = report("--weekly")
        #expect(said.code == 0, "\(said)")
        for line in [
            "all teams · the week of 2026-10-26", "  spent 266.71 USD\n", "  verified savings: not known\n",
            "  findings: what opened and was fixed is not known\n",
            "  shared  shared, from what is nobody's", "bursar explain Allocation/shared",
            "bursar cost --by team,service,resource --period 2026-10-26..2026-11-01", "budget 'ops' in 2026-11: 20.00 USD of 900.00 USD",
        ] { #expect(said.output.contains(line), "\(line) is not in\n\(said.output)") }
        let one = report("--weekly", "--team", "search").output
        #expect(one.contains("search · the week") && !one.contains("all teams") && !one.contains("ops · "))
    }

    @Test("days that the bill lacks make the spend unknown and the statement a part, never zero")
    func gap() throws {
        try write(days: 26...31)
        let said = report("--weekly")
        #expect(said.output.contains("spend is not known: the bill has 6 of 7 days"), "\(said)")
        #expect(said.output.contains("144.303 USD  a part: the bill has 6 of 7 days"), "\(said)")
        #expect(report("--monthly").output.contains("spend is not known: the bill has 6 of 31 days"))
    }

    @Test("for mail it loads nothing and runs nothing")
    func mail() {
        let page = report("--weekly", "--format", "html").output
        #expect(page.hasPrefix("<!doctype html>"))
        for word in ["<script", "<link", "<style", "src=", "http", "class="] { #expect(!page.contains(word), "\(word)") }
        #expect(page.contains("<td style=\"text-align:right;") && page.contains("168.3535 USD"))
    }

    @Test(
        "says what it needs",
        arguments: [
            ["--weekly", "--monthly"], ["--weekly", "--out", "x"], ["--format", "csv"], ["--team", "search"],
            ["--weekly", "--team", "serch"],
        ])
    func usage(arguments: [String]) {
        let said = Said(["report", "-C", estate.path, "--now", "2026-11-02T08:00:00Z"] + arguments)
        #expect(said.code == 2 && said.output.isEmpty, "\(said)")
        if arguments.last == "serch" { #expect(said.error.contains("did you mean 'search'?")) }
    }

    @Test("an allocation is explained by what it says and what it gave of late")
    func allocation() {
        let said = Said(["explain", "Allocation/shared", "-C", estate.path, "--now", "2026-11-02T08:00:00Z"])
        #expect(said.output.contains("2026-10") && said.output.contains("24.303 USD, from what is nobody's"), "\(said)")
    }
}
