import Testing

@testable import Observation

@Suite("rows of a bill that are shorter than its header")
struct ShortRowTests {
    private let bill: BillFolder

    init() throws { bill = try BillFolder() }

    private func lines(_ rows: [String], more columns: String = ",x_Last") throws -> [String] {
        let header = BillFolder.header.dropLast() + columns + "\n"
        try bill.folder.write("a.csv", header + rows.joined())
        return bill.lines([bill.source(["a.csv"])])
    }

    @Test("all in the same way are read, and the columns behind them are missing, which is said")
    func allOfThem() throws {
        let rows = [BillFolder.row(), BillFolder.row(effective: "2")]
        #expect(
            try lines(rows) == [
                "3", "a.csv:1: warning short-rows: the header names 14 columns and every row has 13 fields: 'x_Last' is taken as missing",
            ])
        #expect(try lines(rows, more: ",x_Last,x_Other,x_More").last?.hasSuffix("'x_Last' and 2 behind it are taken as missing") == true)
    }

    @Test("is a row that was cut off, or that is alone, is left out as before")
    func torn() throws {
        let (whole, short) = (String(BillFolder.row().dropLast()) + ",\n", BillFolder.row())
        let fault = "partial wrong-field-count: 13 fields: expected 14, as in the header"
        #expect(try lines([whole, short]).contains { $0.hasSuffix(fault) })
        #expect(try lines([short, whole]).contains { $0.hasSuffix(fault) })
        #expect(try lines([short]).contains { $0.hasSuffix(fault) })
        #expect(try lines([short, String(short.dropLast(8))]).filter { $0.contains("wrong-field-count") }.count == 2)
    }
}
