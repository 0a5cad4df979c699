import CostModel
import Testing

@testable import Observation

@Suite("the table of a bill")
struct CostTableTests {
    @Test("has one line for each combination, with all four costs")
    func lines() throws {
        let bill = try BillFolder()
        try bill.write(
            "a.csv",
            BillFolder.row(
                billed: "0", effective: "0.62", list: "1.5", contracted: "1.2", day: "2026-10-30",
                tags: #"{"team":"pay","env":"prod","x":"1"}"#),
            BillFolder.row(
                billed: "0", effective: "0.38", list: "0.5", contracted: "0.8", day: "2026-10-30", tags: #"{"env":"prod","team":"pay"}"#),
            BillFolder.row(
                billed: "40", effective: "0", list: "0", contracted: "0", period: "2026-11-01", day: "2026-10-31", category: "Purchase"))
        let (table, problems) = BillReader(sources: [bill.source(["*.csv"])], directory: bill.folder.path, now: bill.now)
            .table(currency: .usd, tagKeys: ["env", "team"], bases: [.effective, .billed])
        #expect(!problems.contains { $0.severity == .partial })
        #expect(table.rowCount == 3)
        #expect(table.days == Day(year: 2026, month: 10, day: 30)...Day(year: 2026, month: 10, day: 31))
        try #require(table.lines.count == 2)
        let usage = table.lines[0]
        #expect(usage.key.category == .usage)
        #expect(usage.key.day.description == "2026-10-30")
        #expect(table.name(usage.key.service) == "EC2")
        #expect(table.name(usage.key.account) == "1")
        #expect(table.name(usage.key.resource) == "i-1")
        #expect(table.name(usage.key.provider) == "")
        #expect(table.tagSets[Int(usage.key.tagSet)] == ["team": "pay", "env": "prod"])
        #expect(
            [usage.amounts.effective, usage.amounts.billed, usage.amounts.list, usage.amounts.contracted].map(\.description) == [
                "1", "0", "2", "2",
            ])
        let purchase = table.lines[1]
        #expect(purchase.key.billingMonth.description == "2026-11")
        #expect(purchase.key.tagSet == 0)
        #expect(purchase.amounts.billed.description == "40")
    }

    @Test("does not grow with rows whose tags all differ")
    func distinctTags() throws {
        let bill = try BillFolder()
        let padding = String(repeating: "x", count: 400)
        let rows = (0..<15_000).map { BillFolder.row(tags: #"{"team":"pay","id":"\#($0)\#(padding)"}"#) }
        try bill.write("a.csv", rows.joined())
        let (table, problems) = BillReader(sources: [bill.source(["*.csv"])], directory: bill.folder.path, now: bill.now)
            .table(currency: .usd, tagKeys: ["team"], bases: [])
        #expect(!problems.contains { $0.severity == .partial })
        #expect(table.lines.count == 1)
        #expect(table.tagSets == [[:], ["team": "pay"]])
        #expect(table.lines.first?.amounts.effective == FixedDecimal(15_000))
    }
}
