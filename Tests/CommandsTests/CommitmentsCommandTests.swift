import CostModel
import JSON
import TestSupport
import Testing

@testable import Commands

@Suite("bursar commitments and egress")
struct CommitmentsCommandTests {
    private let estate: TemporaryRepository

    /// September and October by the hour: a plan of 1 USD an hour of which 0.7 is used, 10 USD an hour on demand, and NAT gateways by the day.
    init() throws {
        estate = try UntaggedQueue.repository(bill: "bill.csv")
        try estate.write(
            "kind: Team\nmetadata: {name: search}\nspec: {owns: [{accounts: [\"444455556666\"]}]}\n---\n"
                + "kind: CommitmentPolicy\nmetadata: {name: commitments}\nspec:\n  minimumCoverage: 70%\n  minimumUtilization: 95%\n  expiresWithin: 30d\n"
                + "  ends: [{commitment: sp-1, on: 2026-11-11}]\n---\n"
                + "kind: EgressPolicy\nmetadata: {name: egress}\nspec: {limits: {nat: 50 USD}}\n",
            to: "policies/more.yaml")
        var text =
            "BilledCost,EffectiveCost,ListCost,ContractedCost,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,"
            + "ChargePeriodEnd,ChargeCategory,ProviderName,RegionId,ResourceId,ServiceName,SubAccountId,Tags,SkuId,PricingCategory,"
            + "CommitmentDiscountId,CommitmentDiscountType,CommitmentDiscountCategory,CommitmentDiscountStatus,x_UsageType,x_Operation\n"
        func time(_ hour: Int) -> String { "\(Instant(seconds: Int64(hour) * 3_600))" }
        for day in Day("2026-09-01")!...Day("2026-10-31")! {
            let month = "\(day.month)"
            let period = "\(month)-01T00:00:00Z,\(month == "2026-09" ? "2026-10" : "2026-11")-01T00:00:00Z"
            for hour in Int(day.number) * 24..<Int(day.number) * 24 + 24 {
                let head = "USD,\(period),\(time(hour)),\(time(hour + 1)),Usage,AWS,us-east-1"
                let plan = "Committed,arn:aws:savingsplans::1:savingsplan/sp-1,Savings Plan,Spend"
                text += "0,0.7,1,1,\(head),i-1,EC2,444455556666,,K,\(plan),Used,BoxUsage,RunInstances\n"
                text += "0,0.3,0,0,\(head),sp-1,EC2,999900001111,,P,\(plan),Unused,,\n"
                text += "10,10,10,10,\(head),i-2,EC2,444455556666,,K,Standard,,,,,BoxUsage,RunInstances\n"
            }
            let (start, end) = (Int(day.number) * 24, Int(day.number) * 24 + 24)
            text += "2,2,2,2,USD,\(period),\(time(start)),\(time(end)),Usage,AWS,us-east-1,nat-1,VPC,444455556666,,N,Standard,,,,,"
            text += "NatGateway-Bytes,NatGateway\n"
        }
        try estate.write(text, to: "bill.csv")
    }

    private func run(_ arguments: String...) -> Said { Said(arguments + ["-C", estate.path, "--now", "2026-11-01T08:00:00Z"]) }

    @Test("commitments says what is used, what of it is not and whose, and what more to commit to")
    func commitments() throws {
        let document = try JSONReader.read(Array(run("commitments", "--format", "json").output.utf8))
        #expect((document["from"].text, document["to"].text) == ("2026-10-01", "2026-10-31"))
        let plan = try #require(document["commitments"].items.first)
        #expect((plan["used"].text, plan["unused"].text, plan["utilization"].text) == ("520.8", "223.2", "0.7"))
        #expect(plan["unusedBy"].items.first?["team"].text == "search")
        #expect((plan["savings"].text, plan["ends"].text) == ("0", "2026-11-11"))
        #expect(document["total"]["coverage"].text == "0.090909090909090909")
        let proposal = try #require(document["proposals"].items.first)
        #expect((proposal["rate"].text, proposal["rateFrom"].text) == ("0.7", "bill"))
        #expect(abs((Double(proposal["perHour"].text ?? "") ?? 0) - 7) < 1e-9)
        #expect(proposal["steps"].items.count == 4)
        // 3 of 10 USD in each of 672 hours.
        #expect(abs((Double(proposal["savings28Days"].text ?? "") ?? 0) - 2_016) < 1e-6)
        #expect(proposal["breakEvenMonths"].text == "8.4")
    }

    @Test("its text and its table for a spreadsheet name the commitment, its end, the team and the next purchase")
    func text() {
        let said = run("commitments").output
        for words in ["sp-1", "Savings Plan", "70.0%", "2026-11-11", "search", "commit to 7.0000 USD/h more, in 4 steps of 1.7500 USD/h"] {
            #expect(said.contains(words), "\(words)")
        }
        #expect(run("commitments", "--format", "csv").output.hasPrefix("part,name,type,used,"))
    }

    @Test("check finds low coverage, what nobody uses, the end, and transfer above its limit")
    func check() throws {
        let document = try JSONReader.read(Array(run("check", "--format", "json").output.utf8))
        let found = document["findings"].items.filter { $0["result"].text == "fail" }.compactMap { $0["rule"].text }
        for rule in ["low-coverage", "unused-commitment", "ending-commitment", "transfer-over-limit"] { #expect(found.contains(rule)) }
    }

    @Test("egress says what transfer costs, by team and kind")
    func egress() throws {
        let document = try JSONReader.read(Array(run("egress", "--format", "json", "--period", "2026-10").output.utf8))
        let row = try #require(document["rows"].items.first)
        #expect((row["team"].text, row["kind"].text, row["amount"].text) == ("search", "nat", "62"))
        #expect(row["resources"].items.first?["resource"].text == "nat-1")
        #expect((document["kinds"]["internet"].text, document["total"].text) == ("0", "62"))
        #expect(run("egress").output.contains("nat-1"))
    }

    @Test("months are judged whole, and a policy is named as it is called")
    func usage() {
        let half = run("commitments", "--period", "2026-10-05")
        #expect(half.code == 2)
        #expect(half.error.contains("commitments are judged by whole months"))
        #expect(run("commitments", "--policy", "comitments").error.contains("did you mean 'commitments'?"))
    }
}
