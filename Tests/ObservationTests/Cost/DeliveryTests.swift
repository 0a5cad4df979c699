import CostModel
import Foundation
import Testing

@testable import Observation

@Suite("deliveries of a bill")
struct DeliveryTests {
    private let bill: BillFolder

    init() throws { bill = try BillFolder() }

    private static func days(_ first: Int, _ last: Int, effective: String = "1", month: String = "2026-10", resource: String = "i-1")
        -> String
    {
        (first...last).map { day in
            BillFolder.row(
                effective: effective, period: "\(month)-01", day: "\(month)-\(day < 10 ? "0" : "")\(day)", resource: resource)
        }.joined()
    }

    private func lines(_ pattern: String, _ delivery: CostSource.Delivery = .snapshot) -> [String] {
        bill.lines([bill.source([pattern], delivery: delivery)])
    }

    @Test(
        "are named by folder and run, whatever the number of the chunk",
        arguments: [
            ("a/acme-00001.csv", "a/acme"), ("a/acme-00002.csv.gz", "a/acme"), ("a/acme_0001.csv", "a/acme"), ("r/part_0_0001.csv", "r"),
            ("r/part-00003-5f2e.csv.gz", "r"), ("bill-1-of-3.csv", "bill"), ("bill-chunk-2.csv", "bill"), ("2026-10-31.csv", "2026-10-31"),
            ("mtd-2026-10-01.csv", "mtd-2026-10-01"), ("a-2.csv", "a-2"), ("000001.csv", "000001"), ("202610010315.csv", "202610010315"),
            ("run/000000000000.json.gz", "run"), ("run/000000000012.csv", "run"), ("run/bill-000000000001.json.gz", "run/bill"),
        ])
    func names(file: String, name: String) {
        #expect(DeliveryName(file).description == name)
    }

    @Test("count with all of their chunks")
    func chunks() throws {
        try bill.write("p=2026-09/acme-00001.csv", Self.days(1, 30, month: "2026-09"))
        try bill.write("p=2026-10/acme-00001.csv", Self.days(1, 15))
        try bill.write("p=2026-10/acme-00002.csv", Self.days(16, 31))
        #expect(lines("*/*.csv") == ["61"])
        #expect(lines("*/*.csv", .parts) == ["61"])
    }

    @Test("in BigQuery's numbered files count with all of them, also where nothing but the number is in their names")
    func shards() throws {
        for (at, days) in [(1, 10), (11, 20), (21, 31)].enumerated() {
            try bill.write("run/00000000000\(at).csv", Self.days(days.0, days.1))
        }
        #expect(lines("run/*.csv") == ["31"])
        #expect(lines("run/*.csv", .parts) == ["31"])
        try FileManager.default.removeItem(atPath: bill.folder.path + "/run/000000000000.csv")
        #expect(
            lines("run/*.csv", .parts).contains {
                $0.contains("partial delivery: the delivery is not whole: file 0 of the export is missing")
            })
    }

    @Test("in a folder of each run are replaced by those of the last run, also where chunks of both are the same")
    func runs() throws {
        for (run, last) in [("202610300315", 29), ("202610310315", 30)] {
            try bill.write("m/\(run)/part_0_0001.csv", Self.days(1, 10))
            try bill.write("m/\(run)/part_1_0001.csv", Self.days(11, last))
        }
        #expect(lines("m/*/*.csv").first == "30")
    }

    @Test("that are whole count, and newer ones that were cut off are named")
    func cutOff() throws {
        try bill.write("run-1/a-001.csv", Self.days(1, 15))
        try bill.write("run-1/a-002.csv", Self.days(16, 29))
        try bill.write("run-2/a-001.csv", Self.days(1, 15))
        #expect(
            lines("*/*.csv") == [
                "29", "run-1/a-001.csv: note repeated-file: holds the same as run-2/a-001.csv: it counts once",
                "run-2/a-001.csv: warning delivery: states 15 days of 2026-10, run-1/a states 29: it is not whole, and the older delivery counts",
            ])
    }

    private static func correction(_ day: String, of month: String = "2026-09", _ amount: String = "-5") -> String {
        BillFolder.row(effective: amount, period: "\(month)-01", day: day, category: "Adjustment")
    }

    @Test("of a later month correct what an earlier one billed, once, whatever runs there were")
    func corrections() throws {
        try bill.write("2026-08.csv", Self.days(1, 31, month: "2026-08"))
        try bill.write("2026-09.csv", Self.days(1, 30, month: "2026-09"))
        try bill.write(
            "2026-10-run1.csv", Self.days(1, 20), Self.correction("2026-09-03"), Self.correction("2026-08-03", of: "2026-08", "-1"))
        #expect(lines("*.csv").first == "75")
        try bill.write(
            "2026-10-run2.csv", Self.days(1, 31), Self.correction("2026-09-03"), Self.correction("2026-09-04"),
            Self.correction("2026-08-03", of: "2026-08", "-1"))
        #expect(lines("*.csv") == ["81"])
    }

    @Test("that are cut off correct nothing, nor does one that states usage again")
    func noCorrection() throws {
        try bill.write("2026-09-run1.csv", Self.days(1, 30, month: "2026-09"), Self.correction("2026-09-03"))
        try bill.write("2026-09-run2.csv", Self.correction("2026-09-03"))
        #expect(lines("*.csv").first == "25")
        #expect(lines("*.csv").dropFirst().first?.contains("warning delivery: states 1 day of 2026-09") ?? false)
        try bill.write("2026-10.csv", Self.days(1, 31), Self.days(1, 30, effective: "2", month: "2026-09"))
        #expect(lines("*.csv").first == "91")
    }

    /// Two deliveries, and what is read of them.
    private static let shrinking: [(older: String, newer: String, lines: [String])] = {
        func said(_ sum: String, _ rest: String) -> [String] {
            [sum, "2026-10-31.csv: note delivery: 2026-10 shrinks from 30.00 in 2026-10-30 to \(rest)"]
        }
        let october = days(1, 30)
        let september = days(1, 30, month: "2026-09")
        return [
            (october, days(1, 31, effective: "0.5"), said("15.5", "15.50")),
            (october, days(1, 29) + days(30, 30, effective: "0.99"), said("29.99", "29.99")),
            (october, days(1, 31) + BillFolder.row(effective: "-5", category: "Credit"), said("26", "26.00")),
            // Of two months the one that does.
            (september + october, september + days(1, 31, effective: "0.5"), said("45.5", "15.50")),
            (october, days(1, 31, effective: "2"), ["62"]),
        ]
    }()

    @Test("of a month that shrinks count, and that is said", arguments: shrinking)
    func shrinks(older: String, newer: String, lines: [String]) throws {
        try bill.write("2026-10-30.csv", older)
        try bill.write("2026-10-31.csv", newer)
        #expect(self.lines("*.csv") == lines)
    }

    private static let rowless: [(pattern: String, files: [String: String])] = [
        ("*.csv", ["a-1.csv": days(1, 30), "a-2.csv": ""]), ("*.csv", ["a-1.csv": "", "a-2.csv": days(1, 30)]),
        ("*/*.csv", ["run-1/a-001.csv": days(1, 30), "run-2/a-001.csv": ""]),
        ("*.csv", ["a-001.csv": days(1, 15), "a-002.csv": "", "a-003.csv": days(16, 30)]),
    ]

    @Test("without rows replace nothing, whether they are the newest, the oldest, or a chunk among others", arguments: rowless)
    func empty(pattern: String, files: [String: String]) throws {
        for (name, rows) in files { try bill.write(name, rows) }
        #expect(lines(pattern) == ["30"])
        #expect(lines(pattern, .parts) == ["30"])
    }

    /// Files from month's start to date, and what is read of them.
    private static let toDate: [(files: [String: String], snapshot: [String], parts: [String])] = {
        func again(_ file: Int, _ days: Int, in whole: Int) -> String {
            "mtd-2026-10-\(file).csv: note delivery: 2026-10 is stated again, with \(whole) days, by mtd-2026-10-\(whole): its \(days) days "
                + "count once; 'delivery: snapshot' says that later files replace earlier ones"
        }
        let (one, two) = ("mtd-2026-10-29.csv", "mtd-2026-10-30.csv")
        let oneAgain = again(29, 29, in: 30)
        let september = days(1, 30, month: "2026-09")
        return [
            (
                ["mtd-2026-10-28.csv": days(1, 28), one: days(1, 29), two: days(1, 30)], ["30"],
                ["30", again(28, 28, in: 29), oneAgain]
            ),
            // The last day's cost was still arriving.
            ([one: days(1, 28) + days(29, 29, effective: "0.5"), two: days(1, 30)], ["30"], ["30", oneAgain]),
            // The month before has a last file of its own.
            (["mtd-2026-09-30.csv": september, one: days(1, 29), two: days(1, 30)], ["60"], ["60", oneAgain]),
            // The newest was cut off.
            (
                [one: days(1, 29), two: days(1, 12)],
                [
                    "29",
                    "\(two): warning delivery: states 12 days of 2026-10, mtd-2026-10-29 states 29: it is not whole, and the older "
                        + "delivery counts",
                ],
                ["29", again(30, 12, in: 29)]
            ),
        ]
    }()

    @Test("from month's start to date count once, also where the source says that files are parts", arguments: toDate)
    func monthToDate(files: [String: String], snapshot: [String], parts: [String]) throws {
        for (name, rows) in files { try bill.write(name, rows) }
        #expect(lines("*.csv") == snapshot)
        #expect(lines("*.csv", .parts) == parts)
    }

    @Test("with the same rows in another order count once")
    func reordered() throws {
        try bill.write("one.csv", Self.days(1, 15), Self.days(16, 31))
        try bill.write("two.csv", Self.days(16, 31), Self.days(1, 15))
        #expect(lines("*.csv", .parts).first == "31")
    }

    @Test("of the same days and different resources all count")
    func differing() throws {
        try bill.write("a.csv", Self.days(1, 31))
        try bill.write("b.csv", Self.days(1, 31, resource: "i-2"))
        #expect(lines("*.csv", .parts) == ["62"])
    }

    @Test("that state single days of a month which an older one has whole do not replace it, and are named")
    func correction() throws {
        try bill.write("2026-09.csv", Self.days(1, 30, month: "2026-09"))
        try bill.write("2026-10.csv", Self.days(1, 31), Self.days(3, 3, effective: "-0.5", month: "2026-09"))
        #expect(
            lines("*.csv") == [
                "61",
                "2026-10.csv: warning delivery: states 1 day of 2026-09, 2026-09 states 30: it is not whole, and the older delivery counts",
            ])
    }

    @Test(
        "of which a chunk is missing are partial, as parts and as the only snapshot",
        arguments: [
            (["a-001.csv", "a-003.csv"], 2), (["a-002.csv", "a-003.csv"], 1), (["b-1-of-3.csv", "b-2-of-3.csv"], 3),
            (["a-000.csv", "a-002.csv"], 1),
        ])
    func missingChunk(files: [String], chunk: Int) throws {
        try bill.write(files[0], Self.days(1, 15))
        try bill.write(files[1], Self.days(16, 31))
        for delivery in [CostSource.Delivery.parts, .snapshot] {
            #expect(
                lines("*.csv", delivery) == [
                    "31", "\(files[delivery == .parts ? 0 : 1]): partial delivery: the delivery is not whole: chunk \(chunk) is missing",
                ])
        }
    }

    @Test(
        "whose names count something else, or parts with nothing in them, miss no chunk",
        arguments: [
            ["part-00000-x.csv", "part-00004-x.csv"], ["day-032.csv", "day-033.csv"], ["2026-10-01.csv", "2026-10-03.csv"],
        ])
    func otherNumbers(files: [String]) throws {
        try bill.write(files[0], Self.days(1, 15))
        try bill.write(files[1], Self.days(16, 31))
        #expect(lines("*.csv", .parts) == ["31"])
    }

    @Test("of which a chunk is missing do not replace an older whole one")
    func incompleteRun() throws {
        for (run, chunks) in [("run-1", [1, 2]), ("run-2", [1, 3])] {
            for (at, chunk) in chunks.enumerated() {
                try bill.write("\(run)/a-00\(chunk).csv", Self.days(at * 15 + 1, at * 15 + 15, effective: "2"))
            }
        }
        try bill.write("run-2/a-004.csv", Self.days(31, 31))
        #expect(
            lines("*/*.csv").filter { !$0.contains("repeated-file") } == [
                "60", "run-2/a-004.csv: warning delivery: 2026-10 is not whole: chunk 2 is missing; run-1/a counts",
            ])
    }

    @Test(
        "are the files that the manifest names",
        arguments: [
            ("m/run/manifest.json", #"{"blobs": [{"blobName": "x/m/run/part_0.csv"}, {"blobName": "x/m/run/part_1.csv"}]}"#, "m/run"),
            ("m/run/acme-Manifest.json", #"{"reportKeys": ["r/part_0.csv", "r/part_1.csv"]}"#, "m/run"),
            (
                "e/metadata/BILLING_PERIOD=2026-10/acme-Manifest.json",
                #"{"dataFiles": ["s3://b/e/data/BILLING_PERIOD=2026-10/part_0.csv", "s3://b/e/data/BILLING_PERIOD=2026-10/part_1.csv"]}"#,
                "e/data/BILLING_PERIOD=2026-10"
            ),
        ])
    func manifests(name: String, text: String, folder: String) throws {
        let manifest = name.split(separator: "/").last.map(String.init) ?? ""
        try bill.folder.write(name, text)
        try bill.write("\(folder)/part_0.csv", Self.days(17, 31))
        // Of a longer run before.
        try bill.write("\(folder)/part_2.csv", Self.days(1, 5))
        #expect(
            lines("\(folder)/*.csv", .parts) == [
                "15",
                "\(folder)/part_0.csv: partial delivery: the delivery is not whole: \(manifest) names 'part_1.csv', which the bill does not have",
                "\(folder)/part_2.csv: note delivery: \(manifest) does not name it: an older run left it behind, and it does not count",
            ])
        try bill.write("\(folder)/part_1.csv", Self.days(1, 16))
        #expect(lines("\(folder)/*.csv", .parts).first == "31")
        #expect(lines("\(folder)/*.csv").first == "31")
    }

    @Test("that overlap by some days are partial: no day of either may be lost")
    func overlap() throws {
        try bill.write("a.csv", Self.days(1, 20))
        try bill.write("b.csv", Self.days(15, 31))
        #expect(
            lines("*.csv", .parts) == [
                "37", "a.csv: partial delivery: 6 days of 2026-10 stand in b, too, and count twice",
                "bursar.yaml:9:11: note odd-day: the bill 'billing' has 2 rows of an account on 2026-10-15, and 1 on the days around it: "
                    + "some may stand twice",
            ])
    }

    @Test("of one month in two forms would count twice, which no judgement may rest on")
    func twoForms() throws {
        func days(_ costs: [String], billed: String, _ column: String) -> String {
            let rows = costs.enumerated().map { at, cost in
                "\(BillFolder.row(billed: "\(billed)\(at)", effective: cost, day: "2026-10-\(at + 10)", resource: "i-\(column)").dropLast()),x\n"
            }
            return BillFolder.header.dropLast() + ",\(column)\n" + rows.joined()
        }
        try bill.folder.write("old/a.csv", days(["1.25", "2.5", "4"], billed: "3", "x_Old"))
        try bill.folder.write("new/b.csv", days(["1.25", "2.5", "5"], billed: "4", "x_New"))
        #expect(
            lines("*/*.csv", .parts).last
                == "new/b.csv: partial delivery: 2026-10 counts twice: old/a states it, too, in another form; 2 of 3 days cost the same in both, "
                + "to the last digit; name one of them")
        // The bills of two accounts do not agree so, neither in what charges cost nor in what is billed.
        try bill.folder.write("new/b.csv", days(["1.25", "2.25", "5"], billed: "4", "x_New"))
        #expect(!lines("*/*.csv", .parts).joined().contains("counts twice"))
        try bill.folder.write("new/b.csv", days(["1.5", "2.25", "5"], billed: "3", "x_New"))
        #expect(bill.lines([bill.source(["*/*.csv"])], cost: .billed).joined().contains("3 of 3 days cost the same in both"))
    }

    @Test("in several formats under one pattern are read each in its own, and one that is none is named")
    func mixedFormats() throws {
        try bill.write("all/focus.csv", Self.days(10, 10))
        try bill.folder.write(
            "all/cur.csv",
            "bill/BillingPeriodStartDate,lineItem/UsageAccountId,lineItem/LineItemType,lineItem/UsageStartDate,lineItem/UnblendedCost,"
                + "lineItem/CurrencyCode,product/ProductName\n2026-10-01T00:00:00Z,1,Usage,2026-10-10T00:00:00Z,4,USD,EC2\n")
        try bill.folder.write("all/odd.csv", "a,b\n1,2\n")
        var source = bill.source(["all/*.csv"])
        source.format = .auto
        let found = bill.lines([source])
        #expect(found.first == "5" && found.contains { $0.hasPrefix("all/odd.csv:1: partial") }, "\(found)")
        source.format = .focus
        #expect(bill.lines([source]).contains { $0.hasPrefix("all/cur.csv:1: partial") })
    }
}
