import CostModel
import TestSupport
import Testing

@testable import Observation

@Suite("what a unit costs by the bill")
struct BilledUnitTests {
    private static let head =
        "BilledCost,EffectiveCost,ContractedCost,BillingCurrency,BillingPeriodStart,ChargePeriodStart,ChargeCategory,ResourceId,SkuPriceId,"
        + "PricingCategory,PricingQuantity,PricingUnit,ConsumedQuantity,ConsumedUnit\n"

    private func row(
        _ day: String, _ cost: String, kind: String = "Standard", sku: String = "BOX", hours: String = "24", currency: String = "USD",
        category: String = "Usage"
    ) -> String {
        "\(cost),\(cost),\(cost),\(currency),\(day.prefix(7))-01T00:00:00Z,\(day)T00:00:00Z,\(category),i-1,\(sku),\(kind),\(hours),Hrs,86400,Seconds\n"
    }

    private func units(_ rows: String...) throws -> ObservedBill.Units {
        let folder = TemporaryDirectory()
        try folder.write(Self.head + rows.joined(), to: "bill.csv")
        let now = try #require(Instant("2026-11-01T00:00:00Z"))
        return BillReader(files: ["bill.csv"], directory: folder.path, now: now).bill(currency: .usd, tagKeys: [], bases: [], units: true)
            .units ?? .init()
    }

    @Test("is contracted cost over the priced quantity of on-demand charges, of the newest 28 days")
    func standard() throws {
        let found = try units(
            row("2026-10-30", "2.4"), row("2026-10-31", "2.4"),
            // Covered by a commitment, of a market that changes, a credit, and of long ago: none of them is a price of today.
            row("2026-10-31", "0.9", kind: "Committed"), row("2026-10-31", "0.3", kind: "Dynamic"),
            row("2026-10-31", "-1", category: "Credit"), row("2026-10-03", "99"), row("2026-07-01", "99"))
        #expect(found.lastDay == Day("2026-10-31"))
        #expect(
            found.byResource == [
                "i-1": [BilledUnit(sku: "BOX", unit: "Hrs", cost: FixedDecimal(exactly: "4.8")!, quantity: FixedDecimal(48), days: 2)]
            ])
    }

    @Test("is told apart by what it is for, and not known where a row does not say how much")
    func apart() throws {
        let found = try units(
            row("2026-10-31", "2.4"), row("2026-10-31", "1", sku: "DISK", hours: ""), row("2026-10-31", "5", currency: "EUR"))
        #expect(found.byResource["i-1"]?.map(\.sku) == ["BOX", "DISK"])
        // What was priced is not said: what was consumed stands in for it, in its own unit.
        #expect(found.byResource["i-1"]?.last?.unit == "Seconds")
    }
}
