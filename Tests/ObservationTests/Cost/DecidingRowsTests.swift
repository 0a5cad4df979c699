import CostModel
import Testing

@testable import Observation

@Suite("the rows that tell which days of a bill are there")
struct DecidingRowsTests {
    private let bill: BillFolder
    private static let october = Month(year: 2026, month: 10).days

    init() throws { bill = try BillFolder() }

    /// A charge for each day.
    private static func daily(
        _ first: String, _ last: String, account: String = "1", effective: String = "1", category: String = "Usage"
    ) -> String {
        (Day(first)!...Day(last)!).map { charge("\($0)", "\($0.advanced(by: 1))", account, effective, category) }.joined()
    }

    private static func charge(
        _ first: String, _ end: String, _ account: String = "1", _ effective: String = "1", _ category: String = "Usage"
    ) -> String {
        BillFolder.row(effective: effective, day: "\(first),\(end)", category: category, account: account)
    }

    private func coverage(_ rows: String..., cost: CostBasis = .effective) throws -> BillCoverage {
        let header = BillFolder.header.replacing("ChargePeriodStart,", with: "ChargePeriodStart,ChargePeriodEnd,")
        try bill.folder.write("a.csv", header + rows.joined())
        let reader = BillReader(sources: [bill.source(["*.csv"])], directory: bill.folder.path, now: bill.now)
        return try #require(reader.bill(currency: .usd, tagKeys: [], bases: [cost]).table.coverage)
    }

    private func missing(_ coverage: BillCoverage, accounts: Set<String>? = nil) -> [String] {
        coverage.span(of: Self.october, accounts: accounts).missingRuns
    }

    @Test(
        "are not those of a charge of a quarter, a year or three, where the account is charged by the day",
        arguments: [
            ("2026-10-01", "2027-01-01"), ("2026-08-01", "2026-11-01"), ("2026-03-01", "2027-03-01"), ("2025-01-01", "2028-01-01"),
        ])
    func longPeriods(first: String, end: String) throws {
        let days = [Self.daily("2026-09-15", "2026-10-09"), Self.daily("2026-10-12", "2026-10-28")]
        let coverage = try coverage(days.joined(), Self.charge(first, end, "1", "1200"))
        #expect(coverage.newestWhole == Day("2026-10-28"))
        #expect(missing(coverage) == ["2026-10-10..2026-10-11"])
        #expect(coverage.state(of: Day("2026-10-30")!) == .notYet)
    }

    @Test("are not those of a charge of a year of another account: a delivery brings what is charged by the day")
    func otherAccount() throws {
        let days = [Self.daily("2026-09-01", "2026-10-09"), Self.daily("2026-10-12", "2026-10-25")]
        let coverage = try coverage(days.joined(), Self.charge("2026-03-01", "2027-03-01", "support"))
        #expect(coverage.newestWhole == Day("2026-10-25"))
        // What the other account was charged by the day on those days has not come, either.
        for accounts in [nil, ["1"], ["support"]] as [Set<String>?] {
            #expect(missing(coverage, accounts: accounts) == ["2026-10-10..2026-10-11"])
        }
        #expect(coverage.state(of: Day("2026-10-26")!, accounts: ["support"]) == .notYet)
        // From before anything was charged by the day the charge is all that there is.
        #expect(coverage.state(of: Day("2026-06-01")!, accounts: ["support"]) == .there)
    }

    @Test("are those of long charges where nothing has been charged by the day for four weeks, or was only for a few days long ago")
    func longChargesAlone() throws {
        let year = Self.charge("2026-03-01", "2027-03-01", "support")
        #expect(missing(try coverage(year)) == [])
        #expect(missing(try coverage(year, Self.daily("2026-05-01", "2026-09-20"))) == [])
        #expect(missing(try coverage(Self.charge("2026-03-01", "2027-03-01"), Self.daily("2026-08-01", "2026-08-10"))) == [])
        #expect(missing(try coverage(year, Self.daily("2026-08-01", "2026-10-20"))) == [])
        #expect(try coverage(year, Self.daily("2026-08-01", "2026-10-20")).newestWhole == Day("2026-10-20"))
    }

    @Test(
        "of nothing tell no day where each day around cost something: what cost was lost",
        arguments: [
            (["2026-10-12"], ["2026-10-12"]), (["2026-10-12", "2026-10-13", "2026-10-14"], ["2026-10-12..2026-10-14"]),
            (["2026-10-05", "2026-10-20"], ["2026-10-05", "2026-10-20"]),
        ])
    func free(days: [String], lost: [String]) throws {
        let rows = (Day("2026-08-20")!...Day("2026-10-31")!).map { day in
            let text = "\(day)"
            return Self.daily(text, text, effective: "0") + (days.contains(text) ? "" : Self.daily(text, text, effective: "5"))
        }
        #expect(missing(try coverage(rows.joined())) == lost)
    }

    @Test("of nothing at the end of a bill are the first of a day to come")
    func freeEnd() throws {
        let rows = [Self.daily("2026-09-01", "2026-10-30", effective: "5"), Self.daily("2026-09-01", "2026-10-31", effective: "0")]
        let coverage = try coverage(rows.joined())
        #expect(coverage.newestWhole == Day("2026-10-30") && coverage.state(of: Day("2026-10-31")!) == .notYet)
    }

    @Test("of nothing are a day without spend at every weekend, once a fortnight, for four weeks, or by a correction")
    func freeByHabit() throws {
        func rows(_ isFree: (Day) -> Bool) -> String {
            (Day("2026-08-20")!...Day("2026-10-31")!).map { Self.daily("\($0)", "\($0)", effective: isFree($0) ? "0" : "5") }.joined()
        }
        for isFree in [
            { $0.weekday > 5 }, { $0.weekday > 6 }, { $0.number % 9 == 0 }, { $0.number % 2 == 0 },
            { ("2026-09-20"..."2026-10-25").contains("\($0)") }, { $0 > Day("2026-10-03")! },
        ] as [(Day) -> Bool] {
            let coverage = try coverage(rows(isFree))
            #expect(missing(coverage) == [] && coverage.newestWhole == Day("2026-10-31"))
            #expect((Day("2026-10-01")!...Day("2026-10-31")!).allSatisfy { coverage.state(of: $0) == (isFree($0) ? .zero : .there) })
        }
        let corrected = try coverage(rows { _ in false }, Self.charge("2026-10-12", "2026-10-13", "1", "-5"))
        #expect(corrected.state(of: Day("2026-10-12")!) == .zero)
    }

    @Test(
        "do not correct what was billed before: a correction of a day says nothing of what has arrived of it",
        arguments: [("2026-10-31", "-1"), ("2026-10-30", "-500"), ("2026-10-31", "7")])
    func corrections(day: String, amount: String) throws {
        let header = BillFolder.header.replacing("ServiceName,", with: "ServiceName,ChargeClass,")
        func row(_ day: Day, _ account: String, _ effective: String, _ kind: String) -> String {
            BillFolder.row(effective: effective, day: "\(day)", service: "EC2,\(kind)", account: account)
        }
        let days = (Day("2026-09-01")!...Day("2026-10-28")!).flatMap { [row($0, "1", "50", ""), row($0, "2", "50", "")] }
        func coverage(_ kind: String) throws -> BillCoverage {
            try bill.folder.write("a.csv", header + days.joined() + row(Day(day)!, "2", amount, kind))
            let reader = BillReader(sources: [bill.source(["*.csv"])], directory: bill.folder.path, now: bill.now)
            return try #require(reader.bill(currency: .usd, tagKeys: [], bases: [.effective]).table.coverage)
        }
        let corrected = try coverage("Correction")
        #expect(corrected.newestWhole == Day("2026-10-28") && corrected.state(of: Day(day)!) == .notYet)
        #expect(corrected.span(of: Self.october, accounts: ["2"]).description == "28 of 31 days")
        #expect(try coverage("").newestWhole != Day("2026-10-28"))
    }

    @Test("that lie behind the newest whole day, before others that have come, are missing and no matter of time")
    func hole() throws {
        var source = bill.source(["*.csv"])
        source.settles = .days(7)
        try bill.write(
            "a.csv",
            (Day("2026-09-01")!...Day("2026-10-31")!).filter { !("2026-10-26"..."2026-10-28").contains("\($0)") }
                .map { BillFolder.row(day: "\($0)") }.joined(),
            (Day("2026-09-01")!...Day("2026-10-31")!).filter { "\($0)" != "2026-10-30" }
                .map { BillFolder.row(day: "\($0)", account: "2") }.joined(), BillFolder.row(day: "2026-11-20"))
        let reader = BillReader(sources: [source], directory: bill.folder.path, now: bill.now)
        let coverage = try #require(reader.bill(currency: .usd, tagKeys: [], bases: [.effective]).table.coverage)
        #expect(coverage.newestWhole == Day("2026-10-24"))
        #expect(missing(coverage) == ["2026-10-26..2026-10-28", "2026-10-30"])
        #expect(missing(coverage, accounts: ["2"]) == ["2026-10-30"])
        // A charge that is dated ahead makes no hole of the days to come.
        #expect(coverage.state(of: Day("2026-10-31")!) == .notYet && coverage.state(of: Day("2026-11-10")!) == .notYet)
    }
}
