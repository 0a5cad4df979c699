import Foundation
import JSON
import TestSupport
import Testing

@testable import Commands

/// A workspace whose bill of five months has SKUs and quantities, and something unusual at its end.
@Suite("forecasts and unusual cost at the command line")
struct ForecastCommandTests {
    private let estate: TemporaryRepository

    init() throws {
        estate = try UntaggedQueue.repository(bill: "bill.csv")
        try estate.write(
            "kind: Team\nmetadata: {name: search}\nspec: {owns: [{accounts: [\"444455556666\"]}]}\n---\n"
                + "kind: AnomalyPolicy\nmetadata: {name: unusual-cost}\nspec: {minimumImpact: 50 USD, severity: high}\n---\n"
                + "kind: Budget\nmetadata: {name: search-monthly}\nspec:\n  scope: {team: search}\n  amount: 3500 USD\n"
                + "  plan: [{from: 2026-10-28, change: +25 USD/day, why: a second index}]\n",
            to: "policies/more.yaml")
        var text =
            "BilledCost,EffectiveCost,ListCost,ContractedCost,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,"
            + "ChargePeriodEnd,ChargeCategory,ChargeClass,ChargeDescription,ProviderName,RegionId,ResourceId,ResourceType,ServiceName,"
            + "SubAccountId,Tags,BillingAccountId,SkuId,ConsumedQuantity,ConsumedUnit\n"
        var calendar = Calendar(identifier: .iso8601)
        calendar.timeZone = .gmt
        var day = Date(timeIntervalSince1970: 1_780_272_000)  // 2026-06-01
        let end = Date(timeIntervalSince1970: 1_792_800_000)  // 2026-10-24
        while day < end {
            let parts = calendar.dateComponents([.year, .month, .day], from: day)
            func date(_ year: Int, _ month: Int, _ day: Int) -> String { String(format: "%04d-%02d-%02dT00:00:00Z", year, month, day) }
            let (year, month, number) = (parts.year ?? 0, parts.month ?? 0, parts.day ?? 0)
            let next = calendar.dateComponents([.year, .month, .day], from: day.addingTimeInterval(86_400))
            let price = day >= Date(timeIntervalSince1970: 1_792_281_600) ? 150.0 : 100  // from 2026-10-18
            text +=
                "\(price),\(price),\(price),\(price),USD,\(date(year, month, 1)),\(date(year, month + 1, 1)),\(date(year, month, number)),"
                + "\(date(next.year ?? 0, next.month ?? 0, next.day ?? 0)),Usage,,an index,AWS,us-east-1,i-1,,Search,444455556666,,"
                + "999900001111,SKU1,24,Hours\n"
            day.addTimeInterval(86_400)
        }
        try estate.write(text, to: "bill.csv")
    }

    private func run(_ arguments: String...) -> Said { Said(arguments + ["-C", estate.path, "--now", "2026-10-24T08:00:00Z"]) }

    @Test("check lists the event with its causes, rate and usage apart, and makes it a finding")
    func anomalies() throws {
        let document = try JSONReader.read(Array(run("check", "--format", "json").output.utf8))
        let anomaly = try #require(document["anomalies"].items.first)
        #expect(document["anomalies"].items.count == 1)
        #expect(anomaly["id"].text == "unusual-cost/search/2026-10-18")
        #expect(anomaly["kind"].text == "rate")
        #expect((anomaly["end"], anomaly["running"]) == (.null, .bool(true)))
        #expect(anomaly["impact"]["amount"].text == "300")
        #expect(anomaly["expected"]["amount"].text == "600")
        let cause = try #require(anomaly["causes"].items.first)
        #expect(cause["key"]["sku"].text == "SKU1")
        #expect(cause["key"]["resource"].text == "i-1")
        #expect((cause["rate"]["amount"].text, cause["usage"]["amount"].text) == ("300", "0"))
        let finding = try #require(document["findings"].items.first { $0["rule"].text == "cost-anomaly" })
        #expect(finding["result"].text == "fail")
        #expect(finding["subject"].text == "search/2026-10-18")
    }

    @Test("forecast says what the month will cost, and until when and by what is asked")
    func forecast() throws {
        let document = try JSONReader.read(Array(run("forecast", "--format", "json").output.utf8))
        let period = try #require(document["periods"].items.first { $0["key"]["team"].text == "search" })
        let expected = try #require(Double(period["expected"].text ?? ""))
        #expect(period["period"].text == "2026-10")
        // 17 days at 100 and 6 at 150 are there; the other 8 cost something between.
        #expect(period["actual"].text == "2600")
        #expect(expected > 3400 && expected < 3800)
        #expect(document["from"].text == "2026-10-22")
        let text = run("forecast", "--by", "service", "--until", "2026-11-30")
        #expect(text.code == 0 && text.output.contains("Search") && text.output.contains("2026-11"), "\(text)")
        let header = "period,team,actual,expected,low,high,currency,daysKnown,days,gap\r\n2026-10,"
        #expect(run("forecast", "--format", "csv").output.hasPrefix(header))
    }

    @Test("forecast of a budget stands beside its amount, with what is announced")
    func budget() throws {
        let document = try JSONReader.read(Array(run("forecast", "--budget", "search-monthly", "--format", "json").output.utf8))
        let period = try #require(document["periods"].items.first)
        #expect(period["amount"]["amount"].text == "3500")
        #expect(period["parts"]["announced"].text == "100")
        #expect(document["budget"].text == "search-monthly")
    }

    @Test(
        "what cannot be forecast is refused, with why",
        arguments: [
            (["--until", "2026-10-23"], "must be a day from 2026-10-24 on"), (["--until", "2028-01-01"], "within 400 days"),
            (["--budget", "search-montly"], "did you mean 'search-monthly'?"), (["--by", "day"], "words such as team,service"),
        ])
    func refused(_ arguments: [String], _ message: String) {
        let said = Said(["forecast", "-C", estate.path, "--now", "2026-10-24T08:00:00Z"] + arguments)
        #expect(said.code == 2 && said.output.isEmpty)
        #expect(said.error.contains(message), "\(said)")
    }
}
