import CostModel
import Testing

@testable import Observation

/// What people's tools make of a bill: spreadsheets, databases, scripts. A field either means what it says, or its row is named and does not
/// count.
@Suite("fields of a bill as tools spell them")
struct BillSpellingTests {
    private let bill: BillFolder

    init() throws { bill = try BillFolder() }

    /// The sum of ten and the row, and whether something is said that makes the bill partial.
    private func sum(_ row: String, by: [CostBreakdown.Dimension] = []) throws -> (lines: [String], isPartial: Bool) {
        try bill.write("a.csv", BillFolder.row(effective: "10", tags: "{\"team\": \"a\"}"), row)
        let lines = bill.lines([bill.source(["a.csv"])], by: by)
        return (lines.filter { !$0.hasPrefix("a.csv:") }, lines.contains { $0.contains(": partial ") })
    }

    @Test(
        "amounts with signs, spaces, exponents and many zeros are what they are",
        arguments: [
            ("-5", "5"), ("+5", "15"), ("-0", "10"), ("-0.0", "10"), ("1.", "11"), (".5", "10.5"), ("-.5", "9.5"), (" 2 ", "12"),
            ("\"3\"", "13"), ("1E-7", "10.0000001"), ("2.5e-07", "10.00000025"), ("-3E-9", "9.999999997"), ("1e+2", "110"),
            ("4.5E+1", "55"), ("1E2", "110"), ("1.000000000000000000000000000000", "11"), ("007", "17"),
            ("0.25000000000000000000", "10.25"), ("41000000000000001", "41000000000000011"), ("-41000000000000001", "-40999999999999991"),
        ] as [(String, String)])
    func amounts(text: String, sum: String) throws {
        let found = try self.sum(BillFolder.row(effective: text))
        #expect(found.lines == [sum] && !found.isPartial)
    }

    @Test(
        "amounts in any other spelling are no numbers: their rows are named and do not count",
        arguments: [
            "$12.50", "$1", "€5", "USD 5", "5 USD", "\"1,234.56\"", "\"1234,56\"", "\"0,5\"", "1'000", "1 000", "1_000", "0x10", "0x1F",
            "inf", "-Infinity", "NaN", "-nan", "None", "none", "N/A", "-", "NULL", "null", "", "(12.50)", "($5)", "10%", "5 %", "12.50-",
            "5-", "\u{2212}5", "\u{2013}5", "- 5", "--5", "12.50\u{A0}", "\u{A0}5", "1e", "e5", "1.2.3", "TRUE", "\u{661}\u{662}",
            "123456789012345678901", "1e25", "-1e25", "1e999999999999",
        ] as [String])
    func noAmounts(text: String) throws {
        let found = try sum(BillFolder.row(effective: text))
        #expect(found.lines == ["10"] && found.isPartial)
    }

    @Test(
        "more digits than can be held are rounded half to even, and said",
        arguments: [
            ("0.0051878294043638425", "10.005187829404363842"), ("0.0051878294043638435", "10.005187829404363844"),
            ("0.00000000191107392311096200000", "10.000000001911073923"), ("1.3888888888888888e-05", "10.000013888888888889"),
            ("-0.0000000000000000015", "9.999999999999999998"), ("0.0000000000000000005", "10"),
        ] as [(String, String)])
    func rounded(text: String, sum: String) throws {
        try bill.write("a.csv", BillFolder.row(effective: "10"), BillFolder.row(effective: text))
        let lines = bill.lines([bill.source(["a.csv"])])
        #expect(lines.first == sum && lines.count == 2 && lines[1].contains("note rounded-amount: 1 row"), "\(lines)")
    }

    @Test(
        "costs that nobody asked for leave the money as it is, whatever stands there",
        arguments: ["N/A", "\\N", "None", "-", "#REF!", "#DIV/0!", "nan", "$1", "unknown"] as [String])
    func unasked(text: String) throws {
        for row in [
            BillFolder.row(billed: text, effective: "1"), BillFolder.row(effective: "1", list: text),
            BillFolder.row(effective: "1", contracted: text),
        ] {
            let found = try sum(row)
            #expect(found.lines == ["11"] && !found.isPartial)
        }
    }

    @Test(
        "days as databases and languages print them are days in UTC",
        arguments: [
            "2026-10-30", "2026-10-30T00:00Z", "2026-10-30T00:00", "2026-10-30T00:00:00", "2026-10-30T23:59:59.999Z",
            "2026-10-30T00:00:00.000000000", "2026-10-30T00:00:00.123456789Z", "2026-10-30 12:00:00.5", "2026-10-30 00:00:00 UTC",
            "2026-10-30 00:00:00.000000 UTC", "2026-10-30 00:00:00.000000 GMT", "2026-10-30 00:00:00.000 +0000", "2026-10-30 00:00:00+00",
            "2026-10-30T00:00:00+0000", "2026-10-30T02:00:00+02:00", "2026-10-29T23:00:00-05", "2026-10-29T19:00:00-0500",
            "2026-10-31T05:29:59+05:30",
        ] as [String])
    func days(text: String) throws {
        let found = try sum(BillFolder.row(day: text), by: [.day])
        #expect(found.lines == ["2026-10-30 1", "2026-10-31 10"] && !found.isPartial, "\(found.lines)")
    }

    @Test(
        "days that may be others, or are none, are named and their rows do not count",
        arguments: [
            "1790812800000", "1790812800", "45960", "20261030", "10/1/26", "10/30/2026", "30.10.2026", "2026/10/30", "2026-W44-5",
            "2026-02-30", "2026-02-29", "2026-13-01", "2026-00-10", "2026-10-30T24:00:00Z", "2026-10-30T25:00:00Z",
            "2026-10-30 00:00:00.000000 US/Eastern", "2026-10-30 00:00:00 PST", "\"Oct 30, 2026\"", "today", "", "NULL", "0000-00-00",
            "0001-01-01", "1970-01-01T00:00:00Z", "1899-12-30", "9999-12-31",
        ] as [String])
    func noDays(text: String) throws {
        let found = try sum(BillFolder.row(day: text), by: [.day])
        #expect(found.lines == ["2026-10-31 10"] && found.isPartial, "\(found.lines)")
    }

    @Test(
        "categories and currencies are FOCUS's words, letter by letter",
        arguments: [
            BillFolder.row(category: "usage"), BillFolder.row(category: "USAGE"), BillFolder.row(category: "tax"),
            BillFolder.row(category: ""), BillFolder.row(category: "NULL"), BillFolder.row(category: "Refund"),
            BillFolder.row(category: "refund"), BillFolder.row(category: "Discount"), BillFolder.row(category: "Fee"),
            BillFolder.row(currency: "usd"), BillFolder.row(currency: "Usd"), BillFolder.row(currency: "CREDITS"),
            BillFolder.row(currency: "USDT"), BillFolder.row(currency: "US$"), BillFolder.row(currency: "\u{20AC}"),
            BillFolder.row(currency: ""), BillFolder.row(currency: "EUR"), BillFolder.row(currency: "BTC"),
        ] as [String])
    func words(row: String) throws {
        let found = try sum(row)
        #expect(found.lines == ["10"] && found.isPartial)
    }

    @Test(
        "tags are the members of a JSON object, under the keys and with the values that stand there",
        arguments: [
            (#"{"team":"b"}"#, "b"), (#"{"Team":"b"}"#, "–"), (#"{"TEAM":"b"}"#, "–"), (#"{" team":"b"}"#, "–"), (#"{"team ":"b"}"#, "–"),
            (#"{"user:team":"b"}"#, "–"), (#"{"aws:team":"b"}"#, "–"), (#"{"team":"x","team":"b"}"#, "b"),
            (#"{"team":"b","team":null}"#, "–"),
            (#"{"team":null}"#, "–"), (#"{"team":{"x":1}}"#, "–"), (#"{"team":[1]}"#, "–"), (#"{"team":1e3}"#, "1e3"),
            (#"{"team":true}"#, "true"),
            (#"{"team":"a\"b"}"#, "a\"b"), (#"{"team":"a\\b"}"#, "a\\b"), (#"{"t\u0065am":"b"}"#, "b"), ("{ \"team\" :\n\"b\" }", "b"),
            ("{}", "–"), ("[]", "–"), ("null", "–"), ("", "–"), (#"[{"key":"team","value":"b"}]"#, "b"),
        ] as [(String, String)])
    func tags(text: String, team: String) throws {
        let found = try sum(BillFolder.row(tags: text), by: [.tag("team")])
        #expect(found.lines.sorted() == ["\(team) 1", "a 10"].sorted() && !found.isPartial, "\(found.lines)")
    }

    @Test(
        "tags in another spelling are not known: the money counts, and who asks for tags is told",
        arguments: [
            #"{"team":"b",}"#, #"{"team":"b""#, #"{"team" "b"}"#, #"{team:"b"}"#, "{'team': 'b'}", "{'team': None}", "{team=b}",
            "{team=b, env=c}",
            "team=b", "team=b;env=c", "team:b", "\"\"", "\"b\"", "None", "b", "{}{}", "[1", #"["team","b"]"#,
        ] as [String])
    func noTags(text: String) throws {
        let found = try sum(BillFolder.row(tags: text), by: [.tag("team")])
        #expect(found.lines.sorted() == ["a 10", "– 1"].sorted() && found.isPartial, "\(found.lines)")
        let whole = try sum(BillFolder.row(tags: text))
        #expect(whole.lines == ["11"] && !whole.isPartial)
    }
}

@Suite("files of a bill as tools write them")
struct BillWritingTests {
    private let bill: BillFolder

    init() throws { bill = try BillFolder() }

    private static let rows = BillFolder.row(effective: "10") + BillFolder.row(effective: "20", service: "S3", resource: "b")

    private func lines(_ text: String, as name: String = "a.csv") throws -> [String] {
        try bill.folder.write(name, text)
        return bill.lines([bill.source([name])])
    }

    @Test("with a byte order mark, either line end, spaces in the header, no last line end or blank lines are read")
    func layouts() throws {
        let text = BillFolder.header + Self.rows
        let texts: [String] = [
            text, "\u{FEFF}" + text, text.replacing("\n", with: "\r\n"), "\u{FEFF}" + text.replacing("\n", with: "\r\n"),
            text.replacing("ChargeCategory", with: " ChargeCategory "), text.replacing("EffectiveCost,", with: "EffectiveCost , "),
            String(text.dropLast()), text + "\n\n", text.replacing("ServiceName", with: "\"ServiceName\""),
        ]
        for text in texts {
            #expect(try lines(text).first == "30")
            #expect(try lines(text).allSatisfy { !$0.contains("partial") })
        }
    }

    @Test("with a header again, a total, a torn line or an escape of its own name that line, and the others count")
    func strangeLines() throws {
        let torn = Self.rows + String(BillFolder.row(effective: "5").dropLast(30))
        let texts: [(String, Int)] = [
            (Self.rows + BillFolder.header, 1), (Self.rows + BillFolder.header + BillFolder.row(effective: "0", resource: "c"), 1),
            (Self.rows + "Total,30,,,,,,,,,,,\n", 1), (Self.rows + ",30,,,USD,,,,,,,,\n", 1), (Self.rows + ",,,,,,,,,,,,\n", 1),
            (torn, 1), (torn + "\n" + BillFolder.row(effective: "0", resource: "c"), 1),
            (Self.rows + "1,1,1,1,USD,2026-10-01,2026-10-31,Usage,EC2,r,1,i,\"{\\\"team\\\": \\\"a\\\"}\"\n", 1),
            (Self.rows + "(2 rows)\n", 1),
        ]
        for (text, count) in texts {
            let lines = try lines(BillFolder.header + text)
            #expect(lines.first == "30" && lines.count { $0.contains(": partial ") } == count, "\(lines)")
        }
    }

    private static let header = BillFolder.header
    private static let text = BillFolder.header + rows
    private static let others: [(String, String)] = [
        ("a.csv", ""), ("a.csv", "\n"), ("a.csv", "\n\n\(header)"), ("a.csv", "# by hand\n\(header)"), ("a.csv", header),
        ("a.csv", header.replacing(",", with: ";")), ("a.csv", header.replacing(",", with: "\t")),
        ("a.csv", header.replacing(",", with: "|")), ("a.csv", "\(header.lowercased())\(rows)"),
        ("a.csv", "\(header.uppercased())\(rows)"), ("a.csv", text.replacing("\n", with: "\r")), ("a.csv.gz", text),
        ("a.csv.zst", text), ("a.csv", "PK\u{3}\u{4}\u{14}\u{0}"), ("a.csv", "<html>\n"), ("a.csv", "[]"), ("a.csv", "Access Denied\n"),
    ]

    @Test("that are something else are never a bill of nothing", arguments: others)
    func noBill(name: String, text: String) throws {
        let lines = try lines(text, as: name)
        #expect(lines.contains { $0.contains(": partial ") }, "\(lines)")
        #expect(!lines.contains { $0.first?.isNumber ?? false }, "\(lines)")
    }

    @Test("in UTF-16 of either order are refused by name")
    func utf16() throws {
        let text = Array((BillFolder.header + Self.rows).utf16)
        for (mark, big) in [([0xFF, 0xFE] as [UInt8], false), ([0xFE, 0xFF], true)] {
            let bytes = text.flatMap { unit in
                let (low, high) = (UInt8(truncatingIfNeeded: unit), UInt8(truncatingIfNeeded: unit >> 8))
                return big ? [high, low] : [low, high]
            }
            try bill.folder.write("a.csv", mark + bytes)
            let lines = bill.lines([bill.source(["a.csv"])])
            #expect(lines.contains { $0.contains("partial") && $0.contains("UTF-16") }, "\(lines)")
        }
    }

    @Test("charges of several months and of periods that are no months count by their day, billed ones by their period")
    func periods() throws {
        try bill.write(
            "a.csv", BillFolder.row(effective: "310", day: "2026-10-01"),
            BillFolder.row(effective: "7", period: "2026-09-15", day: "2026-10-10"),
            BillFolder.row(billed: "5", effective: "5", period: "2026-10-01", day: "2026-09-30"))
        #expect(bill.lines([bill.source(["a.csv"])], by: [.month]).prefix(2) == ["2026-09 5", "2026-10 317"])
        #expect(bill.lines([bill.source(["a.csv"])], by: [.month], cost: .billed).prefix(2) == ["2026-09 1", "2026-10 6"])
    }
}
