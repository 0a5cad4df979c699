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
        "fiscal years begin in their month, and are called by the calendar years that they touch",
        arguments: [
            (10, PeriodLength.annually, "2026-10-31", "FY2026-27", "2026-10-01", "2027-10-01"),
            (10, .annually, "2026-09-30", "FY2025-26", "2025-10-01", "2026-10-01"),
            (10, .quarterly, "2026-12-31", "FY2026-27-Q1", "2026-10-01", "2027-01-01"),
            (10, .quarterly, "2027-01-01", "FY2026-27-Q2", "2027-01-01", "2027-04-01"),
            (4, .quarterly, "2026-03-31", "FY2025-26-Q4", "2026-01-01", "2026-04-01"),
            (7, .quarterly, "2099-12-31", "FY2099-00-Q2", "2099-10-01", "2100-01-01"),
            (7, .monthly, "2026-02-14", "2026-02", "2026-02-01", "2026-03-01"),
            (4, .daily, "2026-03-31", "2026-03-31", "2026-03-31", "2026-04-01"),
        ])
    func fiscalYears(month: Int, length: PeriodLength, day: String, name: String, start: String, end: String) throws {
        try expect(FiscalCalendar(startMonth: month), length, day, name, start, end)
    }

    @Test(
        "years of weeks begin on the weekday nearest to the first of their month, and a 53rd week belongs to their last period",
        arguments: [
            // The years of retailers: 29 January 2023 to 3 February 2024 have 53 weeks, the next 52.
            (2, FiscalCalendar.Weekday.sunday, PeriodLength.annually, "2024-02-03", "FY2023-24", "2023-01-29", "2024-02-04"),
            (2, .sunday, .annually, "2024-02-04", "FY2024-25", "2024-02-04", "2025-02-02"),
            (2, .sunday, .annually, "2025-02-02", "FY2025-26", "2025-02-02", "2026-02-01"),
            (2, .sunday, .monthly, "2023-01-29", "FY2023-24-P01", "2023-01-29", "2023-02-26"),
            (2, .sunday, .monthly, "2023-03-25", "FY2023-24-P02", "2023-02-26", "2023-03-26"),
            (2, .sunday, .monthly, "2023-03-26", "FY2023-24-P03", "2023-03-26", "2023-04-30"),
            (2, .sunday, .monthly, "2024-02-03", "FY2023-24-P12", "2023-12-24", "2024-02-04"),
            (2, .sunday, .monthly, "2025-02-01", "FY2024-25-P12", "2024-12-29", "2025-02-02"),
            (2, .sunday, .quarterly, "2023-04-30", "FY2023-24-Q2", "2023-04-30", "2023-07-30"),
            (2, .sunday, .quarterly, "2024-01-01", "FY2023-24-Q4", "2023-10-29", "2024-02-04"),
            // The weeks of ISO 8601: 2026 has 53 of them.
            (1, .monday, .annually, "2025-12-29", "FY2026", "2025-12-29", "2027-01-04"),
            (1, .monday, .annually, "2025-12-28", "FY2025", "2024-12-30", "2025-12-29"),
            (1, .monday, .quarterly, "2027-01-03", "FY2026-Q4", "2026-09-28", "2027-01-04"),
            (1, .monday, .daily, "2027-01-03", "2027-01-03", "2027-01-03", "2027-01-04"),
        ])
    func weeks(
        month: Int, first: FiscalCalendar.Weekday, length: PeriodLength, day: String, name: String, start: String, end: String
    ) throws {
        try expect(FiscalCalendar(startMonth: month, division: .weeks, weekStart: first), length, day, name, start, end)
    }

    private func expect(
        _ calendar: FiscalCalendar, _ length: PeriodLength, _ day: String, _ name: String, _ start: String, _ end: String
    ) throws {
        let period = BudgetPeriod(length, holding: try #require(Day(day)), in: calendar)
        #expect(period.description == name)
        #expect("\(period.days.lowerBound)" == start && "\(period.days.upperBound)" == end)
        #expect(BudgetPeriod(length, name, in: calendar) == period)
        #expect(period.previous.days.upperBound == period.days.lowerBound)
    }

    @Test("every day is in one period of each length, whatever the calendar")
    func everyDay() {
        for month in 1...12 {
            for weekday in FiscalCalendar.Weekday.allCases {
                let calendar = FiscalCalendar(startMonth: month, division: .weeks, weekStart: weekday)
                var day = Day(year: 2020, month: 1, day: 1)
                while day < Day(year: 2032, month: 1, day: 1) {
                    for length in [PeriodLength.monthly, .quarterly, .annually] {
                        let period = BudgetPeriod(length, holding: day, in: calendar)
                        #expect(period.days.contains(day) && period.days.count % 7 == 0)
                        #expect(BudgetPeriod(length, period.description, in: calendar) == period)
                    }
                    day = day.advanced(by: 37)
                }
            }
        }
    }

    @Test(
        "names of other calendars are no periods",
        arguments: ["2026-Q4", "FY2026-Q4", "FY2026-28-Q4", "FY2026-27-Q5", "FY2026-27-Q04", "FY2026-27"])
    func foreignNames(name: String) {
        #expect(BudgetPeriod(.quarterly, name, in: FiscalCalendar(startMonth: 4)) == nil)
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
