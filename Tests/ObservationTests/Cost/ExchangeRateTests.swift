import CostModel
import Testing

@testable import Observation

@Suite("bills in several currencies")
struct ExchangeRateTests {
    /// The effective cost of a bill in dollars, and what is said of it; the rates lie in `rates*.csv`.
    private func lines(_ bill: BillFolder, by dimensions: [CostBreakdown.Dimension] = [], cost: CostBasis = .effective) -> [String] {
        let rates = RateSource(name: "ecb", place: Place(file: "bursar.yaml", line: 7), format: .ecb, paths: ["rates*.csv"])
        let reader = BillReader(sources: [bill.source(["a.csv"])], rates: [rates], directory: bill.folder.path, now: bill.now)
        let (breakdown, problems) = reader.breakdown(by: dimensions, cost: cost, currency: .usd)
        return BillFolder.lines(breakdown) + problems.map(BillFolder.line)
    }

    /// Two charges in euros on a Friday and the Sunday after it, one in dollars.
    private func euros() throws -> BillFolder {
        let bill = try BillFolder()
        try bill.write(
            "a.csv", BillFolder.row(billed: "4", effective: "1", currency: "EUR", day: "2026-10-30"),
            BillFolder.row(billed: "4", effective: "2", currency: "EUR", day: "2026-11-01"), BillFolder.row(effective: "10"))
        return bill
    }

    @Test("charges are converted by the rate of their day, and what they were is said")
    func converted() throws {
        let bill = try euros()
        try bill.folder.write("rates.csv", "Date,USD,JPY,\n2026-10-30,1.25,160.5,\n2026-10-29,1.5,N/A,\n")
        #expect(
            lines(bill) == [
                "13.75", "a.csv: note converted: 2 rows of 3 EUR count as 3.75 USD, by the rates of 2026-10-30 to 2026-11-01",
            ])
        #expect(lines(bill, by: [.day]).prefix(3) == ["2026-10-30 1.25", "2026-10-31 10", "2026-11-01 2.5"])
        #expect(lines(bill, cost: .billed).first == "11")
    }

    @Test("what judgements see is converted too, with its days")
    func judged() throws {
        let bill = try euros()
        try bill.folder.write("rates.csv", "Date,USD\n2026-10-30,1.25\n")
        let rates = RateSource(name: "ecb", place: Place(file: "bursar.yaml", line: 7), format: .ecb, paths: ["rates.csv"])
        let reader = BillReader(sources: [bill.source(["a.csv"])], rates: [rates], directory: bill.folder.path, now: bill.now)
        let table = reader.table(currency: .usd, tagKeys: [], bases: []).table
        #expect(table.lines.map { "\($0.amounts.effective) \($0.amounts.billed)" }.sorted() == ["1.25 5", "10 1", "2.5 5"])
        #expect(table.rowCount == 3)
    }

    @Test(
        "a charge on a day without a rate does not count, and the result is partial",
        arguments: [
            ("Date,USD\n2026-10-29,1.5\n", "2 rows are in EUR, and no rate turns that into USD on 2026-10-30 to 2026-11-01"),
            ("Date,USD\n2026-10-30,N/A\n2026-10-29,1.5\n", "no rate turns that into USD on 2026-10-30 to 2026-11-01"),
            ("Date,JPY\n2026-10-30,160\n", "no rate turns that into USD on 2026-10-30 to 2026-11-01"),
        ])
    func missing(rates: String, message: String) throws {
        let bill = try euros()
        try bill.folder.write("rates.csv", rates)
        let lines = lines(bill)
        #expect(lines.first == "10")
        #expect(lines.contains { $0.hasPrefix("a.csv: partial foreign-currency: ") && $0.contains(message) })
    }

    @Test("the file of the newest day is read, and several files together")
    func spelledOut() throws {
        let bill = try euros()
        try bill.folder.write("rates1.csv", "Date, USD, JPY, \n30 October 2026, 1.25, 160.5, \n")
        try bill.folder.write("rates2.csv", "Date,USD\n2026-10-30,1.25\n")
        #expect(lines(bill).first == "13.75")
    }

    @Test(
        "rates that cannot be read are said with their place, and count for nothing",
        arguments: [
            ("Date,USD\n2026-10-30,zero\n", "rates.csv:2:12: partial bad-row: USD: expected a rate above zero or N/A, found 'zero'"),
            ("Date,USD\n2026-10-30,-1.25\n", "rates.csv:2:12: partial bad-row: USD: expected a rate above zero or N/A, found '-1.25'"),
            ("Date,USD\n2026-10-30,0\n", "rates.csv:2:12: partial bad-row: USD: expected a rate above zero or N/A, found '0'"),
            ("Date,USD\n30.10.2026,1.25\n", "rates.csv:2:1: partial bad-row: Date: expected a day such as 2026-11-27, found '30.10.2026'"),
            (
                "Date,USD\n2026-10-30,1.25\n2026-10-30,1.26\n",
                "rates.csv:3:12: partial bad-row: USD: USD is stated twice for 2026-10-30, as 1.25 and as 1.26"
            ),
            (
                "Day,Dollar\n2026-10-30,1.25\n",
                "rates.csv:1: partial missing-column: expected the columns 'Date' and one for each currency, as the European Central Bank writes its reference rates"
            ),
            ("", "rates.csv: partial no-header: the file is empty: expected a header with the names of the columns"),
        ])
    func broken(rates: String, problem: String) throws {
        let bill = try euros()
        try bill.folder.write("rates.csv", rates)
        #expect(lines(bill).contains(problem))
    }

    @Test("rates that are nowhere are said")
    func nowhere() throws {
        let lines = lines(try euros())
        #expect(lines.contains("bursar.yaml:7:1: partial no-file: no file matches 'rates*.csv'"))
        #expect(lines.contains { $0.contains("foreign-currency") })
    }

    @Test("a change of the rates is a change of what was observed")
    func fingerprint() {
        let place = Place(file: "bursar.yaml", line: 1)
        var workspace = Workspace(name: "acme", place: place, currency: .usd, policyPaths: [], scoring: .init(materiality: .zero(.usd)))
        workspace.rates = [RateSource(name: "ecb", place: place, format: .ecb, paths: ["observed/rates.csv"])]
        #expect(Fingerprint.patterns(of: PolicySet(workspace: workspace)) == ["observed/rates.csv"])
    }
}
