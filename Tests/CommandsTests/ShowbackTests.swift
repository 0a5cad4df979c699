import Foundation
import JSON
import TestSupport
import Testing

@testable import Commands

@Suite("bursar cost --showback")
struct ShowbackTests {
    private let estate: TemporaryRepository

    init() throws {
        estate = try UntaggedQueue.repository(bill: "bill.csv")
        try estate.write(
            "kind: Team\nmetadata: {name: search}\nspec: {owns: [{accounts: [\"444455556666\"]}]}\n---\n"
                + "kind: Team\nmetadata: {name: ops}\nspec: {owns: [{accounts: [\"111122223333\"]}]}\n---\n"
                + "kind: Allocation\nmetadata: {name: shared}\nspec: {scope: {unowned: true}, split: {fixed: {search: 25%, ops: 50%}}}\n",
            to: "policies/more.yaml")
        var text =
            "BilledCost,EffectiveCost,ListCost,ContractedCost,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,"
            + "ChargePeriodEnd,ChargeCategory,ChargeClass,ChargeDescription,ProviderName,RegionId,ResourceId,ResourceType,ServiceName,"
            + "SubAccountId,Tags,BillingAccountId\n"
        for (account, cost) in [("444455556666", "10"), ("111122223333", "20"), ("999900001111", "8.10")] {
            text +=
                "\(cost),\(cost),\(cost),\(cost),USD,2026-10-01T00:00:00Z,2026-11-01T00:00:00Z,2026-10-31T00:00:00Z,2026-11-01T00:00:00Z,"
                + "Usage,,requests,AWS,us-east-1,,,Amazon Simple Queue Service,\(account),,999900001111\n"
        }
        try estate.write(text, to: "bill.csv")
    }

    private func run(_ arguments: String...) -> Said {
        Said(["cost", "--showback", "-C", estate.path, "--now", "2026-11-01T08:00:00Z"] + arguments)
    }

    @Test("tells direct, given and received cost apart, and names the rule of every share")
    func text() {
        let said = run()
        #expect(said.code == 0)
        #expect(
            said.output == """
                  team         direct  given  received   total
                  ops          $20.00      –     $4.05  $24.05
                  search       $10.00      –     $2.02  $12.02
                  unallocated   $8.10  $6.08         –   $2.02

                  by      from         to      share
                  shared  unallocated  ops     $4.05
                  shared  unallocated  search  $2.02

                $38.10 · 2026-10-31 to 2026-10-31, effective cost by charge day · 1 of 1 day

                """, "\(said)")
    }

    @Test("its numbers are exact for programs")
    func programs() throws {
        let document = try JSONReader.read(Array(run("--format", "json", "--by", "month").output.utf8))
        #expect(document["rows"].items.map { $0["total"].text ?? "" } == ["24.05", "12.025", "2.025"])
        #expect(document["rows"].items.map { $0["time"].text ?? "" } == ["2026-10", "2026-10", "2026-10"])
        #expect(document["shares"].items.map { $0["allocation"].text ?? "" } == ["shared", "shared"])
        #expect(document["total"].text == "38.1")
        #expect(
            run("--format", "csv").output
                == "team,direct,given,received,total,currency,daysKnown,days,gap\r\nops,20,0,4.05,24.05,USD,1,1,\r\nsearch,10,0,2.025,12.025,USD,1,1,\r\n"
                + ",8.1,6.075,0,2.025,USD,1,1,\r\n")
    }

    @Test("goes by teams and days, and by the workspace's bill alone", arguments: [["--by", "service"], ["--cost", "list"]])
    func refused(arguments: [String]) {
        let said = Said(["cost", "--showback", "-C", estate.path, "--now", "2026-11-01T08:00:00Z"] + arguments)
        #expect(said.code == 2 && said.output.isEmpty)
    }

    private func withOrders(_ orders: String) throws {
        try estate.write("kind: Metric\nmetadata: {name: orders}\nspec: {paths: [orders.csv], unit: order}\n", to: "policies/orders.yaml")
        try estate.write(orders, to: "orders.csv")
    }

    @Test("unit costs are of the days that both sides have")
    func perOrder() throws {
        try withOrders("day,key,value\n2026-10-31,search,4000\n2026-10-31,ops,1\n")
        let places = ["-C", estate.path, "--now", "2026-11-01T08:00:00Z"]
        let said = Said(["cost", "--per", "orders", "--by", "team,month"] + places)
        #expect(
            said.output == """
                  team    month      cost  orders     per order  change  days
                  ops     2026-10  $20.00       1     20.00 USD       –     1
                  search  2026-10  $10.00   4,000  0.002500 USD       –     1

                effective cost of days that are whole on the bill and counted by the metric

                """, "\(said)")
        let all = try JSONReader.read(Array(Said(["cost", "--per", "orders", "--format", "json"] + places).output.utf8))
        #expect(all["rows"].items.map { $0["unitCost"].text ?? "" } == ["0.009522619345163709"])
        let unknown = Said(["cost", "--per", "order"] + places)
        #expect(unknown.code == 2 && unknown.error.contains("there is no metric 'order'; did you mean 'orders'?"))
    }

    @Test("what no side knows of a time is no zero")
    func unknownTime() throws {
        try withOrders("day,key,value\n2026-10-30,search,4000\n")
        let places = ["-C", estate.path, "--now", "2026-11-01T08:00:00Z"]
        let text = Said(["cost", "--per", "orders"] + places)
        #expect(text.output.contains("2026-10     –       –          –       –  0 of 1") && !text.output.contains("$0.00"), "\(text)")
        let row = try #require(
            JSONReader.read(Array(Said(["cost", "--per", "orders", "--format", "json"] + places).output.utf8))["rows"].items.first)
        #expect(row["amount"] == .null && row["count"] == .null && row["unitCost"] == .null)
        #expect(Said(["cost", "--per", "orders", "--format", "csv"] + places).output.hasSuffix("2026-10,,USD,,,0,1,\r\n"))
    }

    @Test("a metric that cannot be read is no zero: the exit code is 3")
    func tornMetric() throws {
        try withOrders("day,key,value\n2026-10-31,search,many\n")
        let said = Said(["cost", "--per", "orders", "-C", estate.path, "--now", "2026-11-01T08:00:00Z"])
        #expect(said.code == 3 && said.output.contains("expected a number from zero, found 'many'"), "\(said)")
    }
}
