import CostModel
import Reporting
import Testing

@Suite("cost")
struct CostReportTests {
    private static let table: CostTable = {
        var table = CostTable(
            currency: .usd, names: ["", "Amazon EC2", "Amazon S3", "us-east-1"], tagSets: [[:], ["env": "prod"]],
            days: Day(year: 2026, month: 9, day: 30)...Day(year: 2026, month: 10, day: 2))
        func add(_ day: Day, _ billed: Month, _ service: Int32, _ tagSet: Int32, _ cents: Int) {
            var amounts = CostAmounts()
            amounts.effective = FixedDecimal(cents).scaled(by: 1, over: 100)
            amounts.billed = FixedDecimal(cents).scaled(by: 2, over: 100)
            table.lines.append(
                .init(key: .init(day: day, billingMonth: billed, category: .usage, service: service, tagSet: tagSet), amounts: amounts))
        }
        let (september, october) = (Month(year: 2026, month: 9), Month(year: 2026, month: 10))
        add(Day(year: 2026, month: 10, day: 1), october, 1, 1, 123_450)
        add(Day(year: 2026, month: 10, day: 2), october, 1, 0, 50_00)
        add(Day(year: 2026, month: 10, day: 2), october, 2, 0, 20_25)
        // Billed with September although it was charged on the first of October.
        add(Day(year: 2026, month: 10, day: 1), september, 2, 0, 1)
        return table
    }()

    private func report(_ dimensions: [CostDimension], _ basis: CostBasis = .effective, period: Range<Day>? = nil) -> CostReport {
        let team: (CostTable.Line) -> String? = { $0.key.tagSet == 1 ? "payments" : nil }
        let (rows, total) = CostBreakdown(Self.table, by: dimensions, basis: basis, team: team).rows(in: period)
        return CostReport(
            context: Fixtures.context, dimensions: dimensions, basis: basis, days: period ?? Month(year: 2026, month: 10).days, rows: rows,
            total: total)
    }

    @Test("is added up by anything, largest first")
    func byTeam() throws {
        let report = report([.team, .service])
        try expectSnapshot(report.text(.plain), "cost.txt")
        try expectSnapshot(String(decoding: JSONWriter.write(report.json()), as: UTF8.self), "cost.json")
    }

    @Test("days and months run forward")
    func byDay() {
        #expect(report([.day]).rows.map(\.keys) == [["2026-10-01"], ["2026-10-02"]])
        #expect(report([.month], .billed).rows.map(\.keys) == [["2026-09"], ["2026-10"]])
    }

    @Test("a billed charge counts in its billing month, every other on its day")
    func periods() {
        let september = Month(year: 2026, month: 9).days
        #expect(report([.month], .billed, period: september).total == Fixtures.usd(0, hundredths: 2))
        #expect(report([.month], period: september).rows.isEmpty)
    }

    @Test("tags are a dimension", arguments: [("tag:env", ["prod", nil]), ("tag:none", [nil])] as [(String, [String?])])
    func tags(name: String, expected: [String?]) throws {
        let dimension = try #require(CostDimension(name))
        #expect(report([dimension]).rows.map(\.keys) == expected.map { [$0] })
    }

    @Test("no other word is", arguments: ["", "teams", "tag:", "sku"])
    func unknown(name: String) {
        #expect(CostDimension(name) == nil)
    }
}
