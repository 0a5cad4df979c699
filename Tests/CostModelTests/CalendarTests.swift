import CostModel
import Testing

@Suite("calendar")
struct CalendarTests {
    @Test(
        "reads every spelling of a moment that bills use",
        arguments: [
            ("2026-11-01T00:00:00Z", "2026-11-01T00:00:00Z"), ("2024-09-18 23:00:00", "2024-09-18T23:00:00Z"),
            ("2024-09-18", "2024-09-18T00:00:00Z"),
            ("2026-11-01T02:30:00+02:30", "2026-11-01T00:00:00Z"), ("2026-11-01T00:00:00.123Z", "2026-11-01T00:00:00Z"),
            ("2026-11-01T00:00Z", "2026-11-01T00:00:00Z"),
            ("1969-12-31T23:59:59Z", "1969-12-31T23:59:59Z"), ("2026-10-31T23:00:00-0100", "2026-11-01T00:00:00Z"),
        ])
    func instants(text: String, expected: String) {
        #expect(Instant(text)?.description == expected)
    }

    @Test(
        "refuses what is no moment",
        arguments: [
            "", "2026", "2026-13-01", "2026-02-29", "2026-11-01T25:00:00Z", "2026-11-01T00:00:00X", "01/02/2026", "2026-11-01T",
            "2026-11-01T00:00:00+99",
        ])
    func refused(text: String) {
        #expect(Instant(text) == nil)
    }

    @Test("days come back as they went in, over 800 years")
    func roundTrip() {
        for number in stride(from: -200_000, to: 100_000, by: 37) {
            let day = Day(Int32(number))
            let (year, month, dayOfMonth) = day.components
            #expect(Day(year: year, month: month, day: dayOfMonth) == day)
            #expect(Day(day.description) == day || year < 1000)
        }
        #expect(Day("2026-11-01")?.weekday == 6)
        #expect(Day("1970-01-01")?.weekday == 3)
        #expect(Day("1969-12-28")?.weekday == 6)
    }

    @Test(
        "a budget's period holds its days, end exclusive",
        arguments: [
            (PeriodLength.monthly, "2026-10-31", "2026-10", "2026-10-01", "2026-11-01"),
            (.quarterly, "2026-12-31", "2026-Q4", "2026-10-01", "2027-01-01"),
            (.annually, "2024-02-29", "2024", "2024-01-01", "2025-01-01"), (.daily, "2024-02-29", "2024-02-29", "2024-02-29", "2024-03-01"),
        ])
    func periods(length: PeriodLength, day: String, name: String, start: String, end: String) throws {
        let period = BudgetPeriod(length, holding: try #require(Day(day)))
        #expect(period.description == name)
        #expect("\(period.days.lowerBound)" == start && "\(period.days.upperBound)" == end)
        #expect(BudgetPeriod(length, name) == period)
        #expect(period.previous.days.upperBound == period.days.lowerBound)
    }

    @Test(
        "SHA-256 agrees with the standard's examples",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
        ])
    func digest(text: String, expected: String) {
        #expect(SHA256.hexDigest(of: text.utf8) == expected)
    }

    @Test(
        "percentiles are nearest-rank", arguments: [("95", 20.0, 19.0), ("100", 20, 20), ("0.1", 20, 1), ("50", 4, 2), ("99.9", 1000, 999)])
    func percentiles(percentile: String, count: Double, expected: Double) throws {
        let samples = (1...Int(count)).reversed().map { SampleSeries.Sample(time: Instant(seconds: Int64($0)), value: Double($0)) }
        #expect(samples.percentile(try FixedDecimal(percentile)) == expected)
    }
}
