import CostModel
import Testing

@testable import Observation

@Suite("sources of a bill")
struct BillSourceTests {
    @Test("a file counts once, however many globs, names and packings reach it")
    func copies() throws {
        let bill = try BillFolder()
        try bill.write("a/1.csv", BillFolder.row(effective: "10"))
        try bill.write("a/2.csv", BillFolder.row(effective: "0.5"))
        try bill.folder.write("b/copy.csv.gz", Gzip.member(BillFolder.header + BillFolder.row(effective: "10")))
        let sources = [bill.source(["a/*.csv", "**/*.csv", "./a/1.csv"]), bill.source(["b/*"])]
        #expect(bill.lines(sources) == ["10.5", "b/copy.csv.gz: note repeated-file: holds the same as a/1.csv: it counts once"])
    }

    @Test("of a snapshot source the file whose name sorts last gives a billing period's rows")
    func snapshot() throws {
        let bill = try BillFolder()
        let (september, october) = ("2026-09-01", "2026-10-01")
        try bill.write(
            "2026-10-01.csv", BillFolder.row(effective: "1", period: september), BillFolder.row(effective: "2", period: october),
            BillFolder.row(effective: "broken", period: september))
        try bill.write(
            "2026-10-02.csv", BillFolder.row(effective: "10", period: september), BillFolder.row(effective: "20", period: october))
        try bill.write(
            "2026-10-03.csv", BillFolder.row(effective: "200", period: october), BillFolder.row(effective: "300", period: october))
        #expect(bill.lines([bill.source(["*.csv"], delivery: .snapshot)]) == ["510"])
        // The newest holds what the oldest held: it still replaces the one between.
        try bill.write(
            "2026-10-04.csv", BillFolder.row(effective: "10", period: september), BillFolder.row(effective: "20", period: october))
        #expect(
            bill.lines([bill.source(["*.csv"], delivery: .snapshot)]) == [
                "30", "2026-10-02.csv: note repeated-file: holds the same as 2026-10-04.csv: it counts once",
                "2026-10-04.csv: note delivery: 2026-10 shrinks from 500.00 in 2026-10-03 to 20.00",
            ])
    }

    @Test("amounts in another currency are never added")
    func currencies() throws {
        let bill = try BillFolder()
        try bill.write(
            "a.csv", BillFolder.row(effective: "1"), BillFolder.row(effective: "5", currency: "EUR"),
            BillFolder.row(effective: "7", currency: "EUR"))
        let problem = "a.csv: partial foreign-currency: 2 rows are in EUR, not in USD: amounts in different currencies are never added"
        #expect(bill.lines([bill.source(["a.csv"])]) == ["1", problem])
        let (breakdown, problems) = BillReader(files: ["a.csv"], directory: bill.folder.path, now: bill.now)
            .breakdown(by: [.service], currency: nil)
        #expect(breakdown.rows.map { "\($0.amount) \($0.currency?.code ?? "")" } == ["12 EUR", "1 USD"])
        #expect(breakdown.totals.map { "\($0.amount) \($0.currency?.code ?? "")" } == ["12 EUR", "1 USD"])
        #expect(problems.isEmpty)
    }

    @Test(
        "a bill is too old when its newest charge day ended longer ago than its maximum age",
        arguments: [("2026-10-29", true), ("2026-10-28", true), ("2026-10-27", false)])
    func age(day: String, isFresh: Bool) throws {
        let bill = try BillFolder()
        try bill.write("a.csv", BillFolder.row(day: "2026-10-01"), BillFolder.row(day: day))
        let problem = "bursar.yaml:9:11: partial stale-bill: the newest charge of the bill 'billing' is of \(day): older than 3d"
        #expect(bill.lines([bill.source(["a.csv"])]) == (isFresh ? ["2"] : ["2", problem]))
        #expect(bill.lines([bill.source(["a.csv"], maxAge: nil)]) == ["2"])
    }

    @Test("charges dated ahead do not make an old bill fresh")
    func ahead() throws {
        let bill = try BillFolder()
        try bill.write("a.csv", BillFolder.row(day: "2026-10-01"), BillFolder.row(day: "2026-12-01"))
        #expect(
            bill.lines([bill.source(["a.csv"])]).last?.contains("stale-bill: the newest charge of the bill 'billing' is of 2026-10-01")
                == true)
        try bill.write("b.csv", BillFolder.row(day: "2026-12-01"))
        #expect(
            bill.lines([bill.source(["b.csv"])]).last
                == "bursar.yaml:9:11: partial stale-bill: the bill 'billing' has no charge before \(bill.now)")
        #expect(bill.lines([bill.source(["b.csv"], maxAge: nil)]).count == 1)
    }

    @Test(
        "each source has its own age, however fresh the others are",
        arguments: [
            // By source: the days of its files, and the hours that it may be old.
            ([["2026-10-31"], ["2026-10-12"]], [72, 72], ["2026-10-12"]),
            ([["2026-10-01"], ["2026-10-31"], ["2026-10-12"]], [72, 72, 72], ["2026-10-01", "2026-10-12"]),
            ([["2026-10-31"], ["2026-10-12"]], [72, 720], []), ([["2026-10-31"], ["2026-10-28"]], [72, 72], []),
            // Files of one source are one bill.
            ([["2026-10-31", "2026-10-12"]], [72], []),
        ] as [([[String]], [Int], [String])])
    func ages(days: [[String]], hours: [Int], stale: [String]) throws {
        let bill = try BillFolder()
        for (source, days) in days.enumerated() {
            for day in days { try bill.write("\(source)/\(day).csv", BillFolder.row(day: day)) }
        }
        let sources = hours.enumerated().map { bill.source(["\($0)/*.csv"], maxAge: .hours($1)) }
        let problems = stale.map {
            "bursar.yaml:9:11: partial stale-bill: the newest charge of the bill 'billing' is of \($0): older than 3d"
        }
        #expect(bill.lines(sources) == ["\(days.joined().count)"] + problems)
    }
}
