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

    @Test("is the same where an engine has added the rows up: it is asked for prices and quantities, and tells kinds of prices apart")
    func engine() throws {
        var engine = try EngineBill()
        let reader = BillReader(sources: [engine.source()], directory: engine.bill.folder.path, now: engine.bill.now)
        let query = reader.judgingQuery(currency: .usd, tagKeys: [], bases: [])
        engine.question = EngineQuestion(query, units: true, missing: engine.source().table?.missing ?? [])
        let statement = EngineStatement(engine.question, of: try #require(engine.source().table), today: engine.bill.now.day)
        for column in ["PricingQuantity", "PricingUnit", "PricingCategory", "SkuPriceId", "ContractedCost"] {
            #expect(statement.text.contains("\"\(column)\""), "\(column)")
        }
        func row(_ day: String, _ cost: String, kind: String = "Standard", charges: Int = 24) -> [String] {
            engine.row(
                [
                    "k_ChargePeriodStart": day, "k_ChargePeriodEnd": day, "k_ResourceId": "i-1", "k_SkuPriceId": "BOX",
                    "k_PricingUnit": "Hrs", "k_PricingCategory": kind, "has_ListCost": "1", "has_ContractedCost": "1",
                    "has_PricingQuantity": "1", "has_ConsumedQuantity": "0", "s_ListCost": cost, "s_ContractedCost": cost,
                    "s_PricingQuantity": "24",
                ], billed: cost, effective: cost, charges: charges)
        }
        let total = [
            "part": "total", "checks": EngineStatement.soundChecks, "charges": "72", "s_BilledCost": "5.7", "s_EffectiveCost": "5.7",
            "s_ListCost": "5.7", "s_ContractedCost": "5.7", "s_PricingQuantity": "72",
        ]
        let rows = [
            row("2026-10-30", "2.4"), row("2026-10-31", "2.4"), row("2026-10-31", "0.9", kind: "Committed"),
            engine.question.fields.map { total[$0] ?? "" },
        ]
        let asking = BillReader(
            sources: [engine.source()], directory: engine.bill.folder.path, now: engine.bill.now,
            clients: EngineClients([try engine.client(answering: engine.csv(rows))], environment: [:]))
        let bill = asking.bill(currency: .usd, tagKeys: [], bases: [], units: true)
        #expect(bill.problems.map(\.message) == [])
        #expect(
            bill.units
                == (try units(
                    self.row("2026-10-30", "2.4"), self.row("2026-10-31", "2.4"), self.row("2026-10-31", "0.9", kind: "Committed"))))
        #expect(bill.units?.byResource["i-1"]?.first?.quantity == FixedDecimal(48))
    }
}
