import CostModel
import TestSupport
import Testing

@testable import Observation

@Suite("rows of a bill")
struct BillRowTests {
    @Test(
        "that cannot be read name file, line, column and what was expected, and the others still count",
        arguments: [
            (BillFolder.row(effective: "x"), "a.csv:3:3: partial bad-row: EffectiveCost: expected a decimal number, found 'x'"),
            (BillFolder.row(effective: ""), "a.csv:3:3: partial bad-row: EffectiveCost: expected a decimal number, found nothing"),
            (BillFolder.row(effective: "NULL"), "a.csv:3:3: partial bad-row: EffectiveCost: expected a decimal number, found nothing"),
            (
                BillFolder.row(effective: "1e30"),
                "a.csv:3:3: partial bad-row: EffectiveCost: the number is too large, found '1e30'"
            ),
            (
                BillFolder.row(currency: "usd"),
                "a.csv:3:9: partial bad-row: BillingCurrency: expected a currency's code such as USD, found 'usd'"
            ),
            (
                BillFolder.row(period: "October"),
                "a.csv:3:13: partial bad-row: BillingPeriodStart: expected a date and time such as 2026-10-31T00:00:00Z, found 'October'"
            ),
            (
                BillFolder.row(day: "2026-02-30"),
                "a.csv:3:34: partial bad-row: ChargePeriodStart: expected a date and time such as 2026-10-31T00:00:00Z, found '2026-02-30'"
            ),
            (
                BillFolder.row(category: "usage"),
                "a.csv:3:45: partial bad-row: ChargeCategory: expected Usage, Purchase, Tax, Credit or Adjustment, found 'usage'"
            ),
            ("1,2\n", "a.csv:3:3: partial wrong-field-count: 2 fields: expected 13, as in the header"),
            (
                BillFolder.row().dropLast() + ",more\n",
                "a.csv:3:72: partial wrong-field-count: 14 fields: expected 13, as in the header"
            ),
            (
                BillFolder.row(effective: "1\"2"),
                "a.csv:3:4: partial bad-quotes: a quote inside a field that does not start with one: expected the field in quotes, and its quotes doubled"
            ),
        ])
    func faults(row: String, problem: String) throws {
        let bill = try BillFolder()
        try bill.write("a.csv", BillFolder.row(effective: "10", tags: "{}"), row, BillFolder.row(effective: "0.5", tags: "{}"))
        #expect(bill.lines([bill.source(["a.csv"])], by: [.tag("team")]) == ["– 10.5", problem])
    }

    @Test("take tags as text, the last of a key, with escapes")
    func tagTexts() throws {
        for (tags, team) in [
            (#"{"team": "a", "team": "b"}"#, "b"), (#"{"t\u0065am": "p\u00e4y\ud83d\udcb0\/\ud800"}"#, "päy💰/\u{FFFD}"),
            (#"{"team": -1.50e3}"#, "-1.50e3"),
            (#"{"team": true}"#, "true"), (#"{"team": false}"#, "false"), (#"{"team": "a", "team": null}"#, "–"),
            (#"{"team": ["a"]}"#, "–"),
        ] {
            let bill = try BillFolder()
            try bill.write("a.csv", BillFolder.row(effective: "10", tags: tags))
            #expect(bill.lines([bill.source(["a.csv"])], by: [.tag("team")]) == ["\(team) 10"])
        }
    }

    @Test("of a file are reported up to twenty, the rest is counted")
    func manyFaults() throws {
        let bill = try BillFolder()
        try bill.write("a.csv", String(repeating: BillFolder.row(effective: "x"), count: 33), BillFolder.row())
        let lines = bill.lines([bill.source(["a.csv"])])
        #expect(lines.count == 22)
        #expect(lines.contains("a.csv: partial bad-row: 13 more rows cannot be read"))
        #expect(lines[0] == "1")
    }

    @Test("are added exactly, negative and very long amounts too")
    func exact() throws {
        let bill = try BillFolder()
        try bill.write(
            "a.csv", BillFolder.row(effective: "12345678901234567.123456789012345678"), BillFolder.row(effective: "-0.000000000000000001"),
            BillFolder.row(effective: "1.5E-7"), BillFolder.row(effective: " 2 "),
            BillFolder.row(effective: "0.10000000000000000000000000"),
            BillFolder.row(effective: "\"-3\""))
        #expect(bill.lines([bill.source(["a.csv"])]) == ["12345678901234566.223456939012345677"])
    }

    @Test("are refused when the bill adds up to more than can be held")
    func overflow() throws {
        let bill = try BillFolder()
        let huge = "30000000000000000"
        try bill.write("a.csv", BillFolder.row(effective: huge), BillFolder.row(effective: "-" + huge), BillFolder.row(effective: "1"))
        #expect(
            bill.lines([bill.source(["a.csv"])]) == [
                "30000000000000001",
                "a.csv:3:3: partial bad-row: EffectiveCost: the bill adds up to more than can be held exactly",
            ])
    }

    @Test("state their time in any form of ISO 8601, and count at their day in UTC")
    func times() throws {
        let bill = try BillFolder()
        let days = [
            "2026-10-30 23:59:59", "2026-10-31T01:00:00+02:00", "2026-10-30T00:00:00.000Z", "2026-10-31", "\"2026-10-31T00:00:00Z\"",
        ]
        try bill.write("a.csv", days.map { BillFolder.row(day: $0) }.joined())
        #expect(bill.lines([bill.source(["a.csv"])], by: [.day]) == ["2026-10-30 3", "2026-10-31 2"])
    }

    @Test("keep the line of the file across quoted newlines, CRLF and blank lines")
    func lines() throws {
        let bill = try BillFolder()
        let text = BillFolder.header + BillFolder.row(service: "\"two\nlines\"") + "\n" + BillFolder.row(service: "\"a\nb\"", tags: "[1]")
        try bill.folder.write("a.csv", text.replacing("\n", with: "\r\n"))
        #expect(
            bill.lines([bill.source(["a.csv"])], by: [.service, .tag("x")]) == [
                "a\r\nb – 1", "two\r\nlines – 1",
                "a.csv:5: partial unreadable-field: Tags: 1 row of 1.00 USD counts with this field unknown: expected a JSON object of tags, found '[1]'",
            ])
    }
}
