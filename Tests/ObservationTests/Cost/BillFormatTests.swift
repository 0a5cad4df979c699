import CostModel
import Testing

@testable import Observation

/// What adds bills up must not know how they are written: a format that is unlike FOCUS goes through all of it.
@Suite("another format of bills")
struct BillFormatTests {
    private let bill: BillFolder

    init() throws { bill = try BillFolder() }

    private func write(_ name: String, _ lines: String...) throws {
        try bill.folder.write(name, LedgerFormat.header + lines.map { $0 + "\n" }.joined())
    }

    private func reader(
        _ files: [String], format: (any BillFormat)? = LedgerFormat(), delivery: CostSource.Delivery = .parts
    ) -> BillReader {
        let files = files.map { ObservedFile(name: $0, in: bill.folder.path) }
        return BillReader(parts: [BillScan.Part(name: "ledger", format: format, files: files, delivery: delivery)], now: bill.now)
    }

    private func lines(
        _ reader: BillReader, by dimensions: [CostBreakdown.Dimension] = [], cost: CostBasis = .effective, currency: Currency? = nil,
        owner: ChargeOwner? = nil
    ) -> [String] {
        let (breakdown, problems) = reader.breakdown(
            by: dimensions, cost: cost, currency: currency, ownerTagKeys: owner == nil ? [] : ["team"], owner: owner)
        return BillFolder.lines(breakdown) + problems.map(BillFolder.line)
    }

    private static let october = [
        "2026-10-01,202610,acme,balance,,,100,,,carried over",
        "2026-10-30,202610,acme,disks,north,d-1,4.50,0.25,24,\"storage, \"\"hot\"\"\"", "2026-10-31,202611,acme,disks,north,d-1,1,,2,late",
        "2026-10-31,202610,umbrella,networks,,n-1,,2,,goodwill",
    ]

    @Test(
        "is broken down by every dimension that it states, credits as charges of their own",
        arguments: [
            ([], ["3.25"]), ([.service], ["disks 5.25", "networks -2"]), ([.account], ["acme 5.25", "umbrella -2"]),
            ([.region], ["north 5.25", "– -2"]), ([.day], ["2026-10-30 4.25", "2026-10-31 -1"]), ([.resource], ["d-1 5.25", "n-1 -2"]),
            ([.provider], ["– 3.25"]), ([.sku, .instanceType], ["– – 3.25"]),
            ([.tag("team")], ["– 3.25", "a.csv:1: note missing-column: the column 'tags' is missing: all charges are without"]),
        ] as [([CostBreakdown.Dimension], [String])])
    func dimensions(by: [CostBreakdown.Dimension], expected: [String]) throws {
        try bill.folder.write("a.csv", LedgerFormat.header + Self.october.map { $0 + "\n" }.joined())
        #expect(lines(reader(["a.csv"]), by: by) == expected)
    }

    @Test("is asked for by cost, billing month and owner like any other")
    func costs() throws {
        try bill.folder.write("a.csv", LedgerFormat.header + Self.october.map { $0 + "\n" }.joined())
        #expect(lines(reader(["a.csv"]), by: [.month], cost: .billed) == ["2026-10 2.25", "2026-11 1"])
        #expect(
            lines(reader(["a.csv"]), cost: .list) == ["0", "a.csv: note unstated-cost: 4 rows state no list amount and count zero"])
        let owned = lines(reader(["a.csv"]), by: [.team]) { account, tags, resource in
            resource == "d-1" && tags.isEmpty ? "storage" : account
        }
        #expect(owned.prefix(2) == ["storage 5.25", "umbrella -2"])
    }

    @Test("becomes the table that judgements read, with the days of single resources")
    func table() throws {
        try bill.folder.write("a.csv", LedgerFormat.header + Self.october.map { $0 + "\n" }.joined())
        let observed = reader(["a.csv"]).bill(currency: .usd, tagKeys: [], bases: [.effective], usageOf: ["d-1", "n-1"])
        #expect(observed.problems == [])
        #expect(observed.bases == [.effective, .billed])
        let table = observed.table
        let lines = table.lines.map { line in
            "\(line.key.day) \(line.key.billingMonth) \(line.key.category.name) \(table.name(line.key.resource)) \(line.amounts.billed)"
        }
        #expect(
            lines == [
                "2026-10-30 2026-10 Usage d-1 4.5", "2026-10-30 2026-10 Credit d-1 -0.25", "2026-10-31 2026-11 Usage d-1 1",
                "2026-10-31 2026-10 Credit n-1 -2",
            ])
        #expect(Set(observed.usage.series.keys) == ["d-1"])
        let day = try #require(observed.usage.series["d-1"]?[Day("2026-10-30")!])
        #expect("\(day.effective) \(day.quantity!) \(day.unit!) \(day.sku ?? "–")" == "4.5 24 Hours –")
    }

    @Test("shows the rows that a finding rests on")
    func rows() throws {
        try bill.folder.write("a.csv", LedgerFormat.header + Self.october.map { $0 + "\n" }.joined())
        let (rows, count) = reader(["a.csv"]).rows(of: ["d-1", "other"], days: Month(year: 2026, month: 10).days, limit: 2)
        #expect(count == 3)
        #expect(
            rows.map { "\($0.file):\($0.line) \($0.day) \($0.category.name) \($0.effective)" } == [
                "a.csv:4 2026-10-31 Usage 1", "a.csv:3 2026-10-30 Usage 4.5",
            ])
    }

    @Test("follows the rules of deliveries, copies and ages")
    func deliveries() throws {
        try write("2026-10-01.csv", "2026-09-30,202609,a,x,,m,1,,,", "2026-10-01,202610,a,x,,m,2,,,", "never,202610,a,x,,m,2,,,")
        try write("2026-10-02.csv", "2026-10-02,202610,a,x,,m,20,,,")
        try write("2026-10-03.csv", "2026-10-02,202610,a,x,,m,20,,,")
        #expect(
            lines(reader(["2026-10-01.csv", "2026-10-02.csv", "2026-10-03.csv"], delivery: .snapshot)) == [
                "21", "2026-10-02.csv: note repeated-file: holds the same as 2026-10-03.csv: it counts once",
            ])
    }

    @Test("places what is wrong with a row in its own words, and counts a line whole or not at all")
    func faults() throws {
        try write("a.csv", "2026-10-01,2610,a,x,,m,1,,,", "2026-10-01,202610,a,x,,m,1,many,,", "2026-10-01,202610,a,x,,m,8,,,")
        #expect(
            lines(reader(["a.csv"])) == [
                "8", "a.csv:2:12: partial bad-row: invoice: expected a month such as 202610, found '2610'",
                "a.csv:3:28: partial bad-row: credit: expected a decimal number, found 'many'",
            ])
    }

    @Test("is told from a file in a format that is known")
    func mistaken() throws {
        try bill.write("focus.csv", BillFolder.row(effective: "7"))
        try write("ledger.csv", "2026-10-01,202610,a,x,,m,1,,,")
        #expect(
            lines(reader(["focus.csv"])) == [
                "focus.csv:1: partial missing-column: expected the columns posted, invoice, customer, product, zone, machine, debit, credit, count, memo",
                "focus.csv:1: note other-format: this looks like a bill in FOCUS, not in Ledger",
            ])
        // Without a word about the format a file says itself what it is; what looks like nothing is taken for FOCUS.
        #expect(lines(reader(["focus.csv"], format: nil)) == ["7"])
        let unlike = lines(reader(["ledger.csv"], format: nil))
        #expect(
            unlike.first?.hasPrefix("ledger.csv:1: partial no-bill: this is no bill in FOCUS: its columns are 'posted', 'invoice', ")
                == true)
        let file = BillFile(ObservedFile(name: "ledger.csv", in: bill.folder.path), superseded: nil, today: bill.now.day)
        #expect(try LedgerFormat().recognises(file) && !FOCUSFormat().recognises(file))
    }

    @Test("every word of 'format' has a format of its own")
    func registry() {
        #expect(BillFormats.all.count == BillFormatName.allCases.filter { $0 != .auto }.count)
        #expect(Set(BillFormats.all.map(\.title)).count == BillFormats.all.count)
    }
}

@Suite("the rows behind a finding")
struct RowSamplerTests {
    @Test("are those of the file that counts, even where that file does not name the resource any more")
    func superseded() throws {
        let bill = try BillFolder()
        try bill.write("2026-10-01.csv", BillFolder.row(effective: "5", day: "2026-10-30", resource: "i-1"))
        try bill.write("2026-10-02.csv", BillFolder.row(effective: "7", day: "2026-10-30", resource: "i-2"))
        func rows(_ delivery: CostSource.Delivery) -> [String] {
            BillReader(sources: [bill.source(["*.csv"], delivery: delivery)], directory: bill.folder.path, now: bill.now)
                .rows(of: ["i-1"], days: Month(year: 2026, month: 10).days, limit: 10).rows.map { "\($0.file) \($0.effective)" }
        }
        #expect(rows(.parts) == ["2026-10-01.csv 5"])
        #expect(rows(.snapshot) == [])
    }
}
