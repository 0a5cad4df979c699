import CostModel
import Diagnostics
import Testing

@testable import Observation

@Suite("rows that stand in a bill more than once")
struct RepeatedRowTests {
    private let bill: BillFolder

    init() throws { bill = try BillFolder() }

    private static func day(_ day: Int) -> String { "2026-10-\(day < 10 ? "0" : "")\(day)" }

    /// A row for each day and resource; rows of one day follow each other.
    private static func rows(_ days: ClosedRange<Int>, _ resources: [String] = ["i-1", "i-2"], effective: String = "1") -> [String] {
        days.flatMap { number in
            resources.map { BillFolder.row(effective: effective, day: "\(day(number))T00:00:00Z", service: "S\($0)", resource: $0) }
        }
    }

    /// The costs, and what is said of rows that stand twice.
    private func said(_ pattern: String, _ delivery: CostSource.Delivery = .parts) -> (sum: String, lines: [String]) {
        let lines = bill.lines([bill.source([pattern], delivery: delivery)])
        return (lines.first ?? "", lines.filter { $0.contains(" repeated-rows: ") })
    }

    private func said(_ rows: [String], as name: String = "a.csv") throws -> [String] {
        try bill.folder.write(name, BillFolder.header + rows.joined())
        return said(name).lines
    }

    // MARK: One file

    @Test("are named where the whole file was appended to itself, in any order", arguments: [2, 3, 8])
    func whole(times: Int) throws {
        let rows = Self.rows(1...31)
        let expected =
            "every row stands \(times == 2 ? "twice" : "\(times) times") in the file, and counts as often: line 64 is line 2 again; take the copies "
            + "out, or name the export as it was written"
        #expect(try said((0..<times).flatMap { _ in rows }) == ["a.csv:64: partial repeated-rows: \(expected)"])
        #expect(try said(rows + (1..<times).flatMap { _ in rows.reversed() }).count == 1)
        #expect(try said(rows.flatMap { Array(repeating: $0, count: times) }).count == 1)
        #expect(try said(rows).isEmpty)
    }

    @Test("are named where its copy has other line ends, or was packed and appended packed")
    func lineEnds() throws {
        let rows = Self.rows(1...31)
        #expect(try said(rows + rows.map { $0.dropLast() + "\r\n" }).count == 1)
        try bill.folder.write("b.csv.gz", Gzip.member(BillFolder.header + rows.joined()) + Gzip.member(rows.joined()))
        #expect(said("b.csv.gz").lines.count == 1)
    }

    @Test("are named by the lines of the file, also where each row is several of them")
    func longRows() throws {
        let rows = (1...31).flatMap { number in
            ["\"i-1\nof two\"", "\"i-2\n\nof three\""].map {
                BillFolder.row(effective: "1", day: "\(Self.day(number))T00:00:00Z", service: "S", resource: $0)
            }
        }
        #expect(try said(rows + rows).first?.contains("line 157 is line 2 again") == true)
        // A plain row before them moves all of them by one.
        let first = BillFolder.row(effective: "7", day: "2026-10-01T00:00:00Z", service: "S", resource: "i-3")
        #expect(try said([first] + rows + [first] + rows).first?.contains("line 158 is line 2 again") == true)
    }

    @Test("are named by their lines where a part of the file was appended to it")
    func part() throws {
        let rows = Self.rows(1...31)
        #expect(
            try said(rows + rows.prefix(30)) == [
                "a.csv:64: partial repeated-rows: lines 2 to 31 stand again from line 64 on, and count twice: 30 rows; take the copies out, or name the "
                    + "export as it was written"
            ])
        #expect(try said(rows.prefix(30) + rows).count == 1)
        #expect(try said(rows.prefix(40) + Array(rows.dropFirst(20))).count == 1)
        let one = Self.rows(1...31, ["i-1"])
        #expect(try said(one + one.prefix(15)).count == 1)
    }

    @Test("are named where a file was appended by its next version, in which some rows changed and some came late")
    func nextVersion() throws {
        let first = Self.rows(1...20)
        let next = Self.rows(1...9) + Self.rows(10...10, effective: "2") + Self.rows(11...31, ["i-1", "i-2", "i-3"])
        let lines = try said(first + next)
        let expected = "a.csv:42: partial repeated-rows: lines 2 to 19 stand again from line 42 on"
        #expect(lines.map { $0.hasPrefix(expected) } == [true], "\(lines)")
    }

    @Test("are charges that are equal: of machines without a name, of hours of a day, and two a day among others")
    func equalCharges() throws {
        // Two machines without a name cost the same in each hour, one list behind the other.
        let hours = (0..<240).map { hour in
            BillFolder.row(day: "\(Self.day(hour / 24 + 1))T\(hour % 24 < 10 ? "0" : "")\(hour % 24):00:00Z", resource: "")
        }
        let lines = try said(hours + hours)
        #expect(lines.count == 1 && lines[0].hasPrefix("a.csv:242: note repeated-rows: every row stands twice in the file"), "\(lines)")
        #expect(try said(hours + hours + Self.rows(1...10)).isEmpty)
        // The hours of a day, dated by the day alone.
        #expect(try said(Self.rows(1...10).flatMap { Array(repeating: $0, count: 24) }).isEmpty)
        // A load balancer with two equal rules.
        #expect(try said(Self.rows(1...31) + Self.rows(1...31, ["lb"]).flatMap { [$0, $0] }).isEmpty)
        #expect(try said(Self.rows(1...31) + Self.rows(1...31, ["lb"]) + Self.rows(1...31, ["lb"])).isEmpty)
        #expect(try said([BillFolder.row(), BillFolder.row()]).isEmpty)
    }

    @Test("are named in large files, whoever read which of them, and are not where nothing stands twice")
    func large() throws {
        let rows = (0..<24_000).map { BillFolder.row(day: Self.day($0 % 28 + 1), resource: "instance-\($0)") }
        #expect(try said(rows).isEmpty)
        try bill.folder.write("a.csv", BillFolder.header + rows.joined() + rows.reversed().joined())
        let expected = said("a.csv").lines
        #expect(expected.count == 1 && expected[0].contains("every row stands twice"), "\(expected)")
        for cores in [1, 2, 4] { #expect(Cores.$assigned.withValue(cores) { said("a.csv").lines } == expected) }
        try bill.folder.write("b.csv", BillFolder.header + rows.joined() + rows.prefix(12_000).joined())
        let half = said("b.csv").lines
        #expect(half.count == 1 && half[0].contains("stand again from line"), "\(half)")
    }

    // MARK: Several files

    @Test("are named where a chunk of a delivery was written again in another order, or holds a part of another one")
    func chunks() throws {
        let rows = Self.rows(1...31)
        try bill.folder.write("r/a-001.csv", BillFolder.header + rows.joined())
        try bill.folder.write("r/a-002.csv", BillFolder.header + rows.reversed().joined())
        #expect(
            said("r/*.csv").lines == [
                "r/a-002.csv: partial repeated-rows: 62 of its 62 rows stand in r/a-001.csv, too, and count twice"
            ])
        try bill.folder.write("r/a-002.csv", BillFolder.header + (rows.prefix(20) + Self.rows(1...31, ["i-3"])).joined())
        #expect(
            said("r/*.csv").lines == [
                "r/a-002.csv: partial repeated-rows: 20 of its 51 rows stand in r/a-001.csv, too, and count twice"
            ])
    }

    @Test(
        "are told of where they are all of a file of one or two, unless charges of this bill are often equal",
        arguments: [(1, "1 of its 14 rows stands in r/b-copy.csv"), (2, "2 of its 14 rows stand in r/b-copy.csv")])
    func fewCopies(count: Int, what: String) throws {
        let rows = Self.rows(1...7)
        // Of one or two days the first row: no day of the copy is whole.
        let copied = [rows[0], rows[2]].prefix(count).joined()
        try bill.folder.write("r/b.csv", BillFolder.header + rows.joined())
        try bill.folder.write("r/b-copy.csv", BillFolder.header + copied)
        let found = said("r/*.csv").lines
        #expect(found.count == 1 && found.allSatisfy { $0.contains("note repeated-rows: ") }, "\(found)")
        #expect(found.allSatisfy { $0.contains(what) }, "\(found)")
        try bill.folder.write("r/b.csv", BillFolder.header + (rows + rows.suffix(2)).joined())
        #expect(said("r/*.csv").lines.isEmpty)
        // A row that names no resource may be another charge.
        let unnamed = (1...7).map { BillFolder.row(effective: "1", day: Self.day($0), service: "S", resource: "") }
        try bill.folder.write("r/b.csv", BillFolder.header + (unnamed + unnamed.map { $0.replacing("S,", with: "T,") }).joined())
        try bill.folder.write("r/b-copy.csv", BillFolder.header + unnamed.prefix(count).joined())
        #expect(said("r/*.csv").lines.isEmpty)
    }

    @Test("count once where a copy of a file has another name, and are named where the copy was cut or changed")
    func copies() throws {
        let rows = Self.rows(1...31)
        try bill.folder.write("part.csv", BillFolder.header + rows.joined())
        try bill.folder.write("part (1).csv", BillFolder.header + rows.joined())
        #expect(said("*.csv").sum == "62" && said("*.csv").lines.isEmpty)
        // Half of each day.
        try bill.folder.write("part (1).csv", BillFolder.header + Self.rows(1...31, ["i-2"]).joined())
        #expect(said("*.csv").lines.map { $0.hasSuffix("31 of its 62 rows stand in part (1).csv, too, and count twice") } == [true])
        try bill.folder.write("part (1).csv", BillFolder.header + rows.map { $0.dropLast() + "\r\n" }.joined())
        #expect(said("*.csv").sum == "62" && said("*.csv").lines.isEmpty)
    }

    @Test("are no copies where files of one bill share a few charges that are equal")
    func fewInCommon() throws {
        let equal = (0..<40).map { BillFolder.row(day: "\(Self.day($0 % 20 + 1))T00:00:00Z", resource: "") }
        try bill.folder.write("r/a-001.csv", BillFolder.header + (Self.rows(1...31) + equal).joined())
        try bill.folder.write("r/a-002.csv", BillFolder.header + (Self.rows(1...31, ["i-3"]) + equal + Self.rows(31...31)).joined())
        #expect(said("r/*.csv").lines.isEmpty)
    }

    @Test("are told again from what was kept")
    func kept() throws {
        let folder = try TemporaryFolder()
        let cache = BillCache(folder: folder.path + "/bills") { BillCache.systemTime() + 60_000_000_000 }
        let rows = Self.rows(1...31)
        try bill.folder.write("r/a-001.csv", BillFolder.header + (rows + rows).joined())
        try bill.folder.write("r/a-002.csv", BillFolder.header + rows.joined())
        let expected = said("r/*.csv").lines
        #expect(expected.count == 2)
        for _ in 0..<2 { #expect(BillCache.$current.withValue(cache) { said("r/*.csv").lines } == expected) }
        #expect(cache.hitCount > 0)
    }
}

@Suite("lines that providers name")
struct IdentifiedLineTests {
    private let bill: FormatFolder

    init() throws { bill = try FormatFolder() }

    private func said(_ columns: [String], _ rows: [[String: String]]) throws -> [String] {
        try bill.write("bill.csv", columns, rows)
        return bill.lines("bill.csv", cost: .billed).filter { $0.contains(" repeated-rows: ") }
    }

    private static func line(_ id: String, hour: Int = 0, cost: String = "1") -> [String: String] {
        let start = "2026-10-31T0\(hour):00:00Z"
        return [
            "identity/LineItemId": id, "identity/TimeInterval": "\(start)/2026-10-31T0\(hour + 1):00:00Z",
            "bill/BillingPeriodStartDate": "2026-10-01T00:00:00Z", "lineItem/UsageAccountId": "1", "lineItem/LineItemType": "Usage",
            "lineItem/UsageStartDate": start, "lineItem/UnblendedCost": cost, "lineItem/CurrencyCode": "USD",
            "lineItem/ResourceId": "i-1",
        ]
    }

    private static let columns = line("").keys.sorted()

    @Test("are one line of AWS's report in each hour, with the same values or others")
    func aws() throws {
        #expect(try said(Self.columns, [Self.line("a"), Self.line("b"), Self.line("a", hour: 1), Self.line("b", hour: 1)]).isEmpty)
        #expect(
            try said(Self.columns, [Self.line("a"), Self.line("b"), Self.line("a")]) == [
                "bill.csv:4: partial repeated-rows: 1 line has the identity of another line and counts again, line 4 has that of line 2; take the copies "
                    + "out, or name the export as it was written"
            ])
        let changed = try said(Self.columns, [Self.line("a"), Self.line("a", cost: "2"), Self.line("b"), Self.line("b")])
        let expected = "2 lines have the identity of another line and count again, some of them with other values"
        #expect(changed.map { $0.contains(expected) } == [true])
        // Another billing period counts anew.
        var next = Self.line("a")
        next["bill/BillingPeriodStartDate"] = "2026-11-01T00:00:00Z"
        #expect(try said(Self.columns, [Self.line("a"), next]).isEmpty)
    }

    @Test("are one line of CUR 2.0, too; without names a copy agrees to the letter")
    func version2() throws {
        func renamed(_ line: [String: String]) -> [String: String] {
            let names = [
                "identity/LineItemId": "identity_line_item_id", "identity/TimeInterval": "identity_time_interval",
                "bill/BillingPeriodStartDate": "bill_billing_period_start_date", "lineItem/UsageAccountId": "line_item_usage_account_id",
                "lineItem/LineItemType": "line_item_line_item_type", "lineItem/UsageStartDate": "line_item_usage_start_date",
                "lineItem/UnblendedCost": "line_item_unblended_cost", "lineItem/CurrencyCode": "line_item_currency_code",
                "lineItem/ResourceId": "line_item_resource_id",
            ]
            return Dictionary(uniqueKeysWithValues: line.map { (names[$0.key] ?? "", $0.value) })
        }
        let columns = renamed(Self.line("")).keys.sorted() + ["product"]
        #expect(try said(columns, [Self.line("a"), Self.line("a")].map(renamed)).count == 1)
        #expect(try said(columns, [Self.line("a"), Self.line("b")].map(renamed)).isEmpty)
        let plain = columns.filter { !$0.hasPrefix("identity") }
        let hours = (0..<9).map { renamed(Self.line("", hour: $0)) }
        #expect(try said(plain, hours + hours).map { $0.contains("every row stands twice") } == [true])
        #expect(try said(plain, hours).isEmpty)
    }

    @Test("are one line of Oracle's report")
    func oracle() throws {
        let columns = [
            "lineItem/referenceNo", "lineItem/tenantId", "lineItem/intervalUsageStart", "product/service", "product/resourceId",
            "cost/myCost", "cost/currencyCode",
        ]
        func line(_ reference: String, _ cost: String = "1") -> [String: String] {
            [
                "lineItem/referenceNo": reference, "lineItem/tenantId": "t", "lineItem/intervalUsageStart": "2026-10-31T00:00Z",
                "product/service": "COMPUTE", "product/resourceId": "r", "cost/myCost": cost, "cost/currencyCode": "USD",
            ]
        }
        #expect(try said(columns, [line("1"), line("2"), line("1")]).map { $0.contains(":4: partial") } == [true])
        #expect(try said(columns, [line("1"), line("2")]).isEmpty)
    }

    @Test("are not known to Azure and Google: a copy of the whole file is named all the same")
    func withoutNames() throws {
        let azure = [
            "SubscriptionId", "Date", "BillingPeriodStartDate", "CostInBillingCurrency", "BillingCurrencyCode", "MeterCategory",
            "ConsumedService", "ResourceId", "ChargeType",
        ]
        let rows = (1...9).map { day in
            [
                "SubscriptionId": "s", "Date": "10/0\(day)/2026", "BillingPeriodStartDate": "10/01/2026", "CostInBillingCurrency": "1",
                "BillingCurrencyCode": "USD", "MeterCategory": "VM", "ConsumedService": "Microsoft.Compute", "ResourceId": "/r/vm",
                "ChargeType": "Usage",
            ]
        }
        #expect(try said(azure, rows + rows).count == 1)
        #expect(try said(azure, rows).isEmpty)
        let google = (1...9).map { hour in
            #"{"billing_account_id":"b","service":{"description":"Compute"},"sku":{"id":"s"},"usage_start_time":"2026-10-31 0\#(hour):00:00 UTC","#
                + #""project":{"id":"web"},"cost":1.5,"currency":"USD","credits":[{"name":"p","amount":-0.5,"type":"PROMOTION"}],"#
                + #""invoice":{"month":"202610"},"cost_type":"regular","resource":{"global_name":"//compute/vm"}}"#
        }
        try bill.folder.write("g.json", (google + google).joined(separator: "\n"))
        let twice = bill.lines("g.json").filter { $0.contains(" repeated-rows: ") }
        #expect(twice.count == 1 && twice[0].hasPrefix("g.json:10: partial"), "\(twice)")
        try bill.folder.write("g.json", google.joined(separator: "\n"))
        #expect(bill.lines("g.json") == ["9"])
    }
}
