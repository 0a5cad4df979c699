import CostModel
import TestSupport
import Testing

@testable import Observation

@Suite("terms and transfer on a bill")
struct TermsTests {
    private func table(_ text: String, transfer: Bool = false, terms: Bool = false) throws -> CostTable {
        let folder = TemporaryDirectory()
        try folder.write(text, to: "bill.csv")
        let reader = BillReader(files: ["bill.csv"], directory: folder.path, now: Instant("2026-11-02T00:00:00Z")!)
        let bill = reader.bill(currency: .usd, tagKeys: [], bases: [], terms: terms, transfer: transfer)
        #expect(bill.problems.filter { $0.severity == .partial } == [])
        return bill.table
    }

    private static let focus =
        "BilledCost,EffectiveCost,ListCost,ContractedCost,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,ChargePeriodEnd,"
        + "ChargeCategory,ProviderName,RegionId,ResourceId,ServiceName,SubAccountId,SkuId,Tags"

    private func row(_ amount: Int, _ more: String, service: String = "S", hour: Int = 0, category: String = "Usage") -> String {
        let (start, end) = (hour < 10 ? "0\(hour)" : "\(hour)", hour < 9 ? "0\(hour + 1)" : "\(hour + 1)")
        return "\(amount),\(amount),\(amount),\(amount),USD,2026-10-01T00:00:00Z,2026-11-01T00:00:00Z,2026-10-05T\(start):00:00Z,"
            + "2026-10-05T\(end):00:00Z,\(category),AWS,us-east-1,r,\(service),1,K,,\(more)\n"
    }

    @Test("FOCUS says what was used of a commitment, what was not, and what was charged on demand")
    func terms() throws {
        let text =
            Self.focus
            + ",PricingCategory,CommitmentDiscountId,CommitmentDiscountType,CommitmentDiscountCategory,CommitmentDiscountStatus\n"
            + row(1, "Committed,sp-1,Savings Plan,Spend,Used") + row(2, "Committed,sp-1,Savings Plan,Spend,Unused")
            + row(4, "Standard,,,,") + row(8, "Dynamic,,,,") + row(16, "Committed,sp-1,Savings Plan,Spend,") + row(32, ",,,,")
        let table = try table(text, terms: true)
        #expect(table.tellsTerms)
        var sums: [ChargeTerms: FixedDecimal] = [:]
        for line in table.lines { sums[table.terms[Int(line.key.terms)], default: .zero] += line.amounts.effective }
        let plan = ChargeTerms(commitment: "sp-1", type: "Savings Plan", category: "Spend")
        func with(_ pricing: ChargeTerms.Pricing) -> ChargeTerms {
            var terms = plan
            terms.pricing = pricing
            return terms
        }
        #expect(
            sums == [
                with(.used): FixedDecimal(1), with(.unused): FixedDecimal(2), ChargeTerms(pricing: .onDemand): FixedDecimal(4),
                ChargeTerms(pricing: .dynamic): FixedDecimal(8), with(.unstated): FixedDecimal(16), ChargeTerms(): FixedDecimal(32),
            ])
        #expect(try self.table(text).lines.count == 1)
    }

    @Test("AWS's report says it by the types of its lines")
    func report() throws {
        let head =
            "lineItem/LineItemType,lineItem/UnblendedCost,bill/BillingPeriodStartDate,lineItem/UsageStartDate,lineItem/UsageEndDate,"
            + "lineItem/UsageAccountId,lineItem/CurrencyCode,lineItem/UsageType,lineItem/ResourceId,product/ProductName,"
            + "pricing/publicOnDemandCost,savingsPlan/SavingsPlanARN,savingsPlan/SavingsPlanEffectiveCost,"
            + "savingsPlan/TotalCommitmentToDate,savingsPlan/UsedCommitment,reservation/ReservationARN,reservation/EffectiveCost\n"
        func line(_ type: String, _ cost: String, _ usage: String, _ rest: String) -> String {
            "\(type),\(cost),2026-10-01T00:00:00Z,2026-10-05T00:00:00Z,2026-10-05T01:00:00Z,1,USD,\(usage),i-1,EC2,\(rest)\n"
        }
        let table = try table(
            head + line("SavingsPlanCoveredUsage", "3", "BoxUsage", "3,plan-1,2,,,,")
                + line("SavingsPlanNegation", "-3", "BoxUsage", ",plan-1,,,,,")
                + line("SavingsPlanRecurringFee", "9", "SP", ",plan-1,,9,2,,") + line("DiscountedUsage", "0", "BoxUsage", "4,,,,,ri-1,1")
                + line("Usage", "5", "BoxUsage", "5,,,,,,") + line("Usage", "1", "SpotUsage:m5", "5,,,,,,")
                + line("Refund", "-2", "BoxUsage", ",,,,,,"), terms: true)
        var sums: [String: FixedDecimal] = [:]
        for line in table.lines {
            let terms = table.terms[Int(line.key.terms)]
            sums["\(line.key.category) \(terms.pricing) \(terms.commitment)", default: .zero] += line.amounts.effective
        }
        #expect(
            sums == [
                "usage used plan-1": FixedDecimal(2), "usage unused plan-1": FixedDecimal(7), "purchase unstated plan-1": .zero,
                "usage used ri-1": FixedDecimal(1), "usage onDemand ": FixedDecimal(3), "usage dynamic ": FixedDecimal(1),
            ])
    }

    @Test("what is charged on demand is known by the hour where rows are of hours")
    func hours() throws {
        let folder = TemporaryDirectory()
        let day = row(7, "Standard").replacing("2026-10-05T01:00:00Z", with: "2026-10-06T00:00:00Z")
        try folder.write(
            Self.focus + ",PricingCategory\n" + row(1, "Standard", hour: 3) + row(2, "Standard", hour: 3) + row(5, "Dynamic", hour: 3)
                + day,
            to: "bill.csv")
        let reader = BillReader(files: ["bill.csv"], directory: folder.path, now: Instant("2026-11-02T00:00:00Z")!)
        let date = Day("2026-10-05")!
        let use = reader.onDemandUse(currency: .usd, days: date..<date.advanced(by: 1)).services[.init(provider: "AWS", name: "S")]
        #expect(use?.hours == [date.number * 24 + 3: FixedDecimal(3)])
        #expect(use?.days == [date: FixedDecimal(7)])
    }

    /// What says each kind, in AWS's words; some fit several kinds, and the first in order counts.
    private static let planted: [(TransferKind, usage: String, operation: String, service: String)] = [
        (.peering, "USE1-DataTransfer-Regional-Bytes", "VPCPeering-In", "Amazon Elastic Compute Cloud"),
        (.peering, "DataTransfer-Out-Bytes", "VPCPeering-Out", "Amazon Elastic Compute Cloud"),
        (.vpn, "DataTransfer-Out-Bytes", "CreateVpnConnection", "Amazon Virtual Private Cloud"),
        (.interRegion, "EUC1-USE1-AWS-Out-Bytes", "RunInstances", "AWS Data Transfer"),
        (.interRegion, "S3RTC-Out-Bytes", "S3RTC", "Amazon Simple Storage Service"),
        (.directConnect, "USE1-DataXfer-Out:dc.1", "", "Amazon Elastic Compute Cloud"),
        (.directConnect, "PortUsage:1G", "CreateConnection", "AWS Direct Connect"),
        (.cdn, "EU-DataTransfer-Out-Bytes", "GET", "Amazon CloudFront"),
        (.internet, "APS1-DataTransfer-Out-Bytes", "RunInstances", "AWS Data Transfer"),
        (.internet, "EU-S3G-DataTransfer-Out-ABytes", "", "Amazon Simple Storage Service"),
        (.interZone, "DataTransfer-Regional-Bytes", "InterZone-Out", "AWS Data Transfer"),
        (.transitGateway, "EUW1-TransitGateway-Bytes", "TransitGatewayVPC", "Amazon Virtual Private Cloud"),
        (.nat, "NatGateway-Bytes", "NatGateway", "Amazon Elastic Compute Cloud"),
        (.unknown, "VpcEndpoint-Bytes", "VpcEndpoint", "Amazon Virtual Private Cloud"),
        (.notTransfer, "BoxUsage:m5.large", "RunInstances", "Amazon Elastic Compute Cloud"),
        (.notTransfer, "NatGateway-Hours", "NatGateway", "Amazon Elastic Compute Cloud"),
        (.notTransfer, "DataProcessing-Bytes", "PutLogEvents", "AmazonCloudWatch"),
        (.notTransfer, "TimedStorage-ByteHrs", "", "Amazon Simple Storage Service"),
    ]

    @Test("on 20 random bills every dollar of transfer is of its kind", arguments: 1...20)
    func kinds(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var expected: [TransferKind: FixedDecimal] = [:]
        var text = Self.focus + ",x_UsageType,x_Operation\n"
        for _ in 0..<200 {
            let (kind, usage, operation, service) = Self.planted[Int.random(in: Self.planted.indices, using: &random)]
            let amount = Int.random(in: 1...10_000, using: &random)
            expected[kind, default: .zero] += FixedDecimal(amount)
            text += row(amount, "\(usage),\(operation)", service: service, hour: Int.random(in: 0...22, using: &random))
        }
        let table = try table(text, transfer: true)
        var sums: [TransferKind: FixedDecimal] = [:]
        for line in table.lines { sums[table.terms[Int(line.key.terms)].transfer, default: .zero] += line.amounts.effective }
        #expect(sums == expected)
        #expect(table.tellsTransfer)
    }

    @Test("a bill whose rows say nothing of it is not taken for one without transfer")
    func silent() throws {
        let text = Self.focus + "\n" + row(5, "").replacing(",\n", with: "\n")
        #expect(try !table(text, transfer: true).tellsTransfer)
    }

    @Test(
        "meters, SKUs and descriptions of others say it in words",
        arguments: [
            ("Virtual Machines", "Bandwidth Rtn Preference: MGN Standard Data Transfer Out", TransferKind.internet),
            ("Virtual Machines", "Bandwidth Inter-Region Intra Continent Data Transfer Out", .interRegion),
            ("Virtual Machines", "Bandwidth Standard Inter-Availability Zone Data Transfer", .interZone),
            ("Virtual Network", "Virtual Network Peering Intra-Region Egress", .peering),
            ("NAT Gateway", "NAT Gateway Standard Data Processed", .nat),
            ("ExpressRoute", "ExpressRoute Metered Data Data Transfer Out", .directConnect),
            ("Networking", "Network Internet Data Transfer Out from Americas to EMEA", .internet),
            ("Compute Engine", "Network Inter Zone Data Transfer Out", .interZone),
            ("Compute Engine", "Network Inter Region Egress from Americas to Europe", .interRegion),
            ("Cloud CDN", "Networking Cloud CDN Traffic Cache Data Transfer to Europe", .cdn),
            ("Networking", "Networking Cloud NAT Data Processing", .nat), ("Networking", "Outbound Data Transfer Zone 1", .internet),
            ("Log Analytics", "Log Analytics Pay-as-you-go Data Ingestion", .notTransfer),
            ("Cloud Logging", "Log data processing", .notTransfer),
            ("Bandwidth", "", .unknown), ("Virtual Machines", "D2s v5", .notTransfer),
        ])
    func words(service: String, meter: String, kind: TransferKind) {
        #expect(TransferRules.kind(of: .init(service: service, meter: meter)) == kind)
        #expect(TransferRules.kind(of: .init(service: service, description: meter)) == kind)
    }
}
