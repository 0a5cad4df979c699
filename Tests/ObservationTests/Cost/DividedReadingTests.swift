import CostModel
import Diagnostics
import Testing

@testable import Observation

@Suite("bills read on several cores")
struct DividedReadingTests {
    private static func observed(_ bill: BillFolder, _ paths: [String], cores: Int) -> ObservedBill {
        Cores.$assigned.withValue(cores) {
            BillReader(sources: [bill.source(paths)], directory: bill.folder.path, now: bill.now)
                .bill(currency: .usd, tagKeys: ["team", "name"], bases: [.effective, .billed], usageOf: ["i-1", "i-2", "i-3"])
        }
    }

    @Test("say the same as read on one, in the same order", arguments: [1, 2, 3] as [UInt64], [".csv", ".csv.gz", ".csv.zst"])
    func same(seed: UInt64, ending: String) throws {
        let bill = try BillFolder()
        var random = RandomBill(seed: seed)
        let text = random.text(rows: 9_000)
        let packed =
            switch ending {
            case ".csv.gz": Gzip.member(text)
            case ".csv.zst": Zstd.frame(text)
            default: Array(text.utf8)
            }
        #expect(packed.count > 1 << 20, "too small to be divided")
        try bill.folder.write("a\(ending)", packed)
        let expected = Self.observed(bill, ["a\(ending)"], cores: 1)
        #expect(expected.table.rowCount > 8_000)
        #expect(expected.problems.contains { $0.id == "bad-row" } && expected.problems.contains { $0.id == "bad-quotes" })
        #expect(!expected.table.billingPeriods.isEmpty)
        for cores in 2...4 { #expect(Self.observed(bill, ["a\(ending)"], cores: cores) == expected, "\(cores) cores") }
    }

    @Test("a torn file counts as far as it goes, and is torn")
    func torn() throws {
        let bill = try BillFolder()
        var random = RandomBill(seed: 4)
        try bill.folder.write("a.csv.gz", Array(Gzip.member(random.text(rows: 9_000)).dropLast(100_000)))
        let expected = Self.observed(bill, ["a.csv.gz"], cores: 1)
        #expect(expected.problems.contains { $0.id == "torn-gzip" })
        for cores in 2...4 { #expect(Self.observed(bill, ["a.csv.gz"], cores: cores) == expected) }
    }

    @Test("which row is too much only their order tells")
    func tooMuch() throws {
        let bill = try BillFolder()
        let huge = "9000000000000000"
        let long = String(repeating: "x", count: 60)
        let rows = (0..<12_000).map { BillFolder.row(effective: $0 % 2_000 == 1_999 ? huge : "1", resource: "i-\($0)-\(long)") }
        try bill.folder.write("a.csv", BillFolder.header + rows.joined())
        let expected = Self.observed(bill, ["a.csv"], cores: 1)
        #expect(expected.problems.contains { $0.message.contains("more than can be held") })
        for cores in 2...4 { #expect(Self.observed(bill, ["a.csv"], cores: cores) == expected) }
    }
}
