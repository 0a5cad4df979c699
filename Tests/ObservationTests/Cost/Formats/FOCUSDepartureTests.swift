import CostModel
import Testing

@testable import Observation

@Suite("departures from FOCUS")
struct FOCUSDepartureTests {
    @Test("Oracle's report has the names of the preview, and adjustments that correct usage")
    func oracle() throws {
        let bill = try FormatFolder()
        let columns = [
            "BilledCost", "EffectiveCost", "BillingCurrency", "BillingPeriodStart", "ChargePeriodStart", "ChargeCategory", "Provider",
            "Region",
            "UsageQuantity", "UsageUnit", "oci_BackReferenceNumber",
        ]
        func row(_ cost: String, _ category: String, _ back: String) -> [String: String] {
            [
                "BilledCost": cost, "EffectiveCost": cost, "BillingCurrency": "USD", "BillingPeriodStart": "2026-10-01T00:00:00.000Z",
                "ChargePeriodStart": "2026-10-31T00:00:00.000Z", "ChargeCategory": category, "Provider": "Oracle", "Region": "eu-1",
                "oci_BackReferenceNumber": back,
            ]
        }
        try bill.write("o.csv", columns, [row("1", "Usage", ""), row("-2", "Adjustment", "7"), row("4", "Adjustment", "")])
        #expect(bill.lines("o.csv", by: [.provider, .region]) == ["Oracle eu-1 3"])
        let table = bill.reader("o.csv").bill(currency: .usd, tagKeys: [], bases: [.effective]).table
        #expect(table.lines.map { "\($0.key.category.name) \($0.amounts.billed)" }.sorted() == ["Adjustment 4", "Usage -1"])
    }

    @Test("Azure's export does not say what commitments list for, nor what blocks are contracted for")
    func azure() throws {
        let bill = try FormatFolder()
        let columns = [
            "BilledCost", "EffectiveCost", "ListCost", "ContractedCost", "BillingCurrency", "BillingPeriodStart", "ChargePeriodStart",
            "ChargeCategory", "ServiceName", "PublisherName", "x_PricingBlockSize",
        ]
        let row = [
            "BilledCost": "1", "EffectiveCost": "1", "ListCost": "0", "ContractedCost": "0.1", "BillingCurrency": "USD",
            "BillingPeriodStart": "2026-10-01T00:00Z", "ChargePeriodStart": "2026-10-31T00:00Z", "ChargeCategory": "Usage",
            "PublisherName": "Datadog", "x_PricingBlockSize": "10",
        ]
        try bill.write("a.csv", columns, [row])
        #expect(bill.lines("a.csv", by: [.service]) == ["Datadog 1"])
        #expect(bill.lines("a.csv", cost: .list).last?.contains("partial bad-row: ListCost: what it was cannot be told") == true)
        #expect(
            bill.lines("a.csv", cost: .contracted).last?.contains("partial bad-row: ContractedCost: what it was cannot be told") == true)
        #expect(bill.reader("a.csv").bill(currency: .usd, tagKeys: [], bases: [.effective]).bases == [.effective, .billed])
    }
}
