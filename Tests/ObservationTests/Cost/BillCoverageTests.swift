import CostModel
import Testing

@testable import Observation

@Suite("the days of a bill")
struct BillCoverageTests {
    private let bill: BillFolder

    init() throws { bill = try BillFolder() }

    private static func rows(_ first: String, _ last: String, account: String = "1", count: Int = 1, effective: String = "1") -> String {
        (Day(first)!...Day(last)!).map { day in
            String(repeating: BillFolder.row(effective: effective, day: "\(day)", account: account), count: count)
        }.joined()
    }

    private func coverage(settles: TimeSpan? = nil) throws -> BillCoverage {
        var source = bill.source(["*.csv"])
        source.settles = settles
        let reader = BillReader(sources: [source], directory: bill.folder.path, now: bill.now)
        return try #require(reader.bill(currency: .usd, tagKeys: [], bases: [.effective]).table.coverage)
    }

    private func states(_ coverage: BillCoverage, _ days: String...) -> [BillCoverage.State] { days.map { coverage.state(of: Day($0)!) } }

    @Test("are there, zero, missing or not there yet")
    func states() throws {
        try bill.write(
            "a.csv", Self.rows("2026-09-01", "2026-10-09"), Self.rows("2026-10-12", "2026-10-23"),
            Self.rows("2026-10-24", "2026-10-24", effective: "0"), Self.rows("2026-10-25", "2026-10-28"),
            Self.rows("2026-10-29", "2026-10-29", effective: "0"))
        let coverage = try coverage()
        #expect(
            states(coverage, "2026-08-31", "2026-09-01", "2026-10-10", "2026-10-12", "2026-10-29", "2026-10-30") == [
                .missing, .there, .missing, .there, .zero, .notYet,
            ])
        #expect(coverage.span(of: Month(year: 2026, month: 10).days).description == "27 of 31 days")
    }

    @Test("are told by usage: a tax of the last day says nothing of what else it cost")
    func otherCategories() throws {
        try bill.write("a.csv", Self.rows("2026-10-01", "2026-10-29"), BillFolder.row(day: "2026-10-31", category: "Tax"))
        #expect(try coverage().newestWhole == Day("2026-10-29"))
    }

    @Test("are whole when the source says that they have settled")
    func settles() throws {
        try bill.write("a.csv", Self.rows("2026-10-01", "2026-10-31"))
        #expect(try coverage().newestWhole == Day("2026-10-31"))
        #expect(try coverage(settles: .days(2)).newestWhole == Day("2026-10-29"))
        #expect(try coverage(settles: .hours(30)).newestWhole == Day("2026-10-29"))
        #expect(try coverage(settles: .days(90)).newestWhole == nil)
    }

    /// A bill with the ends of its charges.
    private func write(_ rows: [(first: String, end: String)]) throws {
        let header = BillFolder.header.replacing("ChargePeriodStart,", with: "ChargePeriodStart,ChargePeriodEnd,")
        let text = rows.map { BillFolder.row(period: "\($0.first.prefix(7))-01", day: "\($0.first),\($0.end)") }
        try bill.folder.write("a.csv", header + text.joined())
    }

    private static func daily(_ first: String, _ last: String) -> [(first: String, end: String)] {
        (Day(first)!...Day(last)!).map { ("\($0)T00:00:00Z", "\($0.advanced(by: 1))T00:00:00Z") }
    }

    @Test(
        "of an account that is charged by the day are not there because a charge of a month covers them",
        arguments: [("2026-10-01", "2026-11-01"), ("2026-10-13", "2026-10-27"), ("2026-09-28", "2026-11-05")])
    func longCharge(first: String, end: String) throws {
        let days = Self.daily("2026-09-01", "2026-10-09") + Self.daily("2026-10-16", "2026-10-28")
        try write(days + [("\(first)T00:00:00Z", "\(end)T00:00:00Z")])
        let coverage = try coverage()
        #expect(coverage.newestWhole == Day("2026-10-28"))
        #expect(coverage.span(of: Month(year: 2026, month: 10).days).description == "22 of 31 days")
    }

    @Test("of an account that is charged by the month are there")
    func longCharges() throws {
        try write([("2026-09-01T00:00:00Z", "2026-10-01T00:00:00Z"), ("2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z")])
        #expect(try coverage().span(of: Month(year: 2026, month: 10).days).description == "31 of 31 days")
        // With a few charges of a day beside them.
        try write(
            Self.daily("2026-10-05", "2026-10-08") + [
                ("2026-09-01T00:00:00Z", "2026-10-01T00:00:00Z"), ("2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z"),
            ])
        #expect(try coverage().span(of: Month(year: 2026, month: 10).days).description == "31 of 31 days")
    }

    @Test("of one account are missed although others have them, when it is billed on most days")
    func accounts() throws {
        try bill.write(
            "a.csv", Self.rows("2026-09-01", "2026-10-31"), Self.rows("2026-09-01", "2026-10-10", account: "2"),
            Self.rows("2026-10-21", "2026-10-31", account: "2"), Self.rows("2026-09-05", "2026-09-05", account: "3"),
            Self.rows("2026-10-05", "2026-10-05", account: "3"))
        let coverage = try coverage()
        #expect(states(coverage, "2026-10-15") == [.missing])
        #expect(coverage.state(of: Day("2026-10-15")!, accounts: ["1"]) == .there)
        #expect(coverage.state(of: Day("2026-10-15")!, accounts: ["3"]) == .zero)
    }

    @Test("are covered by a charge of the whole month")
    func monthly() throws {
        let header = BillFolder.header.replacing("RegionId", with: "ChargePeriodEnd")
        try bill.folder.write(
            "a.csv",
            header + BillFolder.row(day: "2026-09-01", region: "2026-10-01") + BillFolder.row(day: "2026-10-01", region: "2026-11-01"))
        #expect(try coverage().span(of: Day("2026-09-01")!..<Day("2026-11-01")!).isWhole)
    }

    @Test("at its end are still arriving where they have far fewer lines than those before")
    func arriving() throws {
        let many = (1...6).map { number in
            (Day("2026-10-01")!...Day("2026-10-30")!).map { BillFolder.row(day: "\($0)", resource: "i-\(number)") }.joined()
        }.joined()
        try bill.write("a.csv", many, BillFolder.row(day: "2026-10-31", resource: "i-1"))
        #expect(try coverage().newestWhole == Day("2026-10-30"))
    }

    @Test(
        "at its end are still arriving, also where a day of the week before is torn itself, was lost, or both",
        arguments: [["2026-10-28"], ["2026-10-24"], ["2026-10-25", "2026-10-28"], ["2026-10-27", "2026-10-28", "2026-10-29"]],
        [1, 0])
    func arrivingBehindTornDays(torn: [String], rows: Int) throws {
        guard rows > 0 || torn.count < 3 else { return }
        let days = (Day("2026-10-01")!...Day("2026-10-30")!).map { day in
            (0..<(torn.contains("\(day)") ? rows : 4)).map { BillFolder.row(day: "\(day)", resource: "i-\($0)") }.joined()
        }
        try bill.write("a.csv", days.joined(), (0..<2).map { BillFolder.row(day: "2026-10-31", resource: "i-\($0)") }.joined())
        #expect(try coverage().newestWhole == Day("2026-10-30"))
    }

    @Test("at its end are whole at a new level: what was switched off is not waited for")
    func newLevel() throws {
        try bill.write("a.csv", Self.rows("2026-10-01", "2026-10-25", count: 4), Self.rows("2026-10-26", "2026-10-31", count: 2))
        #expect(try coverage().newestWhole == Day("2026-10-31"))
    }

    @Test("at its end are still arriving where earlier deliveries show that they do")
    func late() throws {
        // Of its last two days each delivery has only a part.
        for last in 28...30 {
            try bill.write(
                "2026-10-\(last).csv", Self.rows("2026-10-01", "2026-10-\(last - 2)", effective: "2"),
                Self.rows("2026-10-\(last - 1)", "2026-10-\(last)"))
        }
        let reader = BillReader(sources: [bill.source(["*.csv"], delivery: .snapshot)], directory: bill.folder.path, now: bill.now)
        let table = reader.bill(currency: .usd, tagKeys: [], bases: [.effective]).table
        #expect(table.coverage?.newestWhole == Day("2026-10-28"))
    }

    @Test("that have far fewer or far more rows than those around them are named", arguments: [(1, "be missing"), (9, "stand twice")])
    func odd(count: Int, what: String) throws {
        try bill.write(
            "a.csv", Self.rows("2026-10-01", "2026-10-14", count: 4), Self.rows("2026-10-15", "2026-10-15", count: count),
            Self.rows("2026-10-16", "2026-10-31", count: 4))
        let rows = count == 1 ? "1 row" : "9 rows"
        let expected =
            "bursar.yaml:9:11: note odd-day: the bill 'billing' has \(rows) of an account on 2026-10-15, and 4 on the days around it: some may \(what)"
        #expect(bill.lines([bill.source(["*.csv"])]).dropFirst() == [expected])
    }

    /// An account of one row a day, with others on some days.
    private func odd(_ extra: [String: (rows: Int, effective: String)]) throws -> [String] {
        try bill.write(
            "a.csv", Self.rows("2026-08-01", "2026-10-31", effective: "10"),
            extra.sorted { $0.key < $1.key }.map { Self.rows($0.key, $0.key, count: $0.value.rows, effective: $0.value.effective) }.joined()
        )
        return bill.lines([bill.source(["*.csv"])], period: Month(year: 2026, month: 10).days).filter { $0.contains("odd-day") }
    }

    @Test(
        "that lack rows are named, also where another day beside them does, or one that is still arriving",
        arguments: [["2026-10-15", "2026-10-17"], ["2026-10-15", "2026-10-18", "2026-10-21"], ["2026-10-29", "2026-10-31"]])
    func oddBeside(torn: [String]) throws {
        try bill.write(
            "a.csv",
            (Day("2026-09-01")!...Day("2026-10-31")!).map { Self.rows("\($0)", "\($0)", count: torn.contains("\($0)") ? 1 : 3) }.joined())
        let found = bill.lines([bill.source(["*.csv"])], period: Month(year: 2026, month: 10).days).filter { $0.contains("odd-day") }
        #expect(found.count == 1 && found[0].contains("1 row of an account on \(torn[0]), and 3 on the days around it"), "\(found)")
        let others = torn.count(where: { $0 != "2026-10-31" }) - 1
        #expect(found.allSatisfy { $0.contains("\(others) more") == (others > 0) }, "\(found)")
    }

    @Test("of an account with a row a day are odd when they cost twice as much, too, and not for a cent")
    func fewRows() throws {
        #expect(try odd(["2026-10-15": (1, "10")]).count == 1)
        #expect(try odd(["2026-10-15": (1, "0.01")]).isEmpty)
        #expect(try odd(["2026-10-15": (4, "0.01")]).isEmpty)
        // Where the bill begins, and two days in a row.
        #expect(try odd(["2026-08-01": (1, "10"), "2026-08-02": (1, "10")]).count == 1)
        // Somebody begins to spend.
        #expect(try odd(["2026-10-29": (1, "50"), "2026-10-30": (1, "50"), "2026-10-31": (1, "50")]).isEmpty)
    }

    @Test("are not odd when that happens every month on this day, or once a fortnight")
    func often() throws {
        #expect(try odd(["2026-09-15": (1, "10"), "2026-10-15": (1, "10")]).isEmpty)
        let often = stride(from: 10, to: 80, by: 9).map { "\(Day("2026-08-01")!.advanced(by: $0))" }
        #expect(try odd(Dictionary(uniqueKeysWithValues: often.map { ($0, (1, "10")) })).isEmpty)
        #expect(try odd(["2026-09-11": (1, "10"), "2026-10-15": (1, "10")]).count == 1)
    }

    @Test("lack a row where every day around has as many, from three a day on", arguments: [(3, true), (2, false)])
    func oneFewer(count: Int, isOdd: Bool) throws {
        // The others cost so much that the day costs no less than those around it.
        try bill.write(
            "a.csv", Self.rows("2026-09-01", "2026-10-14", count: count), Self.rows("2026-10-16", "2026-10-31", count: count),
            Self.rows("2026-10-15", "2026-10-15", count: count - 1, effective: "5"))
        let found = bill.lines([bill.source(["*.csv"])], period: Month(year: 2026, month: 10).days).filter { $0.contains("odd-day") }
        #expect(found.isEmpty != isOdd)
    }

    @Test("whose rows all stand twice are odd though they cost less than the days around them", arguments: [(2, true), (3, false)])
    func twice(times: Int, isOdd: Bool) throws {
        let costs = ["4", "5", "6"]
        func day(_ day: String, _ costs: [String]) -> String { costs.map { Self.rows(day, day, effective: $0) }.joined() }
        let days = (0..<40).map { "\(Day("2026-09-10")!.advanced(by: $0))" }
        // Cheaper than any day around it, as a Sunday, and with as many rows.
        let sunday = times == 2 ? ["1", "2", "3", "1", "2", "3"] : ["1", "2", "3", "1", "2", "4"]
        try bill.write("a.csv", days.map { day($0, $0 == "2026-10-04" ? sunday : costs) }.joined())
        let found = bill.lines([bill.source(["*.csv"])], period: Month(year: 2026, month: 10).days).filter { $0.contains("odd-day") }
        #expect(found.isEmpty != isOdd)
    }

    @Test(
        "end where an account is taken for closed, and that is said for four weeks",
        arguments: [(27, false), (28, true), (55, true), (56, false)])
    func closed(silence: Int, isSaid: Bool) throws {
        let last = Day("2026-10-31")!.advanced(by: -silence - 1)
        try bill.write("a.csv", Self.rows("2026-07-01", "2026-10-31"), Self.rows("2026-07-01", "\(last)", account: "closed"))
        let found = bill.lines([bill.source(["*.csv"])], period: Month(year: 2026, month: 10).days).filter { $0.contains("closed-account") }
        #expect(found.isEmpty != isSaid)
        if isSaid {
            #expect(found[0].contains("no rows of the account 'closed' behind \(last), for four weeks or longer: taken for closed"))
        }
    }

    @Test("that an account comes back after are said, too: it may have been lost for so long", arguments: [(27, false), (28, true)])
    func reopened(silence: Int, isSaid: Bool) throws {
        let back = Day("2026-10-29")!
        try bill.write(
            "a.csv", Self.rows("2026-09-01", "2026-10-31"), Self.rows("\(back)", "2026-10-31", account: "lost"),
            Self.rows("2026-09-15", "\(back.advanced(by: -silence - 1))", account: "lost"))
        let found = bill.lines([bill.source(["*.csv"])], period: Month(year: 2026, month: 10).days).filter { $0.contains("closed-account") }
        #expect(found.isEmpty != isSaid)
    }

    @Test("of an account that came back and is billed on most days are missed, and not said to be none")
    func returned() throws {
        try bill.write(
            "a.csv", Self.rows("2026-07-01", "2026-10-31"), Self.rows("2026-07-01", "2026-09-10", account: "back"),
            Self.rows("2026-10-10", "2026-10-31", account: "back"), BillFolder.row(day: "2026-12-20"))
        let found = bill.lines([bill.source(["*.csv"])], period: Month(year: 2026, month: 10).days).filter { $0.contains("closed-account") }
        let state = try coverage().state(of: Day("2026-10-05")!, accounts: ["back"])
        #expect(found == [] && state == .missing)
    }

    @Test("behind which only a charge dated ahead comes are no four weeks of silence")
    func ahead() throws {
        try bill.write(
            "a.csv", Self.rows("2026-07-01", "2026-10-31"), Self.rows("2026-07-01", "2026-10-25", account: "late"),
            BillFolder.row(day: "2026-11-30"))
        let found = bill.lines([bill.source(["*.csv"])], period: Month(year: 2026, month: 10).days).filter { $0.contains("closed-account") }
        let state = try coverage().state(of: Day("2026-10-28")!, accounts: ["late"])
        #expect(found == [] && state == .missing)
    }

    @Test("are not odd at weekends, at a new level, or where the bill begins")
    func even() throws {
        let weeks = (0..<8).map { week in
            let monday = Day("2026-08-31")!.advanced(by: week * 7)
            return Self.rows("\(monday)", "\(monday.advanced(by: 4))", count: week < 4 ? 4 : 9)
                + Self.rows("\(monday.advanced(by: 5))", "\(monday.advanced(by: 6))", count: 1)
        }
        try bill.write("a.csv", weeks.joined())
        #expect(bill.lines([bill.source(["*.csv"])], period: Month(year: 2026, month: 10).days).filter { $0.contains("odd-day") } == [])
    }

    @Test("of a breakdown are counted: those that were asked for, else from the bill's first to its newest")
    func breakdown() throws {
        try bill.write("a.csv", Self.rows("2026-10-01", "2026-10-09"), Self.rows("2026-10-12", "2026-10-28"))
        func coverage(_ period: Range<Day>?) -> String? {
            BillReader(sources: [bill.source(["*.csv"])], directory: bill.folder.path, now: bill.now)
                .breakdown(by: [.service], period: period, currency: .usd).breakdown.coverage.map { "\($0.description) \($0.missingRuns)" }
        }
        #expect(coverage(Month(year: 2026, month: 10).days) == #"26 of 31 days ["2026-10-10..2026-10-11"]"#)
        #expect(coverage(nil) == #"26 of 28 days ["2026-10-10..2026-10-11"]"#)
        #expect(coverage(Day("2026-10-20")!..<Day("2026-10-22")!) == "2 of 2 days []")
    }

    @Test("of two sources are there where both are, also of an account that both bill", arguments: [("2", true), ("1", false)])
    func sources(account: String, isWhole: Bool) throws {
        try bill.write("a.csv", Self.rows("2026-09-01", "2026-10-31"))
        try bill.write("b.csv", Self.rows("2026-09-01", "2026-10-12", account: account, effective: "2"))
        let reader = BillReader(sources: [bill.source(["a.csv"]), bill.source(["b.csv"])], directory: bill.folder.path, now: bill.now)
        let coverage = try #require(reader.bill(currency: .usd, tagKeys: [], bases: [.effective]).table.coverage)
        #expect(states(coverage, "2026-10-12", "2026-10-13") == [.there, .notYet])
        #expect(coverage.span(of: Month(year: 2026, month: 10).days).description == "12 of 31 days")
        #expect(coverage.span(of: Month(year: 2026, month: 10).days, accounts: ["1"]).isWhole == isWhole)
    }

    @Test("know billing periods that are no calendar months")
    func billingPeriods() throws {
        let header = BillFolder.header.replacing("RegionId", with: "BillingPeriodEnd")
        try bill.folder.write(
            "a.csv",
            header + BillFolder.row(period: "2026-10-15", day: "2026-10-20", region: "2026-11-15")
                + BillFolder.row(period: "2026-09-01", day: "2026-09-20", region: "2026-10-01"))
        let table = BillReader(sources: [bill.source(["*.csv"])], directory: bill.folder.path, now: bill.now)
            .bill(currency: .usd, tagKeys: [], bases: [.billed]).table
        #expect(table.billingPeriods == [Month(year: 2026, month: 10): Day("2026-10-15")!..<Day("2026-11-15")!])
    }

    @Test("are the same in a snapshot")
    func snapshot() throws {
        var snapshot = Snapshots.small
        var table = snapshot.bill.table
        table.coverage = BillCoverage(sources: [
            BillCoverage.Source(
                name: "b", newestWhole: Day("2026-10-20")!,
                accounts: [
                    BillCoverage.Account(
                        name: "1", days: [Day("2026-10-15")!..<Day("2026-10-17")!, Day("2026-10-19")!..<Day("2026-10-21")!],
                        zero: [Day("2026-10-16")!..<Day("2026-10-17")!])
                ]), BillCoverage.Source(name: "c", newestWhole: nil, accounts: []),
        ])
        table.billingPeriods = [Month(year: 2026, month: 10): Day("2026-10-15")!..<Day("2026-11-15")!]
        table.coverage?.fault = BillCoverage.fault(snapshot.bill.problems)
        snapshot.bill.table = table
        let read = try SnapshotReader.read(try SnapshotWriter.bytes(of: snapshot, version: "1"))
        #expect(read.bill.table.coverage == table.coverage)
        #expect(read.bill.table.billingPeriods == table.billingPeriods)
    }
}
