import CostModel
import TestSupport
import Testing

@testable import Observation

/// Money is never dropped for a field that nobody asked for.
@Suite("odd rows of a bill")
struct OddRowTests {
    private let bill: BillFolder

    init() throws { bill = try BillFolder() }

    private func lines(_ rows: String..., by: [CostBreakdown.Dimension] = [], cost: CostBasis = .effective) throws -> [String] {
        try bill.folder.write("a.csv", BillFolder.header + rows.joined())
        return bill.lines([bill.source(["a.csv"])], by: by, cost: cost)
    }

    @Test(
        "whose cost nobody asks for cannot be read count with the others, and are said with count and money",
        arguments: [
            (BillFolder.row(billed: "n/a", effective: "7"), "BilledCost", "'n/a'"),
            (BillFolder.row(billed: "", effective: "7"), "BilledCost", "nothing"),
            (BillFolder.row(effective: "7", list: "-"), "ListCost", "'-'"),
            (BillFolder.row(effective: "7", contracted: "#DIV/0!"), "ContractedCost", "'#DIV/0!'"),
        ])
    func unaskedCost(row: String, column: String, found: String) throws {
        #expect(
            try lines(BillFolder.row(effective: "10"), row, row) == [
                "24",
                "a.csv:3: note unreadable-field: \(column): 2 rows of 14.00 USD count with this field unknown: expected a decimal number, found \(found)",
            ])
    }

    @Test("whose asked cost cannot be read do not count")
    func askedCost() throws {
        #expect(
            try lines(BillFolder.row(list: "10"), BillFolder.row(list: "?"), cost: .list) == [
                "10", "a.csv:3:5: partial bad-row: ListCost: expected a decimal number, found '?'",
            ])
    }

    @Test("whose costs are not all known leave that cost untold in the table")
    func untold() throws {
        try bill.write("a.csv", BillFolder.row(list: "?"), BillFolder.row(effective: "2"))
        let observed = BillReader(sources: [bill.source(["a.csv"])], directory: bill.folder.path, now: bill.now)
            .bill(currency: .usd, tagKeys: [], bases: [.effective])
        #expect(observed.bases == [.effective, .billed, .contracted])
        #expect(observed.table.lines.map(\.amounts.effective) == [FixedDecimal(3)])
    }

    @Test(
        "whose tags cannot be read count without tags, whole totals agree, and who asks for tags is told that they are not known",
        arguments: [
            "{\"team\": ", "[{\"team\": \"x\"}]", "[\"team\"]", "[{\"key\": \"team\"}", "{'team': 'x'}", "{team=x}", "team:x", "{} {}",
            "\"x\"",
        ])
    func tags(tags: String) throws {
        let row = BillFolder.row(effective: "5", tags: tags)
        #expect(try lines(BillFolder.row(effective: "1"), row) == ["6"])
        #expect(
            try lines(BillFolder.row(effective: "1", tags: "{\"team\": \"x\"}"), row, by: [.tag("team")]) == [
                "– 5", "x 1",
                "a.csv:3: partial unreadable-field: Tags: 1 row of 5.00 USD counts with this field unknown: expected a JSON object of tags, found '\(tags)'",
            ])
    }

    @Test(
        "whose tags are a list of keys and values, as Google writes labels, have these tags, and that is said",
        arguments: [
            ("[{\"key\": \"team\", \"value\": \"x\"}]", "x"), ("[{\"value\": \"x\", \"inherited\": [false], \"key\": \"team\"}]", "x"),
            ("[{\"key\": \"env\", \"value\": \"y\"}, {\"key\": \"te\\u0061m\", \"value\": 7}]", "7"),
            ("[{\"key\": \"team\", \"value\": null}]", "–"),
            ("[]", "–"),
        ])
    func tagLists(tags: String, value: String) throws {
        #expect(
            try lines(
                BillFolder.row(effective: "5", tags: tags), BillFolder.row(effective: "1", tags: "{\"team\": \"z\"}"), by: [.tag("team")])
                == [
                    "\(value) 5", "z 1",
                    "a.csv:2: note tag-list: Tags: 1 row of 5.00 USD has a list of keys and values, which is read as tags",
                ])
    }

    @Test("that were allocated have the tags of what they were allocated to, and each counts once")
    func allocated() throws {
        let header = BillFolder.header.replacing("RegionId", with: "AllocatedTags").replacing("ServiceName", with: "AllocatedMethodId")
        func row(_ effective: String, method: String, allocated: String) -> String {
            BillFolder.row(effective: effective, service: method, region: allocated, tags: "{\"team\": \"node\"}")
        }
        let pods = row("6", method: "cpu", allocated: "\"{\"\"team\"\": \"\"pod\"\"}\"") + row("3", method: "cpu", allocated: "")
        try bill.folder.write("a.csv", header + pods)
        #expect(bill.lines([bill.source(["a.csv"])], by: [.tag("team")]) == ["pod 6", "node 3"])
        #expect(bill.lines([bill.source(["a.csv"])], by: [.resource]) == ["i-1 9"])
        // The machine's own charge beside its parts.
        try bill.folder.write("a.csv", header + pods + row("9", method: "", allocated: ""))
        #expect(
            bill.lines([bill.source(["a.csv"])], by: [.resource]) == [
                "i-1 18",
                "a.csv:1: warning allocated-twice: AllocatedMethodId: 1 row of a cost that is allocated stands beside its parts: "
                    + "the same money may count twice",
            ])
    }

    @Test("whose tags are malformed JSON anywhere have no tag that is known", arguments: MalformedJSON.values)
    func malformedTags(value: String) throws {
        for tags in ["{\"team\": VALUE}", "{\"other\": VALUE\n, \"team\": \"x\"}", "{\"other\": [{\"a\": VALUE}], \"team\": \"x\"}"] {
            let lines = try lines(BillFolder.row(effective: "10", tags: tags.replacing("VALUE", with: value)), by: [.tag("team")])
            #expect(lines.count == 2 && lines[0] == "– 10" && lines[1].hasPrefix("a.csv:2: partial unreadable-field: Tags: "), "\(lines)")
        }
    }

    @Test("with more than 18 fractional digits are rounded half to even, counted, and the bound is said")
    func rounded() throws {
        #expect(
            try lines(
                BillFolder.row(effective: "0.1234567890123456785"), BillFolder.row(effective: "1.3888888888888888e-05"),
                BillFolder.row(effective: "0.0000000072922557592391990000", list: "0.0000000000000000001")) == [
                    "0.123470685193490326",
                    "a.csv:2: note rounded-amount: 3 rows of 0.12 USD state more than 18 fractional digits: rounded half to even, together off by at most 1.5 · 10⁻¹⁸ in each cost",
                ])
    }

    @Test(
        "are dated as databases export times",
        arguments: [
            "2026-10-30 00:00:00 UTC", "2026-10-30 00:00:00.000000 UTC", "2026-10-30 00:00:00.000 +0000", "2026-10-30 00:00:00+00",
            "2026-10-30T02:30:00.000 +02:30", "2026-10-30T00:00:00.000Z[UTC]", "2026-10-29 23:00:00 -0100", "2026-10-30 00:00:00 Etc/UTC",
        ])
    func dates(text: String) throws {
        #expect(try lines(BillFolder.row(period: "2026-10-01 00:00:00 UTC", day: text), by: [.day]) == ["2026-10-30 1"])
    }

    @Test("name services in Windows-1252 too, and two names stay two")
    func windows1252() throws {
        var bytes = Array(BillFolder.header.utf8)
        for (name, cost) in [([0x63, 0xE9], "1"), ([0x63, 0xE8], "2"), ([0x80], "4")] as [([UInt8], String)] {
            bytes += Array(BillFolder.row(effective: cost, service: "SERVICE").utf8).split(separator: Array("SERVICE".utf8))
                .joined(separator: name)
        }
        try bill.folder.write("a.csv", bytes)
        #expect(
            bill.lines([bill.source(["a.csv"])], by: [.service]) == [
                "€ 4", "cè 2", "cé 1",
                "a.csv: note not-utf8: some names are no UTF-8 and are read as Windows-1252; export the bill as UTF-8",
            ])
    }

    @Test("name their provider as FOCUS 1.3 and 1.4 do, which wins over the older name")
    func providers() throws {
        let header = BillFolder.header.replacing("ServiceName", with: "ServiceProviderName")
        try bill.folder.write("a.csv", header + BillFolder.row(service: "Cloud"))
        try bill.folder.write(
            "b.csv", header.replacing("RegionId", with: "ProviderName") + BillFolder.row(service: "Seller", region: "Old"))
        #expect(bill.lines([bill.source(["a.csv"])], by: [.provider]) == ["Cloud 1"])
        #expect(bill.lines([bill.source(["b.csv"])], by: [.provider]) == ["Seller 1"])
    }
}

@Suite("files that are no bill")
struct ForeignFileTests {
    private static let fields = BillFolder.header.dropLast()

    @Test(
        "are named in one line with what to export",
        arguments: [
            (Self.fields.replacing(",", with: ";") + "\n1;2\n", ":1", "the columns are separated by semicolons: "),
            (Self.fields.replacing(",", with: "\t") + "\n1\t2\n", ":1", "the columns are separated by tabs: "),
            (Self.fields.replacing(",", with: "|") + "\n", ":1", "the columns are separated by pipes: "),
            ("# made today\n" + Self.fields, ":1", "the first line is a comment: "), ("\n\n", ":1", "the first line is blank: "),
            ("PK\u{3}\u{4}\u{14}\u{0}", "", "this is a zip archive or an Excel workbook: "), ("PAR1abc", "", "this is Parquet: "),
            ("{\"rows\": []}", "", "this is JSON: "), ("<!doctype html>\n", ":1", "this is HTML or XML: "),
            ("identity/LineItemId,bill/PayerAccountId,lineItem/UnblendedCost\n", ":1", "this is an AWS Cost and Usage Report, not FOCUS: "),
            ("line_item_usage_account_id,line_item_unblended_cost\n", ":1", "this is an AWS Cost and Usage Report 2.0, not FOCUS: "),
            ("InvoiceSectionName,costInBillingCurrency,date\n", ":1", "this is Azure's cost details, not FOCUS: "),
            ("billing_account_id,usage_start_time,cost\n", ":1", "this is Google's billing export, not FOCUS: "),
            ("MeterID,MeterCategory,TierMinimumUnits,PriceType\n", ":1", "this is a price sheet, not FOCUS: "),
            ("InstanceFlexibilityGroup,ReservationId,UsedHours\n", ":1", "this is a report on reservations, not FOCUS: "),
            (
                "BillingPeriodStart,BillingPeriodEnd,BillingPeriodStatus\n", ":1",
                "this is FOCUS's dataset of billing periods, and no bill: take it out of the bill's files; "
            ),
            ("ContractCommitmentId,ContractId\n", ":1", "this is FOCUS's dataset of contract commitments, and no bill: "),
            ("InvoiceId,InvoiceDetailId,BilledCost\n", ":1", "this is FOCUS's dataset of invoice details, and no bill: "),
            ("a,b,c,d,e\n", ":1", "this is no bill in FOCUS: its columns are 'a', 'b', 'c' and 2 more; "),
        ] as [(String, String, String)])
    func kinds(text: String, line: String, message: String) throws {
        let bill = try BillFolder()
        try bill.folder.write("a.csv", text)
        let lines = bill.lines([bill.source(["a.csv"])])
        #expect(lines.count == 1 && lines[0].hasPrefix("a.csv\(line): partial no-bill: \(message)"), "\(lines)")
    }
}
