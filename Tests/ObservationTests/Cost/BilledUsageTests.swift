import CostModel
import Testing

@testable import Observation

@Suite("the days of single resources")
struct BilledUsageTests {
    private static let header =
        "ChargePeriodStart,BillingPeriodStart,ChargeCategory,BillingCurrency,BilledCost,EffectiveCost,ResourceId,"
        + "ConsumedQuantity,ConsumedUnit,PricingQuantity,PricingUnit,SkuId,SkuPriceId\n"

    /// - Parameter counted: quantities, units and products, behind the resource.
    private static func row(
        _ day: String, _ cost: String, _ resource: String = "i-1", category: String = "Usage", currency: String = "USD",
        counted: String = "24,Hrs,1,Day,product,price"
    ) -> String {
        "\(day),\(day.prefix(7))-01,\(category),\(currency),0,\(cost),\(resource),\(counted)\n"
    }

    private static func read(
        _ files: [(name: String, rows: [String])], of resources: Set<String> = ["i-1"], delivery: CostSource.Delivery = .parts
    ) throws -> (usage: BilledUsage, bill: ObservedBill) {
        let bill = try BillFolder()
        for file in files { try bill.folder.write(file.name, header + file.rows.joined()) }
        let reader = BillReader(sources: [bill.source(["*.csv"], delivery: delivery)], directory: bill.folder.path, now: bill.now)
        let observed = reader.bill(currency: .usd, tagKeys: [], bases: [], usageOf: resources)
        var plain = observed
        plain.usage = BilledUsage()
        #expect(plain == reader.bill(currency: .usd, tagKeys: [], bases: []), "asking for usage changes nothing else")
        return (observed.usage, observed)
    }

    private static func lines(_ usage: BilledUsage) -> [String] {
        usage.series.sorted { $0.key < $1.key }.flatMap { name, days in
            days.sorted { $0.key < $1.key }.map { day, billed in
                "\(name) \(day) \(billed.effective) \(billed.quantity.map { "\($0)" } ?? "–") \(billed.unit ?? "–") \(billed.sku ?? "–")"
            }
        }
    }

    @Test("are read for the resources that are asked for, of usage only, rows of a day added")
    func added() throws {
        let (usage, _) = try Self.read([
            (
                "a.csv",
                [
                    Self.row("2026-10-02", "1.5"), Self.row("2026-10-02", "0.5", counted: "2,Hrs,,,product,price"),
                    Self.row("2026-10-02", "-9", category: "Credit"), Self.row("2026-10-02", "9", category: "Tax"),
                    Self.row("2026-10-02", "9", category: "Purchase"), Self.row("2026-10-02", "7", "i-2"), Self.row("2026-10-02", "7", ""),
                    Self.row("2026-10-05", "3", "i-2"),
                ]
            )
        ])
        #expect(Self.lines(usage) == ["i-1 2026-10-02 2 26 Hrs price"])
        #expect(usage.covered == Day("2026-10-02")!...Day("2026-10-05")!)
        #expect(usage.gaps == [Day("2026-10-03")!, Day("2026-10-04")!])
    }

    @Test("take what was priced where nothing says what was consumed, and the product where there is no price")
    func fallbacks() throws {
        let (usage, _) = try Self.read([
            (
                "a.csv",
                [
                    Self.row("2026-10-01", "1", counted: ",,5,GB,product,"), Self.row("2026-10-02", "1", counted: "5,,6,GB,,price"),
                    Self.row("2026-10-03", "1", counted: "many,Hrs,,,,"), Self.row("2026-10-04", "1", counted: "1e15,Hrs,,,,"),
                ]
            )
        ])
        #expect(
            Self.lines(usage) == [
                "i-1 2026-10-01 1 5 GB product", "i-1 2026-10-02 1 6 GB price", "i-1 2026-10-03 1 – – –", "i-1 2026-10-04 1 – – –",
            ])
    }

    @Test("have no quantity where rows of a day count in different units or not at all, and no product where they differ")
    func mixed() throws {
        let (usage, _) = try Self.read([
            (
                "a.csv",
                [
                    Self.row("2026-10-01", "1"), Self.row("2026-10-01", "1", counted: "5,GB,,,other,"),
                    Self.row("2026-10-02", "1", counted: ",,,,,"), Self.row("2026-10-02", "1"), Self.row("2026-10-02", "1"),
                ]
            )
        ])
        #expect(Self.lines(usage) == ["i-1 2026-10-01 2 – – –", "i-1 2026-10-02 3 – – –"])
    }

    @Test("leave out what the bill leaves out: replaced months, repeated files, days to come")
    func leftOut() throws {
        let october = [Self.row("2026-10-01", "1")]
        let (usage, _) = try Self.read(
            [
                ("2026-10-01.csv", [Self.row("2026-09-30", "4"), Self.row("2026-10-01", "100"), Self.row("2026-10-02", "broken")]),
                ("2026-10-02.csv", october),
                ("2026-10-02-copy.csv", october), ("2026-12-01.csv", [Self.row("2026-12-01", "2", "i-2")]),
            ], delivery: .snapshot)
        #expect(Self.lines(usage) == ["i-1 2026-09-30 4 24 Hrs price", "i-1 2026-10-01 1 24 Hrs price"])
        #expect(usage.covered == Day("2026-09-30")!...Day("2026-10-01")!)
    }

    @Test("are not told of a bill that is not whole: missing rows look like savings")
    func partial() throws {
        let whole = Self.row("2026-10-01", "1")
        for torn in [Self.row("2026-10-02", "x"), Self.row("2026-10-02", "5", currency: "EUR")] {
            let (usage, bill) = try Self.read([("a.csv", [whole, torn])])
            #expect(usage == BilledUsage())
            #expect(bill.table.rowCount == 1)
        }
    }

    @Test("are not read where nobody asks")
    func nobodyAsks() throws {
        #expect(try Self.read([("a.csv", [Self.row("2026-10-01", "1")])], of: []).usage == BilledUsage())
        #expect(try Self.read([("a.csv", [Self.row("2026-10-01", "1")])], of: [""]).usage == BilledUsage())
    }
}
