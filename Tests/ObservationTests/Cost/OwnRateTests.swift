import CostModel
import Testing

@testable import Observation

@Suite("bills with rates of their own")
struct OwnRateTests {
    private let bill: FormatFolder

    init() throws { bill = try FormatFolder() }

    /// The cost in dollars, and what is said of it.
    private func lines(_ file: String, _ format: BillFormatName, cost: CostBasis, _ rates: CostSource.Rates = .bill) -> [String] {
        var source = CostSource(
            name: "billing", place: Place(file: "bursar.yaml", line: 9), format: format, paths: [file], maxAge: nil)
        source.rates = rates
        let reader = BillReader(sources: [source], directory: bill.folder.path, now: bill.now)
        let (breakdown, problems) = reader.breakdown(by: [.service], cost: cost, currency: .usd)
        return BillFolder.lines(breakdown) + problems.map(BillFolder.line)
    }

    private static let google = [
        "service.description", "usage_start_time", "cost", "currency", "currency_conversion_rate", "credits", "invoice.month", "cost_type",
    ]

    private static func google(_ cost: String, _ currency: String, _ rate: String) -> [String: String] {
        [
            "service.description": "Compute Engine", "usage_start_time": "2026-10-31 03:00:00 UTC", "cost": cost, "currency": currency,
            "currency_conversion_rate": rate, "credits": "[]", "invoice.month": "202610", "cost_type": "regular",
        ]
    }

    @Test("Google's rate turns what was charged back into dollars, exactly")
    func google() throws {
        let rows = [Self.google("9", "EUR", "0.9"), Self.google("1", "EUR", "0.3"), Self.google("2", "USD", "1")]
        try bill.write("g.csv", Self.google, rows)
        #expect(
            lines("g.csv", .gcp, cost: .billed) == [
                "Compute Engine 15.333333333333333333",
                "g.csv: note converted: 2 rows of 10 EUR count as 13.333333333333333333 USD, by the bill's own rates of 2026-10-31",
            ])
        #expect(
            lines("g.csv", .gcp, cost: .billed, .observed).contains(
                "g.csv: partial foreign-currency: 2 rows are in EUR, not in USD: amounts in different currencies are never added"))
    }

    @Test("a row without a rate above zero does not count", arguments: ["", "0", "-1"])
    func missing(rate: String) throws {
        try bill.write("g.csv", Self.google, [Self.google("9", "EUR", rate), Self.google("2", "USD", "1")])
        #expect(
            lines("g.csv", .gcp, cost: .billed) == [
                "Compute Engine 2",
                "g.csv: partial foreign-currency: 1 row is in EUR, and states no rate that turns that into USD",
            ])
    }

    @Test("Azure's rate leads back to the pricing currency, and to no other")
    func azure() throws {
        let columns = [
            "date", "costInBillingCurrency", "billingCurrency", "pricingCurrency", "exchangeRatePricingToBilling", "subscriptionId",
            "meterCategory", "consumedService", "chargeType",
        ]
        func row(_ cost: String, _ pricing: String, _ rate: String) -> [String: String] {
            [
                "date": "10/30/2026", "costInBillingCurrency": cost, "billingCurrency": "EUR", "pricingCurrency": pricing,
                "exchangeRatePricingToBilling": rate, "subscriptionId": "s", "meterCategory": "Storage", "consumedService": "x",
                "chargeType": "Usage",
            ]
        }
        try bill.write("actual.csv", columns, [row("8", "USD", "0.8"), row("7", "GBP", "1.1")])
        let lines = lines("actual.csv", .azure, cost: .billed)
        #expect(lines.first == "Storage 10")
        #expect(lines.contains("actual.csv: note converted: 1 row of 8 EUR counts as 10 USD, by the bill's own rates of 2026-10-30"))
        #expect(
            lines.contains("actual.csv: partial foreign-currency: 1 row is in EUR, and states no rate that turns that into USD"))
    }

    @Test("a format whose rows state no rate has none")
    func focus() throws {
        try bill.folder.write("a.csv", BillFolder.header + BillFolder.row(currency: "EUR"))
        #expect(
            lines("a.csv", .focus, cost: .billed).contains(
                "a.csv: partial foreign-currency: 1 row is in EUR, and states no rate that turns that into USD"))
    }
}
