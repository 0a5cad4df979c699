import Testing

@testable import CostModel

@Suite("exchange rates")
struct ExchangeRatesTests {
    private static let limit = UInt128(Int128.max / 4096)

    private static func rates(_ stated: [(code: String, day: String, rate: String)]) -> ExchangeRates {
        var rates = ExchangeRates()
        for (code, day, rate) in stated { rates.set(Currency(code)!, on: Day(day)!, to: FixedDecimal(exactly: rate)!) }
        return rates
    }

    private func converted(_ amount: String, _ source: String, _ target: String, on day: String, by rates: ExchangeRates) -> String? {
        rates.factor(from: Currency(source)!, into: Currency(target)!, on: Day(day)!)?
            .converted(FixedDecimal(exactly: amount)!, limit: Self.limit)?.description
    }

    @Test("amounts go by way of the euro, each rounded once, half to even in the 18th digit")
    func conversion() {
        let rates = Self.rates([("USD", "2026-10-01", "1.25"), ("JPY", "2026-10-01", "160"), ("CHF", "2026-10-01", "0.9")])
        #expect(converted("100", "EUR", "USD", on: "2026-10-01", by: rates) == "125")
        #expect(converted("100", "USD", "EUR", on: "2026-10-01", by: rates) == "80")
        #expect(converted("-1", "USD", "JPY", on: "2026-10-01", by: rates) == "-128")
        #expect(converted("1", "CHF", "USD", on: "2026-10-01", by: rates) == "1.388888888888888889")
        #expect(converted("0.000000000000000001", "USD", "EUR", on: "2026-10-01", by: rates) == "0.000000000000000001")
        #expect(converted("1", "SEK", "USD", on: "2026-10-01", by: rates) == nil)
    }

    @Test("what would be more than can be held is refused")
    func limits() {
        let rates = Self.rates([("IDR", "2026-10-01", "17654.32"), ("XAA", "2026-10-01", "0.000000000000000001")])
        #expect(converted("1000000000000", "EUR", "IDR", on: "2026-10-01", by: rates) == "17654320000000000")
        #expect(converted("100000000000000000000", "EUR", "IDR", on: "2026-10-01", by: rates) == nil)
        #expect(converted("-100000000000000000000", "XAA", "IDR", on: "2026-10-01", by: rates) == nil)
    }

    @Test(
        "on days on which no rate is published that of the working day before holds; a working day without one has none",
        arguments: [
            ("2026-10-02", "1.1"), ("2026-10-03", "1.1"), ("2026-10-04", "1.1"), ("2026-10-05", "1.2"), ("2026-10-06", nil),
            ("2026-04-02", "1.3"), ("2026-04-03", "1.3"), ("2026-04-06", "1.3"), ("2026-04-07", nil), ("2026-05-01", nil),
            ("2025-12-24", "1.4"), ("2025-12-26", "1.4"), ("2025-12-28", "1.4"), ("2025-12-29", nil), ("2026-01-01", "1.5"),
        ] as [(String, String?)])
    func closures(day: String, rate: String?) {
        let rates = Self.rates([
            ("USD", "2026-10-02", "1.1"), ("USD", "2026-10-05", "1.2"), ("USD", "2026-04-02", "1.3"), ("USD", "2025-12-24", "1.4"),
            ("USD", "2025-12-31", "1.5"),
        ])
        #expect(rates.rate(of: .usd, on: Day(day)!)?.description == rate)
    }

    @Test(
        "Easter, as calendars have it",
        arguments: ["2000-04-23", "2008-03-23", "2011-04-24", "2019-04-21", "2024-03-31", "2025-04-20", "2026-04-05", "2038-04-25"])
    func easter(day: String) {
        #expect(Day.easter(of: Day(day)!.components.year).description == day)
    }
}
