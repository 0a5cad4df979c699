import Foundation
import JSON
import TestSupport
import Testing

@testable import Commands

/// What a bill says is shown as text, whatever it holds, and adds up whatever its sign is.
@Suite("bills of odd names and odd sums")
struct OddBillTests {
    private let folder = TemporaryDirectory()

    /// - Parameter rows: what each charge costs, and its service.
    private func cost(_ rows: [(amount: String, service: String)], _ more: String...) throws -> Said {
        var text = "BilledCost,EffectiveCost,ListCost,ContractedCost,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,"
        text += "ChargePeriodEnd,ChargeCategory,ProviderName,RegionId,ServiceName,SubAccountId,ResourceId,Tags\n"
        for (amount, service) in rows {
            text += "\(amount),\(amount),\(amount),\(amount),USD,2026-10-01T00:00:00Z,2026-11-01T00:00:00Z,2026-10-05T00:00:00Z,"
            text += "2026-10-06T00:00:00Z,Usage,p,r,\"\(service.replacing("\"", with: "\"\""))\",1,i,\n"
        }
        try folder.write(text, to: "bill.csv")
        return Said(["cost", "--file", folder.path + "/bill.csv", "--by", "service", "--now", "2026-11-02T08:00:00Z"] + more)
    }

    @Test(
        "control characters in a name reach neither a terminal nor a file, and the money counts",
        arguments: [
            "EC2\u{1B}[31mRED\u{1B}[0m", "\u{1B}]0;owned\u{7}EC2", "EC2\u{9B}31m", "EC2\u{8}\u{8}\u{8}S3", "EC2\u{7F}", "EC2\u{202E}3S",
            "EC\u{0}2", "\u{0}EC2", "EC2\u{0}", "EC2\u{0}\u{0}\u{1B}c",
        ])
    func names(name: String) throws {
        for format in ["text", "csv", "json"] {
            let said = try cost([("10", name), ("20", "S3")], "--format", format)
            #expect(said.code == 0 && said.error.isEmpty, "\(said.error)")
            let shown = said.output.unicodeScalars.filter { $0 != "\n" && $0 != "\r" }
            #expect(
                shown.allSatisfy { !$0.properties.isDefaultIgnorableCodePoint && $0.properties.generalCategory != .control }, "\(format)")
            #expect(said.output.contains(format == "text" ? "$30.00" : format == "csv" ? ",10,USD" : #""total": {"amount": "30""#))
        }
    }

    @Test(
        "a name that is a formula is none in CSV, and is as the bill has it on request",
        arguments: ["=HYPERLINK(\"http://example.com\",\"x\")", "@SUM(1)", "+1+1", "-2+3", "\t=1", "=cmd|' /C calc'!A0"])
    func formulas(name: String) throws {
        let cell = try #require(try cost([("10", name)], "--format", "csv").output.split(separator: "\r\n").dropFirst().first)
        #expect(cell.drop { $0 == "\"" }.first == "'", "\(cell)")
        let raw = try cost([("10", name)], "--format", "csv", "--raw-cells").output
        #expect(raw.contains(name.replacing("\"", with: "\"\"")))
    }

    /// German and French spreadsheets separate by semicolons, and know no quotes but those at a cell's beginning.
    @Test(
        "a name is no formula where a spreadsheet separates by semicolons or commas, either",
        arguments: [
            "eu;=HYPERLINK(\"http://example.com/?\"&A1);x", "a;+1", "a; -2+3", "a;;@SUM(1)", "a,=1", "a;\t=1", ";=1", "a;\"=1\"",
            "a;\"\"=1",
            "a;\u{FF1D}1", "a;b;c;=1", "\"a\";=1",
        ],
        [";", ","] as [Character])
    func separators(name: String, separator: Character) throws {
        let text = try cost([("10", name), ("20", "S3")], "--format", "csv").output
        for cell in text.split(whereSeparator: { $0 == separator || $0.isNewline }) {
            let start = cell.drop { $0 == "\"" || $0 == " " }.unicodeScalars.first
            #expect(start.map { !"=+-@\u{FF1D}".unicodeScalars.contains($0) } ?? true, "\(cell)")
        }
        #expect(try cost([("10", name)], "--format", "csv", "--raw-cells").output.contains(name.replacing("\"", with: "\"\"")))
    }

    @Test(
        "a sum below zero, or of nothing, is exact, and nobody has a share of it",
        arguments: [
            (["-10", "4"], "-6", "-$6.00"), (["-10"], "-10", "-$10.00"), (["-0.005", "-0.001"], "-0.006", "-$0.01"),
            (["5", "-5.01", "-0.09"], "-0.1", "-$0.10"), (["-10", "10"], "0", "$0.00"), (["0", "0"], "0", "$0.00"),
            (["-1", "0.25", "0.75"], "0", "$0.00"), (["-0", "0.00"], "0", "$0.00"),
        ])
    func sums(amounts: [String], total: String, shown: String) throws {
        let rows = amounts.enumerated().map { (amount: $0.element, service: "s\($0.offset)") }
        let text = try cost(rows)
        #expect(text.code == 0 && text.output.contains("\n\(shown) · "), "\(text.output)")
        #expect(!text.output.contains("%") && !text.output.contains("█"))
        let json = try JSONReader.read(Array(try cost(rows, "--format", "json").output.utf8))
        #expect(json["total"]["amount"].text == total)
        #expect(json["rows"].items.count == amounts.count && json["rows"].items.allSatisfy { $0["share"] == .null })
    }
}
