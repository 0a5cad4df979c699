import CostModel
import Testing

@testable import Observation

@Suite("files of a bill")
struct BillFileTests {
    @Test("columns may stand in any order, among others")
    func reordered() throws {
        let bill = try BillFolder()
        try bill.folder.write(
            "a.csv",
            "\u{FEFF}x_Other,ChargeCategory,ChargePeriodStart,Id,BillingPeriodStart,EffectiveCost,BilledCost,BillingCurrency\r\n"
                + "\"a,b\",Usage,2026-10-31,7,2026-10-01,2.5,1,USD")
        #expect(bill.lines([bill.source(["*.csv"])]) == ["2.5"])
    }

    @Test(
        "a missing required column is never clean",
        arguments: ["BilledCost", "EffectiveCost", "BillingPeriodStart", "ChargePeriodStart", "ChargeCategory"])
    func missing(column: String) throws {
        let bill = try BillFolder()
        try bill.folder.write("a.csv", BillFolder.header.replacing(column, with: "x_\(column)") + BillFolder.row())
        #expect(bill.lines([bill.source(["a.csv"])]) == ["a.csv:1: partial missing-column: the column '\(column)' is missing"])
    }

    @Test("a column under another case, or twice, is named")
    func misspelled() throws {
        let bill = try BillFolder()
        try bill.folder.write("a.csv", BillFolder.header.replacing("EffectiveCost", with: "effectivecost") + BillFolder.row())
        try bill.folder.write("b.csv", BillFolder.header.replacing("ListCost", with: "EffectiveCost") + BillFolder.row())
        #expect(
            bill.lines([bill.source(["*.csv"])]) == [
                "a.csv:1: partial missing-column: the column 'EffectiveCost' is missing; the header has 'effectivecost', but FOCUS's names keep their case",
                "b.csv:1: partial repeated-column: the column 'EffectiveCost' stands twice in the header",
            ])
    }

    @Test("list and contracted cost are needed when they are asked for")
    func listCost() throws {
        let bill = try BillFolder()
        try bill.folder.write("a.csv", BillFolder.header.replacing("ListCost", with: "x_List") + BillFolder.row(contracted: ""))
        #expect(bill.lines([bill.source(["a.csv"])]) == ["1"])
        #expect(
            bill.lines([bill.source(["a.csv"])], cost: .list) == ["a.csv:1: partial missing-column: the column 'ListCost' is missing"])
        try bill.folder.write("b.csv", BillFolder.header.replacing("ContractedCost", with: "x") + BillFolder.row())
        let table = BillReader(sources: [bill.source(["b.csv"])], directory: bill.folder.path, now: bill.now)
            .table(currency: .usd, tagKeys: [], bases: [.effective, .billed, .list])
        #expect(table.table.rowCount == 1)
        #expect(
            bill.lines([bill.source(["a.csv"])], cost: .contracted) == [
                "0", "a.csv: note unstated-cost: 1 row states no ContractedCost and counts zero",
            ])
    }

    @Test("what is missing for a breakdown is said")
    func missingAttributes() throws {
        let bill = try BillFolder()
        try bill.folder.write(
            "a.csv", BillFolder.header.replacing("RegionId", with: "x").replacing("BillingCurrency", with: "y") + BillFolder.row())
        #expect(
            bill.lines([bill.source(["a.csv"])], by: [.region]) == [
                "– 1", "a.csv:1: partial missing-column: the column 'BillingCurrency' is missing: its amounts are taken as USD",
                "a.csv:1: note missing-column: the column 'RegionId' is missing: all charges are without",
            ])
    }

    @Test("an empty, missing or unreadable bill is never clean")
    func unreadable() throws {
        let bill = try BillFolder()
        try bill.folder.write("empty.csv", "")
        try bill.write("header.csv")
        try bill.folder.write("torn.csv.gz", Array(Gzip.member(BillFolder.header + BillFolder.row()).dropLast(9)))
        try bill.folder.write("plain.csv.gz", BillFolder.header + BillFolder.row())
        #expect(
            bill.lines([bill.source(["empty.csv"])]) == [
                "empty.csv: partial no-header: the file is empty: expected a header with the names of the columns"
            ])
        #expect(bill.lines([bill.source(["header.csv"])]) == ["bursar.yaml:9:11: partial empty-bill: the bill 'billing' has no rows"])
        #expect(bill.lines([bill.source(["*.parquet"])]) == ["bursar.yaml:9:11: partial no-file: no file matches '*.parquet'"])
        #expect(bill.lines([bill.source(["plain.csv.gz"])]) == ["plain.csv.gz: partial corrupt-gzip: expected gzip"])
        let torn = bill.lines([bill.source(["torn.csv.gz"])])
        #expect(torn.last == "torn.csv.gz: partial torn-gzip: the gzip data ends in the middle: the file is torn")
        #expect(bill.lines([bill.source(["."])]).last == "bursar.yaml:9:11: partial no-file: no file matches '.'")
    }

    @Test("packed bills count like plain ones, even in several members")
    func packed() throws {
        let bill = try BillFolder()
        try bill.folder.write(
            "a.csv.gz", Gzip.member(BillFolder.header + BillFolder.row(effective: "2")) + Gzip.member(BillFolder.row(effective: "3")))
        #expect(bill.lines([bill.source(["*.gz"])]) == ["5"])
        try bill.folder.write(
            "b.csv.zst", Zstd.frame(BillFolder.header + BillFolder.row(effective: "4")) + Zstd.frame(BillFolder.row(effective: "5")))
        #expect(bill.lines([bill.source(["b.csv.zst"])]) == ["9"])
    }

    @Test("a folder's packed bills are found, chunks are one delivery, and a copy under another packing counts once")
    func packedFolder() throws {
        let bill = try BillFolder()
        let rows = [BillFolder.row(effective: "4"), BillFolder.row(effective: "5", day: "2026-10-30")]
        try bill.folder.write("export/acme-00001.csv.zst", Zstd.frame(BillFolder.header + rows[0]))
        try bill.folder.write("export/acme-00003.csv.ZST", Zstd.frame(BillFolder.header + rows[1]))
        try bill.folder.write("export/copy.csv.gz", Gzip.member(BillFolder.header + rows[0]))
        #expect(
            bill.lines([bill.source(["export"])]) == [
                "9", "export/acme-00001.csv.zst: partial delivery: the delivery is not whole: chunk 2 is missing",
                "export/copy.csv.gz: note repeated-file: holds the same as export/acme-00001.csv.zst: it counts once",
            ])
    }

    @Test("a torn or mistaken zstd file is never clean")
    func mistakenZstd() throws {
        let bill = try BillFolder()
        let frame = Zstd.frame(BillFolder.header + BillFolder.row())
        try bill.folder.write("torn.csv.zst", Array(frame.dropLast(9)))
        try bill.folder.write("plain.csv.zst", BillFolder.header + BillFolder.row())
        try bill.folder.write("gzip.csv.zst", Gzip.member(BillFolder.header + BillFolder.row()))
        #expect(
            bill.lines([bill.source(["torn.csv.zst"])]).last
                == "torn.csv.zst: partial torn-zstd: the zstd data ends in the middle: the file is torn")
        #expect(bill.lines([bill.source(["plain.csv.zst"])]) == ["plain.csv.zst: partial corrupt-zstd: expected zstd"])
        #expect(bill.lines([bill.source(["gzip.csv.zst"])]) == ["gzip.csv.zst: partial corrupt-zstd: expected zstd"])
    }
}
