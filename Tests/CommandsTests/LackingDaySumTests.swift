import CostModel
import JSON
import TestSupport
import Testing

@testable import Commands

/// What commands make of a bill that lacks days of one account, or of which something could not be read, and that has transfer and commitments.
@Suite("sums of transfer, commitments and resources beside a bill that lacks something")
struct LackingDaySumTests {
    private let estate: TemporaryRepository

    init() throws {
        estate = try UntaggedQueue.repository(bill: "bill.csv")
        try estate.write(
            "kind: Team\nmetadata: {name: search}\nspec: {owns: [{accounts: [\"444455556666\", \"111122223333\"]}]}\n---\n"
                + "kind: CommitmentPolicy\nmetadata: {name: commitments}\nspec: {minimumCoverage: 1%}\n---\n"
                + "kind: AnomalyPolicy\nmetadata: {name: spikes}\nspec: {minimumImpact: 10000 USD}\n---\n"
                + "kind: EgressPolicy\nmetadata: {name: egress}\nspec: {limits: {nat: 5000 USD}}\n", to: "policies/more.yaml")
    }

    /// September and October, by the day: NAT gateways, a plan of which three quarters are used, and another account.
    private static func bill(lacking lost: ClosedRange<String>? = nil) -> String {
        var text =
            "BilledCost,EffectiveCost,ListCost,ContractedCost,BillingCurrency,BillingPeriodStart,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,"
            + "ProviderName,RegionId,ResourceId,ServiceName,SubAccountId,Tags,SkuId,PricingCategory,CommitmentDiscountId,CommitmentDiscountType,"
            + "CommitmentDiscountCategory,CommitmentDiscountStatus,x_UsageType,x_Operation\n"
        for day in Day("2026-09-01")!...Day("2026-10-31")! {
            let head = "USD,\(day.month)-01T00:00:00Z,\(day)T00:00:00Z,\(day.advanced(by: 1))T00:00:00Z,Usage,AWS,us-east-1"
            let plan = "Committed,arn:aws:savingsplans::1:savingsplan/sp-1,Savings Plan,Spend"
            text += "5,5,5,5,\(head),q-1,SQS,111122223333,,Q,Standard,,,,,Requests,Send\n"
            guard lost.map({ !$0.contains("\(day)") }) ?? true else { continue }
            text += "0,3,4,4,\(head),i-1,EC2,444455556666,,K,\(plan),Used,BoxUsage,RunInstances\n"
            text += "0,1,0,0,\(head),,EC2,444455556666,,P,\(plan),Unused,,\n"
            text += "2,2,2,2,\(head),nat-1,VPC,444455556666,,N,Standard,,,,,NatGateway-Bytes,NatGateway\n"
        }
        return text
    }

    private func run(_ arguments: [String]) -> Said { Said(arguments + ["-C", estate.path, "--now", "2026-11-01T08:00:00Z"]) }

    private static let summing = [
        (["egress"], "28 days"), (["egress", "--period", "2026-10"], "31 days"), (["egress", "--period", "2026-10-12"], "1 day"),
        (["commitments"], "31 days"), (["commitments", "--period", "2026-10"], "31 days"),
    ]

    @Test("say which days they lack, in each form, and nothing where they lack none", arguments: summing)
    func days(arguments: [String], days: String) throws {
        let known = days == "1 day" ? 0 : (Int(days.prefix(2)) ?? 0) - 2
        for isWhole in [true, false] {
            try estate.write(Self.bill(lacking: isWhole ? nil : "2026-10-12"..."2026-10-13"), to: "bill.csv")
            let text = run(arguments).output
            #expect(text.contains("\(known) of \(days); missing: 2026-10-12") == !isWhole, "\(text)")
            #expect(!isWhole || !text.contains(" of \(days)"), "\(text)")
            let json = try JSONReader.read(Array(run(arguments + ["--format", "json"]).output.utf8))
            #expect(json["coverage"]["gap"].text == (isWhole ? nil : "the bill has \(known) of \(days)"), "\(json)")
            let rows = run(arguments + ["--format", "csv"]).output.split(whereSeparator: \.isNewline).dropFirst()
            #expect(
                rows.allSatisfy { $0.hasSuffix(isWhole ? "," : ",the bill has \(known) of \(days)") } && (!rows.isEmpty || days == "1 day"),
                "\(rows)")
        }
    }

    @Test("pass nothing where something of the bill could not be read, and fail what is seen all the same")
    func faults() throws {
        let rules = ["transfer-over-limit", "low-coverage", "cost-anomaly", "unowned-spend"]
        func results() throws -> [String?] {
            let findings = try JSONReader.read(Array(run(["check", "--format", "json"]).output.utf8))["findings"].items
            return rules.map { rule in findings.first { $0["rule"].text == rule }?["result"].text }
        }
        // What passes is not listed.
        try estate.write(Self.bill(), to: "bill.csv")
        #expect(try results() == [nil, nil, nil, nil])
        try estate.write(String(Self.bill().dropLast(40)), to: "bill.csv")
        #expect(try results() == rules.map { _ in "unknown" })
        try estate.write(
            "kind: EgressPolicy\nmetadata: {name: small}\nspec: {limits: {nat: 5 USD}}\n", to: "policies/small.yaml")
        #expect(try results()[0] == "fail")
    }

    @Test("of an inventory whose resources' costs are not known are no zero")
    func inventory() throws {
        try estate.write(Self.bill(), to: "bill.csv")
        #expect(run(["inventory"]).output.contains("1 resource · cost not known"))
    }
}
